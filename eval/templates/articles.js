// The list of articles, and one article with its rows.

const ARTICLES_A_PAGE = 100;
const ROWS_OF_ARTICLE = 150;
const ARTICLE_DEFAULTS = { q: '', site: '', sort: 'order', down: '', page: '0' };
const COLUMNS = [
  ['path', 'Article'], ['site', 'Site'], ['rows', 'Rows'], ['aligned', 'With reference'],
  ['coverage', 'Reference aligned'], ['score', 'chrF++'], ['flagged', 'Flagged'],
];
let articleState = { ...ARTICLE_DEFAULTS };
let redrawn = () => {};
let printing = false;

async function showArticles(asked) {
  articleState = { ...ARTICLE_DEFAULTS, ...asked };
  const sites = index.sites.map((name, number) => [number, name]).filter(([, name]) => name);
  const set = (name) => (value) => { articleState = { ...articleState, page: '0', [name]: value }; listArticles(); };
  view('articles').replaceChildren(
    el('h1', { id: 'articles-title' }, 'Articles'),
    el('form', { class: 'filters', role: 'search', onsubmit: (event) => event.preventDefault() },
      labelled('Search', field({ type: 'search', value: articleState.q, 'data-search': true, placeholder: 'name or title' }, set('q')), true),
      sites.length > 0 && labelled('Site', choice([['', 'all sites'], ...sites], articleState.site, set('site')))),
    el('p', { class: 'count' }),
    el('div', { class: 'results' }));
  listArticles();
}

function listArticles() {
  if (view('articles').hidden) return;
  keepAddress('articles', articleState, ARTICLE_DEFAULTS);
  const named = articlesNamed(articleState.q.trim(), articleState.site);
  let found = Array.from({ length: index.total }, (_, number) => number).filter((number) => !named || named.has(number));
  found = sortedArticles(found);
  const page = pageOf(articleState.page, found.length, ARTICLES_A_PAGE);
  const section = view('articles');
  const said = found.length === index.total ? counted(index.total, 'article') : `${found.length.toLocaleString('en')} of ${counted(index.total, 'article')}`;
  section.querySelector('.count').textContent = said;
  announce(said);
  const go = (to) => { articleState = { ...articleState, page: String(to) }; listArticles(); begin(section); };
  const nothing = index.total ? 'No article has that name.' : 'This run has no article.';
  section.querySelector('.results').replaceChildren(...[
    found.length ? articleTable(found.slice(page * ARTICLES_A_PAGE, (page + 1) * ARTICLES_A_PAGE)) : el('p', { class: 'empty' }, nothing),
    pages(found.length, page, ARTICLES_A_PAGE, go),
    index.orphans.length > 0 && el('details', {}, el('summary', {}, `${counted(index.orphans.length, 'reference sentence')} that belong to no article`),
      el('ul', { class: 'missed' }, index.orphans.slice(0, 1000).map((text) => el('li', {}, prose(text, 'en', []))))),
  ].filter(Boolean));
}

function sortedArticles(found) {
  if (!COLUMNS.some(([name]) => name === articleState.sort)) return found;
  const values = index.articles[articleState.sort];
  const way = articleState.down ? -1 : 1;
  const order = new Intl.Collator('en', { numeric: true });
  const names = articleState.sort === 'site' ? values.map((number) => index.sites[number] || '') : values;
  return found.sort((a, b) => {
    const [left, right] = [names[a], names[b]];
    if (left === right) return a - b;
    if (left === null || right === null) return left === null ? 1 : -1;
    return way * (typeof left === 'string' ? order.compare(left, right) : left - right);
  });
}

function articleTable(numbers) {
  const turn = (name) => () => {
    const down = articleState.sort === name && !articleState.down ? '1' : '';
    articleState = { ...articleState, page: '0', sort: name, down };
    listArticles();
    view('articles').querySelector(`[data-column="${name}"]`)?.focus();
  };
  const columns = COLUMNS.filter(([name]) => name !== 'site' || index.sites.some(Boolean));
  const sorted = (name) => (articleState.sort === name ? (articleState.down ? 'descending' : 'ascending') : null);
  return el('table', { class: 'list' },
    el('thead', {}, el('tr', {}, columns.map(([name, said]) => el('th', { scope: 'col', class: ['path', 'site'].includes(name) ? null : 'n', 'aria-sort': sorted(name) },
      el('button', { type: 'button', 'data-column': name, onclick: turn(name) }, said))))),
    el('tbody', {}, numbers.map((number) => articleLine(number, columns))));
}

function articleLine(number, columns) {
  const of = (name) => index.articles[name][number];
  const shown = {
    path: () => el('th', { scope: 'row', class: 'name' }, el('a', { href: `#article-${number + 1}`, 'data-step': true }, el('bdi', {}, uncovered(of('title') || of('path')))),
      of('title') && el('small', {}, el('bdi', {}, uncovered(of('path')))),
      of('duplicate_of') && el('small', {}, 'says what ', el('bdi', {}, uncovered(of('duplicate_of'))), ' says')),
    site: () => el('td', { 'data-name': 'site' }, el('bdi', {}, uncovered(index.sites[of('site')] || '–'))),
    coverage: () => el('td', { class: 'n', 'data-name': 'reference aligned' }, of('coverage') === null ? '–' : [meter(of('coverage') / 10), `${Math.round(of('coverage') / 10)} %`]),
    score: () => el('td', { class: 'n', 'data-name': 'chrF++' }, tenths(of('score'))),
  };
  const plain = (name, said) => el('td', { class: 'n', 'data-name': said.toLowerCase() }, of(name).toLocaleString('en'));
  return el('tr', {}, columns.map(([name, said]) => (shown[name] ? shown[name]() : plain(name, said))));
}

function meter(share) {
  const fill = el('i');
  fill.style.width = `${share}%`;
  return el('span', { class: 'meter', 'aria-hidden': 'true' }, fill);
}

/** Addresses of pages are links only when they lead to the web: never `javascript:`. */
function addressed(text) {
  if (/^https?:\/\/[^\s]+$/i.test(text)) return el('a', { href: text, rel: 'noopener noreferrer external', target: '_blank' }, el('bdi', {}, uncovered(text)));
  return el('bdi', {}, uncovered(text));
}

/** One article, if it is `still` wanted once its text is there; with the number of a row, its part with that row. */
async function showArticle(article, still, wanted) {
  const of = (name) => index.articles[name][article];
  const texts = await textOf(article);
  if (!still()) return;
  const [first, total] = [of('first'), of('rows')];
  let page = wanted === undefined ? 0 : Math.floor((wanted - first) / ROWS_OF_ARTICLE);
  const section = view('article');
  const results = el('div', { class: 'results' });
  const draw = () => {
    const from = page * ROWS_OF_ARTICLE;
    const rows = texts[0].slice(from, from + ROWS_OF_ARTICLE).map((_, at) => rowOf(first + from + at, article, texts));
    const last = (page + 1) * ROWS_OF_ARTICLE >= total;
    const linked = !printing && linksDrawn() && (of('aligned') > 0 || texts[1].length > 0) && window.matchMedia('(min-width: 60rem)').matches;
    const go = (to) => { page = to; draw(); begin(section); };
    const held = results.contains(document.activeElement) && document.activeElement.closest('.row')?.id;
    results.replaceChildren(...[
      ...(linked ? [linkedElement(rows, last ? texts[1] : [])] : sideBySide(rows, last ? texts[1] : [])),
      pages(total, page, ROWS_OF_ARTICLE, go),
    ].filter(Boolean));
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
  };
  const choose = (on) => { memory.set('links', on ? 'yes' : 'no'); draw(); };
  section.replaceChildren(
    el('h1', { id: 'article-title' }, el('bdi', {}, uncovered(of('title') || of('path')))),
    articleFacts(article),
    el('div', { class: 'toggles' },
      el('button', { type: 'button', 'data-prev': true, disabled: article === 0, title: 'Article before ([)', onclick: () => { location.hash = `#article-${article}`; } }, '← Before'),
      el('button', { type: 'button', 'data-next': true, disabled: article + 1 >= index.total, title: 'Article after (])', onclick: () => { location.hash = `#article-${article + 2}`; } }, 'After →'),
      toggle('Links', 'The references in their own order, joined to the rows (l)', linksDrawn(), choose),
      markToggles()),
    legend(), results);
  draw();
  redrawn = draw;
  announce(`${counted(total, 'row')} of ${plainly(of('path'))}`);
}

const linksDrawn = () => memory.get('links', 'yes') === 'yes';

function articleFacts(article) {
  const of = (name) => index.articles[name][article];
  const facts = [
    of('title') && el('bdi', {}, uncovered(of('path'))),
    index.sites[of('site')] && el('bdi', {}, uncovered(index.sites[of('site')])),
    ...['date', 'author', 'dateline'].map((name) => of(name) && el('bdi', {}, uncovered(of(name)))),
    of('outlets').length > 0 && el('bdi', {}, uncovered(`from ${of('outlets').join(', ')}`)),
    of('url') && addressed(of('url')),
    of('duplicate_of') && el('span', {}, 'says what ', el('bdi', {}, uncovered(of('duplicate_of'))), ' says'),
  ].filter(Boolean);
  const covered = of('coverage') === null ? 'no references' : `${Math.round(of('coverage') / 10)} % of the reference words aligned`;
  const lines = [counted(of('rows'), 'row'), `${of('aligned').toLocaleString('en')} with a reference`, covered,
    of('score') !== null && `mean chrF++ ${tenths(of('score'))}`, of('flagged') > 0 && `${of('flagged').toLocaleString('en')} flagged`].filter(Boolean);
  return el('div', {},
    facts.length > 0 && el('p', { class: 'facts' }, facts.map((fact) => el('span', {}, fact))),
    el('p', { class: 'facts' }, lines.map((line) => el('span', {}, line)),
      el('span', {}, el('a', { href: `#rejected?q=${encodeURIComponent(of('path'))}` }, 'its dropped lines'))));
}

/** Rows with their references beside them, then the reference sentences that no row has. */
function sideBySide(rows, unaligned) {
  const missed = unaligned.length > 0 && el('section', {},
    el('h2', {}, counted(unaligned.length, 'reference sentence'), ' without a counterpart'),
    el('ul', { class: 'missed' }, unaligned.map(([snippet, text]) => el('li', {}, prose(text, 'en', []), el('small', {}, el('bdi', {}, uncovered(snippet)))))));
  return [
    rows.length ? heads(false) : el('p', { class: 'empty' }, 'All lines of this article were dropped.'),
    ...rows.map((row) => rowElement(row, {})),
    missed || null,
  ];
}

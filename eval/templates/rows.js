// All rows of the page: filtered, searched, sorted, a page at a time.

const ROWS_A_PAGE = 50;
const ROW_DEFAULTS = { q: '', flag: '', min: '', max: '', site: '', article: '', aligned: '', sort: 'order', page: '0' };
// Each order: its name, the column it goes by, and whether the greatest stands first.
const ROW_ORDERS = {
  order: ['in the order of the articles'],
  score: ['lowest score first', 'score'],
  best: ['highest score first', 'score', true],
  certainty: ['least certain model first', 'certainty'],
  confidence: ['weakest alignment first', 'confidence'],
  long: ['longest first', 'words', true],
  spread: ['models furthest apart first', 'spread', true],
};
let rowState = { ...ROW_DEFAULTS };
let rowSearch = 0;

/** Show the rows that a link asks for. */
async function showRows(asked) {
  rowState = { ...ROW_DEFAULTS, ...asked };
  const section = view('rows');
  const set = (name) => (value) => { rowState = { ...rowState, page: '0', [name]: value }; tried(section, listRows()); };
  const flags = Object.keys(index.flags).map((name) => [name, name]);
  const sites = index.sites.map((name, number) => [number, name]).filter(([, name]) => name);
  const orders = Object.entries(ROW_ORDERS).filter(([name]) => name !== 'spread' || index.systems.length > 1);
  section.replaceChildren(
    el('h1', { id: 'rows-title' }, 'Rows'),
    el('form', { class: 'filters', role: 'search', onsubmit: (event) => event.preventDefault() },
      labelled('Search', field({ type: 'search', value: rowState.q, 'data-search': true, placeholder: 'in all three texts' }, set('q')), true),
      labelled('Flag', choice([['', 'any or none'], ['any', 'flagged'], ['none', 'not flagged'], ...flags], rowState.flag, set('flag'))),
      labelled('Reference', choice([['', 'with or without'], ['yes', 'with a reference'], ['no', 'without']], rowState.aligned, set('aligned'))),
      labelled('chrF++ from', field({ type: 'number', min: 0, max: 100, value: rowState.min, inputmode: 'numeric' }, set('min'))),
      labelled('to', field({ type: 'number', min: 0, max: 100, value: rowState.max, inputmode: 'numeric' }, set('max'))),
      sites.length > 0 && labelled('Site', choice([['', 'all sites'], ...sites], rowState.site, set('site'))),
      labelled('Article', field({ type: 'search', value: rowState.article, placeholder: 'part of its name' }, set('article')), true),
      labelled('Order', choice(orders.map(([name, [said]]) => [name, said]), rowState.sort, set('sort')))),
    el('div', { class: 'toggles' }, markToggles()),
    legend(),
    el('p', { class: 'count' }),
    el('div', { class: 'results' }));
  await listRows();
}

/** The row numbers that the filters let through, before any text is searched. */
function filteredRows(state) {
  const rows = index.rows;
  const articles = articlesNamed(state.article, state.site);
  const least = state.min === '' ? -Infinity : Number(state.min);
  const most = state.max === '' ? Infinity : Number(state.max);
  const scored = state.min !== '' || state.max !== '';
  const sets = index.sets.map((set) => (state.flag === 'any' ? set.size > 0 : state.flag === 'none' ? set.size === 0 : !state.flag || set.has(state.flag)));
  const found = [];
  for (let article = 0; article < index.total; article++) {
    if (articles && !articles.has(article)) continue;
    const first = index.articles.first[article];
    for (let row = first; row < first + index.articles.rows[article]; row++) {
      const score = rows.score[row] === null ? null : rows.score[row] / 10;
      const aligned = rows.confidence[row] !== null;
      if (!sets[rows.flags[row]] || (state.aligned && aligned !== (state.aligned === 'yes'))) continue;
      if (scored && (score === null || score < least || (score >= most && !(most === 100 && score === 100)))) continue;
      found.push(row);
    }
  }
  return found;
}

/** Articles by name and site; nothing where all are meant. */
function articlesNamed(name, site) {
  if (!name && site === '') return null;
  const wanted = name.toLowerCase();
  const found = new Set();
  for (let article = 0; article < index.total; article++) {
    const said = `${index.articles.path[article]} ${index.articles.title[article] || ''}`.toLowerCase();
    if (said.includes(wanted) && (site === '' || index.articles.site[article] === Number(site))) found.add(article);
  }
  return found;
}

/** Rows in the order asked for; those that have no value stand last. */
function sortedRows(found, order) {
  const [, column, downwards] = ROW_ORDERS[Object.hasOwn(ROW_ORDERS, order) ? order : 'order'];
  const values = index.rows[column];
  if (!values) return found;
  const value = (row) => (values[row] === null ? Infinity : downwards ? -values[row] : values[row]);
  return found.sort((a, b) => value(a) - value(b) || a - b);
}

/** Rows among those given in which a query stands; `still` tells whether anybody still asks. */
async function searchedRows(found, query, still) {
  const wanted = query.toLowerCase();
  const inOrder = [...found].sort((a, b) => a - b);
  const hit = new Set();
  let article = -1;
  let texts = null;
  for (const row of inOrder) {
    const own = articleOf(row);
    if (own !== article) {
      article = own;
      texts = await textOf(article);
      if (!still()) return [];
    }
    const [, , , source, raw, versions, reference] = texts[0][row - index.articles.first[article]];
    const all = [source, raw || '', reference || '', ...versions.map((version) => version?.[0] || '')];
    if (all.some((text) => text.toLowerCase().includes(wanted)) || index.rows.id[row] === wanted) hit.add(row);
  }
  return found.filter((row) => hit.has(row));
}

/** Keep the address in step with what is shown, without a step in the history for each letter. */
function keepAddress(name, state, defaults) {
  const changed = Object.entries(state).filter(([key, value]) => key in defaults && String(value) !== defaults[key]);
  const query = new URLSearchParams(changed).toString();
  history.replaceState(null, '', `#${name}${query ? `?${query}` : ''}`);
}

/** List the rows that are asked for; tells whether they are shown, for another list or view may be wanted by then. */
async function listRows() {
  const section = view('rows');
  if (section.hidden) return false;
  const mine = ++rowSearch;
  const still = () => mine === rowSearch && !section.hidden;
  keepAddress('rows', rowState, ROW_DEFAULTS);
  const query = rowState.q.trim();
  let found = filteredRows(rowState);
  if (query) {
    section.querySelector('.count').textContent = 'Searching …';
    found = await searchedRows(found, query, still);
    if (!still()) return false;
  }
  found = sortedRows(found, rowState.sort);
  const page = pageOf(rowState.page, found.length, ROWS_A_PAGE);
  const shown = await rowElements(found.slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE), { named: true, query });
  if (!still()) return false;
  const said = found.length === index.count ? `${counted(found.length, 'row')}` : `${found.length.toLocaleString('en')} of ${counted(index.count, 'row')}`;
  section.querySelector('.count').textContent = said;
  announce(said);
  const go = (to) => { rowState = { ...rowState, page: String(to) }; tried(section, listRows().then((shown) => shown && begin(section))); };
  const nothing = index.count ? 'No row is like that. Take a filter away.' : 'This run has no row: no sentence was kept.';
  section.querySelector('.results').replaceChildren(...[
    shown.length ? heads(false) : el('p', { class: 'empty' }, nothing),
    ...shown,
    pages(found.length, page, ROWS_A_PAGE, go),
  ].filter(Boolean));
  return true;
}

/** Rows as elements. */
async function rowElements(numbers, options) {
  return Promise.all(numbers.map(async (number) => {
    const article = articleOf(number);
    return rowElement(rowOf(number, article, await textOf(article)), options);
  }));
}

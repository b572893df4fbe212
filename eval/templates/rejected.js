// Every dropped line with the rule that dropped it.

const LINES_A_PAGE = 100;
const LINE_DEFAULTS = { q: '', rule: '', label: '', page: '0' };
let lineState = { ...LINE_DEFAULTS };
let lineSearch = 0;

async function showRejected(asked) {
  lineState = { ...LINE_DEFAULTS, ...asked };
  const set = (name) => (value) => { lineState = { ...lineState, page: '0', [name]: value }; tried(view('rejected'), listRejected()); };
  const named = (names) => names.map((name) => [name, name]);
  view('rejected').replaceChildren(
    el('h1', { id: 'rejected-title' }, 'Dropped lines'),
    el('p', { class: 'lead' }, 'Nothing is lost without a trace: each line that was not translated, and the rule that says why.'),
    el('form', { class: 'filters', role: 'search', onsubmit: (event) => event.preventDefault() },
      labelled('Search', field({ type: 'search', value: lineState.q, 'data-search': true, placeholder: 'text or article' }, set('q')), true),
      labelled('Label', choice([['', 'all labels'], ...named(index.labels)], lineState.label, set('label'))),
      labelled('Rule', choice([['', 'all rules'], ...named(index.rules)], lineState.rule, set('rule')))),
    el('p', { class: 'count' }),
    el('div', { class: 'results' }));
  await listRejected();
}

/** List the lines that are asked for; tells whether they are shown, as `listRows` does. */
async function listRejected() {
  const section = view('rejected');
  if (section.hidden) return false;
  const mine = ++lineSearch;
  keepAddress('rejected', lineState, LINE_DEFAULTS);
  const query = lineState.q.trim().toLowerCase();
  const found = [];
  for (const number of index.rejected) {
    const lines = await block(number);
    if (mine !== lineSearch || section.hidden) return false;
    for (const line of lines) {
      const [file, label, rule, text] = line;
      if ((lineState.label && label !== lineState.label) || (lineState.rule && rule !== lineState.rule)) continue;
      if (query && !text.toLowerCase().includes(query) && !file.toLowerCase().includes(query)) continue;
      found.push(line);
    }
  }
  const page = pageOf(lineState.page, found.length, LINES_A_PAGE);
  const said = found.length === index.rejectedLines ? counted(found.length, 'line') : `${found.length.toLocaleString('en')} of ${counted(index.rejectedLines, 'line')}`;
  section.querySelector('.count').textContent = said;
  announce(said);
  const go = (to) => { lineState = { ...lineState, page: String(to) }; tried(section, listRejected().then((shown) => shown && begin(section))); };
  const nothing = index.rejectedLines ? 'No dropped line is like that. Take a filter away.' : 'No line was dropped.';
  section.querySelector('.results').replaceChildren(...[
    found.length ? lineTable(found.slice(page * LINES_A_PAGE, (page + 1) * LINES_A_PAGE)) : el('p', { class: 'empty' }, nothing),
    pages(found.length, page, LINES_A_PAGE, go),
  ].filter(Boolean));
  return true;
}

function lineTable(lines) {
  const numbers = new Map(index.articles.path.map((path, number) => [path, number]));
  const article = (file) => (numbers.has(file) ? el('a', { href: `#article-${numbers.get(file) + 1}` }, el('bdi', {}, uncovered(file))) : el('bdi', {}, uncovered(file)));
  return el('table', { class: 'list' },
    el('thead', {}, el('tr', {}, ['Text', 'Label', 'Rule', 'Sure', 'Article', 'Line'].map((name) => el('th', { scope: 'col', class: ['Sure', 'Line'].includes(name) ? 'n' : null }, name)))),
    el('tbody', {}, lines.map(([file, label, rule, text, line, score]) => el('tr', { tabindex: '-1', 'data-step': true },
      el('td', { class: 'name' }, prose(text, 'id', hits(short(text) ? text : '', lineState.q.trim()))),
      el('td', { 'data-name': 'label' }, el('bdi', {}, uncovered(label))),
      el('td', { 'data-name': 'rule' }, el('bdi', {}, uncovered(rule))),
      el('td', { class: 'n', 'data-name': 'sure' }, typeof score === 'number' ? score.toFixed(2) : '–'),
      el('td', { 'data-name': 'article' }, article(file)),
      el('td', { class: 'n', 'data-name': 'line' }, line === null || line === undefined ? '–' : line.toLocaleString('en'))))));
}

// What the address asks for, the theme, and the keys.

const VIEWS = ['overview', 'articles', 'article', 'rows', 'rejected'];
const KEYS = [
  ['1 2 3 4', 'overview, articles, rows, dropped lines'], ['/', 'search'], ['j k', 'next, previous row or article'],
  ['[ ]', 'page or article before, after'], ['d', 'differences on, off'], ['m', 'numbers and names on, off'],
  ['l', 'links of the alignment on, off'], ['t', 'theme: system, light, dark'], ['?', 'these keys'],
];
const title = document.title;

/** Show one view and hide the others. */
function turnTo(name, said, focus) {
  for (const each of VIEWS) view(each).hidden = each !== name;
  for (const link of document.querySelectorAll('header nav a')) {
    const own = link.hash.slice(1) === (name === 'article' ? 'articles' : name);
    if (own) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  }
  document.title = said ? `${plainly(said)} · ${title}` : title;
  if (focus) view(name).focus({ preventScroll: true });
}

/** A part of the address as it was meant, or as it stands when it is broken. */
function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

let routes = 0;

/** Go where the address says; of two that follow each other, the last one is shown. */
async function route(focus = true) {
  const mine = ++routes;
  const still = () => mine === routes;
  const [path, query = ''] = location.hash.slice(1).split('?');
  const asked = Object.fromEntries(new URLSearchParams(query));
  const name = decoded(path);
  if (!name || !/^(articles|article-\d+|rows|row-.+|rejected)$/.test(name)) {
    turnTo('overview', '', focus);
    const part = name && name !== 'main' && document.getElementById(name);
    if (part && name !== 'overview') part.scrollIntoView(); else if (focus) scrollTo(0, 0);
    return;
  }
  try {
    await readIndex();
    if (!still()) return;
    view('main').style.setProperty('--columns', 2 + index.systems.length);
    if (name === 'articles') { turnTo('articles', 'Articles', focus); scrollTo(0, 0); await showArticles(asked); }
    else if (name === 'rows') { turnTo('rows', 'Rows', focus); scrollTo(0, 0); await showRows(asked); }
    else if (name === 'rejected') { turnTo('rejected', 'Dropped lines', focus); scrollTo(0, 0); await showRejected(asked); }
    else if (name.startsWith('row-')) await goToRow(name.slice(4), still, focus);
    else await goToArticle(Number(name.slice(8)) - 1, still, focus);
  } catch (error) {
    if (still()) notice(view(VIEWS.find((each) => !view(each).hidden)), error.message);
  }
}

/** Wait for a list that a reader asked for; what keeps it from being there is said in its place. */
async function tried(section, list) {
  try { await list; } catch (error) { notice(section, error.message); }
}

function notice(section, text) {
  section.replaceChildren(el('h1', {}, 'Not there'), el('p', { class: 'notice', role: 'alert' }, uncovered(text)));
}

async function goToArticle(article, still, focus) {
  turnTo('article', index.articles.path[article] || 'Not there', focus);
  scrollTo(0, 0);
  if (article < 0 || article >= index.total) return notice(view('article'), `This page has ${counted(index.total, 'article')}.`);
  await showArticle(article, still);
}

async function goToRow(id, still, focus) {
  const row = index.byId.get(id);
  if (row === undefined) {
    turnTo('article', 'Not there', focus);
    return notice(view('article'), `No row of this page has the id ${id}.`);
  }
  const article = articleOf(row);
  turnTo('article', index.articles.path[article], false);
  await showArticle(article, still, row);
  if (!still()) return;
  const shown = document.getElementById(`row-${id}`);
  shown.classList.add('here-now');
  shown.scrollIntoView({ block: 'center' });
  shown.focus({ preventScroll: true });
}

const THEMES = ['system', 'light', 'dark'];

function useTheme(name) {
  document.documentElement.dataset.theme = name;
  view('theme').textContent = `Theme: ${name}`;
  memory.set('theme', name);
}

function nextTheme() {
  useTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]);
}

/** The dialog with the keys, and the switch that turns single keys off. */
function showKeys() {
  const on = el('input', { type: 'checkbox', checked: memory.get('keys', 'yes') === 'yes', onchange: (event) => memory.set('keys', event.target.checked ? 'yes' : 'no') });
  const dialog = el('dialog', { 'aria-labelledby': 'keys-title', onclose: () => dialog.remove() },
    el('h2', { id: 'keys-title' }, 'Keys'),
    el('dl', {}, KEYS.flatMap(([keys, said]) => [el('dt', {}, keys.split(' ').flatMap((key) => [el('kbd', {}, key), ' '])), el('dd', {}, said)])),
    el('p', {}, el('label', {}, on, ' Single keys do this')),
    el('form', { method: 'dialog' }, el('button', {}, 'Close')));
  document.body.append(dialog);
  dialog.showModal();
}

/** Move to the next or the previous row or article of the view. */
function step(by) {
  const items = [...document.querySelectorAll('.view:not([hidden]) [data-step]')];
  if (!items.length) return;
  const at = items.findIndex((item) => item === document.activeElement || item.contains(document.activeElement));
  const next = items[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by, 0), items.length - 1)];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'center' });
}

function press(selector) {
  document.querySelector(`.view:not([hidden]) ${selector}`)?.click();
}

const ACTIONS = {
  1: () => { location.hash = '#overview'; }, 2: () => { location.hash = '#articles'; },
  3: () => { location.hash = '#rows'; }, 4: () => { location.hash = '#rejected'; },
  '/': () => { const search = document.querySelector('.view:not([hidden]) [data-search]'); if (search) search.focus(); else location.hash = '#rows'; },
  j: () => step(1), k: () => step(-1),
  '[': () => press('[data-prev]'), ']': () => press('[data-next]'),
  d: () => press('.toggles [title*="(d)"]'), m: () => press('.toggles [title*="(m)"]'), l: () => press('.toggles [title*="(l)"]'),
  t: nextTheme, '?': showKeys,
};

function keyPressed(event) {
  const typing = event.target.closest?.('input, select, textarea, dialog');
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing) { if (event.key === 'Escape') event.target.blur(); return; }
  const action = Object.hasOwn(ACTIONS, event.key) ? ACTIONS[event.key] : null;
  if (!action || (memory.get('keys', 'yes') !== 'yes' && event.key !== '?')) return;
  event.preventDefault();
  action();
}

useTheme(THEMES.includes(memory.get('theme')) ? memory.get('theme') : 'system');
view('theme').addEventListener('click', nextTheme);
view('keys').addEventListener('click', showKeys);
document.addEventListener('keydown', keyPressed);
document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); view('main').focus(); });
window.addEventListener('hashchange', () => route());
// Paper has pages: there the references stand beside their rows, not joined to them by lines.
window.addEventListener('beforeprint', () => { printing = true; redrawn(); });
window.addEventListener('afterprint', () => { printing = false; redrawn(); });
if (location.hash) route(false);

'use strict';
// Elements. Text goes in as text nodes only: nothing of an article is ever read as markup.

/** An element with attributes, listeners (`on...`) and children; empty children are left out. */
function el(name, attributes, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for SVG. */
function svg(name, attributes, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child || child === 0 || child === ''));
  return made;
}

const view = (name) => document.getElementById(name);

/** Say something to those who listen instead of look. */
function announce(text) {
  view('status').textContent = text;
}

/** A number with its noun. */
function counted(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** An input or select with a label above it. */
function labelled(name, input, long) {
  return el('label', { class: long ? 'long' : null }, name, input);
}

/** A select over values and their names. */
function choice(options, chosen, change) {
  return el('select', { onchange: (event) => change(event.target.value) },
    options.map(([value, name]) => el('option', { value, selected: String(value) === String(chosen) }, plainly(name))));
}

/** An input that reports when its reader pauses. */
function field(attributes, change) {
  let timer = 0;
  const report = (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => change(event.target.value), 180);
  };
  return el('input', { autocomplete: 'off', spellcheck: 'false', ...attributes, oninput: report });
}

/** Buttons to the pages of a list; nothing where there is one page. */
function pages(total, page, size, go) {
  const last = lastPage(total, size);
  if (!last) return null;
  return el('nav', { class: 'pages', 'aria-label': 'Pages' },
    el('button', { type: 'button', 'data-prev': true, disabled: page <= 0, onclick: () => go(page - 1) }, '← Before'),
    el('span', {}, `Page ${(page + 1).toLocaleString('en')} of ${(last + 1).toLocaleString('en')}`),
    el('button', { type: 'button', 'data-next': true, disabled: page >= last, onclick: () => go(page + 1) }, 'After →'));
}

/**
 * Begin at the top of a list that was drawn anew. The button that led here went with the old list,
 * and the focus with it; where the focus is in a field or at another button it stays.
 */
function begin(section) {
  section.scrollIntoView();
  if (![document.body, section].includes(document.activeElement)) return;
  section.querySelector('.results [data-step]')?.focus({ preventScroll: true });
}

/** The number of a page that is there, from what an address says. */
function pageOf(said, total, size) {
  return Math.min(Math.max(Math.trunc(Number(said)) || 0, 0), lastPage(total, size));
}

/** The number of the last page, from 0. */
function lastPage(total, size) {
  return Math.max(Math.ceil(total / size) - 1, 0);
}

/** A button that stays pressed. */
function toggle(name, title, pressed, change) {
  const button = el('button', { type: 'button', 'aria-pressed': String(pressed), title }, name);
  button.addEventListener('click', () => {
    const now = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(now));
    change(now);
  });
  return button;
}

/** What a reader chose before, as far as this browser keeps it for files. */
const memory = {
  get(name, otherwise) {
    try { return localStorage.getItem(`selaras-${name}`) ?? otherwise; } catch { return otherwise; }
  },
  set(name, value) {
    try { localStorage.setItem(`selaras-${name}`, value); } catch { /* private windows keep nothing */ }
  },
};

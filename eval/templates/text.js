// Text as a reader sees it: what hides is named, what differs is marked, what is long is folded.

const FOLDED = 4000;      // characters; a "word" of a megabyte must not stop the page
const COMPARED = 1200000; // cells of the table of a comparison
// as in eval/report/visible.py; a surrogate without a partner has become U+FFFD on its way here
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffd\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
const WORD = /[\p{L}\p{N}]+(?:[.,:'’/-][\p{L}\p{N}]+)*/gu;
const NUMBER = /\p{N}+(?:[.,:/]\p{N}+)*/gu;
const NAME = /\p{Lu}[\p{L}\p{M}'’-]+/gu;

/** Nodes of a text in which ranges `{start, end, kind}` are marked. */
function painted(text, ranges) {
  const cuts = [...new Set([0, text.length, ...ranges.flatMap((range) => [range.start, range.end])])].sort((a, b) => a - b);
  const nodes = [];
  for (let at = 0; at + 1 < cuts.length; at++) {
    const kinds = ranges.filter((range) => range.start <= cuts[at] && range.end >= cuts[at + 1]).map((range) => range.kind);
    const inner = uncovered(text.slice(cuts[at], cuts[at + 1]));
    if (!kinds.length) nodes.push(...inner);
    else nodes.push(el(kinds.includes('found') ? 'mark' : 'span', { class: [...new Set(kinds)].join(' '), title: said(kinds) }, inner));
  }
  return nodes;
}

const MEANING = {
  gone: 'not in the reference', come: 'not in the translation', kept: 'kept', bad: 'lost or changed',
};

function said(kinds) {
  return kinds.map((kind) => MEANING[kind]).filter(Boolean).join(', ') || null;
}

/** Text nodes, with a name for each character that hides or turns the line around. */
function uncovered(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(HIDDEN)) {
    nodes.push(text.slice(from, found.index));
    nodes.push(el('span', { class: 'ctl' }, `U+${found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`));
    from = found.index + found[0].length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== '');
}

/** The same as one text, for where no element can stand: options, titles, labels. */
function plainly(text) {
  return uncovered(String(text)).map((node) => (typeof node === 'string' ? node : `⟨${node.textContent}⟩`)).join('');
}

/** A paragraph of foreign text; what is very long can be unfolded. */
function prose(text, language, ranges) {
  const made = el('p', { class: 'text', dir: 'auto', lang: language });
  if (text.length <= FOLDED) {
    made.append(...painted(text, ranges));
    return made;
  }
  made.append(...uncovered(text.slice(0, FOLDED)), '…');
  const all = () => {
    made.replaceChildren(...uncovered(text));
    made.tabIndex = -1;
    made.focus({ preventScroll: true }); // the button that had it is gone
    more.remove();
  };
  const more = el('button', { type: 'button', class: 'more', onclick: all }, `Show all ${counted(text.length, 'character')}`);
  return el('div', {}, made, more);
}

/** Words of a text with their places. */
function words(text) {
  return [...text.matchAll(WORD)].map((found) => ({ word: found[0].toLowerCase(), start: found.index, end: found.index + found[0].length }));
}

/** Ranges of the words that only one of two texts has, in their longest common subsequence. */
function differences(left, right) {
  const [a, b] = [words(left), words(right)];
  if (a.length * b.length > COMPARED) return [[], []];
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i].word === b[j].word
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const [gone, come] = [[], []];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i].word === b[j].word) { i++; j++; continue; }
    if (j >= b.length || (i < a.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) gone.push(i++);
    else come.push(j++);
  }
  return [runs(gone, a, 'gone'), runs(come, b, 'come')];
}

/** One range for neighbouring words. */
function runs(numbers, found, kind) {
  const ranges = [];
  let last = -2;
  for (const number of numbers) {
    if (number === last + 1) ranges.at(-1).end = found[number].end;
    else ranges.push({ start: found[number].start, end: found[number].end, kind });
    last = number;
  }
  return ranges;
}

/** Every place where a text says something. */
function places(text, wanted, kind) {
  const ranges = [];
  if (!wanted) return ranges;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    ranges.push({ start: at, end: at + wanted.length, kind });
  }
  return ranges;
}

/** Where a search hits, letters large or small. */
function hits(text, query) {
  if (!query) return [];
  const lower = text.toLowerCase();
  return lower.length === text.length ? places(lower, query.toLowerCase(), 'found') : [];
}

/** Numbers and names: those that findings name are bad, those that both sides write are kept. */
function marks(source, english, findings) {
  const bad = [
    findings.flatMap(([, text]) => places(source, text, 'bad')),
    findings.flatMap(([, , got]) => places(english, got, 'bad')),
  ];
  const free = (range, side) => !bad[side].some((each) => each.start < range.end && range.start < each.end);
  const kept = [[], []];
  const said = [source, english].map((text) => [...text.matchAll(NUMBER)].map((found) => ({ digits: found[0].replace(/[.,]/g, ''), start: found.index, end: found.index + found[0].length, kind: 'kept' })));
  said.forEach((numbers, side) => {
    const others = new Set(said[1 - side].map((other) => other.digits));
    kept[side].push(...numbers.filter((each) => others.has(each.digits)));
  });
  const names = [source, english].map((text) => [...text.matchAll(NAME)].map((found) => ({ name: found[0], start: found.index, end: found.index + found[0].length, kind: 'kept' })));
  names.forEach((found, side) => {
    const others = new Set(names[1 - side].map((other) => other.name));
    kept[side].push(...neighbours(found.filter((each) => others.has(each.name))));
  });
  return kept.map((ranges, side) => [...bad[side], ...ranges.filter((range) => free(range, side))]);
}

/** Ranges that a single character keeps apart as one. */
function neighbours(ranges) {
  const joined = [];
  for (const range of ranges) {
    if (joined.length && range.start === joined.at(-1).end + 1) joined.at(-1).end = range.end;
    else joined.push({ ...range });
  }
  return joined;
}

// One row: Indonesian, what each model made of it, and the reference, side by side.

/** A flag with the sentence that explains it. */
function flagChip(name) {
  const why = index.flags[name] || 'This version of the page knows no more about it.';
  return el('details', { class: 'flag', title: why }, el('summary', {}, el('bdi', {}, uncovered(name))), el('p', {}, why));
}

/** The numbers of sentences on both sides as dots, and the bracket that joins them. */
function bracket(shape) {
  const [left, right] = shape.split('-').map((side) => Math.min(Number(side) || 0, 9));
  const height = Math.max(left, right, 1) * 9 + 3;
  const place = (number, of) => (height / (of + 1)) * (number + 1);
  const wires = [];
  for (let i = 0; i < left; i++) {
    for (let j = 0; j < right; j++) {
      wires.push(svg('path', { d: `M7 ${place(i, left)}L41 ${place(j, right)}`, stroke: 'currentColor', 'stroke-width': 1.5, opacity: 0.6 }));
    }
    if (!right) wires.push(svg('path', { d: `M7 ${place(i, left)}H30`, stroke: 'currentColor', 'stroke-dasharray': '2 3' }));
    wires.push(svg('circle', { cx: 5, cy: place(i, left), r: 3, fill: 'currentColor' }));
  }
  for (let j = 0; j < right; j++) wires.push(svg('circle', { cx: 43, cy: place(j, right), r: 3, fill: 'currentColor' }));
  return svg('svg', { width: 48, height, viewBox: `0 0 48 ${height}`, role: 'img', 'aria-label': shapeSaid(left, right) }, wires);
}

function shapeSaid(left, right) {
  if (!right) return `${counted(left, 'sentence')} without a counterpart`;
  return `${counted(left, 'sentence')} aligned with ${right} of the reference`;
}

const tenths = (value) => (value === null || value === undefined ? '–' : (value / 10).toFixed(1));
const thousandths = (value) => (value === null || value === undefined ? '–' : (value / 1000).toFixed(2));

/** What stands at the side of a row. */
function meta(row, options) {
  const single = row.versions.length === 1;
  const known = row.versions.find(Boolean);
  return el('div', { class: 'meta' },
    el('a', { href: `#row-${encodeURIComponent(row.id)}`, title: `Link to this row (${plainly(row.id)}); characters ${row.place[0]} to ${row.place[1]} of the raw file` }, `line ${row.line}`),
    options.named && el('a', { href: `#article-${row.article + 1}` }, el('bdi', {}, uncovered(index.articles.path[row.article]))),
    bracket(row.shape),
    row.confidence !== null && el('span', { title: 'Confidence that both sides say the same' }, `${plainly(row.shape).replace('-', '–')} aligned, ${thousandths(row.confidence)}`),
    single && row.reference && el('span', { title: 'chrF++ of this row, 0 to 100' }, `chrF++ ${tenths(known.score)}`),
    single && el('span', { title: 'Mean log probability per token: 0 is certain' }, `log p ${thousandths(known.certainty)}`));
}

function cell(tag, ...children) {
  return el('div', { class: 'cell' }, el('span', { class: 'tag' }, plainly(tag)), children);
}

/** What findings say, in words. */
function lost(findings) {
  if (!findings.length) return null;
  return el('ul', { class: 'lost' }, findings.map(([kind, text, got]) => el('li', {},
    `${plainly(kind)} `, text && el('bdi', {}, uncovered(text)), text && got ? ' → ' : ' ', got && el('bdi', {}, uncovered(got)), text && got ? '' : text ? 'lost' : ' added')));
}

/** The English of one run. */
function versionCell(row, number, ranges, query) {
  const version = row.versions[number];
  const single = row.versions.length === 1;
  const name = single ? 'Machine English' : index.systems[number];
  if (!version) return cell(name, el('p', { class: 'none' }, 'not in this run'));
  return cell(name,
    version.text.trim() ? prose(version.text, 'en', [...ranges, ...hits(version.text, query)]) : el('p', { class: 'none' }, 'empty'),
    !single && row.reference && el('small', { class: 'dim' }, `chrF++ ${tenths(version.score)}`),
    lost(version.findings),
    version.flags.length > 0 && el('div', { class: 'flags' }, version.flags.map(flagChip)));
}

function short(text) {
  return text.length <= FOLDED;
}

/** Ranges for the Indonesian, each version and the reference. */
function rangesOf(row) {
  const of = { source: [], versions: row.versions.map(() => []), reference: [] };
  if (!short(row.source)) return of;
  let missing = null;
  row.versions.forEach((version, number) => {
    if (!version || !short(version.text)) return;
    const [left, right] = marks(row.source, version.text, version.findings);
    of.source.push(...left);
    of.versions[number].push(...right);
    if (!row.reference || !short(row.reference)) return;
    const [gone, come] = differences(version.text, row.reference);
    of.versions[number].push(...gone);
    missing = missing === null ? come : missing.filter((range) => come.some((each) => each.start <= range.start && range.end <= each.end));
  });
  of.reference.push(...(missing || []));
  return of;
}

/** A row as an element. */
function rowElement(row, options) {
  const ranges = rangesOf(row);
  const query = options.query;
  const reference = row.reference
    ? prose(row.reference, 'en', [...ranges.reference, ...hits(row.reference, query)])
    : el('p', { class: 'none' }, 'no counterpart');
  const raw = row.raw !== row.source && el('details', { class: 'raw' },
    el('summary', {}, 'as it stood'), prose(row.raw, 'id', []));
  return el('article', {
    class: `row ${row.reference ? 'aligned' : 'alone'}`, id: `row-${row.id}`, tabindex: '-1', 'data-step': true,
    'aria-label': `Row at line ${row.line}`,
  },
  meta(row, options),
  cell('Indonesian', prose(row.source, 'id', [...ranges.source, ...hits(row.source, query)]), raw),
  row.versions.map((_, number) => versionCell(row, number, ranges.versions[number], query)),
  options.linked ? null : el('div', { class: `cell${row.reference ? '' : ' lacking'}` }, el('span', { class: 'tag' }, 'Reference English'), reference));
}

/** The names of the columns. */
function heads(linked) {
  const names = index.systems.length === 1 ? ['Machine English'] : index.systems;
  return el('div', { class: 'heads', 'aria-hidden': 'true' }, el('span', {}, 'Indonesian'),
    names.map((name) => el('span', {}, el('bdi', {}, uncovered(name)))), linked ? null : el('span', {}, 'Reference English'));
}

/** What the colours mean. */
function legend() {
  return el('p', { class: 'legend' },
    el('span', {}, el('span', { class: 'gone' }, 'word'), ' only in the translation'),
    el('span', {}, el('span', { class: 'come' }, 'word'), ' only in the reference'),
    el('span', {}, el('span', { class: 'kept' }, '42'), ' number or name kept'),
    el('span', {}, el('span', { class: 'bad' }, '42'), ' lost or changed'));
}

/** Buttons that turn the marks on and off. */
function markToggles() {
  const main = view('main');
  return [
    toggle('Differences', 'Mark words that only one side has (d)', !main.classList.contains('plain'), (on) => { main.classList.toggle('plain', !on); }),
    toggle('Numbers and names', 'Mark numbers and names (m)', !main.classList.contains('bare'), (on) => { main.classList.toggle('bare', !on); }),
  ];
}

// The alignment of an article drawn: rows on the left, the references in their own order on the
// right, and a band from each row to the passage that says the same.

/** Passages of an article in the order of its references: those of rows, and those of no row. */
function passagesOf(rows, unaligned) {
  const aligned = rows.filter((row) => row.reference).map((row) => ({ snippet: row.snippet || '', text: row.reference, row }));
  const alone = unaligned.map(([snippet, text, position]) => ({ snippet, text, position, row: null }));
  const bySnippet = new Map();
  for (const each of [...aligned, ...alone]) {
    if (!bySnippet.has(each.snippet)) bySnippet.set(each.snippet, []);
    bySnippet.get(each.snippet).push(each);
  }
  const order = new Intl.Collator('en', { numeric: true });
  const names = [...bySnippet.keys()].sort((a, b) => order.compare(a, b));
  return names.flatMap((name, number) => bySnippet.get(name).map((each, at) => ({ ...each, number: number + 1, head: at === 0 })));
}

/** A passage as an element. */
function passageElement(each) {
  const name = each.head ? `snippet ${each.number}` : '';
  const ranges = each.row && short(each.text) ? rangesOf(each.row).reference : [];
  return el('div', { class: `passage ${each.row ? '' : 'alone'}` },
    (name || !each.row) && el('span', { class: 'tag', title: plainly(each.snippet) }, [name, each.row ? '' : 'matches no row'].filter(Boolean).join(' · ')),
    prose(each.text, 'en', ranges));
}

/**
 * Where boxes of these heights stand, in their order and apart, as near as can be to where each
 * wants to be: isotonic regression by pooling neighbours (Ayer 1955).
 */
function spread(wanted, heights, gap) {
  const pools = [];
  let above = 0;
  heights.forEach((height, number) => {
    const want = wanted[number] - above;
    pools.push({ sum: want, size: 1 });
    above += height + gap;
    while (pools.length > 1 && pools.at(-2).sum / pools.at(-2).size > pools.at(-1).sum / pools.at(-1).size) {
      const last = pools.pop();
      pools.at(-1).sum += last.sum;
      pools.at(-1).size += last.size;
    }
  });
  const tops = [];
  above = 0;
  for (const pool of pools) {
    for (let i = 0; i < pool.size; i++) {
      tops.push(Math.max(pool.sum / pool.size, 0) + above);
      above += heights[tops.length - 1] + gap;
    }
  }
  return tops;
}

/** The linked view of rows and of the reference sentences that no row has. */
function linkedElement(rows, unaligned) {
  const left = el('div', { class: 'left' }, heads(true), rows.map((row) => rowElement(row, { linked: true })));
  const found = passagesOf(rows, unaligned);
  const boxes = found.map(passageElement);
  const right = el('div', { class: 'right' }, boxes);
  const wires = svg('svg', { class: 'wires', 'aria-hidden': 'true' });
  const made = el('div', { class: 'linked' }, wires, left, el('div', {}), right);
  const byRow = new Map([...left.querySelectorAll('.row')].map((each, number) => [rows[number], each]));
  const draw = () => drawLinks(made, wires, found, boxes, byRow);
  const light = (number, on) => {
    boxes[number].classList.toggle('lit', on);
    byRow.get(found[number].row)?.classList.toggle('lit', on);
    wires.querySelector(`[data-link="${number}"]`)?.classList.toggle('lit', on);
  };
  found.forEach((each, number) => {
    if (!each.row) return;
    const row = byRow.get(each.row);
    row.append(el('p', { class: 'unseen' }, 'Reference: ', each.text));
    for (const end of [row, boxes[number]]) {
      end.addEventListener('mouseenter', () => light(number, true));
      end.addEventListener('mouseleave', () => light(number, false));
    }
    row.addEventListener('focusin', () => light(number, true));
    row.addEventListener('focusout', () => light(number, false));
  });
  new ResizeObserver(draw).observe(left);
  return made;
}

/** Put the passages in their places and draw a band to each. */
function drawLinks(made, wires, found, boxes, byRow) {
  const frame = made.getBoundingClientRect();
  if (!frame.width) return;
  const places = boxes.map((_, number) => {
    const row = byRow.get(found[number].row);
    return row ? row.getBoundingClientRect() : null;
  });
  let last = 0;
  const wanted = places.map((place) => { last = place ? place.top - frame.top + 6 : last; return last; });
  const heights = boxes.map((box) => box.offsetHeight);
  const tops = spread(wanted, heights, 10);
  boxes.forEach((box, number) => { box.style.top = `${tops[number]}px`; });
  const bottom = boxes.length ? tops.at(-1) + heights.at(-1) : 0;
  made.style.minHeight = `${bottom + 12}px`;
  const from = made.querySelector('.left').getBoundingClientRect().right - frame.left;
  const to = made.querySelector('.right').getBoundingClientRect().left - frame.left;
  wires.replaceChildren(...found.flatMap((each, number) => {
    if (!each.row) return [];
    const [a, b] = [places[number].top - frame.top + 8, places[number].bottom - frame.top - 8];
    const [c, d] = [tops[number], tops[number] + heights[number]];
    const bend = (from + to) / 2;
    return [svg('path', {
      'data-link': number,
      class: each.row.confidence !== null && each.row.confidence < 500 ? 'weak' : null,
      d: `M${from} ${a}C${bend} ${a} ${bend} ${c} ${to} ${c}V${d}C${bend} ${d} ${bend} ${b} ${from} ${b}Z`,
    })];
  }));
}

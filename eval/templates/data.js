// Blocks of data: inside the page, or in scripts beside it that are loaded when they are needed.

const KEPT_BLOCKS = 60;
const blocks = new Map();
const awaited = new Map();
let index = null;

/** Called by a script beside the page with the block that it carries. */
function selarasBlock(number, data) {
  awaited.get(number)?.take(data);
}

/** The value of a block; the blocks used last stay unpacked. */
function block(number) {
  const known = blocks.get(number);
  blocks.delete(number);
  const value = known || unpackedBlock(number);
  blocks.set(number, value);
  value.catch(() => { if (blocks.get(number) === value) blocks.delete(number); });
  if (blocks.size > KEPT_BLOCKS) blocks.delete(blocks.keys().next().value);
  return value;
}

async function unpackedBlock(number) {
  const holder = document.querySelector(`script[data-block="${Number(number)}"]`);
  const data = holder.dataset.file ? await beside(number, holder.dataset.file) : holder.textContent;
  if (typeof DecompressionStream === 'undefined') throw new Error('This browser is too old to unpack the rows (it lacks DecompressionStream).');
  const bytes = Uint8Array.from(atob(data.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

/** The data of a script beside the page; all who ask while it loads wait for the same script. */
function beside(number, file) {
  if (awaited.has(number)) return awaited.get(number).data;
  const script = document.createElement('script');
  const waiting = {};
  waiting.data = new Promise((resolve, reject) => {
    waiting.take = resolve;
    script.onerror = () => reject(new Error(`${file} is missing: keep that folder next to this page.`));
    // of no effect once the script has given its data
    script.onload = () => reject(new Error(`${file} is damaged: write the page again with selaras report.`));
  }).finally(() => { awaited.delete(number); script.remove(); });
  awaited.set(number, waiting);
  script.src = file.split('/').map(encodeURIComponent).join('/');
  document.head.append(script);
  return waiting.data;
}

/** The index, with what follows from it. */
async function readIndex() {
  if (index) return index;
  const read = await block(0);
  blocks.delete(0);
  read.articles = { path: [], first: [], rows: [], site: [], ...read.articles };
  read.rows = { id: [], ...read.rows };
  read.count = read.rows.id.length;
  read.total = read.articles.path.length;
  read.byId = new Map(read.rows.id.map((id, number) => [id, number]));
  read.sets = read.flagSets.map((names) => new Set(names));
  index = read;
  return read;
}

/** The article that a row is in: the last one that begins at it or before. */
function articleOf(row) {
  const first = index.articles.first;
  let low = 0;
  let high = first.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (first[middle] <= row) low = middle; else high = middle - 1;
  }
  return low;
}

/** Texts of an article: its rows, and the reference sentences that no row has. */
async function textOf(article) {
  const found = await block(index.articles.block[article]);
  return found[index.articles.slot[article]];
}

/** First and last character of a row in the raw file: each counts from the end of the row before. */
function placeOf(rows, at) {
  let end = 0;
  let start = 0;
  for (const row of rows.slice(0, at + 1)) {
    start = end + row[1];
    end = start + row[2] + [...(row[4] || row[3])].length;
  }
  return [start, end];
}

/** A row as it is shown. */
function rowOf(number, article, texts) {
  const at = number - index.articles.first[article];
  const [line, , , source, raw, versions, reference, snippet] = texts[0][at];
  const rows = index.rows;
  const own = (name) => rows[name][number];
  return {
    number, article, line, source, place: placeOf(texts[0], at),
    raw: raw || source,
    versions: versions.map((version) => version && {
      text: version[0],
      findings: version[1] || [],
      flags: index.flagSets[version.length > 2 ? version[2] : own('flags')],
      score: version.length > 2 ? version[3] : own('score'),
      certainty: version.length > 2 ? version[4] : own('certainty'),
    }),
    reference: reference || null,
    snippet: snippet.startsWith('#') ? index.articles.path[article] + snippet : snippet,
    id: rows.id[number],
    shape: index.shapes[rows.shape[number]],
    confidence: rows.confidence[number],
  };
}

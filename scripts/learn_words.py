"""Learn corpora/data/word_vectors.npz: what Indonesian words are like, from running text.

.venv/bin/python scripts/learn_words.py TABLE

TABLE is tab-separated, its second column Indonesian (`.xz` is unpacked): the sides of a parallel
corpus will do. Nothing of it is kept but counts: in how many lines a word stands, and which words
stand near which, as the leading singular vectors of their positive pointwise mutual information
(Levy and Goldberg 2014, https://papers.nips.cc/paper/5477). Every distinct line counts once.
"""

import argparse
import lzma
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped, unused-ignore]
from scipy.sparse.linalg import svds  # type: ignore[import-untyped, unused-ignore]

from corpora.language import plain, words_of
from corpora.lines.lexicon import rarity_steps

ROOT = Path(__file__).resolve().parent.parent
WORDS, WIDTH = 20_000, 48
FEWEST = 4  # times that a word must stand
WINDOW = 4  # words to either side
SMOOTHING = 0.75  # of the frequency of the words around
DICTIONARIES = frozenset({"wordnet_bahasa_lemmas", "wiktionary_en_id", "cldr_names", "iso_codes"})


def lines_of_words(table: Path) -> list[tuple[str, ...]]:
    """The words of each distinct line of the second column."""
    opened = lzma.open if table.suffix == ".xz" else open
    with opened(table, "rt", encoding="utf-8", errors="replace") as rows:
        cells = (row.rstrip("\n").split("\t") for row in rows)
        texts = {cell[1]: None for cell in cells if len(cell) > 1 and cell[0] not in DICTIONARIES}
    return [words_of(plain(text)) for text in texts]


def vectors(lines: Sequence[Sequence[str]], words: Sequence[str]) -> Any:
    """A vector of length 1 for each word, (words, width)."""
    rows = {word: row for row, word in enumerate(words)}
    gap = (-1,) * WINDOW
    flat = np.fromiter(
        (number for line in lines for number in (*(rows.get(word, -1) for word in line), *gap)),
        np.int32,
    )
    counts = csr_matrix((len(words), len(words)), dtype=np.float64)
    for far in range(1, WINDOW + 1):
        left, right = flat[:-far], flat[far:]
        both = (left >= 0) & (right >= 0)
        near = np.full(int(both.sum()), 1 / far)
        counts += csr_matrix((near, (left[both], right[both])), shape=counts.shape)
    counts = (counts + counts.T).tocoo()
    total = np.asarray(counts.sum(1)).ravel()
    around = total**SMOOTHING * total.sum() / (total**SMOOTHING).sum()
    share = np.log(counts.data * total.sum() / (total[counts.row] * around[counts.col]))
    more = share > 0
    cells = (share[more], (counts.row[more], counts.col[more]))
    left, strength, _ = svds(csr_matrix(cells, shape=counts.shape), k=WIDTH, random_state=0)
    found = left * np.sqrt(strength)
    found *= np.sign(found.sum(0))
    return found / np.linalg.norm(found, axis=1, keepdims=True).clip(1e-9)


def spread(lines: Iterable[Sequence[str]]) -> Counter[str]:
    """In how many lines each word stands."""
    found: Counter[str] = Counter()
    for line in lines:
        found.update(set(line))
    return found


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("table", type=Path)
    lines = lines_of_words(parser.parse_args().table)
    times = Counter(word for line in lines for word in line)
    words = sorted((word for word in times if times[word] >= FEWEST), key=lambda w: (-times[w], w))
    words = words[:WORDS]
    found, lines_with = vectors(lines, words), spread(lines)
    scale = np.abs(found).max(0) / 127
    np.savez_compressed(
        ROOT / "corpora/data/word_vectors.npz",
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        vectors=np.round(found / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        rarity=rarity_steps(np.array([lines_with[word] for word in words]), len(lines)),
    )


if __name__ == "__main__":
    main()

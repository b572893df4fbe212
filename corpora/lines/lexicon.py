"""What each word is like: a vector, how rare it is, and its stem.

Vectors and rarity are statistics of running text, learnt by `scripts/learn_words.py`. The stem is
a rough one: what words of one story share although their affixes differ.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any
from zlib import crc32

import numpy as np

from corpora.lines.ragged import by_count

BEFORE = re.compile(
    r"(?:memper|diper|menge|meng|meny|mem|men|me|peng|peny|pem|pen|pe|ber|ter|di|ke|se)(?=[a-z]{4})"
)
BEHIND = re.compile(r"(?<=[a-z]{4})(?:kannya|annya|kan|nya|lah|kah|an|i)$")
STEM_LETTERS = 7
COMMON = 5.0  # rarity, in nats, of words that every text has
STEP = 1 / 8  # nats of a step of rarity
UNKNOWN_RARITY = 48  # steps: of a word that running text hardly has
ROW_BITS, RARITY_BITS = 16, 7
REMEMBERED = 50_000  # words: some megabytes


def stem(word: str) -> str:
    """A word without its affixes, roughly; what is left need not be a word.

    >>> stem("kebakaran"), stem("terbakar"), stem("membakarnya")
    ('bakar', 'bakar', 'bakar')
    """
    bare = BEHIND.sub("", word.partition("-")[0])
    found = BEFORE.match(bare)
    return bare[found.end() if found else 0 :][:STEM_LETTERS]


def rarity_steps(lines_with: Any, lines: int) -> Any:
    """How much rarer than `COMMON` words are that stand in so many of the lines, in steps.

    >>> rarity_steps(np.array([1000, 1]), 100_000).tolist()
    [0, 43]
    """
    rarity = np.log(lines / (lines_with + 2)) - COMMON
    return np.clip(rarity / STEP, 0, (1 << RARITY_BITS) - 1).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some lines, one behind the other; all arrays are (words,).

    Attributes:
        row: of its vector; 0 for words that are not known.
        rarity: 0 for words that every text has.
        stem: a number for its stem.
        line: index of its line.
        starts: index of the first word of each line that has words.
        lines: index of each line that has words.
        counts: words of each line, (lines,).
    """

    row: Any
    rarity: Any
    stem: Any
    line: Any
    starts: Any
    lines: Any
    counts: Any

    @classmethod
    def of(cls, row: Any, rarity: Any, stem: Any, counts: Any) -> "Words":
        """The words of lines with so many words each."""
        line = np.repeat(np.arange(len(counts)), counts)
        starts = (np.cumsum(counts) - counts)[counts > 0]
        return cls(row, rarity, stem, line, starts, np.flatnonzero(counts), counts)

    def by_count(self) -> Iterator[tuple[Any, Any]]:
        """Indices of lines of as many words, (some,), and the rows of these, (some, words)."""
        for some, places in by_count(self.counts[self.lines], self.starts):
            yield self.lines[some], self.row[places]

    def only(self, wanted: Any) -> "Words":
        """Those of some of the lines, given as whether each is wanted, (lines,)."""
        kept = wanted[self.line]
        return Words.of(self.row[kept], self.rarity[kept], self.stem[kept], self.counts[wanted])


class Lexicon(dict[str, int]):
    """Row of the vector, rarity and stem of each word, packed, filled as words come by.

    Attributes:
        vectors: (1 + known words, width); row 0 is that of all others.
        weighted: the same, the longer the rarer the word.
    """

    def __init__(self, words: Iterable[str], vectors: Any, rarity: Any) -> None:
        """Keep what is known of words; the vectors begin with that of the unknown word."""
        super().__init__()
        self.vectors = vectors
        steps = np.concatenate([[0], rarity])
        self.weighted = vectors * (steps[:, None] * np.float32(STEP)).astype(np.float32)
        self.known = dict(zip(words, enumerate(rarity.tolist(), 1), strict=True))

    def __missing__(self, word: str) -> int:
        """Look up a word that was not met yet."""
        row, rarity = self.known.get(word, (0, UNKNOWN_RARITY))
        if len(self) >= REMEMBERED:
            self.clear()
        number = crc32(stem(word).encode("utf-8", "surrogatepass"))
        found: int = row | rarity << ROW_BITS | number << (ROW_BITS + RARITY_BITS)
        self[word] = found
        return found

    def words(self, by_line: Iterable[tuple[str, ...]]) -> Words:
        """The words of lines."""
        lines = list(by_line)
        counts = np.fromiter(map(len, lines), np.intp, len(lines))
        packed = np.fromiter(map(self.__getitem__, chain.from_iterable(lines)), np.int64)
        return Words.of(
            packed & ((1 << ROW_BITS) - 1),
            (packed >> ROW_BITS & ((1 << RARITY_BITS) - 1)) * np.float32(STEP),
            packed >> (ROW_BITS + RARITY_BITS),
            counts,
        )


@cache
def lexicon() -> Lexicon:
    """The words that ship with the project, read on first use."""
    with files("corpora").joinpath("data", "word_vectors.npz").open("rb") as data:
        content = np.load(data)
        words = content["words"].tobytes().decode().split("\n")
        # `take` copies what is not contiguous
        vectors = np.ascontiguousarray(content["vectors"] * content["scale"])
        nothing = np.zeros((1, vectors.shape[1]), np.float32)
        return Lexicon(words, np.concatenate([nothing, vectors]), content["rarity"])

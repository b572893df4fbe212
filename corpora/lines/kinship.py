"""Whether the lines of a page speak of the same: rare words that they share, by their stems.

What a page tells is told in words that come back; teasers, adverts and links bring words of their
own. All is found for all lines of some pages at once. Arrays are (lines,) unless said otherwise.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from corpora.lines.lexicon import Words
from corpora.lines.page_bounds import Bounds

NEAR = 3  # lines above and below
SHARES = (0.001, 0.1, 0.2, 0.35, 0.5, 0.7)
FEW_SHARES = (0.001, 0.15, 0.3, 0.5)
SIDE_SHARES = (0.001, 0.2, 0.45)
LIKENESS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75)
DISTANCES = (-3, -2, -1.3, -0.7, 0, 0.7)  # from the mean of the page, in standard deviations
NEAR_LIKENESS = (0.1, 0.25, 0.4, 0.55, 0.7)
RARITY = (0.7, 1.2, 1.7, 2.3, 3, 4)
LEAST_SPREAD = 0.05  # of the likeness of the lines of a page


@dataclass(frozen=True, slots=True)
class Pairs:
    """The different rare stems of each line; all arrays are (pairs,), ordered by stem, then line.

    Attributes:
        line: index of the line.
        rarity: of the word.
        group: which pairs have one stem on one page, from 0.
        above, below: index of the next line of the group above and below; far away if none.
    """

    line: Any
    rarity: Any
    group: Any
    above: Any
    below: Any

    @classmethod
    def of(cls, words: Words, bounds: Bounds) -> "Pairs":
        """Of words that not every text has."""
        rare = np.flatnonzero(words.rarity > 0)
        stem, line = words.stem[rare], words.line[rare]
        page = bounds.first[line]
        order = np.lexsort((line, page, stem))
        stem, line, page = stem[order], line[order], page[order]
        same = (stem[1:] == stem[:-1]) & (page[1:] == page[:-1])
        new = np.concatenate([[True], ~same | (line[1:] != line[:-1])])[: len(line)]
        opens = np.concatenate([[True], ~same])[: len(line)]
        group = np.cumsum(opens)[new] - 1
        line, rarity = line[new], words.rarity[rare][order][new]
        together = group[1:] == group[:-1]
        far = 1 << 40
        above = np.concatenate([[-far], np.where(together, line[:-1], -far)])[: len(line)]
        below = np.concatenate([np.where(together, line[1:], far), [far]])[-len(line) :]
        return cls(line, rarity, group, above, below[: len(line)])

    def lines(self, wanted: Any) -> Any:
        """How many lines of each pair's group are wanted, (pairs,)."""
        sums = np.bincount(self.group, wanted[self.line])
        return sums[self.group]

    def above_it(self, wanted: Any) -> Any:
        """How many of them stand above each pair's line, (pairs,)."""
        sums = np.concatenate([[0.0], np.cumsum(wanted[self.line])])
        start = np.searchsorted(self.group, self.group)
        return sums[:-1] - sums[start]


def kinship(words: Words, bounds: Bounds, running: Any, title: Any) -> dict[str, Any]:
    """How much of each line other lines of its page say too, in steps; 0 where it has no words.

    Args:
        words: of the lines.
        bounds: of the pages.
        running: which lines may be running text.
        title: which lines may be the title.
    """
    pairs = Pairs.of(words, bounds)
    count = len(bounds.index)
    total = np.bincount(pairs.line, pairs.rarity, minlength=count)

    def share(which: Any, borders: tuple[float, ...]) -> Any:
        said = np.bincount(pairs.line, pairs.rarity * which, minlength=count)
        found = np.searchsorted(borders, said / np.maximum(total, 1e-9), side="right") + 1
        return np.where(total > 0, found, 0)

    others = pairs.lines(running) - running[pairs.line]
    above = pairs.above_it(running)
    return {
        "kin": share(others > 0, SHARES),
        "kin-twice": share(others > 1, SHARES),
        "kin-up": share(pairs.above >= pairs.line - NEAR, FEW_SHARES),
        "kin-down": share(pairs.below <= pairs.line + NEAR, FEW_SHARES),
        "kin-above": share(above > 0, SIDE_SHARES),
        "kin-below": share(others - above > 0, SIDE_SHARES),
        "kin-title": share(pairs.lines(title) - title[pairs.line] > 0, FEW_SHARES),
        "rare": steps(RARITY, total / np.maximum(words.counts, 1)) * (total > 0),
    }


def likeness(words: Words, vectors: Any, bounds: Bounds, running: Any) -> dict[str, Any]:
    """How like the vectors of each line are to those of the page and of the lines beside it.

    Args:
        words: of the lines.
        vectors: of all known words, the longer the rarer the word, (rows, width).
        bounds: of the pages.
        running: which lines may be running text.
    """
    count, width = len(bounds.index), vectors.shape[1]
    sums = np.zeros((count, width), np.float32)
    for lines, rows in words.by_count():
        sums[lines] = vectors.take(rows, axis=0).sum(1)
    own = sums * running[:, None]
    page = np.zeros_like(own)
    if count:
        starts, which = np.unique(bounds.first, return_inverse=True)
        page = np.add.reduceat(own, starts)[which] - own
    unit = direction(sums)
    like = (unit * direction(page)).sum(1)
    beside = [(unit * bounds.shifted(unit, far, 0)).sum(1) for far in (1, 2, -1, -2)]
    several = np.maximum(bounds.total(running), 1)
    mean = paged(bounds, like * running) / several
    spread = np.sqrt(np.maximum(paged(bounds, like**2 * running) / several - mean**2, 0))
    return {
        "like": steps(LIKENESS, like),
        "unlike": steps(DISTANCES, (like - mean) / (spread + LEAST_SPREAD)),
        "like-beside": steps(NEAR_LIKENESS, np.max(beside, 0)),
    }


def direction(vectors: Any) -> Any:
    """The vectors with length 1; nothing stays nothing."""
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)


def paged(bounds: Bounds, values: Any) -> Any:
    """The sum over the page of each line."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return sums[bounds.end] - sums[bounds.first]


def steps(borders: tuple[float, ...], values: Any) -> Any:
    """How many borders each value reaches."""
    return np.searchsorted(borders, np.round(values, 4), side="right")

"""Passages of both sides of an article: how alike each pair of them is, and what is usual."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpora.similarity import Integers, Table

LONGEST = 4  # sentences of one side in a bead
LIKENESS, BELIEF = 0.4, 3  # cosine of sentences that say the same, and how much it is believed
LEAST_USUAL = 0.15
UNEVENNESS = 0.2  # absolute log ratio of the lengths of sentences that say the same
CERTAIN = 1 / 3  # cosine from which the lengths of a pair count whole

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an article.

    Attributes:
        lengths: characters of each sentence.
        near: products with itself and the next sentences, `(sentences, LONGEST)`.
        blocks: the block of each sentence, never falling; no bead crosses into another.
    """

    lengths: Integers
    near: Table
    blocks: Integers

    @classmethod
    def of(cls, renderings: Sequence[Sequence[str]], near: Table, blocks: Sequence[int]) -> "Side":
        """Measure sentences; of several renderings of each the mean length."""
        lengths = np.array([[len(each) + 1 for each in some] for some in renderings]).mean(axis=0)
        return cls(lengths.astype(np.int64), near, np.array(blocks, dtype=np.int64))

    def norms(self) -> Floats:
        """Lengths of the vectors of passages, `(LONGEST + 2, sentences + 2)`.

        That of the passage of `size` sentences from `start` on is at `[size, start + 1]`; infinite
        where there is no such passage, or where it crosses into another block.
        """
        count = len(self.lengths)
        result = np.full((LONGEST + 2, count + 2), np.inf)
        squares = np.zeros(count)
        for size in range(1, min(LONGEST, count) + 1):
            squares = squares[: count - size + 1] + self.near[size - 1 :, 0]
            for distance in range(1, size):
                squares += 2 * self.near[size - 1 - distance : count - distance, distance]
            whole = self.blocks[: count - size + 1] == self.blocks[size - 1 :]
            lengths = np.sqrt(np.maximum(squares, 1e-12))
            result[size, 1 : count - size + 2] = np.where(whole, lengths, np.inf)
        return result


class Passages:
    """Cosines of pairs of passages of two sides, from the products of their sentences."""

    def __init__(self, across: Table, left: Side, right: Side) -> None:
        """Sum up `across`, the `(left, right)` products of sentences."""
        self.across, self.left, self.right = across, left, right
        sums = np.zeros((across.shape[0] + 1, across.shape[1] + 1))
        np.cumsum(across, axis=0, out=sums[1:, 1:])
        np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
        self.sums = sums
        self.left_norms, self.right_norms = left.norms(), right.norms()

    def tables(self) -> Iterator[tuple[int, int, Table]]:
        """Yield `size, other, cosines` of all passages of so many sentences of each side."""
        rows, columns = self.across.shape
        tall = np.zeros_like(self.across)
        for size in range(1, min(LONGEST, rows) + 1):
            tall = tall[: rows - size + 1] + self.across[size - 1 :]
            wide = np.zeros_like(tall)
            for other in range(1, min(LONGEST, columns) + 1):
                wide = wide[:, : columns - other + 1] + tall[:, other - 1 :]
                left = self.left_norms[size, 1 : rows - size + 2]
                right = self.right_norms[other, 1 : columns - other + 2]
                if np.isinf(left).all() or np.isinf(right).all():
                    continue  # no snippet, or no block, is so long
                table = wide / left.astype(np.float32)[:, None]
                table /= right.astype(np.float32)
                yield size, other, table

    def at(self, size: Integers, other: Integers, rows: Integers, columns: Integers) -> Floats:
        """Some cosines; 0 for passages that cross a border or a block, or are too long."""
        height, width = self.across.shape
        top, low = np.maximum(rows, 0), np.clip(rows + size, 0, height)
        near, far = np.maximum(columns, 0), np.clip(columns + other, 0, width)
        sums = self.sums
        dots = sums[low, far] - sums[top, far] - sums[low, near] + sums[top, near]
        norms = self.left_norms[size, rows + 1] * self.right_norms[other, columns + 1]
        return np.asarray(np.clip(dots / norms, 0, 1))


class Rivals:
    """For each row of a table, the greatest value that is `size` columns or more from a place."""

    def __init__(self, table: Table, size: int) -> None:
        """Find the best of each row, those around it, and the best of the others."""
        self.size = size
        rows = np.arange(table.shape[0])
        self.place = table.argmax(axis=1)
        self.best = table[rows, self.place]
        reach = 2 * size - 2
        around = self.place[:, None] + np.arange(-reach, reach + 1)
        inside = (around >= 0) & (around < table.shape[1])
        around = np.clip(around, 0, table.shape[1] - 1)
        self.columns = np.where(inside, around, -9 * LONGEST)
        self.around = np.where(inside, table[rows[:, None], around], 0)
        kept = table[rows[:, None], around]
        table[rows[:, None], around] = 0  # put back below: a copy would cost as much as all else
        self.others = table.max(axis=1)
        table[rows[:, None], around] = kept

    def near(self) -> tuple[Integers, Integers]:
        """Rows and columns of the places whose rival is not simply the best of the row."""
        offsets = np.arange(1 - self.size, self.size)
        columns = (self.place[:, None] + offsets).ravel()
        return np.repeat(np.arange(len(self.place)), len(offsets)), columns

    def at(self, rows: Integers, columns: Integers) -> Table:
        """The rivals of some places."""
        apart = np.abs(self.columns[rows] - columns[:, None]) >= self.size
        apart &= self.columns[rows] >= 0
        local = np.where(apart, self.around[rows], 0).max(axis=1)
        far = np.abs(self.place[rows] - columns) >= self.size
        near = np.maximum(local, self.others[rows])
        return np.asarray(np.where(far, self.best[rows], near), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual between sentences of this article that say the same.

    Attributes:
        likeness: log cosine.
        unevenness: absolute log ratio of the characters.
    """

    likeness: float
    unevenness: float

    @classmethod
    def of(cls, table: Table, left: Integers, right: Integers) -> "Usual":
        """From the pairs of sentences that are each other's best.

        Means over such pairs, those of a low cosine counting less for the lengths, are drawn
        towards `LIKENESS` and `UNEVENNESS` as if `BELIEF` pairs had been seen before.
        """
        partner = table.argmax(axis=0)
        columns = np.nonzero(table.argmax(axis=1)[partner] == np.arange(len(partner)))[0]
        rows = partner[columns]
        best = table[rows, columns].astype(np.float64)
        logs = np.log(np.clip(best, LEAST_USUAL, 1)).sum() + BELIEF * np.log(LIKENESS)
        weights = np.clip(best / CERTAIN, 0, 1) ** 2
        uneven = np.minimum(1, np.abs(np.log(left[rows] / right[columns])))
        return cls(
            float(logs / (len(best) + BELIEF)),
            float(((weights * uneven).sum() + BELIEF * UNEVENNESS) / (weights.sum() + BELIEF)),
        )


def lengths_apart(passages: Passages, spans: Integers) -> Floats:
    """How far the lengths of both sides are apart: absolute log ratio of their characters."""
    left = np.concatenate([[0], np.cumsum(passages.left.lengths)])
    right = np.concatenate([[0], np.cumsum(passages.right.lengths)])
    ratio = (left[spans[:, 1]] - left[spans[:, 0]]) / (right[spans[:, 3]] - right[spans[:, 2]])
    return np.asarray(np.abs(np.log(ratio)))

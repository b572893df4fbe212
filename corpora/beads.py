"""Beads: neighbouring source sentences and neighbouring reference sentences that may say the same.

Each candidate gets the log-odds that it is right, from its cosine, the best rivals of both
sides, what its neighbours would add, and the lengths. The order of the text is no evidence here
(see `corpora.chains`), nor are numbers and names (see `corpora.evidence`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpora.evidence import Evidence
from corpora.similarity import Integers, Table

LONGEST = 4  # sentences of one side in a bead
LEAST_COSINE = 0.08  # below it a bead is no candidate: unrelated sentences reach .1
RIVAL = 0.6  # rivals above it count no more: repeated sentences are told apart by their order
LEAST_RIVAL = 0.18  # what unrelated text reaches in an article of 20 sentences; for shorter ones

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class BeadWeights:
    """Weights of a logistic regression over candidate beads.

    Fitted on 470 documents of 15-25 sentences made from FLORES-200 dev and the output of four
    translation systems, with a third of the documents made worse by replacing 20-35 % of the words.
    `base` was then lowered by .5 for precision, and `length` (fitted: -3.7) halved, for sources are
    shortened on the way, which those documents do not show.
    """

    base: float = 8.5
    log_cosine: float = 4.0
    source_rival: float = -5.0  # cosine of the best other reference passage of the same size
    reference_rival: float = -6.6
    source_growth: float = -20.0  # cosine that one more source sentence would add
    reference_growth: float = -23.4
    useless_member: float = 60.7  # (negative) cosine that the first or last sentence adds
    length: float = -2.0  # absolute log ratio of the characters of both sides
    joins_source: float = -2.75
    joins_reference: float = -2.4
    joins_both: float = -3.0
    above_two: float = -0.35  # for each sentence of a side above the second


@dataclass(frozen=True, slots=True)
class Bead:
    """Source sentences and reference sentences that say the same.

    Attributes:
        source: positions of neighbouring machine sentences, ascending.
        reference: positions of neighbouring reference sentences, ascending.
        score: cosine of both sides, above 0 and at most 1.
        confidence: estimated share of such beads that are right, in [0, 1].
        label: its class, one of `corpora.confidence.CLASSES`.
        evidence: numbers, names and quotations of both sides.
    """

    source: tuple[int, ...]
    reference: tuple[int, ...]
    score: float
    confidence: float = 0.0
    label: str = "unsupported"
    evidence: Evidence = Evidence()  # noqa: RUF009 - frozen

    @property
    def kind(self) -> str:
        """Sizes of both sides, `2-1` for two source sentences and one reference sentence."""
        return f"{len(self.source)}-{len(self.reference)}"


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
    def of(cls, sentences: Sequence[str], near: Table, blocks: Sequence[int]) -> "Side":
        """Measure sentences."""
        lengths = np.array([len(sentence) + 1 for sentence in sentences], dtype=np.int64)
        return cls(lengths, near, np.array(blocks, dtype=np.int64))

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


@dataclass(frozen=True, slots=True)
class Candidates:
    """Beads that might be, one a row.

    Attributes:
        spans: `(beads, 4)`: source start and end, reference start and end; ends excluded.
        cosines: `(beads,)`, in [0, 1].
        odds: `(beads,)`, natural log-odds that the bead is right.
    """

    spans: Integers
    cosines: Floats
    odds: Floats

    def where(self, chosen: Truths | Integers) -> "Candidates":
        """Some of them."""
        return Candidates(self.spans[chosen], self.cosines[chosen], self.odds[chosen])

    def moved(self, distance: int) -> "Candidates":
        """The same, so many reference sentences farther on."""
        return Candidates(
            self.spans + np.array([0, 0, distance, distance]), self.cosines, self.odds
        )

    @classmethod
    def joined(cls, parts: "Sequence[Candidates]") -> "Candidates":
        """All candidates of several."""
        return cls(
            np.concatenate([np.zeros((0, 4), np.int64), *(each.spans for each in parts)]),
            np.concatenate([np.zeros(0), *(each.cosines for each in parts)]),
            np.concatenate([np.zeros(0), *(each.odds for each in parts)]),
        )


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


def candidates(passages: Passages, least_odds: float, weights: BeadWeights) -> Candidates:
    """All beads of up to `LONGEST` sentences a side whose log-odds are `least_odds` or more."""
    found = [
        candidates_of(size, other, table, least_odds, weights)
        for size, other, table in passages.tables()
    ]
    merged = Candidates.joined(found)
    odds = merged.odds + of_neighbours(passages, merged, weights)
    odds += weights.length * of_length(passages, merged.spans)
    return Candidates(merged.spans, merged.cosines, odds).where(odds >= least_odds)


def candidates_of(
    size: int, other: int, table: Table, least_odds: float, weights: BeadWeights
) -> Candidates:
    """Candidates of one shape, their odds from cosine, rivals and shape alone."""
    of_rows, of_columns = Rivals(table, other), Rivals(table.T, size)
    base = weights.base + of_shape(size, other, weights)
    against_row = weights.source_rival * np.clip(of_rows.best, LEAST_RIVAL, RIVAL)
    against_column = weights.reference_rival * np.clip(of_columns.best, LEAST_RIVAL, RIVAL)
    least_of_row = np.exp((least_odds - base - against_row) / weights.log_cosine)
    least_of_column = np.exp(-against_column / weights.log_cosine)
    found = np.nonzero(table >= np.maximum(LEAST_COSINE, np.outer(least_of_row, least_of_column)))
    near_rows, near_columns = of_rows.near()
    also_columns, also_rows = of_columns.near()
    rows = np.concatenate([found[0], near_rows, also_rows])
    columns = np.concatenate([found[1], near_columns, also_columns])
    inside = (rows >= 0) & (rows < table.shape[0]) & (columns >= 0) & (columns < table.shape[1])
    codes = np.unique(rows[inside] * table.shape[1] + columns[inside])
    rows, columns = np.divmod(codes, table.shape[1])
    cosine = table[rows, columns].astype(np.float64)
    odds = base + weights.log_cosine * np.log(np.maximum(cosine, 1e-6))
    odds += weights.source_rival * np.clip(of_rows.at(rows, columns), LEAST_RIVAL, RIVAL)
    odds += weights.reference_rival * np.clip(of_columns.at(columns, rows), LEAST_RIVAL, RIVAL)
    spans = np.stack([rows, rows + size, columns, columns + other], axis=-1)
    return Candidates(spans, cosine, odds).where((odds >= least_odds) & (cosine > LEAST_COSINE))


def of_shape(size: int, other: int, weights: BeadWeights) -> float:
    """Log-odds for the numbers of sentences."""
    above = max(0, size - 2) + max(0, other - 2)
    return (
        weights.joins_source * (size > 1)
        + weights.joins_reference * (other > 1)
        + weights.joins_both * (size > 1 and other > 1)
        + weights.above_two * above
    )


def of_length(passages: Passages, spans: Integers) -> Floats:
    """How far the lengths of both sides are apart: absolute log ratio of their characters."""
    left = np.concatenate([[0], np.cumsum(passages.left.lengths)])
    right = np.concatenate([[0], np.cumsum(passages.right.lengths)])
    ratio = (left[spans[:, 1]] - left[spans[:, 0]]) / (right[spans[:, 3]] - right[spans[:, 2]])
    return np.asarray(np.abs(np.log(ratio)))


def of_neighbours(passages: Passages, found: Candidates, weights: BeadWeights) -> Floats:
    """Log-odds for what one sentence more or less on either side would change."""
    at, cosine = passages.at, found.cosines
    start, stop, first, end = found.spans.T
    size, other = stop - start, end - first
    more_source = np.maximum(
        at(size + 1, other, start, first), at(size + 1, other, start - 1, first)
    )
    more_reference = np.maximum(
        at(size, other + 1, start, first), at(size, other + 1, start, first - 1)
    )
    less_source = np.maximum(
        at(size - 1, other, start, first), at(size - 1, other, start + 1, first)
    )
    less_reference = np.maximum(
        at(size, other - 1, start, first), at(size, other - 1, start, first + 1)
    )
    less = np.maximum(less_source, less_reference)
    return np.asarray(
        weights.source_growth * np.maximum(0, more_source - cosine)
        + weights.reference_growth * np.maximum(0, more_reference - cosine)
        + weights.useless_member * np.minimum(0, cosine - less)
    )

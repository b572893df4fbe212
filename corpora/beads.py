"""Beads: neighbouring source sentences and neighbouring reference sentences that may say the same.

Each candidate gets the log-odds that it is right, from its cosine, the best rivals of both
sides, what its neighbours would add, and the lengths. The order of the text is no evidence here
(see `corpora.chains`), nor are numbers and names (see `corpora.evidence`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from corpora.evidence import Evidence
from corpora.passages import UNEVENNESS, Floats, Passages, Rivals, Usual, lengths_apart
from corpora.similarity import Integers, Table

LEAST_COSINE = 0.08  # below it a bead is no candidate: unrelated sentences reach .1
RIVAL = 0.5  # rivals above it count no more: repeated sentences are told apart by their order
USUAL_LOSS = 0.3  # log cosine under the usual that tells nothing
CROWD = 32  # beads of one shape that a reference passage may have
LEAST_RIVAL = 0.18  # what unrelated text reaches in an article of 20 sentences; for shorter ones

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class BeadWeights:
    """Weights of a logistic regression over candidate beads.

    Fitted on 700 documents of 6-40 sentences made from the first half of FLORES-200 dev and from
    news of the project, in the output of six translation systems: lines joined, split, left out,
    shuffled, shortened on either side, strangers on both, half of the documents with 10-45 % of the
    words replaced or dropped. `base` was then raised by .65, for the beads of a document exclude
    each other, which a regression over single candidates does not know.
    """

    base: float = 12.0
    log_cosine: float = 1.28
    source_rival: float = -7.2  # cosine of the best other reference passage of the same size
    reference_rival: float = -12.8
    source_growth: float = -28.2  # cosine that one more source sentence would add
    reference_growth: float = -68.9
    useless_member: float = 79.5  # (negative) cosine that the first or last sentence adds
    length: float = -2.1  # absolute log ratio of the characters of both sides
    even_length: float = -2.05  # the same, over how uneven lengths are in this article
    joins_source: float = -3.3
    joins_reference: float = -2.6
    joins_both: float = -3.8
    above_two: float = -0.7  # for each sentence of a side above the second
    likeness: float = 2.4  # log cosine that is usual in this article
    below: float = -4.8  # how far the log cosine is more than `USUAL_LOSS` below that


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

    def even(self) -> "Candidates":
        """The same without the last digits of the odds: equal sentences are equal, and stay so."""
        return Candidates(self.spans, self.cosines, self.odds.round(2))

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


def candidates(passages: Passages, least_odds: float, weights: BeadWeights) -> Candidates:
    """All beads of up to `LONGEST` sentences a side whose log-odds are `least_odds` or more."""
    found, usual, given = [], Usual(0, 1), weights
    for size, other, table in passages.tables():
        if size == other == 1:
            usual = Usual.of(table, passages.left.lengths, passages.right.lengths)
            given = replace(weights, base=weights.base + weights.likeness * usual.likeness)
        found.append(candidates_of(size, other, table, least_odds, given, usual))
    merged = Candidates.joined(found)
    of_length = weights.length + weights.even_length * UNEVENNESS / usual.unevenness
    odds = merged.odds + of_neighbours(passages, merged, weights)
    odds += of_length * lengths_apart(passages, merged.spans)
    return Candidates(merged.spans, merged.cosines, odds).where(odds >= least_odds)


def candidates_of(
    size: int,
    other: int,
    table: Table,
    least_odds: float,
    weights: BeadWeights,
    usual: Usual,
) -> Candidates:
    """Candidates of one shape, their odds from cosine, rivals and shape alone."""
    of_rows, of_columns = Rivals(table, other), Rivals(table.T, size)
    base = weights.base + of_shape(size, other, weights)
    against_row = weights.source_rival * np.clip(of_rows.best, LEAST_RIVAL, RIVAL)
    against_column = weights.reference_rival * np.clip(of_columns.best, LEAST_RIVAL, RIVAL)
    expected = usual.likeness - USUAL_LOSS
    enough = table >= LEAST_COSINE
    for below in (0.0, weights.below):  # the odds rise with the log cosine, faster below `expected`
        slope = weights.log_cosine - below
        of_row = np.exp((least_odds - base - below * expected - against_row) / slope)
        of_column = np.exp(-against_column / slope)
        enough &= table >= np.outer(of_row.astype(np.float32), of_column.astype(np.float32))
    near_rows, near_columns = of_rows.near()
    also_columns, also_rows = of_columns.near()
    rows = np.concatenate([near_rows, also_rows])
    columns = np.concatenate([near_columns, also_columns])
    inside = (rows >= 0) & (rows < table.shape[0]) & (columns >= 0) & (columns < table.shape[1])
    enough[rows[inside], columns[inside]] = True
    rows, columns = np.nonzero(enough)
    cosine = table[rows, columns].astype(np.float64)
    logs = np.log(np.maximum(cosine, 1e-6))
    odds = base + weights.log_cosine * logs + weights.below * np.maximum(0, expected - logs)
    odds += weights.source_rival * np.clip(of_rows.at(rows, columns), LEAST_RIVAL, RIVAL)
    odds += weights.reference_rival * np.clip(of_columns.at(columns, rows), LEAST_RIVAL, RIVAL)
    kept = np.nonzero((odds >= least_odds) & (cosine > LEAST_COSINE))[0]
    kept = kept[uncrowded(rows[kept], columns[kept], odds[kept], table.shape)]
    rows, columns = rows[kept], columns[kept]
    spans = np.stack([rows, rows + size, columns, columns + other], axis=-1)
    return Candidates(spans, cosine[kept], odds[kept])


def uncrowded(rows: Integers, columns: Integers, odds: Floats, shape: tuple[int, ...]) -> Integers:
    """Which of some places of a table to keep: the `CROWD` of the best odds of each column.

    Among equals those near the diagonal: sentences that are said again and again are told apart by
    their order, and without a bound a thousand of them would have a million beads.

    >>> places = np.array([0, 1, 2]), np.array([0, 0, 0])
    >>> uncrowded(*places, np.array([1.0, 3.0, 2.0]), (3, 1)).tolist()
    [0, 1, 2]
    """
    counts = np.bincount(columns, minlength=1)
    if counts.max() <= CROWD:
        return np.arange(len(rows))
    away = np.abs(rows * shape[1] - columns * shape[0])
    order = np.lexsort((away, -odds.round(3), columns))
    ranks = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.sort(order[ranks < CROWD])


def of_shape(size: int, other: int, weights: BeadWeights) -> float:
    """Log-odds for the numbers of sentences."""
    above = max(0, size - 2) + max(0, other - 2)
    return (
        weights.joins_source * (size > 1)
        + weights.joins_reference * (other > 1)
        + weights.joins_both * (size > 1 and other > 1)
        + weights.above_two * above
    )


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

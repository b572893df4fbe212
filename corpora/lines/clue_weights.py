"""What each piece of evidence adds to the hidden numbers of a line, by name and by clue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

import numpy as np

from corpora.lines.evidence import Clue, names_of
from corpora.lines.numbering import OWN, PLACED
from corpora.lines.ragged import by_count

NOWHERE = 0  # the row of what says nothing
TOGETHER = 32  # lines that are added up at once: they stay in the cache


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence adds to each hidden number.

    Attributes:
        rows: row of each piece of evidence by name, from 1 on.
        values: (1 + pieces of evidence, width); row 0 is that of what says nothing. They are
            multiples of a power of two, so the order of adding up makes no difference.
    """

    rows: dict[str, int]
    values: Any

    def sums(self, evidence: Sequence[Sequence[str]]) -> Any:
        """Sums of the weights of each line's evidence, (lines, width); unknown says nothing."""
        known: list[int] = []
        starts = []
        for names in evidence:
            starts.append(len(known))
            known.append(NOWHERE)
            known += filter(NOWHERE.__lt__, map(self.rows.get, names, repeat(NOWHERE)))
        if not starts:
            return np.zeros((0, self.values.shape[1]), np.float32)
        return np.add.reduceat(self.values[known], starts)


class ClueTable:
    """Sums of the weights of what each clue says, a row a clue, made as clues come by.

    Some thousand clues are all that there are.

    Attributes:
        own: those of the clues of `OWN`, by their number, (clues, width).
        row: row in `placed` of each clue of `PLACED`; `NOWHERE` until it is met.
        placed: (rows, width).
    """

    def __init__(self, weights: Weights) -> None:
        """Begin with no clue."""
        self.weights = weights
        self.own = np.zeros((0, weights.values.shape[1]), np.float32)
        self.row = np.full(PLACED.size, NOWHERE, np.int32)
        self.placed = np.zeros((1, weights.values.shape[1]), np.float32)

    def sums(self, own: Sequence[tuple[int, ...]], placed: Any) -> Any:
        """Sums of the weights of each line's clues, (lines, width).

        Args:
            own: numbers in `OWN` of the clues of each line, one at least.
            placed: numbers in `PLACED`, (lines, sorts of clues).
        """
        if len(self.own) < len(OWN):
            self.own = self.with_more(self.own, list(OWN)[len(self.own) :])
        rows = self.row[placed]
        if not rows.all():
            unmet = np.unique(placed[rows == NOWHERE])
            self.row[unmet] = np.arange(len(unmet)) + len(self.placed)
            self.placed = self.with_more(self.placed, map(PLACED.clue, unmet.tolist()))
            rows = self.row[placed]
        found = self.own_sums(own)
        for start in range(0, len(own), TOGETHER):
            some = slice(start, start + TOGETHER)
            found[some] += self.placed.take(rows[some], axis=0).sum(1)
        return found

    def own_sums(self, own: Sequence[tuple[int, ...]]) -> Any:
        """Sums of the weights of what lines say by themselves; many say the same."""
        different: dict[tuple[int, ...], int] = {}
        which = [different.setdefault(each, len(different)) for each in own]
        counts = np.fromiter(map(len, different), np.intp, len(different))
        flat = np.fromiter(chain.from_iterable(different), np.intp)
        found = np.empty((len(different), self.own.shape[1]), np.float32)
        for lines, rows in by_count(counts, np.cumsum(counts) - counts):
            found[lines] = self.own.take(flat[rows], axis=0).sum(1)
        return found[which]

    def with_more(self, before: Any, clues: Iterable[Clue]) -> Any:
        """The rows before, and the sums of the weights of more clues."""
        return np.concatenate([before, self.weights.sums([names_of(clue) for clue in clues])])

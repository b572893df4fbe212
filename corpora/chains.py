"""The best chain of beads: a dynamic programme over the reference that may jump in the source.

Leaving sentences out costs nothing. A bead that goes on where the bead before it ended is worth
more, one farther on in the source a little less, one anywhere else pays for a jump. A new unit of
the reference (a snippet) may begin anywhere; inside a unit the chain only goes forward.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np

from corpora.beads import Candidates
from corpora.similarity import Integers

NONE = -1
NEARBY = 2  # source sentences left out between two beads that still go on
MOST = 2.0  # log-odds; more would let the order outvote the words


@dataclass(frozen=True, slots=True)
class Order:
    """What the order of the text is worth, in log-odds.

    Attributes:
        onward: for a bead that begins where the one before it ended.
        gap: less for each source sentence left out between.
        jump: for a bead that goes on from nowhere.
    """

    onward: float = 1.0
    gap: float = 0.3
    jump: float = 0.0

    def learned(self, path: Integers) -> "Order":
        """What the order is worth after a first chain: the odds that a bead goes on nearby.

        An article whose beads all go on gets up to `MOST`, a shuffled one nothing. Laplace's rule
        of succession keeps three beads from proving anything.

        Args:
            path: spans of the beads of the first chain that are likely by themselves, in order.
        """
        gaps = path[1:, 0] - path[:-1, 1]
        onward = int(((gaps >= 0) & (gaps <= NEARBY)).sum())
        odds = log((onward + 1) / (len(gaps) - onward + 1))
        return replace(self, onward=min(MOST, max(0.0, odds)))


class Prefixes:
    """The greatest value at or before a position (Fenwick 1994), and whose it is."""

    def __init__(self, size: int) -> None:
        """Hold `size` positions, all without a value."""
        self.size = size
        self.values = [-np.inf] * (size + 1)
        self.owners = [NONE] * (size + 1)

    def put(self, position: int, value: float, owner: int) -> None:
        """Offer a value at a position."""
        position += 1
        while position <= self.size:
            if value > self.values[position]:
                self.values[position], self.owners[position] = value, owner
            position += position & -position

    def best(self, position: int) -> tuple[float, int]:
        """The greatest value at a position or before it."""
        value, owner = -np.inf, NONE
        position += 1
        while position > 0:
            if self.values[position] > value:
                value, owner = self.values[position], self.owners[position]
            position -= position & -position
        return value, owner


def chain(found: Candidates, size: int, units: Sequence[int], order: Order) -> list[int]:
    """Rows of the candidates that make the best chain, in the order of the reference.

    Args:
        found: candidates, in any order.
        size: number of source sentences.
        units: for each reference sentence the unit it is in, never falling.
        order: what the order is worth.
    """
    if not len(found.odds):
        return []
    rows = np.lexsort((found.spans[:, 0], found.spans[:, 3], found.spans[:, 2]))
    spans, odds = found.spans[rows].tolist(), found.odds[rows].tolist()
    total = [0.0] * len(spans)
    before = [NONE] * len(spans)
    sizes = Counter(units)
    everywhere = Prefixes(size + 1)
    inside: Prefixes | None = None  # of the unit at hand, if it has more than one sentence
    leader, earlier = NONE, NONE  # best end of all beads; of those in earlier units
    waiting: dict[int, list[int]] = {}
    done, unit = 0, NONE
    for bead, (start, _, first, end) in enumerate(spans):
        for place in range(done + 1, first + 1):
            for ended in waiting.pop(place, ()):
                value = total[ended] + order.gap * spans[ended][1]
                everywhere.put(spans[ended][1], value, ended)
                if inside and units[place - 1] == unit:
                    inside.put(spans[ended][1], value, ended)
                if leader == NONE or total[ended] > total[leader]:
                    leader = ended
            if units[min(place, first)] != unit:
                unit, earlier = units[min(place, first)], leader
                inside = Prefixes(size + 1) if 1 < sizes[unit] < len(units) else None
        if unit == NONE:
            unit = units[first]
            inside = Prefixes(size + 1) if 1 < sizes[unit] < len(units) else None
        done = max(done, first)
        best, owner = 0.0, NONE
        if earlier != NONE and total[earlier] - order.jump > best:
            best, owner = total[earlier] - order.jump, earlier
        for prefixes in (inside, everywhere):
            ended = prefixes.best(start)[1] if prefixes else NONE
            if ended == NONE:
                continue
            onward = order.onward - order.gap * (start - spans[ended][1])
            same = units[spans[ended][2]] == unit
            reached = total[ended] + (max(0.0, onward) if same else onward)
            if reached > best:
                best, owner = reached, ended
        total[bead], before[bead] = best + odds[bead], owner
        waiting.setdefault(end, []).append(bead)
    bead = max(range(len(spans)), key=total.__getitem__)
    path = []
    while bead != NONE and total[bead] > 0:
        path.append(int(rows[bead]))
        bead = before[bead]
    return path[::-1]


def best_chain(found: Candidates, size: int, units: Sequence[int], order: Order) -> list[int]:
    """The chain under the order that a first chain shows the article to have (see `chain`)."""
    first = chain(found, size, units, order)
    likely = [row for row in first if found.odds[row] > 0]
    return chain(found, size, units, order.learned(found.spans[likely]))


def one_to_one(
    found: Candidates, preferred: Sequence[int], units: Sequence[int], *, quote_twice: bool
) -> list[int]:
    """Rows that share no sentence: the preferred ones by their odds, then others above even odds.

    Inside a unit none crosses another. With `quote_twice` source sentences may be shared by beads
    of other reference sentences.
    """
    spans = found.spans.tolist()
    left: set[int] = set()
    right: set[int] = set()
    inside: dict[int, list[int]] = {}
    kept = []
    odds = found.odds
    ranked = sorted(preferred, key=lambda row: (-odds[row], row))
    rest = np.nonzero(odds > 0)[0]
    ranked += rest[np.argsort(-odds[rest], kind="stable")].tolist()
    for row in ranked:
        start, stop, first, end = spans[row]
        free = quote_twice or left.isdisjoint(range(start, stop))
        mates = inside.setdefault(units[first], [])
        if (
            free
            and right.isdisjoint(range(first, end))
            and not any((spans[mate][2] < first) != (spans[mate][0] < start) for mate in mates)
        ):
            left.update(range(start, stop))
            right.update(range(first, end))
            mates.append(row)
            kept.append(row)
    return kept

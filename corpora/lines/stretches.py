"""Stretches of the lines of some pages, told apart by hashes of 64 bits.

Each hash follows from two sums over all characters (Karp and Rabin 1987,
https://doi.org/10.1147/rd.312.0249), so that of a long stretch takes no longer than that of a short
one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

ODD = np.uint64(0x9E3779B97F4A7C15)
INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))

FIRST_BITS = 16


@dataclass(frozen=True, slots=True)
class Stretches:
    """Lines behind each other, of which any stretch can be compared with any other of its page.

    Attributes:
        length: characters of each line, (lines,).
        start: place of its first character, (lines,).
        owner: line of each character, (characters,).
        page: what the hashes of each line's page have in common, (lines,).
        sums: of all characters before each, and of all, weighted by place, (characters + 1,).
        inverses: of the weight of each place, (characters,).
    """

    length: Any
    start: Any
    owner: Any
    page: Any
    sums: Any
    inverses: Any

    @classmethod
    def of(cls, lines: Sequence[str], pages: Any) -> "Stretches":
        """Those of some lines, none of them empty, on pages of these numbers."""
        length = np.array([*map(len, lines)], np.intp)
        signs = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), np.uint32)
        sums = np.zeros(len(signs) + 1, np.uint64)
        np.cumsum(signs * powers(ODD, len(signs)), out=sums[1:])
        return cls(
            length,
            np.cumsum(length) - length,
            np.repeat(np.arange(len(lines)), length),
            np.asarray(pages).astype(np.uint64) * ODD,
            sums,
            powers(INVERSE, len(signs)),
        )

    def codes(self, begin: Any, size: Any) -> Any:
        """The hash of each stretch, given where it begins and how many characters it has.

        >>> text = Stretches.of(["beras beras", "gula"], [0, 0])
        >>> one, two, three = text.codes(np.array([0, 6, 11]), 4)
        >>> one == two, one == three
        (np.True_, np.False_)
        """
        sums = (self.sums[begin + size] - self.sums[begin]) * self.inverses[begin]
        return sums + self.page[self.owner[begin]]

    def room(self, begin: Any) -> Any:
        """Characters from each place to the end of its line."""
        line = self.owner[begin]
        return self.start[line] + self.length[line] - begin

    def with_room(self, size: int) -> Any:
        """All places behind which their line, of which none is shorter, has so many characters.

        >>> Stretches.of(["beras", "gula"], [0, 0]).with_room(4).tolist()
        [0, 1, 5]
        """
        return ranges(self.start, self.length - size + 1)

    def alike(self, begin: Any, size: int, wanted: Any) -> tuple[Any, Any]:
        """The places whose stretch has one of the hashes that are wanted, and the index of that.

        Args:
            begin: places.
            size: characters of the stretches.
            wanted: hashes, ascending.
        """
        codes = self.codes(begin, size)
        known = np.zeros(1 << FIRST_BITS, bool)  # a look at their first bits spares most a search
        known[first_bits(wanted)] = True
        known = known[first_bits(codes)]
        begin, codes = begin[known], codes[known]
        index = np.minimum(np.searchsorted(wanted, codes), len(wanted) - 1)
        found = wanted[index] == codes
        return begin[found], index[found]


def first_bits(codes: Any) -> Any:
    """The first bits of hashes."""
    return (codes >> np.uint64(64 - FIRST_BITS)).astype(np.uint32)


def powers(base: Any, count: int) -> Any:
    """The powers of a number from 0 on, in 64 bits, (count,)."""
    found = np.full(count, base, np.uint64)
    found[0] = 1
    return np.cumprod(found, out=found)


def ranges(starts: Any, counts: Any) -> Any:
    """The numbers from each start on, so many of each, behind each other.

    >>> ranges(np.array([5, 1]), np.array([2, 3])).tolist()
    [5, 6, 1, 2, 3]
    """
    return np.arange(counts.sum()) + np.repeat(starts - (np.cumsum(counts) - counts), counts)


def first_of(groups: Any, values: Any) -> Any:
    """The first value of each group.

    >>> first_of(np.array([1, 0, 1]), np.array([5, 6, 7])).tolist()
    [6, 5]
    """
    found = np.zeros(groups.max() + 1, np.intp)
    found[groups[::-1]] = values[::-1]  # of those that are set to one place the last stays
    return found

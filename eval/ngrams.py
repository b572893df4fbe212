"""Counts of shared n-grams of many pairs at once, by sorting numbers instead of filling tables.

An n-gram of symbols becomes one 64-bit number that also says which pair and which side it is of;
after sorting, equal n-grams of a pair are neighbours. Numbers are exact, never hashes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]

PAIR_BITS = 15  # with a bit for the side, 48 bits are left for the symbols of an n-gram
MOST_PAIRS = 2**PAIR_BITS
SYMBOL_BITS = 64 - 1 - PAIR_BITS


@dataclass(frozen=True, slots=True)
class Symbols:
    """Sequences of small numbers, one behind the other.

    Attributes:
        values: all symbols; uint64, each below 2 ** bits of the counting.
        sizes: symbols of each sequence.
    """

    values: NDArray[np.uint64]
    sizes: Counts

    @property
    def left(self) -> Counts:
        """For each symbol, how many its sequence has from it on, itself counted."""
        ends = np.repeat(np.cumsum(self.sizes), self.sizes)
        return ends - np.arange(len(self.values))

    @property
    def owner(self) -> NDArray[np.uint64]:
        """For each symbol, the number of its sequence."""
        return np.repeat(np.arange(len(self.sizes), dtype=np.uint64), self.sizes)


def shared(left: Symbols, right: Symbols, orders: int) -> Counts:
    """N-grams that both sequences of a pair have, `(pairs, orders)`: the smaller of two counts.

    Raises:
        ValueError: more pairs than `MOST_PAIRS`, or sides of unlike length.

    >>> one = Symbols(np.array([1, 2, 1, 2], np.uint64), np.array([4]))
    >>> two = Symbols(np.array([1, 2, 3], np.uint64), np.array([3]))
    >>> shared(one, two, 3).tolist()
    [[2, 1, 0]]
    """
    pairs = len(left.sizes)
    if pairs != len(right.sizes) or pairs > MOST_PAIRS:
        raise ValueError(f"{pairs} and {len(right.sizes)} sequences; at most {MOST_PAIRS} pairs")
    bits = SYMBOL_BITS // orders
    found = np.zeros((pairs, orders), dtype=np.int64)
    sides = [
        (side.values, side.left, side.owner << np.uint64(SYMBOL_BITS + 1)) for side in (left, right)
    ]
    grams = [values for values, _, _ in sides]
    for order in range(1, orders + 1):
        if order > 1:
            grams = [
                (gram[:-1] << np.uint64(bits)) | values[order - 1 :]
                for gram, (values, _, _) in zip(grams, sides, strict=True)
            ]
        keys = [
            (gram << np.uint64(1) | owner[: len(gram)] | np.uint64(side))[
                rest[: len(gram)] >= order
            ]
            for side, (gram, (_, rest, owner)) in enumerate(zip(grams, sides, strict=True))
        ]
        found[:, order - 1] = smaller_counts(np.sort(np.concatenate(keys)), pairs)
    return found


def smaller_counts(keys: NDArray[np.uint64], pairs: int) -> Counts:
    """For each pair the sum of the smaller counts; sorted keys, of which the last bit is the side.

    Equal keys of both sides stand as a run of the left and then a run of the right.
    """
    if not len(keys):
        return np.zeros(pairs, dtype=np.int64)
    borders = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    starts = np.concatenate(([0], borders))
    runs = keys[starts]
    counts = np.diff(np.concatenate((starts, [len(keys)])))
    both = np.flatnonzero(runs[1:] == (runs[:-1] | np.uint64(1)))
    both = both[runs[both] & np.uint64(1) == 0]
    owner = (runs[both] >> np.uint64(SYMBOL_BITS + 1)).astype(np.int64)
    smaller = np.minimum(counts[both], counts[both + 1])
    return np.bincount(owner, weights=smaller, minlength=pairs).astype(np.int64)


def totals(sizes: Counts, orders: int) -> Counts:
    """N-grams of each sequence, `(sequences, orders)`.

    >>> totals(np.array([3, 0]), 4).tolist()
    [[3, 2, 1, 0], [0, 0, 0, 0]]
    """
    return np.asarray(np.maximum(sizes[:, None] - np.arange(orders), 0), dtype=np.int64)


def symbols_of_characters(
    lines: Sequence[str], alphabet: NDArray[np.uint32]
) -> tuple[Symbols, NDArray[np.bool_]]:
    """Characters of each line as their places in a sorted alphabet; also which lines have others.

    Lines with a character that the alphabet lacks are left empty.
    """
    codes = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    sizes = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines))
    places = np.searchsorted(alphabet, codes)
    places[places == len(alphabet)] = 0
    unknown = alphabet[places] != codes if len(alphabet) else np.ones(len(codes), dtype=np.bool_)
    owner = np.repeat(np.arange(len(lines)), sizes)
    strange = np.zeros(len(lines), dtype=np.bool_)
    strange[owner[unknown]] = True
    values = places[~strange[owner]].astype(np.uint64)
    return Symbols(values, np.where(strange, 0, sizes)), strange


def alphabet_of(lines: Sequence[str], most: int) -> NDArray[np.uint32]:
    """The characters of the lines, the `most` frequent ones, sorted."""
    codes = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    found, counts = np.unique(codes, return_counts=True)
    often = np.argsort(-counts, kind="stable")[:most]
    return np.sort(found[often])


def symbols_of_words(
    left: Sequence[Sequence[str]], right: Sequence[Sequence[str]], most: int
) -> tuple[Symbols, Symbols, NDArray[np.bool_]]:
    """Words of each pair numbered in the order in which they come; also which pairs have too many.

    A pair with more than `most` different words is left empty.
    """
    numbers: tuple[list[int], list[int]] = ([], [])
    sizes: tuple[list[int], list[int]] = ([], [])
    crowded = np.zeros(len(left), dtype=np.bool_)
    for index, sides in enumerate(zip(left, right, strict=True)):
        known: dict[str, int] = {}
        if sum(map(len, sides)) > most and len(set().union(*sides)) > most:
            crowded[index] = True
            sides = ((), ())
        for side, words in enumerate(sides):
            numbers[side].extend([known.setdefault(word, len(known)) for word in words])
            sizes[side].append(len(words))
    one, two = (
        Symbols(np.array(values, dtype=np.uint64), np.array(size, dtype=np.int64))
        for values, size in zip(numbers, sizes, strict=True)
    )
    return one, two, crowded

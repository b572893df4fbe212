"""Lines that another line of the page says again: whole, cut off, in the middle, or nearly."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from corpora.lines.lexicon import Words
from corpora.lines.page_bounds import NEVER, Bounds
from corpora.lines.stretches import ODD, Stretches, first_of, ranges

LEAST = 16  # letters and digits of a line that echoes another
ECHOES = (
    "",
    *("same-above", "same-below", "opens-above", "opens-below", "inside-above", "inside-below"),
)
NUMBER = {name: number for number, name in enumerate(ECHOES)}
AT_ONCE = 1 << 20  # stretches that are compared
RUN = 3  # words that are looked up together
SHARES = (0.15, 0.35, 0.6, 0.85)
SAME, OPENS, INSIDE = (NUMBER[f"{way}-below"] for way in ("same", "opens", "inside"))


class Sayings(NamedTuple):
    """How its page says each line, itself included; all are (lines,).

    Lines of fewer than `LEAST` letters and digits are not looked for: theirs are 0.

    Attributes:
        times: how often it does.
        wholes: how many lines are the same.
        openings: how many lines begin with it.
        first: index of the first line that says it.
        first_opening: index of the first line that begins with it.
    """

    times: Any
    wholes: Any
    openings: Any
    first: Any
    first_opening: Any


def echoes(bounds: Bounds, said: Sayings) -> Any:
    """Whether each line stands in another one of its page, as an index of `ECHOES`, (lines,).

    >>> keys = ["hargaberasnaiklagi", "wargahargaberasnaiklagi", "hargaberasnaiklagipekanini"]
    >>> [ECHOES[each] for each in echoes(Bounds.of([3]), sayings(Bounds.of([3]), keys))]
    ['opens-below', '', '']
    """
    way = np.where(said.wholes > 1, SAME, np.where(said.openings > 1, OPENS, INSIDE))
    way -= said.first < bounds.index  # in `ECHOES`, `above` stands before `below`
    return np.where(said.times > 1, way, 0)


def wholes_above(bounds: Bounds, said: Sayings) -> Any:
    """Index of the first line above on its page that each is the beginning of, or `NEVER`.

    Of a line that stands inside of one above and begins one below `echoes` says `opens-above` too.

    >>> keys = ["wargahargaberasnaiklagi", "hargaberasnaiklagi", "hargaberasnaiklagipekanini"]
    >>> wholes_above(Bounds.of([3]), sayings(Bounds.of([3]), keys)).tolist()
    [-1, -1, -1]
    """
    begins = (said.wholes == 1) & (said.first_opening < bounds.index)
    return np.where(begins, said.first_opening, NEVER)


def sayings(bounds: Bounds, keys: Sequence[str]) -> Sayings:
    """Find every long line in all lines of its page, in a time that grows as the text does.

    First all stretches are found that are as the beginning of a line is, then, where that is not
    the beginning of this line alone, those that are as the whole line is.

    Args:
        bounds: of the pages.
        keys: the letters and digits of each line.
    """
    found = Sayings(*np.zeros((5, len(keys)), np.intp))
    long = np.flatnonzero([len(key) >= LEAST for key in keys])
    if len(long) < 2:
        return found
    text = Stretches.of([keys[index] for index in long.tolist()], bounds.first[long])
    heads, head = np.unique(text.codes(text.start, LEAST), return_inverse=True)
    begin, begins_as = text.alike(text.with_room(LEAST), LEAST, heads)
    shared = np.bincount(begins_as)[head] > 1
    if not shared.any():
        return found
    for at, size in candidates(begin, begins_as, head[shared], text.length[shared]):
        fits = text.room(at) >= size
        at, size = at[fits], size[fits]
        says = np.unique(text.codes(at, size), return_inverse=True)[1]
        line = text.owner[at]
        opens = at == text.start[line]
        itself = opens & (size == text.length[line])
        counts = (np.bincount(says[some]) for some in (slice(None), itself, opens))
        firsts = (first_of(says[some], long[line[some]]) for some in (slice(None), opens))
        for field, values in zip(found, (*counts, *firsts), strict=True):
            field[long[line[itself]]] = values[says[itself]]
    return found


def candidates(begin: Any, begins_as: Any, head: Any, length: Any) -> Iterator[tuple[Any, Any]]:
    """Yield stretches that may be as some line is: all that begin as it does, in its length.

    Args:
        begin: of stretches, ascending.
        begins_as: how each begins, (stretches,).
        head: how each line begins, (lines,).
        length: of the lines, (lines,).
    """
    order = np.argsort(begins_as, kind="stable")
    counts = np.bincount(begins_as)
    first = np.cumsum(counts) - counts
    kinds = np.unique(np.stack([head, length]), axis=1)
    done = np.cumsum(counts[kinds[0]])
    for some in np.split(kinds, np.flatnonzero(np.diff(done // AT_ONCE)) + 1, axis=1):
        times = counts[some[0]]
        yield begin[order[ranges(first[some[0]], times)]], np.repeat(some[1], times)


def near_echoes(words: Words, bounds: Bounds) -> dict[str, Any]:
    """How many runs of three words of each line stand above and below it on its page, in steps."""
    count = len(bounds.index)
    stem, line = words.stem.astype(np.uint64), words.line
    size = len(stem) - RUN + 1
    if size < 1:
        return {"said-above": np.zeros(count, np.intp), "said-below": np.zeros(count, np.intp)}
    whole = line[: len(line) - RUN + 1] == line[RUN - 1 :]
    at = np.flatnonzero(whole)
    code = stem[at]
    for further in range(1, RUN):
        code = code * ODD + stem[at + further]
    line = line[at]
    code = code * ODD + bounds.first[line].astype(np.uint64)
    order = np.lexsort((line, code))
    code, line = code[order], line[order]
    start = np.searchsorted(code, code)
    stop = np.searchsorted(code, code, side="right") - 1
    runs = np.maximum(np.bincount(line, minlength=count), 1)
    above = np.bincount(line, line[start] < line, minlength=count) / runs
    below = np.bincount(line, line[stop] > line, minlength=count) / runs
    return {
        "said-above": np.searchsorted(SHARES, above, side="right"),
        "said-below": np.searchsorted(SHARES, below, side="right"),
    }

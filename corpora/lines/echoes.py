"""Lines that another line of the page says again: whole, cut off, in the middle, or nearly."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from corpora.lines.lexicon import Words
from corpora.lines.page_bounds import Bounds

LEAST = 16  # letters and digits of a line that echoes another
ECHOES = (
    "",
    *("same-above", "same-below", "opens-above", "opens-below", "inside-above", "inside-below"),
)
NUMBER = {name: number for number, name in enumerate(ECHOES)}
RUN = 3  # words that are looked up together
SHARES = (0.15, 0.35, 0.6, 0.85)
ODD = np.uint64(0x9E3779B97F4A7C15)


def echoes(bounds: Bounds, keys: Sequence[str]) -> Any:
    """Whether each line stands in another one of its page, as an index of `ECHOES`, (lines,).

    Args:
        bounds: of the pages.
        keys: the letters and digits of each line.
    """
    found = np.zeros(len(keys), np.intp)
    for page in bounds.slices:
        said = keys[page]
        text = "\n" + "\n".join(said) + "\n"
        for index, key in enumerate(said):
            if len(key) >= LEAST and text.count(key) > 1:
                found[page.start + index] = NUMBER[echo(said, index, text)]
    return found


def echo(said: Sequence[str], index: int, text: str) -> str:
    """How a line that stands in another one does, given the text of all with breaks around each.

    >>> echo(["beras", "berasnaik"], 0, chr(10).join(["", "beras", "berasnaik", ""]))
    'opens-below'
    """
    key = said[index]
    side = "above" if any(key in each for each in said[:index]) else "below"
    if said.count(key) > 1:
        return f"same-{side}"
    return f"opens-{side}" if text.count("\n" + key) > 1 else f"inside-{side}"


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

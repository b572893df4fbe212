"""Rows of lines that have unequally many: lines of as many are looked at together.

Sums over an axis are several times as fast as those over slices of unequal length.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

TOGETHER = 512  # rows that are looked up at once: they stay in the cache


def by_count(counts: Any, starts: Any) -> Iterator[tuple[Any, Any]]:
    """Some lines that have as many rows as each other, (some,), and where these are, (some, rows).

    Args:
        counts: rows of each line, (lines,); those without any are left out.
        starts: where the rows of each line begin, (lines,).

    >>> [(lines.tolist(), at.tolist()) for lines, at in by_count(np.array([2, 0, 1, 2]), np.array(
    ...     [0, 2, 2, 3]))]
    [([2], [[2]]), ([0, 3], [[0, 1], [3, 4]])]
    """
    order = np.argsort(counts, kind="stable")
    ends = np.flatnonzero(np.diff(counts[order], append=-1)) + 1
    for begin, end in pairwise([0, *ends.tolist()]):
        count = int(counts[order[begin]])
        if not count:
            continue
        step = max(TOGETHER // count, 1)
        for first in range(begin, end, step):
            lines = order[first : min(first + step, end)]
            yield lines, starts[lines, None] + np.arange(count)

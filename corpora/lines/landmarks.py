"""How far each line is from the landmarks of its page: title, byline, dateline, text, both ends."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from corpora.lines.look import Look
from corpora.lines.page_bounds import NEVER, Bounds

COUNTS = (1, 2, 3, 5, 8, 12, 20)
RELATIVE = (0.25, 0.5, 0.8, 1.3, 2)  # lengths, of the mean one of the running text of the page
LENGTHS = (10, 20, 30, 45, 60, 80, 110, 150, 200, 300, 450)
REACHES = {"title": (-3, 6), "byline": (-3, 5), "dateline": (-4, 4), "text": (-4, 4)}
BYLINE_REACH = 6  # lines below the first running text down to which a byline stands above it
USUAL_LENGTH = 100  # characters of running text where there is none


def landmarks(
    bounds: Bounds, looks: Sequence[Look], text: Any, title: Any, byline: Any
) -> dict[str, Any]:
    """Distances in lines, and lengths, in steps; all arrays are (lines,).

    Args:
        bounds: of the pages.
        looks: how each line looks.
        text: which lines surely are running text.
        title: which lines may be the title.
        byline: which lines a rule knows as a byline.
    """
    length = np.array([len(seen.text) for seen in looks], np.intp)
    starts = first_of(bounds, text)
    start = np.where(starts == NEVER, bounds.end, starts)
    high = byline & (bounds.index < start + BYLINE_REACH)
    opened = np.array([seen.has_dateline for seen in looks], bool)
    mean = paged_mean(bounds, length, text)
    return {
        "to-title": distance(bounds, first_of(bounds, title), "title"),
        "to-byline": distance(bounds, last_of(bounds, high), "byline"),
        "to-dateline": distance(bounds, first_of(bounds, opened), "dateline"),
        "to-text": distance(bounds, start, "text"),
        "from-top": np.searchsorted(COUNTS, bounds.index - bounds.first, side="right"),
        "from-end": np.searchsorted(COUNTS, bounds.end - 1 - bounds.index, side="right"),
        "relative": np.searchsorted(RELATIVE, length / mean, side="right"),
        "length": np.searchsorted(LENGTHS, length, side="right"),
    }


def distance(bounds: Bounds, where: Any, name: str) -> Any:
    """How far below a landmark each line stands, from 1 on; 0 if the page has none."""
    low, high = REACHES[name]
    found = np.clip(bounds.index - where, low, high) - low + 1
    return np.where(where == NEVER, 0, found)


def first_of(bounds: Bounds, events: Any) -> Any:
    """Index of the first event of the page of each line; `NEVER` if it has none."""
    found = np.minimum.accumulate(np.where(events, bounds.index, len(events))[::-1])[::-1]
    found = found[bounds.first] if len(events) else found
    return np.where(found < bounds.end, found, NEVER)


def last_of(bounds: Bounds, events: Any) -> Any:
    """Index of the last event of the page of each line; `NEVER` if it has none."""
    until = bounds.until(events)
    return until[bounds.end - 1] if len(events) else until


def paged_mean(bounds: Bounds, values: Any, which: Any) -> Any:
    """Mean of the values of some lines of the page of each line."""
    sums = np.concatenate([[0], np.cumsum(values * which)])
    total, several = sums[bounds.end] - sums[bounds.first], bounds.total(which)
    return np.where(several > 0, total / np.maximum(several, 1), USUAL_LENGTH)

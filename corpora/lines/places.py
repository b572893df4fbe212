"""What the place of a line alone says of it: before, inside or after the running text.

Rules of thumb that ask no weights: what is unpunctuated above the running text is a menu, below it
a footer, below a heading of links a link; between paragraphs it is a subheading unless buttons
stand beside it. One more piece of evidence for `corpora/lines/features.py`.
"""

import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

from corpora.lines.evidence import ALONE
from corpora.lines.look import Look
from corpora.lines.page_bounds import NEVER, Bounds, summed
from corpora.lines.rules import LineRule

TITLE_SHARE = 0.4  # of a headline's words stand in the text
LIST_ITEM = re.compile(r"^\s*(?:[-•*–—]|\(?\d{1,2}[.)]|[a-z][.)])\s|[,;:]\s*$|\||:.*\d")
NUMBER = {name: number for number, name in enumerate(ALONE)}


def places(
    bounds: Bounds,
    looks: Sequence[Look],
    by_rule: Sequence[LineRule | None],
    opens: Any,
    prose: Sequence[bool],
    foreign: Sequence[bool],
) -> Any:
    """What the place of each line says of it, as an index of `ALONE`, (lines,).

    Args:
        bounds: of the pages.
        looks: how each line looks.
        by_rule: the rule that knows it, if one does.
        opens: index in `OPENS` of the label of the lines below it, (lines,).
        prose: whether it reads like running text and no rule knows it.
        foreign: whether it is in another language.
    """
    ruled = np.array([rule is not None for rule in by_rule], bool)
    running = np.array(prose, bool)
    long = running & np.array([is_long(seen.text, seen.found) for seen in looks], bool)
    starts, top = openings(bounds, looks, by_rule, prose, foreign)
    opened = np.append(opens, 0)  # so that what nothing is above of has nothing open
    headings = (opens > 0) | long
    block = opened[bounds.until(headings)]  # the heading of the list of links we are in
    resumes = long | (running & (opened[bounds.above(headings)] == 0))
    ended = np.append(ruled, False)[bounds.until(ruled | resumes)]
    ended &= bounds.passed(running) == bounds.total(running)
    found = np.full(len(looks), NUMBER["inside-the-text"])
    found[ended & ~running] = NUMBER["below-the-text"]
    found[bounds.index < starts] = NUMBER["above-the-text"]
    found[running] = NUMBER["prose"]
    found = np.where(block > 0, NUMBER["inside-the-text"] + block, found)
    found[ruled] = NUMBER["rule"]
    found[top] = NUMBER["headline"]
    crowded = (found == NUMBER["inside-the-text"]) & beside_furniture(bounds, ruled, running)
    for index in np.flatnonzero(crowded).tolist():
        is_last = index + 1 == bounds.end[index]
        below = None if is_last else looks[index + 1].text
        heads = below is not None and (prose[index + 1] or is_item(below))
        if not heads and not is_item(looks[index].text):
            found[index] = NUMBER["beside-furniture"]
    return found


def openings(
    bounds: Bounds,
    looks: Sequence[Look],
    by_rule: Sequence[LineRule | None],
    prose: Sequence[bool],
    foreign: Sequence[bool],
) -> tuple[Any, list[int]]:
    """Index of the first line of the text of each line's page, (lines,), and of all headlines."""
    starts, tops = [], []
    for page in bounds.slices:
        rules, is_text = by_rule[page], prose[page]
        start = start_of_text(is_text, rules)
        starts.append(page.start + start)
        top = title_of(looks[page], rules, is_text, foreign[page], start)
        tops += [] if top is None else [page.start + top]
    return np.repeat(starts, bounds.counts), tops


def start_of_text(prose: Sequence[bool], by_rule: Sequence[LineRule | None]) -> int:
    """Index of the first line of running text that no byline follows closely.

    A teaser often stands between the headline and the byline; what is unpunctuated down to the
    byline is a caption or a button, not part of the article.
    """
    start = prose.index(True) if True in prose else len(prose)
    for index in range(start, min(start + 5, len(prose))):
        rule = by_rule[index]
        if rule and rule.label == "byline":
            start = next((i for i in range(index, len(prose)) if prose[i]), len(prose))
    return start


def is_long(text: str, words: Sequence[str]) -> bool:
    """Tell whether running text of these words is too long for a headline in a list of links."""
    return len(words) >= 9 and not text.endswith("?")


def title_of(
    looks: Sequence[Look],
    by_rule: Sequence[LineRule | None],
    prose: Sequence[bool],
    foreign: Sequence[bool],
    start: int,
) -> int | None:
    """Index of the headline: above the text, known to no rule, unpunctuated, about the text.

    The first such line that shares words with the running text is the headline; a menu shares few.
    """
    candidates = [
        index
        for index in range(start)
        if not by_rule[index]
        and not prose[index]
        and 4 <= len(looks[index].found) <= 30
        and "|" not in looks[index].text
        and not foreign[index]
    ]
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    running = (seen.found for seen, is_text in zip(looks, prose, strict=True) if is_text)
    vocabulary = set(chain.from_iterable(running))

    def shared(index: int) -> float:
        words = looks[index].found
        return sum(map(vocabulary.__contains__, words)) / len(words)

    about = (index for index in candidates if shared(index) >= TITLE_SHARE)
    return next(about, candidates[0])


def beside_furniture(bounds: Bounds, ruled: Any, prose: Any) -> Any:
    """Tell of each line whether its run of unpunctuated lines holds one that is surely furniture.

    A sub-heading stands alone between running text; buttons and links come in groups.

    >>> ruled, prose = np.array([0, 0, 1, 0], bool), np.array([0, 1, 0, 0], bool)
    >>> beside_furniture(Bounds.of([4]), ruled, prose).tolist()
    [False, False, True, True]
    """
    furniture = summed(ruled)
    above, below = bounds.above(prose), bounds.below(prose)
    start = np.where(above == NEVER, bounds.first, above + 1)
    stop = np.where(below == NEVER, bounds.end, below)
    return ~prose & (furniture[stop] > furniture[start])


def is_item(text: str) -> bool:
    """Tell whether an unpunctuated line heads a list or is an item of one.

    >>> is_item("2) Cabai"), is_item("Cabai rawit")
    (True, False)
    """
    return LIST_ITEM.search(text) is not None

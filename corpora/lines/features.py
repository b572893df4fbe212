"""What speaks for and against the lines of a page being the article: named yes-or-no evidence.

Evidence of the line alone (see `corpora/lines/look.py`), of the page (does it speak of what the
text speaks of) and of the place (what stands above and below), the last two for all lines of a page
at once. The weights are those of `corpora/lines/model.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpora.document import Line
from corpora.lines.echoes import echoes, near_echoes, sayings, wholes_above
from corpora.lines.evidence import ALONE, KINDS, OPENS, Clue, names_of
from corpora.lines.kinship import kinship, likeness
from corpora.lines.landmarks import landmarks
from corpora.lines.lexicon import Words, lexicon
from corpora.lines.look import Look, look
from corpora.lines.numbering import FIELDS, OWN, PLACED, SORTS
from corpora.lines.page_bounds import NEVER, Bounds
from corpora.lines.places import places
from corpora.lines.rules import LineRule

TIMES = (0, 1, 2, 3, 5, 8)  # steps of distances in lines
NEAR = 4  # lines above and below that are looked at
NO_RULE: Clue = ("rule", "", "", "")
KIND = {name: number for number, name in enumerate(KINDS)}
SORT = {name: number for number, name in enumerate(SORTS)}
OPEN = {label: number for number, label in enumerate(OPENS)}
SIDE = {side: number for number, side in enumerate(FIELDS["repeats"])}
NO_NUMBER = 1 << 40  # above the first line of a page
COLON, NONE, FURNITURE = KIND["colon"], SORT["none"], len(KINDS)
HEADLINE, BYLINE = ALONE.index("headline"), SORT["byline"]
RUNNING_WORDS = 8  # of a line that may be running text
ENDS = (SORT["footer"], SORT["credit"])  # labels of rules that end the text


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of some pages around their lines, by the index of the line.

    Attributes:
        bounds: where the pages begin and end.
        looks: how each looks.
        rules: the rule that knows it, if one does.
        text: whether it is surely running text, (lines,).
        foreign: whether it is in another language; not asked of lines that a rule knows.
        blank_above: whether a blank line stands above it.
        opens: index in `OPENS` of the label of the lines below it, (lines,).
        alone: what its place alone says of it, as an index of `ALONE`, (lines,).
        words: of the lines.
        echo: whether another line of its page says it again, as an index of `ECHOES`, (lines,).
        whole: index of the line above that it is the beginning of, or `NEVER`, (lines,).
    """

    bounds: Bounds
    looks: Sequence[Look]
    rules: Sequence[LineRule | None]
    text: Any
    foreign: Sequence[bool]
    blank_above: Sequence[bool]
    opens: Any
    alone: Any
    words: Words
    echo: Any
    whole: Any


def place_of(
    lines: Sequence[Line],
    rules: Sequence[LineRule | None],
    looks: Sequence[Look] | None = None,
    counts: Sequence[int] | None = None,
) -> Place:
    """Look at all lines of a page, or of several.

    Args:
        lines: of the page, or those of the pages behind each other.
        rules: the rule that knows each line, if one does.
        looks: how each looks, if that was looked at.
        counts: lines of each page, if there are several.
    """
    looks = looks or [look(line.text.strip()) for line in lines]
    bounds = Bounds.of([len(lines)] if counts is None else counts)
    text = np.array(
        [
            rule is None and seen.kind == "paragraph" and not seen.has_address
            for seen, rule in zip(looks, rules, strict=True)
        ],
        bool,
    )
    foreign = [
        rule is None and seen.foreign is not False and seen.is_foreign
        for seen, rule in zip(looks, rules, strict=True)
    ]
    prose = [
        rule is None and seen.reads and not other
        for seen, rule, other in zip(looks, rules, foreign, strict=True)
    ]
    opens = np.array([OPEN[rule.opens] if rule else 0 for rule in rules], np.intp)
    alone = places(bounds, looks, rules, opens, prose, foreign)
    blank = blank_above(bounds, lines)
    words = lexicon().words(seen.found for seen in looks)
    said = sayings(bounds, [seen.key for seen in looks])
    echo, whole = echoes(bounds, said), wholes_above(bounds, said)
    return Place(bounds, looks, rules, text, foreign, blank, opens, alone, words, echo, whole)


def blank_above(bounds: Bounds, lines: Sequence[Line]) -> Any:
    """Whether a blank line stands above each line, (lines,); none above the first of a page."""
    numbers = np.array([line.number for line in lines], np.intp)
    return numbers > bounds.shifted(numbers, 1, NO_NUMBER) + 1


def own_clues(place: Place) -> list[tuple[int, ...]]:
    """Numbers in `OWN` of what each line and its rule say by themselves."""
    no_rule = OWN[NO_RULE]
    return [
        (*seen.clues, OWN["rule", seen.kind, rule.name, rule.label] if rule else no_rule)
        for seen, rule in zip(place.looks, place.rules, strict=True)
    ]


def placed_clues(place: Place) -> Any:
    """Numbers in `PLACED` of what the place of each line says, (lines, sorts of clues)."""
    bounds = place.bounds
    kind = np.array([KIND[seen.kind] for seen in place.looks], np.intp)
    ruled = np.array([rule is not None for rule in place.rules], bool)
    text = place.text
    sort = kind.copy()
    for index in np.flatnonzero(ruled).tolist():
        sort[index] = SORT[place.rules[index].label]  # type: ignore[union-attr]
    columns = {
        "kind": kind,
        "own": np.where(ruled, FURNITURE, kind),
        **around_text(bounds, text),
        "before": bounds.shifted(sort, 1, NONE),
        "further": bounds.shifted(sort, 2, NONE),
        "after": bounds.shifted(sort, -1, NONE),
        "later": bounds.shifted(sort, -2, NONE),
        "alone": place.alone,
        "furniture-near": CROWD[bounds.near(ruled, NEAR)],
        "text-near": CROWD[bounds.near(text, NEAR)],
        **spacing(bounds, place.blank_above),
        **met(place, kind, sort, ruled, text),
        "foreign": place.foreign,
        **landmarks(bounds, place.looks, text, place.alone == HEADLINE, sort == BYLINE),
        **kin(place),
        "repeats": repeated(place),
    }
    found = np.empty((len(FIELDS), len(kind)))
    for row, field in enumerate(FIELDS):
        found[row] = columns[field]
    return PLACED.numbers(found.T)


def evidence_of(place: Place) -> list[list[str]]:
    """Names of all that speaks for or against each line."""
    numbers = own_clues(place)
    own = list(OWN)
    clues = [
        [*map(own.__getitem__, mine), *map(PLACED.clue, placed)]
        for mine, placed in zip(numbers, placed_clues(place).tolist(), strict=True)
    ]
    return [[name for clue in each for name in names_of(clue)] for each in clues]


def table(borders: Sequence[int], longest: int) -> Any:
    """How many borders each number reaches, from 0 to the longest.

    >>> table((1, 3), 4).tolist()
    [0, 1, 1, 2, 2]
    """
    return np.searchsorted(borders, np.arange(longest + 1), side="right")


STEPS = table(TIMES, TIMES[-1])
CROWD = table((1, 2, 4), 2 * NEAR)
SEVERAL = table((1, 2, 4), 4)
LEFT = table((1, 2, 4, 8), 8)


def around_text(bounds: Bounds, text: Any) -> dict[str, Any]:
    """Where each line stands to the running text, and how far it is to it, up and down.

    Where there is none, it is as far as if it stood a page away.
    """
    count = bounds.end - bounds.first
    above, below = bounds.above(text), bounds.below(text)
    up = bounds.index - np.where(above == NEVER, bounds.first - count, above)
    down = np.where(below == NEVER, bounds.end - 1 + count, below) - bounds.index
    passed, total = bounds.passed(text), bounds.total(text)
    begun = passed + text > 0
    return {
        "where": begun.astype(np.intp) + (begun & (passed == total)),
        "up": STEPS[np.minimum(up, TIMES[-1])],
        "down": STEPS[np.minimum(down, TIMES[-1])],
    }


def spacing(bounds: Bounds, blank: Any) -> dict[str, Any]:
    """Blank lines on the page and around each line, and the part of the page that it is in."""
    count = bounds.end - bounds.first
    part = (bounds.index - bounds.first) / count
    return {
        "spacing": np.searchsorted((0.05, 0.5, 0.9), bounds.total(blank) / count, side="right"),
        "blank": blank,
        "blank-below": bounds.shifted(blank, -1, True),
        "part": np.searchsorted((0.1, 0.3, 0.7, 0.9), part, side="right"),
    }


def met(place: Place, kind: Any, sort: Any, ruled: Any, text: Any) -> dict[str, Any]:
    """What was met on the way down the page: a heading of links, a list, the end of the text.

    Each is what the last event above a line says; in arrays with one more place, for `NEVER`.
    """
    bounds = place.bounds
    paragraphs = bounds.passed(text)
    begun = paragraphs > 0
    ends = begun & ((sort == ENDS[0]) | (sort == ENDS[1]))
    opened = np.append(place.opens, 0)
    opening = bounds.above((place.opens > 0) | text)
    since = STEPS[np.minimum(bounds.index - opening - 1, TIMES[-1])]
    listing = np.append((kind == COLON) & ~ruled, False)
    ended = np.append(ends, False)
    return {
        "opened": opened[opening],
        "since": np.where(opened[opening] > 0, since, 0),
        "listing": listing[bounds.above(listing[:-1] | ruled | text)],
        "ended": ended[bounds.above(ends | text)],
        "about": bounds.passed(begun & about_headings(place.rules)) > 0,
        "ends": SEVERAL[np.minimum(bounds.passed(ends), 4)],
        "paragraphs": SEVERAL[np.minimum(paragraphs, 4)],
        "left": LEFT[np.minimum(bounds.total(text) - paragraphs - text, 8)],
    }


def about_headings(rules: Sequence[LineRule | None]) -> Any:
    """Which lines are the heading above what a site says of itself, (lines,)."""
    return np.array([rule is not None and rule.name == "about-heading" for rule in rules], bool)


def kin(place: Place) -> dict[str, Any]:
    """What other lines of its page say of each line."""
    bounds, words = place.bounds, place.words
    running = np.array(
        [
            rule is None and not foreign and len(seen.found) >= RUNNING_WORDS
            for seen, rule, foreign in zip(place.looks, place.rules, place.foreign, strict=True)
        ],
        bool,
    )
    return {
        "echo": place.echo,
        **near_echoes(words, bounds),
        **kinship(words, bounds, running, place.alone == HEADLINE),
        **likeness(words, lexicon().weighted, bounds, running),
    }


def repeated(place: Place) -> list[int]:
    """Whether the words of each line, if they are several, stand on another one of its page too."""
    repeats = [0] * len(place.looks)
    for page in place.bounds.slices:
        first: dict[tuple[str, ...], int] = {}
        for index, seen in enumerate(place.looks[page], page.start):
            if len(seen.found) > 1:
                before = first.setdefault(seen.found, index)
                if before != index:
                    repeats[index] = SIDE["above"]
                    repeats[before] = repeats[before] or SIDE["below"]
    return repeats

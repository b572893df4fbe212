"""Numbers of clues, by which their weights are looked up.

What a line says by itself is numbered as it comes by (`OWN`). What its place says is a choice among
values that are known beforehand (`FIELDS`), so that the clues of a whole page are numbered by one
matrix product (`PLACED`).
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import prod
from typing import Any

import numpy as np

from corpora.lines.echoes import ECHOES
from corpora.lines.evidence import ALONE, KINDS, OPENS, Clue
from corpora.lines.rules import LABELS

TOGETHER = 128  # lines that are numbered at once: so few are multiplied on one core


class OwnClues(dict[Clue, int]):
    """Numbers of what lines say by themselves, given as clues come by.

    What was found is told in a few steps each, so there are some thousand clues at most.
    """

    def __missing__(self, clue: Clue) -> int:
        """Number a clue that was not met yet."""
        return self.setdefault(clue, len(self))


OWN = OwnClues()


class Numbering:
    """Numbers of clues that choose among known values.

    Attributes:
        fields: what can be found, by what was looked at, in the order of the columns.
        clues: the fields that each sort of clue tells of, by its name, in the order of the numbers.
        size: how many clues there are.

    >>> pair = Numbering({"a": "xyz", "b": (False, True)}, {"first": ["a"], "both": ["a", "b"]})
    >>> pair.numbers(np.array([[2, 1]])).tolist(), pair.clue(8)
    ([[2, 8]], ('both', 'z', True))
    """

    def __init__(
        self, fields: Mapping[str, Sequence[object]], clues: Mapping[str, Sequence[str]]
    ) -> None:
        """Give every clue a number."""
        self.fields, self.clues = fields, clues
        self.known: dict[int, Clue] = {}
        sizes = [prod(len(fields[field]) for field in told) for told in clues.values()]
        *first, self.size = accumulate(sizes, initial=0)
        self.first = np.array(first, np.float64)
        rows = {field: row for row, field in enumerate(fields)}
        self.steps = np.zeros((len(fields), len(clues)))
        for column, told in enumerate(clues.values()):
            step = 1
            for field in reversed(told):
                self.steps[rows[field], column] = step
                step *= len(fields[field])

    def numbers(self, found: Any) -> Any:
        """Numbers of the clues of each line, (lines, clues).

        Args:
            found: place of what was found among the values of each field, (lines, fields).
        """
        numbers = np.empty((len(found), len(self.first)), np.intp)
        for start in range(0, len(found), TOGETHER):
            some = slice(start, start + TOGETHER)
            numbers[some] = found[some] @ self.steps + self.first
        return numbers

    def clue(self, number: int) -> Clue:
        """What the clue of a number says."""
        if number in self.known:
            return self.known[number]
        column = int(np.searchsorted(self.first, number, side="right")) - 1
        name, told = list(self.clues.items())[column]
        left = number - int(self.first[column])
        found: list[object] = []
        for field in reversed(told):
            left, place = divmod(left, len(self.fields[field]))
            found.append(self.fields[field][place])
        return self.known.setdefault(number, (name, *reversed(found)))


SORTS = (*KINDS, *LABELS, "none")  # of the lines around: the label of its rule, or the kind
FIELDS: dict[str, Sequence[object]] = {
    "kind": KINDS,
    "own": (*KINDS, "furniture"),
    "where": ("before", "inside", "after"),
    "up": range(7),
    "down": range(7),
    "before": SORTS,
    "further": SORTS,
    "after": SORTS,
    "later": SORTS,
    "alone": ALONE,
    "furniture-near": range(4),
    "text-near": range(4),
    "spacing": range(4),
    "blank": (False, True),
    "blank-below": (False, True),
    "part": range(5),
    "opened": OPENS,
    "since": range(7),
    "listing": (False, True),
    "ended": (False, True),
    "about": (False, True),
    "ends": range(4),
    "paragraphs": range(4),
    "left": range(5),
    "foreign": (False, True),
    "echo": ECHOES,
    **dict.fromkeys(("said-above", "said-below", "kin-above", "kin-below"), range(5)),
    **dict.fromkeys(("kin", "kin-twice", "from-top", "from-end"), range(8)),
    **dict.fromkeys(("kin-up", "kin-down", "kin-title", "like-beside", "relative"), range(6)),
    **dict.fromkeys(("rare", "like", "unlike"), range(7)),
    **dict.fromkeys(("to-byline", "to-dateline", "to-text"), range(10)),
    "to-title": range(11),
    "length": range(12),
    "repeats": ("", "above", "below"),
}
PLACED = Numbering(
    FIELDS,
    {
        "where": ("kind", "where", "up", "down"),
        "above": ("own", "before", "further"),
        "below": ("own", "after", "later"),
        "alone": ("kind", "alone", "furniture-near", "text-near", "own"),
        "spaced": ("kind", "spacing", "blank", "blank-below", "part"),
        "met": ("kind", "opened", "since", "listing", "ended", "about"),
        "passed": ("kind", "ends", "paragraphs", "left"),
        "foreign": ("kind", "foreign"),
        "echo": ("kind", "echo"),
        "said": ("kind", "said-above", "said-below"),
        "kin": ("kind", "alone", "kin", "kin-twice"),
        "kin-beside": ("kind", "kin-up", "kin-down", "kin-above", "kin-below"),
        "kin-title": ("kind", "kin-title"),
        "like": ("kind", "like", "unlike", "like-beside", "rare"),
        "to-title": ("kind", "to-title"),
        "to-byline": ("kind", "to-byline"),
        "to-dateline": ("kind", "to-dateline"),
        "to-text": ("kind", "to-text"),
        "ends": ("kind", "from-top", "from-end"),
        "length": ("kind", "length", "relative"),
        "repeats": ("kind", "repeats"),
    },
)

"""How likely a line is each label, weighed from what speaks for and against it.

Two steps of multinomial logistic regression: the first weighs the evidence of each line, the
second adds what the first thinks of the lines around it. The weights are data, learnt by
`scripts/train_lines.py` from labelled pages.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, repeat
from typing import Any

import numpy as np

from corpora.line_evidence import Clue, names_of
from corpora.line_features import Place, clues_of

ARTICLE = ("body", "title")
NOWHERE = 0  # the row of what says nothing
BORDERS = np.array((0.1, 0.3, 0.5, 0.7, 0.9))
NONE = 9  # level of a line that is not there
LEVELS = NONE + 1
AROUND = 3  # lines above and below of which the mean opinion is taken


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence says for each label, in logits.

    Attributes:
        labels: in the order of the columns.
        rows: row of each piece of evidence by name, from 1 on.
        values: (1 + pieces of evidence, labels); row 0 is that of what says nothing.
    """

    labels: tuple[str, ...]
    rows: dict[str, int]
    values: Any

    def probabilities(self, evidence: Sequence[Sequence[str]]) -> Any:
        """Probability of each label for each line, (lines, labels)."""
        return softmax(self.logits(evidence))

    def logits(self, evidence: Sequence[Sequence[str]]) -> Any:
        """Sums of the weights of each line's evidence, (lines, labels); unknown says nothing."""
        known: list[int] = []
        starts = []
        for names in evidence:
            starts.append(len(known))
            known.append(NOWHERE)
            known += filter(NOWHERE.__lt__, map(self.rows.get, names, repeat(NOWHERE)))
        return rounded(np.add.reduceat(self.values[known], starts))

    def row(self, name: str) -> Any:
        """What one piece of evidence says for each label, (labels,); zeros if it is unknown."""
        return self.values[self.rows.get(name, NOWHERE)]


class ClueTable(dict[Clue, int]):
    """Sums of the weights of what each clue says, a row a clue, made as clues come by.

    Attributes:
        sums: (rows, labels); those that no clue has yet are zeros. A few thousand clues are all
            that there are.
    """

    def __init__(self, weights: Weights) -> None:
        """Begin with no clue."""
        super().__init__()
        self.weights = weights
        self.sums = np.zeros((1024, weights.values.shape[1]))

    def __missing__(self, clue: Clue) -> int:
        """Add up the weights of a clue that was not met yet."""
        row = len(self)
        if row == len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
        self.sums[row] = self.weights.logits([names_of(clue)])[0]
        self[clue] = row
        return row

    def logits(self, clues: Sequence[Sequence[Clue]]) -> Any:
        """Sums of the weights of each line's clues, (lines, labels); a line has one at least."""
        rows = np.fromiter(map(self.__getitem__, chain.from_iterable(clues)), np.intp)
        starts = np.cumsum([0, *map(len, clues[:-1])])
        return rounded(np.add.reduceat(self.sums.take(rows, axis=0), starts))


def rounded(logits: Any) -> Any:
    """Sums of weights, which are hundredths: so the order of adding up makes no difference."""
    return np.round(logits, 2)


def softmax(logits: Any) -> Any:
    """Probabilities, row by row."""
    raised = np.exp(logits - logits.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the first step thinks of each line and of those around it.

    Attributes:
        labels: the names behind the numbers of labels.
        level: how surely it is the article, 0 to 5, (lines,).
        best: number of the likeliest label.
        up: level of the mean of three lines above; `NONE` where there are none.
        down: the same of three lines below.
    """

    labels: tuple[str, ...]
    level: Any
    best: Any
    up: Any
    down: Any

    @classmethod
    def of(cls, shares: Any, labels: Sequence[str]) -> "Opinions":
        """From the probability of each label for each line, (lines, labels)."""
        article = shares[:, [labels.index(label) for label in ARTICLE]].sum(1)
        return cls(
            tuple(labels),
            levels(article),
            shares.argmax(1),
            levels_above(article),
            levels_above(article[::-1])[::-1],
        )

    @property
    def above(self) -> Any:
        """Level of the line above, (lines,)."""
        return np.concatenate([[NONE], self.level[:-1]])

    @property
    def below(self) -> Any:
        """Level of the line below, (lines,)."""
        return np.concatenate([self.level[1:], [NONE]])

    @property
    def label_above(self) -> Any:
        """Number of the likeliest label of the line above; that of none is one more."""
        return np.concatenate([[len(self.labels)], self.best[:-1]])

    @property
    def label_below(self) -> Any:
        """Number of the likeliest label of the line below."""
        return np.concatenate([self.best[1:], [len(self.labels)]])

    def names(self) -> list[list[str]]:
        """Evidence for the second step, by line."""
        labels = [*self.labels, "none"]
        columns = (self.level, self.best, self.above, self.below, self.up, self.down)
        each = zip(*columns, self.label_above, self.label_below, strict=True)
        return [
            [
                f"first={level}",
                f"first={labels[best]}",
                f"first-above={above}&{level}",
                f"first-below={below}&{level}",
                f"first-around={above}{below}",
                f"first-up={up}&{level}",
                f"first-down={down}&{level}",
                f"first-is-above={labels[label_above]}",
                f"first-is-below={labels[label_below]}",
            ]
            for level, best, above, below, up, down, label_above, label_below in each
        ]


def levels(shares: Any) -> Any:
    """How many of the borders each share reaches."""
    return np.searchsorted(BORDERS, shares, side="right")


def levels_above(article: Any) -> Any:
    """Level of the mean of up to three lines above each line; `NONE` for the first."""
    count = len(article)
    padded = np.concatenate([np.zeros(AROUND), article])
    sums = padded[:count] + padded[1 : count + 1] + padded[2 : count + 2]
    there = np.minimum(np.arange(count), AROUND)
    found = levels(sums / np.maximum(there, 1))
    found[:1] = NONE
    return found


@dataclass(frozen=True, slots=True)
class OpinionTable:
    """The weights of all opinions that there can be, so that they are looked up by number.

    Attributes:
        level, best: (levels, labels) and (labels, labels).
        above, below, up, down: (levels of the line there, levels of the line, labels).
        around: (levels above, levels below, labels).
        label_above, label_below: (labels and none, labels).
    """

    level: Any
    best: Any
    above: Any
    below: Any
    around: Any
    up: Any
    down: Any
    label_above: Any
    label_below: Any

    @classmethod
    def of(cls, weights: Weights) -> "OpinionTable":
        """The tables of the second step."""
        labels = [*weights.labels, "none"]
        every = range(LEVELS)

        def pairs(pattern: str) -> Any:
            return np.array([[weights.row(pattern.format(a, b)) for b in every] for a in every])

        def single(pattern: str, names: Iterable[object]) -> Any:
            return np.array([weights.row(pattern.format(name)) for name in names])

        return cls(
            level=single("first={}", every),
            best=single("first={}", weights.labels),
            above=pairs("first-above={}&{}"),
            below=pairs("first-below={}&{}"),
            around=pairs("first-around={}{}"),
            up=pairs("first-up={}&{}"),
            down=pairs("first-down={}&{}"),
            label_above=single("first-is-above={}", labels),
            label_below=single("first-is-below={}", labels),
        )

    def logits(self, seen: Opinions) -> Any:
        """Sums of the weights of what the first step thinks, (lines, labels)."""
        level, above, below = seen.level, seen.above, seen.below
        total = self.level[level] + self.best[seen.best]
        total += self.above[above, level] + self.below[below, level]
        total += self.around[above, below]
        total += self.up[seen.up, level] + self.down[seen.down, level]
        return total + self.label_above[seen.label_above] + self.label_below[seen.label_below]


@dataclass(frozen=True, slots=True)
class LineModel:
    """Both steps.

    Attributes:
        first: weighs a line's own evidence.
        second: weighs it together with what the first step thinks of the lines around.
        clues: the weights of both, side by side, by clue, so that evidence is looked up once.
        opinions: those of the second step for what the first one thinks.
    """

    first: Weights
    second: Weights
    clues: ClueTable
    opinions: OpinionTable

    @classmethod
    def of(cls, first: Weights, second: Weights) -> "LineModel":
        """Both steps from their weights."""
        names = list(first.rows.keys() | second.rows.keys())
        values = [[*first.row(name), *second.row(name)] for name in names]
        nothing = [0.0] * (len(first.labels) + len(second.labels))
        rows = {name: row for row, name in enumerate(names, 1)}
        both = Weights(first.labels + second.labels, rows, np.array([nothing, *values]))
        return cls(first, second, ClueTable(both), OpinionTable.of(second))

    def weigh(self, place: Place) -> Any:
        """Probability of each label for each line, (lines, labels)."""
        clues = clues_of(place)
        if not clues:
            return np.zeros((0, len(self.second.labels)))
        both = self.clues.logits(clues)
        width = len(self.first.labels)
        seen = Opinions.of(softmax(both[:, :width]), self.first.labels)
        return softmax(rounded(both[:, width:] + self.opinions.logits(seen)))


def parse_weights(content: dict[str, Any], labels: Sequence[str]) -> Weights:
    """One step from what the data file says."""
    return Weights(
        tuple(labels),
        {name: row for row, name in enumerate(content, 1)},
        np.array([[0] * len(labels), *content.values()], np.float64) / 100,
    )


def shipped_weights() -> str:
    """The data file with the weights that ship with the project."""
    return files("corpora").joinpath("data", "line_model.json").read_text(encoding="utf-8")


def weights_digest() -> str:
    """What tells these weights from others, in 16 hexadecimal digits."""
    return hashlib.sha256(shipped_weights().encode()).hexdigest()[:16]


@cache
def line_model() -> LineModel:
    """The weights that ship with the project, read on first use."""
    content = json.loads(shipped_weights())
    return LineModel.of(
        parse_weights(content["first"], content["labels"]),
        parse_weights(content["second"], content["labels"]),
    )

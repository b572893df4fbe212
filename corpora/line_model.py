"""How likely a line is each label, weighed from what speaks for and against it.

Small networks side by side, whose opinions are averaged. In each, evidence, the words of a line
and their order at both ends give some hidden numbers, two further layers look at those of the two
lines above and below (and so, together, at four), and the last one weighs all three. The weights
are data, learnt by `scripts/train_lines.py` from labelled pages.
"""

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, chain, repeat
from typing import Any

import numpy as np

from corpora.lexicon import Words, lexicon
from corpora.line_evidence import OWN, PLACED, Clue, names_of
from corpora.line_features import Place, own_clues, placed_clues
from corpora.line_look import Look
from corpora.page_bounds import Bounds

ARTICLE = ("body", "title")
NOWHERE = 0  # the row of what says nothing
TOGETHER = 32  # lines that are weighed at once: they stay in the cache, and on one core
DECIMALS = 6  # of a probability: so the order of adding up makes no difference
REACH = (-2, -1, 0, 1, 2)  # lines that a layer looks at; -1 is the one above
NO_BIAS = np.zeros(1, np.float32)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence adds to each hidden number.

    Attributes:
        rows: row of each piece of evidence by name, from 1 on.
        values: (1 + pieces of evidence, width); row 0 is that of what says nothing. They are
            multiples of a power of two, so the order of adding up makes no difference.
    """

    rows: dict[str, int]
    values: Any

    def sums(self, evidence: Sequence[Sequence[str]]) -> Any:
        """Sums of the weights of each line's evidence, (lines, width); unknown says nothing."""
        known: list[int] = []
        starts = []
        for names in evidence:
            starts.append(len(known))
            known.append(NOWHERE)
            known += filter(NOWHERE.__lt__, map(self.rows.get, names, repeat(NOWHERE)))
        if not starts:
            return np.zeros((0, self.values.shape[1]), np.float32)
        return np.add.reduceat(self.values[known], starts)


class ClueTable:
    """Sums of the weights of what each clue says, a row a clue, made as clues come by.

    Some thousand clues are all that there are.

    Attributes:
        own: those of the clues of `OWN`, by their number, (clues, width).
        row: row in `placed` of each clue of `PLACED`; `NOWHERE` until it is met.
        placed: (rows, width).
    """

    def __init__(self, weights: Weights) -> None:
        """Begin with no clue."""
        self.weights = weights
        self.own = np.zeros((0, weights.values.shape[1]), np.float32)
        self.row = np.full(PLACED.size, NOWHERE, np.int32)
        self.placed = np.zeros((1, weights.values.shape[1]), np.float32)

    def sums(self, own: Sequence[Sequence[int]], placed: Any) -> Any:
        """Sums of the weights of each line's clues, (lines, width).

        Args:
            own: numbers in `OWN` of the clues of each line, one at least.
            placed: numbers in `PLACED`, (lines, sorts of clues).
        """
        if len(self.own) < len(OWN):
            self.own = self.with_more(self.own, list(OWN)[len(self.own) :])
        rows = self.row[placed]
        if not rows.all():
            unmet = np.unique(placed[rows == NOWHERE])
            self.row[unmet] = np.arange(len(unmet)) + len(self.placed)
            self.placed = self.with_more(self.placed, map(PLACED.clue, unmet.tolist()))
            rows = self.row[placed]
        found = np.empty((len(own), self.own.shape[1]), np.float32)
        for start in range(0, len(own), TOGETHER):
            some = slice(start, start + TOGETHER)
            flat = np.fromiter(chain.from_iterable(own[some]), np.intp)
            starts = list(accumulate(map(len, own[some][:-1]), initial=0))
            found[some] = np.add.reduceat(self.own.take(flat, axis=0), starts)
            found[some] += self.placed.take(rows[some], axis=0).sum(1)
        return found

    def with_more(self, before: Any, clues: Iterable[Clue]) -> Any:
        """The rows before, and the sums of the weights of more clues."""
        return np.concatenate([before, self.weights.sums([names_of(clue) for clue in clues])])


@dataclass(frozen=True, slots=True)
class WordLayer:
    """What the words of a line add to its hidden numbers.

    Attributes:
        each: of every known word, nothing below 0, (1 + words, networks times part).
        vectors: of every known word, (1 + words, width of vectors).
        pool: from the mean and the greatest of `each` of a line's words.
        ends: from the vectors of the first word, the second and the last.
    """

    each: Any
    vectors: Any
    pool: "Layer"
    ends: "Layer"

    def sums(self, words: Words) -> Any:
        """What the words of each line add, (lines, networks, hidden).

        A line has the unknown word at least.
        """
        count, row, starts = len(words.counts), words.row, words.starts
        told = np.repeat(self.each[None, 0], count, axis=0), np.repeat(self.each[None, 0], count, 0)
        at = np.zeros((count, 3), np.intp)
        if len(row):
            self.pooled(words, *told)
            several = words.counts[words.lines]
            second = np.minimum(starts + 1, len(row) - 1)
            at[words.lines, 0] = row[starts]
            at[words.lines, 1] = np.where(several > 1, row[second], 0)
            at[words.lines, 2] = row[starts + several - 1]
        networks = len(self.pool.weights)
        parts = np.concatenate([split(each, networks) for each in told], 2)
        ends = self.vectors.take(at, axis=0).reshape(count, 1, -1)
        return self.pool.of(parts) + self.ends.of(ends)

    def pooled(self, words: Words, mean: Any, most: Any) -> None:
        """Set the mean and the greatest of `each` of the words of lines that have words."""
        stops = [*words.starts[1:].tolist(), len(words.row)]
        for start in range(0, len(words.lines), TOGETHER):
            some = slice(start, start + TOGETHER)
            starts, lines = words.starts[some], words.lines[some]
            told = self.each.take(words.row[starts[0] : stops[some][-1]], axis=0)
            starts = starts - starts[0]
            mean[lines] = np.add.reduceat(told, starts) / words.counts[lines, None]
            most[lines] = np.maximum.reduceat(told, starts)


@dataclass(frozen=True, slots=True)
class Layer:
    """Weighs what each line has, or what the lines around it have (`across`), network by network.

    Attributes:
        weights: (networks, in, out); for `across`, in is that of all lines of `REACH`.
        bias: (networks, out).
    """

    weights: Any
    bias: Any

    def of(self, values: Any) -> Any:
        """Weighted sums of values (lines, networks or 1, in), (lines, networks, out).

        Always as many lines are weighed together: so a line weighs the same whatever stands
        around it, to the last bit.
        """
        networks, _, out = self.weights.shape
        count = len(values)
        found = np.empty((-(-count // TOGETHER) * TOGETHER, networks, out), np.float32)
        for start in range(0, count, TOGETHER):
            some = values[start : start + TOGETHER]
            if missing := TOGETHER - len(some):
                some = np.concatenate([some, np.zeros((missing, *some.shape[1:]), np.float32)])
            weighed = found[start : start + TOGETHER].transpose(1, 0, 2)
            np.matmul(some.transpose(1, 0, 2), self.weights, out=weighed)
        return found[:count] + self.bias

    def across(self, values: Any, bounds: Bounds) -> Any:
        """The same over the lines of `REACH` on the same page."""
        found = self.bias
        for far, weights in zip(REACH, np.split(self.weights, len(REACH), axis=1), strict=True):
            found = found + shifted(bounds, Layer(weights, NO_BIAS).of(values), far)
        return found


def split(values: Any, networks: int) -> Any:
    """Numbers of all networks side by side, (lines, width), as (lines, networks, numbers)."""
    return values.reshape(len(values), networks, values.shape[1] // networks)


def shifted(bounds: Bounds, values: Any, far: int) -> Any:
    """The rows of the lines so far below; zeros where the page has none."""
    return bounds.shifted(values, -far, 0) if far else values


def different(looks: Sequence[Look]) -> tuple[Any, Any]:
    """Whether each line is the first of those that look alike, and their number, both (lines,).

    Furniture recurs on the pages of a site, and how it looks is remembered.
    """
    numbers: dict[int, int] = {}
    which = np.fromiter(
        (numbers.setdefault(id(seen), len(numbers)) for seen in looks), np.intp, len(looks)
    )
    first = np.zeros(len(looks), bool)
    first[np.unique(which, return_index=True)[1]] = True
    return first, which


def positive(values: Any) -> Any:
    """Nothing below 0."""
    return np.maximum(values, 0)


@dataclass(frozen=True, slots=True)
class LineModel:
    """The networks.

    Attributes:
        labels: in the order of the probabilities.
        evidence: what evidence adds to the hidden numbers.
        clues: the same, by clue.
        words: what words add.
        bias: of the hidden numbers.
        near, far: the layers that look around.
        last: from the numbers of all three to the labels.
    """

    labels: tuple[str, ...]
    evidence: Weights
    clues: ClueTable
    words: WordLayer
    bias: Any
    near: Layer
    far: Layer
    last: Layer

    def weigh(self, place: Place) -> Any:
        """Probability of each label for each line, (lines, labels)."""
        if not place.looks:
            return np.zeros((0, len(self.labels)))
        return self.of_sums(self.clues.sums(own_clues(place), placed_clues(place)), place)

    def of_sums(self, evidence: Any, place: Place) -> Any:
        """The same from the sums of the weights of the evidence."""
        own = split(evidence + self.bias, len(self.last.weights))
        first, which = different(place.looks)
        hidden = positive(own + self.words.sums(place.words.only(first))[which])
        near = positive(self.near.across(hidden, place.bounds))
        far = positive(self.far.across(near, place.bounds))
        logits = self.last.of(np.concatenate([hidden, near, far], 2))
        return softmax(logits).mean(1).round(DECIMALS)


def softmax(logits: Any) -> Any:
    """Probabilities over the last axis."""
    raised = np.exp((logits - logits.max(-1, keepdims=True)).astype(np.float64))
    return raised / raised.sum(-1, keepdims=True)


def parsed(data: bytes) -> LineModel:
    """The model of a data file (see `scripts/train_lines.py`)."""
    content = dict(np.load(io.BytesIO(data)))
    names = content["names"].tobytes().decode().split("\n")
    labels = tuple(content["labels"].tobytes().decode().split("\n"))
    part = {name: values.astype(np.float32) for name, values in content.items()}
    nothing = np.zeros((1, part["evidence"].shape[1]), np.float32)
    values = np.concatenate([nothing, part["evidence"]])
    weights = Weights(
        {name: row for row, name in enumerate(names, 1)},
        values * part["step"],
    )
    networks = len(part["pool"])
    vectors = lexicon().vectors.copy()
    vectors[0] = part["unknown"]
    each = positive(vectors @ part["each"] + part["each_bias"])
    return LineModel(
        labels,
        weights,
        ClueTable(weights),
        WordLayer(
            each,
            vectors,
            Layer(part["pool"], part["pool_bias"]),
            Layer(split(part["ends"], networks).transpose(1, 0, 2), NO_BIAS),
        ),
        part["bias"],
        Layer(part["near"], part["near_bias"]),
        Layer(part["far"], part["far_bias"]),
        Layer(part["last"], part["last_bias"]),
    )


def shipped_weights() -> bytes:
    """The data file with the weights that ship with the project."""
    return files("corpora").joinpath("data", "line_model.npz").read_bytes()


def weights_digest() -> str:
    """What tells these weights from others, in 16 hexadecimal digits."""
    return hashlib.sha256(shipped_weights()).hexdigest()[:16]


@cache
def line_model() -> LineModel:
    """The weights that ship with the project, read on first use."""
    return parsed(shipped_weights())

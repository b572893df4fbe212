"""Layers of small networks side by side, over what lines have and over the lines around them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from corpora.lines.lexicon import Words
from corpora.lines.page_bounds import Bounds

TOGETHER = 32  # lines that are weighed at once: they stay in the cache, and on one core
REACH = (-2, -1, 0, 1, 2)  # lines that a layer looks at; -1 is the one above
NO_BIAS = np.zeros(1, np.float32)


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


def positive(values: Any) -> Any:
    """Nothing below 0."""
    return np.maximum(values, 0)


def softmax(logits: Any) -> Any:
    """Probabilities over the last axis."""
    raised = np.exp((logits - logits.max(-1, keepdims=True)).astype(np.float64))
    return raised / raised.sum(-1, keepdims=True)


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
    pool: Layer
    ends: Layer

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

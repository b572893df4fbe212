"""Layers of small networks side by side, over what lines have and over the lines around them.

Numbers of all networks stand network by network, (networks, lines, numbers).
"""

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
        """Weighted sums of values (networks or 1, lines, in), (networks, lines, out)."""
        return self.weighed(values, np.arange(values.shape[1])[:, None])

    def across(self, values: Any, bounds: Bounds) -> Any:
        """The same over the lines of `REACH` on the same page, one behind the other."""
        networks, count, width = values.shape
        beyond = np.zeros((networks, 1, width), np.float32)
        around = [bounds.shifted(bounds.index, -far, count) for far in REACH]
        return self.weighed(np.concatenate([values, beyond], 1), np.stack(around, 1))

    def weighed(self, values: Any, rows: Any) -> Any:
        """Weighted sums of the values of some rows for each line.

        Always as many lines are weighed together: so a line weighs the same whatever stands
        around it, to the last bit.

        Args:
            values: (networks or 1, rows, numbers).
            rows: of each line, (lines, rows of a line).
        """
        networks, width, out = self.weights.shape
        count = len(rows)
        missing = -count % TOGETHER
        rows = np.concatenate([rows, np.zeros((missing, rows.shape[1]), np.intp)])
        found = np.empty((networks, len(rows), out), np.float32)
        for start in range(0, len(rows), TOGETHER):
            some = slice(start, start + TOGETHER)
            taken = values.take(rows[some], axis=1).reshape(len(values), TOGETHER, width)
            np.matmul(taken, self.weights, out=found[:, some])
        found += self.bias[..., None, :]
        return found[:, :count]


def split(values: Any, networks: int) -> Any:
    """Numbers of all networks side by side, (lines, width), network by network."""
    parted = values.reshape(len(values), networks, values.shape[1] // networks)
    return np.ascontiguousarray(parted.transpose(1, 0, 2))


def positive(values: Any) -> Any:
    """The values, nothing below 0; they are no longer what they were."""
    return np.maximum(values, 0, out=values)


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
        """What the words of each line add, (networks, lines, hidden).

        A line has the unknown word at least.
        """
        ends = self.vectors.take(ends_of(words), axis=0).reshape(1, len(words.counts), -1)
        return self.pool.of(self.pooled(words)) + self.ends.of(ends)

    def pooled(self, words: Words) -> Any:
        """The mean of `each` of a line's words, and the greatest, (networks, lines, 2 parts)."""
        count, networks = len(words.counts), len(self.pool.weights)
        found = np.empty((count, networks, 2, self.each.shape[1] // networks), np.float32)
        found[:] = self.each[0].reshape(networks, 1, -1)
        for lines, rows in words.by_count():
            told, shape = self.each.take(rows, axis=0), (len(lines), networks, -1)
            found[lines, :, 0] = (told.sum(1) / np.float32(rows.shape[1])).reshape(shape)
            found[lines, :, 1] = told.max(1).reshape(shape)
        return split(found.reshape(count, -1), networks)


def ends_of(words: Words) -> Any:
    """Rows of the first word of each line, the second and the last, (lines, 3); 0 for none."""
    found = np.zeros((len(words.counts), 3), np.intp)
    first, several = words.starts, words.counts[words.lines]
    last = first + several - 1
    found[words.lines, 0] = words.row[first]
    found[words.lines, 1] = np.where(several > 1, words.row[np.minimum(first + 1, last)], 0)
    found[words.lines, 2] = words.row[last]
    return found

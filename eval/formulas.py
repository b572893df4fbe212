"""Scores from summed statistics, for thousands of sums at once.

The formulas are sacreBLEU 2.6's with its defaults; `eval.metrics.value` asks sacreBLEU itself for
the one score that is printed.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
Values = NDArray[np.float64]


def bleu(sums: Table) -> Values:
    """BLEU (Papineni 2002) with exponential smoothing, 0 to 100; sums `(n, 10)`.

    >>> bleu(np.array([[4, 4, 4, 3, 2, 1, 4, 3, 2, 1], [4, 4, 0, 0, 0, 0, 4, 3, 2, 1.0]])).round(6)
    array([100.,   0.])
    """
    words, reference = sums[:, 0], sums[:, 1]
    matched, total = sums[:, 2:6], sums[:, 6:10]
    with np.errstate(divide="ignore", invalid="ignore"):
        halves = np.cumsum((matched == 0) & (total > 0), axis=1)
        precision = np.where(matched > 0, 100 * matched / total, 100 / (np.exp2(halves) * total))
        usable = (np.cumprod(total > 0, axis=1) > 0).all(axis=1) & (matched > 0).any(axis=1)
        short = np.where(words > 0, np.exp(1 - reference / words), 0.0)
        brevity = np.where(words < reference, short, 1.0)
        value = brevity * np.exp(np.log(precision).mean(axis=1))
    return np.where(usable, value, 0.0)


def chrf(sums: Table) -> Values:
    """ChrF2++ (Popović 2017), 0 to 100; sums `(n, 24)`.

    >>> chrf(np.array([[1.0] * 24, [1, 1, 0] * 8])).tolist()
    [100.0, 0.0]
    """
    ours, theirs, matched = sums[:, 0::3], sums[:, 1::3], sums[:, 2::3]
    usable = (ours > 0) & (theirs > 0)
    orders = np.maximum(usable.sum(axis=1), 1)
    precision = np.where(usable, matched / np.maximum(ours, 1), 0).sum(axis=1) / orders
    recall = np.where(usable, matched / np.maximum(theirs, 1), 0).sum(axis=1) / orders
    below = 4 * precision + recall
    return np.where(below > 0, 100 * 5 * precision * recall / np.where(below > 0, below, 1), 0.0)


def ter(sums: Table) -> Values:
    """TER (Snover 2006) in percent of the reference words; sums `(n, 2)`.

    >>> ter(np.array([[1, 4], [2, 0], [0, 0.0]])).tolist()
    [25.0, 100.0, 0.0]
    """
    changes, words = sums[:, 0], sums[:, 1]
    without = np.where(changes > 0, 100.0, 0.0)
    return np.where(words > 0, 100 * changes / np.where(words > 0, words, 1), without)


def mean(sums: Table) -> Values:
    """Mean of the scores of another program; sums `(n, 2)`, NaN without a pair."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(sums[:, 0] / sums[:, 1])


FORMULAS: Mapping[str, Callable[[Table], Values]] = {"BLEU": bleu, "chrF2++": chrf, "TER": ter}
FEWER_IS_BETTER = frozenset({"TER"})


def values(metric: str, sums: NDArray[Any]) -> Values:
    """Scores of summed statistics `(n, columns)`; a metric without a formula is a mean."""
    return FORMULAS.get(metric, mean)(np.atleast_2d(sums).astype(np.float64))


def empty(metric: str, sums: Table) -> Table:
    """Statistics as they were if every hypothesis were empty; linear, so it takes sums too.

    Of a metric of another program, whose scale is not known, an empty translation counts 0.
    """
    if metric == "BLEU":
        kept = np.zeros_like(sums)
        kept[..., 1] = sums[..., 1]
        return kept
    if metric == "chrF2++":
        kept = np.zeros_like(sums)
        kept[..., 1::3] = sums[..., 1::3]
        return kept
    if metric == "TER":
        return np.stack([sums[..., 1], sums[..., 1]], axis=-1)
    return np.stack([np.zeros_like(sums[..., 1]), sums[..., 1]], axis=-1)

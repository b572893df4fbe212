"""Whether two systems differ by more than chance, on the same pairs.

Paired bootstrap (Koehn 2004, https://aclanthology.org/W04-3250) and paired approximate
randomisation (Riezler and Maxwell 2005, https://aclanthology.org/W05-0908) with sacreBLEU's
formulas; Holm's correction (1979) when more than one pair of systems is tested.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import (
    CELLS,
    Resampling,
    Sample,
    interval,
    resampled_sums,
    scores_of,
    summed,
)
from eval.formulas import FEWER_IS_BETTER, values

Table = NDArray[np.float64]
NOISE = 1e-9  # of scores, from the order in which sums are added
STARS = ((0.001, "***"), (0.01, "**"), (0.05, "*"))


@dataclass(frozen=True, slots=True)
class Trials:
    """How to test; numbers and seed are sacreBLEU's defaults."""

    bootstrap: Resampling = field(default_factory=Resampling)
    swaps: int = 10_000


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two systems on one metric.

    Attributes:
        metric: its name.
        first: number of a system.
        second: number of another.
        value: score of the second less that of the first.
        low: lower end of the 95 % interval of the difference, which holds the difference itself
            (see `eval.bootstrap.interval`); NaN where nothing was resampled.
        high: upper end of it.
        bootstrap: p of the paired bootstrap, corrected.
        randomisation: p of approximate randomisation, corrected.
        uncorrected: both before Holm's correction.
    """

    metric: str
    first: int
    second: int
    value: float
    low: float
    high: float
    bootstrap: float
    randomisation: float
    uncorrected: tuple[float, float]

    @property
    def better(self) -> bool:
        """Tell whether the second is better, be it by chance."""
        return self.value < 0 if self.metric in FEWER_IS_BETTER else self.value > 0

    @property
    def stars(self) -> str:
        """How sure it is, by the larger of the two p: * below .05, ** below .01, *** below .001."""
        return stars(max(self.bootstrap, self.randomisation))


def stars(p: float) -> str:
    """Stars of a probability.

    >>> stars(0.2), stars(0.04), stars(0.0001)
    ('', '*', '***')
    """
    return next((sign for limit, sign in STARS if p < limit), "")


def holm(probabilities: Sequence[float]) -> list[float]:
    """Probabilities corrected for being several (Holm 1979): never smaller, at most 1.

    >>> [round(p, 4) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    corrected = [0.0] * len(probabilities)
    reached = 0.0
    for rank, index in enumerate(sorted(range(len(probabilities)), key=probabilities.__getitem__)):
        reached = max(reached, min(1.0, probabilities[index] * (len(probabilities) - rank)))
        corrected[index] = reached
    return corrected


def differences(samples: Sequence[Sample], trials: Trials) -> list[Difference]:
    """Differences of all pairs of systems on every metric, by metric, then by pair.

    Raises:
        ValueError: the systems are not of the same pairs.
    """
    if len({len(sample.statistics) for sample in samples}) > 1:
        raise ValueError("systems with unlike numbers of pairs")
    pairs = list(combinations(range(len(samples)), 2))
    drawn = drawn_scores(samples, trials.bootstrap)
    swapped = {pair: randomised(samples[pair[0]], samples[pair[1]], trials) for pair in pairs}
    found = []
    for metric in samples[0].statistics.tables:
        wholes = [whole(sample, metric) for sample in samples]
        several = []
        for first, second in pairs:
            delta = wholes[second] - wholes[first]
            apart = drawn[second][metric] - drawn[first][metric]
            low, high = interval(apart, delta) or (float("nan"), float("nan"))
            raw = (paired_bootstrap(apart, delta), swapped[first, second][metric])
            several.append(Difference(metric, first, second, delta, low, high, *raw, raw))
        boots = holm([each.bootstrap for each in several])
        swaps = holm([each.randomisation for each in several])
        found += [
            replace(each, bootstrap=boot, randomisation=swap)
            for each, boot, swap in zip(several, boots, swaps, strict=True)
        ]
    return found


def whole(sample: Sample, metric: str) -> float:
    """The score of all pairs."""
    return float(values(metric, sample.statistics.tables[metric].sum(axis=0))[0])


def drawn_scores(samples: Sequence[Sample], options: Resampling) -> list[Mapping[str, Table]]:
    """Scores of every resample by system and metric; all systems in the same resamples."""
    found: list[dict[str, list[Table]]] = [
        {name: [] for name in sample.statistics.tables} for sample in samples
    ]
    for sums in resampled_sums(samples, options):
        for system, sample, (pairs, _) in zip(found, samples, sums, strict=True):
            for name, part in sample.statistics.narrow(pairs).items():
                system[name].append(scores_of(name, part))
    return [{name: np.concatenate(each) for name, each in system.items()} for system in found]


def paired_bootstrap(apart: Table, delta: float) -> float:
    """P that resampled differences stray from their mean by more than the difference itself."""
    sizes = np.abs(apart[~np.isnan(apart)])
    return exceeding(sizes - sizes.mean() if len(sizes) else sizes, abs(delta))


def exceeding(found: Table, delta: float) -> float:
    """Share of chance results as far apart as the real one, never 0 (Clark et al. 2011).

    Unlike in sacreBLEU, systems that are equal have 1, not the least that there is, and what is
    just as far apart counts: of few articles, many swaps give the same two systems again.

    >>> exceeding(np.array([0.1, 0.5, 2.0]), 1.0)
    0.5
    """
    if not delta or not len(found):
        return 1.0
    return (int((found >= delta - NOISE).sum()) + 1) / (len(found) + 1)


def randomised(first: Sample, second: Sample, trials: Trials) -> dict[str, float]:
    """P by metric that swapping the systems at random, by article, sets them as far apart.

    Confidence in the alignment plays no part: both systems have the same pairs.
    """
    units, groups, _ = first.units()
    one = summed(first.statistics.wide(), groups, units)
    two = summed(second.statistics.wide(), groups, units)
    apart, sum_one, sum_two = one - two, one.sum(axis=0), two.sum(axis=0)
    generator = np.random.default_rng(trials.bootstrap.seed)
    found: dict[str, list[Table]] = {name: [] for name in first.statistics.tables}
    at_once = max(1, CELLS // max(units, 1))
    for begin in range(0, trials.swaps, at_once):
        count = min(at_once, trials.swaps - begin)
        moved = generator.integers(2, size=(count, units), dtype=bool).astype(np.float64) @ apart
        left = first.statistics.narrow(sum_two + moved)
        right = first.statistics.narrow(sum_one - moved)
        for name, chances in found.items():
            chances.append(np.abs(values(name, left[name]) - values(name, right[name])))
    return {
        name: exceeding(np.concatenate(chances), abs(whole(first, name) - whole(second, name)))
        for name, chances in found.items()
    }

"""Bootstrap resampling of whole articles, with doubt about the alignment in it.

Sentences of an article are alike, so resampling single sentences gives intervals that are a third
too narrow for news (Koehn 2004 resamples sentences, https://aclanthology.org/W04-3250). Here:

1. articles are drawn with replacement; article `a` is drawn `m_a` times;
2. a pair with alignment confidence `c` is a pair with probability `c`, drawn in every resample;
3. pair `i` counts `m_a(i) * Bernoulli(c_i)` times.

In the coverage-adjusted score the reference of a pair that is none then counts as untranslated.
Without articles sentences are drawn, with sacreBLEU's generator and seed: its own intervals.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.formulas import empty, values
from eval.metrics import Score
from eval.segments import Statistics

Groups = NDArray[np.int64]
Table = NDArray[np.float64]
CELLS = 4_000_000  # resample counts that are in memory at once (32 MB)


@dataclass(frozen=True, slots=True)
class Resampling:
    """How to resample; number and seed are sacreBLEU's defaults."""

    resamples: int = 1000
    seed: int = 12345


@dataclass(frozen=True, slots=True)
class Sample:
    """Pairs to resample.

    Attributes:
        statistics: of the pairs.
        groups: number of the article of each pair, from 0 without gaps; None where none is known.
        confidence: that each is a pair, in [0, 1]; None where all surely are.
        unaligned: statistics of references without a partner, each with an empty hypothesis.
        unaligned_groups: number of the article of each of them.
    """

    statistics: Statistics
    groups: Groups | None = None
    confidence: Table | None = None
    unaligned: Statistics | None = None
    unaligned_groups: Groups | None = None

    @property
    def by_article(self) -> bool:
        """Tell whether there are articles enough to draw from."""
        return self.articles > 1

    @property
    def articles(self) -> int:
        """Number of articles; 0 where none is known."""
        known = [each for each in (self.groups, self.unaligned_groups) if each is not None]
        return max((int(each.max()) + 1 for each in known if len(each)), default=0)

    def units(self) -> tuple[int, Groups, Groups]:
        """What is drawn: how many there are, and which one each pair and each reference is in."""
        pairs, alone = len(self.statistics), len(self.unaligned or ())
        if self.by_article and self.groups is not None:
            rest = self.unaligned_groups if self.unaligned_groups is not None else np.zeros(0, int)
            return self.articles, self.groups, rest
        return pairs + alone, np.arange(pairs), np.arange(pairs, pairs + alone)

    def signature(self, options: Resampling) -> str:
        """How intervals are made, in the manner of sacreBLEU's signatures."""
        unit = "articles" if self.by_article else "segments"
        doubt = "" if self.confidence is None else "|pairs:by-confidence"
        return f"bs:{options.resamples}|seed:{options.seed}|resampled:{unit}{doubt}"


def draws(units: int, options: Resampling, widest: int = 1) -> Iterator[Table]:
    """Yield how often each unit is drawn, `(some resamples, units)`, until all resamples are out.

    So many at a time that neither units nor the widest other table of them take much memory.

    The stream of numbers is that of sacreBLEU's `rng.choice(n, size=(resamples, n))`.
    """
    generator = np.random.default_rng(options.seed)
    at_once = max(1, CELLS // max(units, widest))
    for begin in range(0, options.resamples, at_once):
        count = min(at_once, options.resamples - begin)
        drawn = generator.integers(0, units, size=(count, units))
        drawn += np.arange(count)[:, None] * units
        counts = np.bincount(drawn.ravel(), minlength=count * units)
        yield counts.reshape(count, units).astype(np.float64)


def summed(table: NDArray[Any], groups: Groups, units: int) -> Table:
    """Sums of the rows of each unit, `(units, columns)`.

    >>> summed(np.array([[1.0], [2.0], [4.0]]), np.array([0, 1, 0]), 2).tolist()
    [[5.0], [2.0]]
    """
    sums = [np.bincount(groups, weights=column, minlength=units) for column in table.T]
    return np.column_stack(sums).astype(np.float64)


def resampled_sums(
    samples: Sequence[Sample], options: Resampling
) -> Iterator[list[tuple[Table, Table]]]:
    """Yield, for some resamples at a time and each sample, sums of pairs and of what is left over.

    All samples must be of the same pairs (systems on one alignment): they are drawn together.
    """
    first = samples[0]
    units, groups, alone = first.units()
    wide = [sample.statistics.wide() for sample in samples]
    whole = [summed(table, groups, units) for table in wide]
    rest = [
        summed(sample.unaligned.wide(), alone, units) if sample.unaligned else None
        for sample in samples
    ]
    doubt = np.random.default_rng([options.seed, 1])
    unsure = first.confidence is not None and bool((first.confidence < 1).any())
    for counts in draws(units, options, len(groups) if unsure else 1):
        parts = [
            (counts @ all_, counts @ left if left is not None else None)
            for all_, left in zip(whole, rest, strict=True)
        ]
        if not unsure:
            yield [
                (sums, left if left is not None else np.zeros_like(sums)) for sums, left in parts
            ]
            continue
        kept_counts = kept(counts, groups, first.confidence, doubt)
        found = []
        for table, (sums, left) in zip(wide, parts, strict=True):
            pairs = kept_counts @ table
            dropped = sums - pairs
            found.append((pairs, dropped if left is None else dropped + left))
        yield found


def kept(
    counts: Table, groups: Groups, confidence: Table | None, generator: np.random.Generator
) -> Table:
    """How often each pair counts: as often as its article, if it is a pair at all."""
    assert confidence is not None
    lots = generator.random((len(counts), len(groups)), dtype=np.float32)
    return counts[:, groups] * (lots < confidence.astype(np.float32))


def resampled(
    sample: Sample, options: Resampling
) -> tuple[Mapping[str, Table], Mapping[str, Table]]:
    """Scores of every resample, by metric: of the pairs alone, and with the rest as empty.

    NaN where a resample holds no pair.
    """
    alone: dict[str, list[Table]] = {name: [] for name in sample.statistics.tables}
    adjusted: dict[str, list[Table]] = {name: [] for name in sample.statistics.tables}
    for ((pairs, left),) in resampled_sums([sample], options):
        there = sample.statistics.narrow(pairs)
        gone = sample.statistics.narrow(left)
        for name, sums in there.items():
            alone[name].append(scores_of(name, sums))
            adjusted[name].append(scores_of(name, sums + empty(name, gone[name])))
    return (
        {name: np.concatenate(parts) for name, parts in alone.items()},
        {name: np.concatenate(parts) for name, parts in adjusted.items()},
    )


def scores_of(metric: str, sums: Table) -> Table:
    """Scores of summed statistics; NaN where nothing was summed."""
    found = values(metric, sums)
    return np.where(sums.any(axis=1), found, np.nan)


def interval(found: Table, value: float) -> tuple[float, float] | None:
    """The middle 95 % of resampled scores or differences, as sacreBLEU takes them; None of none.

    Doubtful pairs score low and are left out of many resamples, so the score of all pairs may lie
    outside; the interval is then widened to it.

    >>> interval(np.arange(1000.0), 500.0)
    (25.0, 974.0)
    """
    found = np.sort(found[~np.isnan(found)])
    if not len(found):
        return None
    cut = len(found) // 40
    low, high = float(found[cut]), float(found[len(found) - cut - 1])
    return min(low, value), max(high, value)


def with_intervals(found: Sequence[Score], scores: Mapping[str, Table], how: str) -> list[Score]:
    """Scores with the intervals of their resamples, and how those were made."""
    complete = []
    for each in found:
        ends = interval(scores[each.metric], each.value) if each.segments > 1 else None
        low, high = ends or (None, None)
        complete.append(replace(each, low=low, high=high, resampling=how if ends else ""))
    return complete


def scored(sample: Sample, options: Resampling) -> list[Score]:
    """Scores of the pairs alone, with intervals (see the module)."""
    from eval.metrics import scores

    found = scores(sample.statistics)
    if not found:
        return []
    alone, _ = resampled(sample, options)
    return with_intervals(found, alone, sample.signature(options))

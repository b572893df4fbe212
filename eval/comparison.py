"""Systems side by side: scores, significance, buckets, and where they differ most."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from eval.bootstrap import Sample
from eval.buckets import Bucket, WordBucket, by_fate, by_frequency, by_length
from eval.cautions import Basis, cautions, repeats
from eval.contest import Contest
from eval.coverage import bleu_is_blind, both_views, words
from eval.external import MetricCommand, external_scores
from eval.facts import Facts, added, facts_of
from eval.formulas import values
from eval.metrics import Score
from eval.significance import Difference, Trials, differences

SEGMENTS = 10  # that are shown


@dataclass(frozen=True, slots=True)
class System:
    """What is known of one system.

    Attributes:
        name: of it.
        aligned: scores of the pairs.
        adjusted: scores in which references that are no pair count as empty translations; empty
            where every reference is one.
        facts: of the source that its English keeps; none where there is no source.
        lengths: scores by length of the reference.
        fates: scores by whether all facts are kept.
        frequencies: F1 of words by their frequency in the references.
    """

    name: str
    aligned: tuple[Score, ...]
    adjusted: tuple[Score, ...]
    facts: Facts
    lengths: tuple[Bucket, ...]
    fates: tuple[Bucket, ...]
    frequencies: tuple[WordBucket, ...]

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        return {
            "name": self.name,
            "aligned": [asdict(each) for each in self.aligned],
            "unaligned_counted_as_empty": [asdict(each) for each in self.adjusted],
            "fidelity": self.facts.as_json(),
            "lengths": [asdict(each) for each in self.lengths],
            "facts": [asdict(each) for each in self.fates],
            "word_frequencies": [asdict(each) for each in self.frequencies],
        }


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment that systems translate unlike.

    Attributes:
        place: names it to people.
        source: Indonesian, or "".
        references: what it should say.
        hypotheses: of each system.
        scores: chrF2++ of each.
    """

    place: str
    source: str
    references: tuple[str, ...]
    hypotheses: tuple[str, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Systems side by side; differences are those of all pairs of them."""

    systems: tuple[System, ...]
    differences: tuple[Difference, ...]
    segments: tuple[Segment, ...]
    coverage: float | None
    count: int
    warnings: tuple[str, ...]

    def difference(self, metric: str, first: int, second: int) -> Difference:
        """The one of a metric between two systems."""
        return next(
            each
            for each in self.differences
            if (each.metric, each.first, each.second) == (metric, first, second)
        )

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        names = [system.name for system in self.systems]
        return {
            "segments": self.count,
            "coverage": None if self.coverage is None else round(self.coverage, 4),
            "warnings": list(self.warnings),
            "systems": [system.as_json() for system in self.systems],
            "differences": [
                {
                    **asdict(each),
                    "first": names[each.first],
                    "second": names[each.second],
                    "low": none_if_nan(each.low),
                    "high": none_if_nan(each.high),
                    "stars": each.stars,
                    "better": names[each.second if each.better else each.first],
                }
                for each in self.differences
            ],
            "most_different": [asdict(each) for each in self.segments],
        }


def none_if_nan(value: float) -> float | None:
    """The value, or None for what JSON cannot say."""
    return None if value != value else value


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """How to compare.

    Attributes:
        trials: of significance.
        commands: metrics of other programs.
        segments: how many of those that differ most are shown.
        workers: processes.
    """

    trials: Trials = field(default_factory=Trials)
    commands: tuple[MetricCommand, ...] = ()
    segments: int = SEGMENTS
    workers: int = 1


def compare(contest: Contest, options: CompareOptions | None = None) -> Comparison:
    """Compare systems on the same pairs.

    Raises:
        UserError: a metric of another program fails.
    """
    options = options or CompareOptions()
    samples = contest.samples(options.workers)
    for command in options.commands:
        samples = [
            with_external(sample, command, contest, run) for run, sample in enumerate(samples)
        ]
    return Comparison(
        systems=tuple(system_of(contest, run, each, options) for run, each in enumerate(samples)),
        differences=tuple(differences(samples, options.trials)),
        segments=tuple(most_different(contest, samples, options.segments)),
        coverage=contest.coverage,
        count=len(contest.references),
        warnings=(*cautions(basis_of(contest, samples)), *contest.notes),
    )


def with_external(sample: Sample, command: MetricCommand, contest: Contest, run: int) -> Sample:
    """A sample with the scores of another program, which gets the first of several references."""
    sources = contest.sources or [""] * len(contest.references)
    first = [each[0] for each in contest.references]
    found = external_scores(command, zip(sources, contest.hypotheses[run], first, strict=True))
    left = sample.unaligned
    return replace(
        sample,
        statistics=sample.statistics.beside(command.name, found),
        unaligned=left.beside(command.name, [0.0] * len(left)) if left is not None else None,
    )


def system_of(contest: Contest, run: int, sample: Sample, options: CompareOptions) -> System:
    """What is known of one system."""
    hypotheses = contest.hypotheses[run]
    aligned, adjusted = both_views(sample, options.trials.bootstrap)
    first = [each[0] for each in contest.references]
    found = facts_of(contest.sources, hypotheses) if contest.sources else []
    return System(
        name=contest.names[run],
        aligned=tuple(aligned),
        adjusted=tuple(adjusted) if sample.unaligned is not None else (),
        facts=added(found),
        lengths=tuple(by_length(sample.statistics, [words(each) for each in first])),
        fates=tuple(by_fate(sample.statistics, [each.fate for each in found])) if found else (),
        frequencies=tuple(by_frequency(hypotheses, first)),
    )


def basis_of(contest: Contest, samples: Sequence[Sample]) -> Basis:
    """What the scores rest on."""
    blind = any(bleu_is_blind(each.statistics, each.unaligned) for each in samples)
    keys = contest.sources or contest.hypotheses[0]
    twice = repeats(
        [hash((key, *each)) for key, each in zip(keys, contest.references, strict=True)]
    )
    count, articles = len(contest.references), samples[0].articles
    return Basis(count, twice, 0, articles, contest.coverage, blind)


def most_different(contest: Contest, samples: Sequence[Sample], count: int) -> list[Segment]:
    """Segments of which the chrF2++ of the systems lies farthest apart, the farthest first."""
    scores = np.stack([values("chrF2++", each.statistics.tables["chrF2++"]) for each in samples])
    apart = scores.max(axis=0) - scores.min(axis=0)
    chosen = [int(each) for each in np.argsort(-apart, kind="stable")[:count] if apart[each] > 0]
    return [
        Segment(
            place=contest.places[index],
            source=contest.sources[index] if contest.sources else "",
            references=tuple(contest.references[index]),
            hypotheses=tuple(own[index] for own in contest.hypotheses),
            scores=tuple(round(float(each), 2) for each in scores[:, index]),
        )
        for index in chosen
    ]

"""Scores of translations that stand in plain lists, with all that can be said beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from eval.bootstrap import Resampling, Sample, scored
from eval.cautions import Basis, cautions, repeats
from eval.coverage import words
from eval.external import MetricCommand, external_scores
from eval.facts import Facts, added, facts_of
from eval.metrics import NAMES, Score, statistics_of


@dataclass(frozen=True, slots=True)
class PlainFiles:
    """Lines that belong together.

    Attributes:
        hypotheses: translations.
        references: of each translation, one or several.
        sources: Indonesian of each; None where it is not known.
        articles: of each; None where they are not known.
        back: each translation in Indonesian again; None where nothing was translated back.
    """

    hypotheses: Sequence[str]
    references: Sequence[Sequence[str]]
    sources: Sequence[str] | None = None
    articles: Sequence[str] | None = None
    back: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class PlainScores:
    """Scores of plain lists.

    Attributes:
        scores: sacreBLEU's and those of other programs, with intervals.
        round_trip: chrF2++ of what was translated back against the source; None without.
        facts: of the source that the English keeps; none without a source.
        length_ratio: English words for each word of the source; None without.
        warnings: why to read the scores with care.
    """

    scores: tuple[Score, ...]
    round_trip: Score | None
    facts: Facts
    length_ratio: float | None
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        return {
            "scores": [asdict(each) for each in self.scores],
            "external": [asdict(each) for each in self.scores if each.metric not in NAMES],
            "round_trip": asdict(self.round_trip) if self.round_trip else None,
            "fidelity": self.facts.as_json(),
            "words_per_source_word": self.length_ratio,
            "warnings": list(self.warnings),
        }

    def lines(self) -> Iterator[str]:
        """What is known beside the scores, with tabs."""
        if self.round_trip:
            yield f"round trip {self.round_trip.metric}\t{self.round_trip.value:.2f}"
        for kind, (kept, total) in self.facts.by_kind.items():
            if total:
                yield f"{kind} kept\t{100 * kept / total:.2f}\t{kept} of {total}"
        if self.length_ratio is not None:
            yield f"words per source word\t{self.length_ratio:.2f}"


def scored_files(
    files: PlainFiles,
    options: Resampling,
    commands: Sequence[MetricCommand] = (),
    workers: int = 1,
    empty_references: int = 0,
) -> PlainScores:
    """Score lines that belong together.

    Raises:
        UserError: a metric of another program fails.
    """
    counted = statistics_of(list(files.hypotheses), list(files.references), workers)
    sources = files.sources or [""] * len(counted)
    first = [each[0] for each in files.references]
    for command in commands:
        pairs = zip(sources, files.hypotheses, first, strict=True)
        counted = counted.beside(command.name, external_scores(command, pairs))
    sample = Sample(counted, numbered(files.articles))
    keys = files.sources or files.hypotheses
    twice = repeats([hash((key, *own)) for key, own in zip(keys, files.references, strict=True)])
    basis = Basis(len(counted), twice, empty_references, sample.articles)
    signatures = {command.name: " ".join(command.words) for command in commands}
    return PlainScores(
        tuple(
            replace(each, signature=signatures.get(each.metric, each.signature))
            for each in scored(sample, options)
        ),
        round_trip(files.sources, files.back),
        added(facts_of(files.sources, files.hypotheses) if files.sources else []),
        length_ratio(files),
        tuple(cautions(basis)),
    )


def numbered(articles: Sequence[str] | None) -> "np.ndarray[Any, np.dtype[np.int64]] | None":
    """The number of the article of each line."""
    if articles is None:
        return None
    known: dict[str, int] = {}
    return np.array([known.setdefault(each, len(known)) for each in articles], dtype=np.int64)


def round_trip(sources: Sequence[str] | None, back: Sequence[str] | None) -> Score | None:
    """ChrF2++ of what came back against the source; sentences without a source are passed over."""
    if sources is None or back is None:
        return None
    there = [(ours, source) for ours, source in zip(back, sources, strict=True) if source.strip()]
    if not there:
        return None
    counted = statistics_of([ours for ours, _ in there], [source for _, source in there])
    from eval.metrics import scores

    return next(each for each in scores(counted) if each.metric == "chrF2++")


def length_ratio(files: PlainFiles) -> float | None:
    """English words for each word of the source."""
    total = sum(map(words, files.sources or ()))
    return round(sum(map(words, files.hypotheses)) / total, 4) if total else None

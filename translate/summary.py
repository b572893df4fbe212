"""What a finished run says: lines for a person, an object for a machine."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from eval.metrics import Score
from eval.run_scores import RunScores
from translate.memory import Memory
from translate.quality.glossary import TermsKept
from translate.quality.tally import suspect_lines


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """What the translation memory gave to a run.

    Attributes:
        asked: distinct sentences that were looked up.
        hits: of these, those that it had.
        entries: translations in it, of all runs.
        bytes: of its file.
    """

    asked: int
    hits: int
    entries: int
    bytes: int

    @property
    def rate(self) -> float:
        """Share of the sentences that it had, in [0, 1]."""
        return self.hits / self.asked if self.asked else 0.0


def used_of(memory: Memory) -> MemoryUse:
    """What a memory gave until now."""
    return MemoryUse(memory.counts.asked, memory.counts.hits, *memory.size())


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    Attributes:
        folder: the run folder.
        digest: of all that was read.
        articles: finished ones.
        sentences: translated ones, repetitions included.
        words: Indonesian words among them.
        rejected: lines dropped.
        resumed: articles that an earlier, interrupted run had done.
        seconds: from start to end.
        translating_seconds: of these, reading, cleaning and translating.
        words_per_second: translated words a second of the latter, model loading not counted.
        failures: path and reason of every article that could not be read.
        without_article: names of reference files that no article has.
        scores: of the corpus; their coverage is None without references.
        memory: None where none was used.
        suspects: rows with each flag, the most frequent first.
        glossary: how many of its terms came through; None without one.
        pace: seconds since the start of translating, and words a second until then.
        dedupe: whether what repeats earlier articles and sentences was left out.
    """

    folder: Path
    digest: str
    articles: int
    sentences: int
    words: int
    rejected: int
    resumed: int
    seconds: float
    translating_seconds: float
    words_per_second: float
    failures: tuple[tuple[str, str], ...]
    without_article: tuple[str, ...]
    scores: RunScores
    memory: MemoryUse | None = None
    suspects: Mapping[str, int] = field(default_factory=dict)
    glossary: TermsKept | None = None
    pace: tuple[tuple[float, float], ...] = ()
    dedupe: bool = False

    def lines(self) -> Iterator[str]:
        """What a person reads when a run has ended."""
        again = f" ({self.resumed} from before)" if self.resumed else ""
        yield (
            f"{self.articles} articles{again}, {self.sentences:,} sentences, "
            f"{self.words:,} words translated in {self.translating_seconds:.1f} s "
            f"({self.words_per_second:,.0f} words/s); {self.rejected:,} lines dropped"
        )
        if (memory := self.memory) and memory.hits:
            yield (
                f"{100 * memory.rate:.0f} % of the sentences from the translation memory "
                f"({memory.entries:,} entries, {memory.bytes / 1e6:,.1f} MB)"
            )
        yield from suspect_lines(self.suspects, self.glossary)
        if self.scores.coverage is not None:
            yield f"{100 * self.scores.coverage:.0f} % of the reference words aligned"
            yield from score_lines(self.scores)
        if self.without_article:
            names = ", ".join(self.without_article[:5])
            more = len(self.without_article) - 5
            yield f"references without an article: {names}{f' and {more} more' if more > 0 else ''}"
        yield f"look at {self.folder / 'report.html'}"

    def as_json(self) -> dict[str, Any]:
        """The summary for machines; of the scores what a person reads, all are in `scores.json`."""
        entries = {each.name: getattr(self, each.name) for each in fields(self)}
        scores = self.scores.headline() if self.scores.coverage is not None else None
        memory = asdict(self.memory) if self.memory else None
        glossary = asdict(self.glossary) if self.glossary else None
        return {
            **entries,
            "folder": str(self.folder),
            "scores": scores,
            "memory": memory,
            "glossary": glossary,
        }


def score_lines(scores: RunScores) -> Iterator[str]:
    """One line a metric: the aligned pairs alone, and the rest as empty, with 95 % intervals."""
    rest = f"the other {100 * (1 - (scores.coverage or 0)):.0f} %"
    for index, adjusted in enumerate(scores.adjusted):
        alone = between(scores.aligned[index]) if scores.aligned else "–"
        yield (
            f"  {adjusted.metric:<8}{alone} aligned pairs alone, "
            f"{between(adjusted)} with {rest} as empty translations"
        )
    for warning in scores.warnings:
        yield f"  note: {warning}"


def between(score: Score) -> str:
    """A score with its interval, "18.84 (15.4-22.0)"."""
    if score.low is None or score.high is None:
        return f"{score.value:6.2f}"
    return f"{score.value:6.2f} ({score.low:.1f}-{score.high:.1f})"

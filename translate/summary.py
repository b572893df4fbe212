"""What a finished run says: lines for a person, an object for a machine."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.coverage import PartialScores


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
        scores: None without references.
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
    scores: PartialScores | None

    def lines(self) -> Iterator[str]:
        """What a person reads when a run has ended."""
        again = f" ({self.resumed} from before)" if self.resumed else ""
        yield (
            f"{self.articles} articles{again}, {self.sentences:,} sentences, "
            f"{self.words:,} words translated in {self.translating_seconds:.1f} s "
            f"({self.words_per_second:,.0f} words/s); {self.rejected:,} lines dropped"
        )
        if scores := self.scores:
            yield f"{100 * scores.coverage:.0f} % of the reference words aligned"
            for index, adjusted in enumerate(scores.adjusted):
                alone = f"{scores.aligned[index].value:6.2f}" if scores.aligned else "     –"
                yield (
                    f"  {adjusted.metric:<8}{alone} aligned pairs alone, "
                    f"{adjusted.value:6.2f} with unaligned references as empty"
                )
        if self.without_article:
            names = ", ".join(self.without_article[:5])
            more = len(self.without_article) - 5
            yield f"references without an article: {names}{f' and {more} more' if more > 0 else ''}"
        yield f"look at {self.folder / 'report.html'}"

    def as_json(self) -> dict[str, Any]:
        """The summary for machines."""
        scores = self.scores.as_json() if self.scores else None
        return {**asdict(self), "folder": str(self.folder), "scores": scores}

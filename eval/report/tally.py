"""What is counted while the rows of a page go by: scores, lengths, flags, coverage."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from eval.report.passages import Passage
from eval.report.run_files import Record


@dataclass(frozen=True, slots=True)
class Scored:
    """A row with a reference.

    Attributes:
        score: chrF++ of the first run's English, 0 to 100.
        words: of the Indonesian.
        confidence: of the alignment, in (0, 1).
    """

    score: float
    words: int
    confidence: float


@dataclass(frozen=True, slots=True)
class ArticleTally:
    """Counts of one article.

    Attributes:
        path: of the article.
        rows: all of them.
        aligned: rows with a reference.
        flagged: rows that look wrong.
        unaligned: reference sentences that no row has.
        coverage: share of the reference words that are aligned; None without a reference.
        score: mean chrF++ of the aligned rows; None when there is none.
    """

    path: str
    rows: int
    aligned: int
    flagged: int
    unaligned: int
    coverage: float | None
    score: float | None


@dataclass(slots=True)
class Tally:
    """Counts of a whole page.

    Attributes:
        scored: the rows with a reference.
        flags: rows by the name of what looks wrong with them.
        rejected: dropped lines by label and rule.
        orphans: reference sentences that belong to no article.
    """

    articles: list[ArticleTally] = field(default_factory=list)
    scored: list[Scored] = field(default_factory=list)
    flags: Counter[str] = field(default_factory=Counter)
    rejected: Counter[tuple[str, str]] = field(default_factory=Counter)
    orphans: list[str] = field(default_factory=list)
    rows: int = 0
    flagged: int = 0

    def add(
        self,
        article: ArticleTally,
        found: Sequence[Passage],
        scores: Sequence[Sequence[float | None]],
    ) -> None:
        """Count an article."""
        self.articles.append(article)
        self.rows += article.rows
        self.flagged += article.flagged
        for passage, own in zip(found, scores, strict=True):
            self.flags.update(passage.flags)
            if own[0] is not None:
                words = len(passage.source.split())
                self.scored.append(Scored(own[0], words, passage.confidence or 0.0))

    @property
    def aligned(self) -> int:
        """Rows with a reference."""
        return sum(article.aligned for article in self.articles)


def article_tally(
    path: str,
    found: Sequence[Passage],
    scores: Sequence[float | None],
    unaligned: Sequence[Record],
) -> ArticleTally:
    """Count the rows of an article, with the scores of the first run's English."""
    reached = sum(len(passage.reference.split()) for passage in found if passage.reference)
    missed = sum(len(str(each.get("text") or "").split()) for each in unaligned)
    present = [score for score in scores if score is not None]
    return ArticleTally(
        path=path,
        rows=len(found),
        aligned=sum(passage.reference is not None for passage in found),
        flagged=sum(bool(passage.flags) for passage in found),
        unaligned=len(unaligned),
        coverage=reached / (reached + missed) if reached + missed else None,
        score=sum(present) / len(present) if present else None,
    )

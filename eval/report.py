"""The page that shows a run: what was done, how it scores, and every row side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora.files import write_text
from corpora.row import Row
from eval.coverage import PartialScores


@dataclass(frozen=True, slots=True)
class ReportArticle:
    """An article with its rows and the reference sentences that no row has."""

    path: str
    rows: Sequence[Row]
    unaligned: Sequence[str]

    @property
    def aligned(self) -> int:
        """Rows that have a reference."""
        return sum(row.reference is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What the page shows."""

    title: str
    model: str
    articles: Sequence[ReportArticle]
    rejected: int
    failures: Sequence[tuple[str, str]]
    words_per_second: float
    scores: PartialScores | None

    @property
    def rows(self) -> int:
        """Rows of all articles."""
        return sum(len(article.rows) for article in self.articles)

    @property
    def aligned(self) -> int:
        """Rows with a reference, of all articles."""
        return sum(article.aligned for article in self.articles)

    @property
    def flagged(self) -> int:
        """Rows that look wrong."""
        return sum(bool(row.flags) for article in self.articles for row in article.rows)


def render(page: ReportPage) -> str:
    """The page as HTML; all text of articles is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("eval"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(page=page)


def write_report(path: Path, page: ReportPage) -> None:
    """Write the page, whole or not at all."""
    write_text(path, render(page))

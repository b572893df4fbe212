"""Articles and rows that repeat earlier ones: marked with flags, or left out of the corpus."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpora.near_duplicates import DuplicateFinder, Duplicates
from corpora.row import Row
from translate.pairing import Article

ARTICLE, SENTENCE = "near-duplicate", "duplicate-sentence"


def marked(
    paired: Iterable[Article], *, dedupe: bool, file: Path | None = None
) -> Iterator[Article]:
    """Yield the articles with what repeats an earlier one marked.

    Args:
        paired: by path, so that the same input gives the same marks.
        dedupe: whether what repeats is left out of the rows. The reference sentences of a row that
            is left out are left out with it; they count neither as aligned nor as missed.
        file: where to remember what went by, gone in the end.
    """
    with DuplicateFinder(file) as finder:
        for article in paired:
            found = finder.look(article.path, [row.source for row in article.rows])
            yield without_repeats(article, found) if dedupe else with_marks(article, found)


def with_marks(article: Article, found: Duplicates) -> Article:
    """The article with flags on what repeats an earlier one."""
    again = found.of is not None
    rows = (
        flagged(row, ((ARTICLE, again), (SENTENCE, number in found.sentences)))
        for number, row in enumerate(article.rows)
    )
    return replace(article, rows=tuple(rows), duplicate_of=found.of)


def without_repeats(article: Article, found: Duplicates) -> Article:
    """The article without what repeats an earlier one."""
    article = with_marks(article, found)
    return replace(
        article,
        rows=tuple(row for row in article.rows if not repeats(row)),
        unaligned=() if found.of else article.unaligned,
        left_out=tuple(row for row in article.rows if repeats(row)),
    )


def flagged(row: Row, marks: Iterable[tuple[str, bool]]) -> Row:
    """The row with the flags that hold of it."""
    names = {name for name, holds in marks if holds}
    return replace(row, flags=tuple(sorted({*row.flags, *names}))) if names else row


def repeats(row: Row) -> bool:
    """Tell whether a row, or its article, repeats an earlier one."""
    return ARTICLE in row.flags or SENTENCE in row.flags


def rejections(paired: Iterable[Article]) -> Iterator[Mapping[str, Any]]:
    """What is left out, as `rejected.jsonl` has it."""
    for article in paired:
        for row in article.left_out:
            yield {
                "file": article.path,
                "line": row.line,
                "start": row.start,
                "end": row.end,
                "label": "duplicate",
                "rule": ARTICLE if ARTICLE in row.flags else SENTENCE,
                "score": 1.0,
                "text": row.source_raw,
            }

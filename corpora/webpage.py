"""Articles of web pages: main text and metadata, extracted by trafilatura."""

import logging
from collections.abc import Iterator
from functools import cache
from typing import Any

from corpora.article import article
from corpora.document import Document, Metadata
from corpora.encoding import decoded_page
from corpora.markup import running_text, without_table_marks, without_tags
from corpora.source import ReadingOptions, Source, Unreadable, whole

PAGES_BETWEEN_CLEANUPS = 500  # the libraries keep tables of what they saw; they would only grow


def read_webpage(source: Source, options: ReadingOptions) -> Iterator[Document]:
    """Yield the article of an HTML file.

    Raises:
        Unreadable: as `whole` and `extracted`.
    """
    data = whole(source, options)
    html, encoding = decoded_page(data, source)
    text, metadata = extracted(html, source)
    yield article(
        source.path, text, name=source, steps=(encoding, "html"), data=data, metadata=metadata
    )


def extracted(html: str, name: object, url: str | None = None) -> tuple[str, Metadata]:
    """Main text, a paragraph a line, and metadata of a page.

    Args:
        html: the page.
        name: what a complaint calls it.
        url: where it was fetched, if that is known; the page's own address goes first.

    Raises:
        Unreadable: no article is found in it.
    """
    if not html.strip():
        raise Unreadable(f"{name}: empty; remove it or fetch the page again")
    try:
        found = extractor()(html)
    except Exception as error:  # foreign parsers meet foreign pages: one must not end a run
        raise Unreadable(
            f"{name}: cannot be read as HTML ({type(error).__name__}: {one_line(error)}); "
            "save its text as .txt"
        ) from None
    if found is None or not (found.text or "").strip():
        text, found = all_text(html, name), metadata_of(html)
    else:
        text = without_table_marks(found.text)
    return text, Metadata(
        title=found.title,
        date=found.date,
        author=found.author,
        site=found.sitename or found.hostname,
        url=found.url or url,
    )


def all_text(html: str, name: object) -> str:
    """All lines of a page in which no article was told from the rest, if it has running text.

    Raises:
        Unreadable: it has none.
    """
    text = without_tags(html)
    if not running_text(text):
        raise Unreadable(f"{name}: no article found in this HTML page; save its text as .txt")
    return text


def metadata_of(html: str) -> Any:
    """What trafilatura finds of a page without its text."""
    from trafilatura.metadata import Document as Known
    from trafilatura.metadata import extract_metadata

    try:
        return extract_metadata(html, extensive=False) or Known()
    except Exception:  # foreign parsers meet foreign pages
        return Known()


@cache
def extractor() -> Any:
    """A function from the source of a page to what trafilatura found in it, or None."""
    from trafilatura import bare_extraction
    from trafilatura.meta import reset_caches

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    pages = 0

    def extract(html: str) -> Any:
        nonlocal pages
        pages += 1
        if pages % PAGES_BETWEEN_CLEANUPS == 0:
            reset_caches()
        return bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )

    return extract


def one_line(error: Exception) -> str:
    """What an error says, without line breaks."""
    return " ".join(str(error).split())[:200]

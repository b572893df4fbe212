"""Articles of web pages: main text and metadata, extracted by trafilatura."""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from corpora.article import article
from corpora.document import Document, Metadata
from corpora.encoding import decoded_page
from corpora.markup import running_text, without_table_marks, without_tags
from corpora.source import ReadingOptions, Source, Unreadable, whole
from corpora.tags import with_signs_as_text

PAGE_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?xml[^<>]*>|<!--(?:(?!-->).){0,2000}-->)*<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
PAGES_BETWEEN_CLEANUPS = 500  # the libraries keep tables of what they saw; they would only grow


def read_webpage(source: Source, options: ReadingOptions) -> Iterator[Document]:
    """Yield the article of an HTML file.

    Raises:
        Unreadable: as `whole` and `page_article`.
    """
    yield page_article(whole(source, options), source)


def page_article(data: bytes, source: Source) -> Document:
    """The article of a page.

    Raises:
        Unreadable: as `extracted`, or the page is in an unknown encoding.
    """
    html, encoding = decoded_page(data, source)
    text, metadata = extracted(html, source)
    steps = (encoding, "html")
    return article(source.path, text, name=source, steps=steps, data=data, metadata=metadata)


def begins_page(data: bytes) -> bool:
    r"""Tell whether data begins as an HTML page does, whatever its name says.

    >>> begins_page(b"\xef\xbb\xbf\n<!DOCTYPE html>"), begins_page(b"<p>Beras</p>")
    (True, False)
    """
    return PAGE_BEGINNING.match(data) is not None


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
        found = extractor()(with_signs_as_text(html, is_page=True))
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

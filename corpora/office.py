"""Articles of Word files (`.docx`), read by python-docx."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from corpora.address import leads_out
from corpora.article import article
from corpora.document import Document, Metadata
from corpora.source import ReadingOptions, Source, Unreadable, whole
from corpora.webpage import one_line

UNPACKED = 20  # times the limit of an article: pictures are larger than text, bombs are larger yet


def read_docx(source: Source, options: ReadingOptions) -> Iterator[Document]:
    """Yield the article of a Word file: paragraphs and cells of tables, a line each.

    Headers, footers, footnotes and comments are not read.

    Raises:
        Unreadable: it is no Word file, or unpacks to far more than an article.
    """
    data = whole(source, options)
    unpackable(data, source, options)
    from docx import Document as open_document

    try:
        found = open_document(io.BytesIO(data))
        text = "\n".join(lines_in(found))
        known = found.core_properties
        metadata = Metadata(title=known.title or None, author=known.author or None)
    except Exception as error:  # foreign parsers meet foreign files: one must not end a run
        raise not_word(source, one_line(error)) from None
    yield article(source.path, text, name=source, steps=("docx",), data=data, metadata=metadata)


def lines_in(part: Any) -> Iterator[str]:
    """The paragraphs of a document or a cell, tables inside included, in order."""
    from docx.table import Table

    for block in part.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = {id(cell._tc): cell for cell in row.cells}  # merged ones stand twice
                for cell in cells.values():
                    yield from lines_in(cell)
        else:
            yield block.text


def unpackable(data: bytes, source: Source, options: ReadingOptions) -> None:
    """See that the archive is one, and that it unpacks to a bearable size, before it is opened.

    Raises:
        Unreadable: it is not.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise not_word(source, one_line(error)) from None
    for member in members:
        if leads_out(member.filename):
            raise Unreadable(
                f"{source}: the name {member.filename!r} inside leads out of the archive; "
                "save the document again"
            )
    size, limit = sum(member.file_size for member in members), UNPACKED * options.largest_bytes
    if size > limit:
        raise Unreadable(
            f"{source}: unpacks to {size / 1e6:.0f} MB, expected under {limit / 1e6:.0f} MB; "
            "save its text as .txt"
        )


def not_word(source: Source, why: str) -> Unreadable:
    """The complaint about a file that python-docx cannot open."""
    return Unreadable(f"{source}: not a Word file ({why}); save it again as .docx or .txt")

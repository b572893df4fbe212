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

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Settings, deleted and moved text, codes of fields, what stands above ruby, boxes (see `blocks`)
PASSED_OVER = frozenset(
    [
        *("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sectPr", "del", "moveFrom"),
        *("instrText", "delText", "rt", "txbxContent", FALLBACK),
    ]
)
UNPACKED = 20  # times the limit of an article: pictures are larger than text, bombs are larger yet


def read_docx(source: Source, options: ReadingOptions) -> Iterator[Document]:
    """Yield the article of a Word file: paragraphs and cells of tables, a line each, then notes.

    Tracked changes are taken as accepted. Headers, footers and comments are not read.

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


def lines_in(document: Any) -> Iterator[str]:
    """The text of a Word document as it stands with all changes accepted, then its notes.

    python-docx alone passes over what a tracked change, a form field or a text box holds.
    """
    from docx.oxml import parse_xml

    yield from blocks(document.element.body)
    for relation in document.part.rels.values():
        if relation.reltype.rpartition("/")[2] in ("footnotes", "endnotes"):
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{WORD}type") is None:  # the others are lines between text and notes
                    yield from blocks(note)


def blocks(part: Any) -> Iterator[str]:
    """The paragraphs in a part of a document, those in tables and boxes included, in order."""
    for element in part:
        name = str(element.tag).removeprefix(WORD)
        if name == "p":
            yield "".join(signs(element))
            for box in boxes(element):
                yield from blocks(box)
        elif name not in PASSED_OVER:
            yield from blocks(element)


def boxes(part: Any) -> Iterator[Any]:
    """The text boxes in a paragraph, but for those inside of another one."""
    for element in part:
        if element.tag == f"{WORD}txbxContent":
            yield element
        elif element.tag != FALLBACK:  # what says the same again for old programs
            yield from boxes(element)


def signs(part: Any) -> Iterator[str]:
    """What stands in a paragraph, piece by piece."""
    for element in part:
        name = str(element.tag).removeprefix(WORD)
        if name == "t":
            yield element.text or ""
        elif name in SIGNS:
            yield SIGNS[name]
        elif name not in PASSED_OVER:
            yield from signs(element)


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

"""A page as it was read, and its lines with what the cleaner thought of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text; None where nothing is known.

    Attributes:
        title: headline, as the page or the table states it; it need not stand in the text.
        date: of publication, as it is stated (ISO 8601 where an extractor found it).
        author: names, separated by `; ` or `, `.
        site: name of the outlet.
        url: address of the page.
    """

    title: str | None = None
    date: str | None = None
    author: str | None = None
    site: str | None = None
    url: str | None = None


NOTHING_KNOWN = Metadata()


@dataclass(frozen=True, slots=True)
class Document:
    """One page.

    All line numbers and spans of later stages count in `text`, in characters. While `steps` is
    empty the text is the file itself, decoded as UTF-8, line ends included, a byte order mark not
    counted. Each step says what lies between the bytes and the text: an encoding (`cp1252`,
    `utf-16-le`, `utf-8+cp1252` of a file with both; the characters are still those of the file), a
    format (`html`, `docx`: the text that the extractor gave, a paragraph a line; `jsonl`, `csv`,
    `tsv`, `parquet`, `dataset`: the value of the row's text column, and behind these `html`: its
    tags are out; `warc`, or `warc-truncated` where the archive says that it lacks an end),
    `mojibake` where ftfy mended wrongly decoded lines, and `escapes` where characters stood written
    out, as `&quot;` or `=E2=80=9C` (the number of lines is the same after both, columns behind the
    mended characters are not).

    Attributes:
        path: address inside the input, with forward slashes; unique in a run. A row of a table or
            a record of an archive is `FILE#ID`, or `FILE#NUMBER` where it has no id.
        text: what the page says.
        digest: SHA-256, hexadecimal, of the file's bytes; of a row, of its text and metadata.
        metadata: what was stated beside the text.
        steps: from bytes to text, in the order in which they were done.
    """

    path: str
    text: str
    digest: str
    metadata: Metadata = NOTHING_KNOWN
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page that is not blank.

    `document.text[start:end] == text`: no line end is part of it, outer spaces are.

    Attributes:
        number: 1-based, counting blank lines too.
        start: offset of its first character in the document's text.
        end: offset after its last character.
        text: the line as it stands.
    """

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line, what it is, and why.

    Attributes:
        line: the line.
        label: one of `corpora.lines.rules.LABELS`.
        rule: name of the rule that decided.
        score: how sure the rule is that the label holds, in [0, 1].
    """

    line: Line
    label: str
    rule: str
    score: float


def lines_of(text: str) -> Iterator[Line]:
    r"""Yield the lines of a text that hold more than white space.

    Only `\n`, `\r\n` and `\r` end a line: other characters that Unicode calls line breaks occur
    inside scraped sentences.

    >>> [(line.number, line.start, line.text) for line in lines_of("a\r\n\r\n b\u2028c")]
    [(1, 0, 'a'), (3, 5, ' b\u2028c')]
    """
    start = number = 0
    if "\r" not in text:
        for number, line in enumerate(text.split("\n"), 1):
            end = start + len(line)
            if line and not line.isspace():
                yield Line(number, start, end, line)
            start = end + 1
        return
    for match in LINE_END.finditer(text):
        number += 1
        line = text[start : match.start()]
        if line.strip():
            yield Line(number, start, match.start(), line)
        start = match.end()
    if (last := text[start:]).strip():
        yield Line(number + 1, start, len(text), last)

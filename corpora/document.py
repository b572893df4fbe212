"""A page as it was read, and its lines with what the cleaner thought of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Document:
    """One page.

    Attributes:
        path: address inside the input folder, with forward slashes; unique in a run.
        text: the decoded file exactly as it stands, line ends included.
        digest: SHA-256 of the file's bytes, hexadecimal.
    """

    path: str
    text: str
    digest: str


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
        label: one of `corpora.cleaning.LABELS`.
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
    for match in LINE_END.finditer(text):
        number += 1
        line = text[start : match.start()]
        if line.strip():
            yield Line(number, start, match.start(), line)
        start = match.end()
    if (last := text[start:]).strip():
        yield Line(number + 1, start, len(text), last)

"""An Indonesian sentence of a page, and where in the raw text it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpora.document import LabelledLine
from corpora.repair import repair_line
from corpora.splitting import split_spans


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, repaired.

    `document.text[start:end] == raw`. Sentences of a page do not overlap and stand in order. A
    title that is metadata (of a web page, of a row) is no part of the text: its line is 0, its
    span 0 to 0.

    Attributes:
        line: 1-based line of the page that holds it.
        role: label of that line: `title`, `body`, or another one that the user keeps.
        start: offset of its first character in the document's text.
        end: offset after its last character.
        raw: the characters as they stand.
        text: the same with its typography repaired; what is translated.
    """

    line: int
    role: str
    start: int
    end: int
    raw: str
    text: str


def sentences_of(line: LabelledLine) -> Iterator[Sentence]:
    """The sentences of one line, in order; only white space of the line is in none of them.

    A line of nothing but white space and invisible characters has none.
    """
    text, offset = line.line.text, line.line.start
    repaired = repair_line(text, offset)
    done, spans = 0, split_spans(repaired.text)
    if repaired.is_raw:
        first = repaired.origin[0]
        for start, end in spans:
            raw = repaired.text[start:end]
            yield Sentence(line.line.number, line.label, first + start, first + end, raw, raw)
        return
    for number, span in enumerate(spans, start=1):
        # what a repair dropped behind a sentence belongs to it
        stop = repaired.origin[span.end] - offset if number < len(spans) else len(text)
        raw = text[done:stop].strip()
        start = text.index(raw, done)
        done = stop
        yield Sentence(
            line=line.line.number,
            role=line.label,
            start=offset + start,
            end=offset + start + len(raw),
            raw=raw,
            text=repaired.text[span.start : span.end],
        )

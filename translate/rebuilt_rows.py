"""Rows made again from the text of their article, each verified by its hash."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpora.document import Document, LabelledLine, Line, lines_of
from corpora.publishing.published_texts import text_hash
from corpora.references import References, Snippet
from corpora.repair import repair
from corpora.row import Row, row_id
from corpora.sentence import Sentence, sentences_of
from translate.translator import Translator


@dataclass
class Rebuilt:
    """What was made again.

    Attributes:
        rows: whose Indonesian is, character for character, what was published.
        missing: address and position of rows that the articles do not give, with the reason.
        english: rows whose machine English is not the same as published.
        references: rows whose reference was not found.
    """

    rows: int = 0
    missing: list[dict[str, Any]] = field(default_factory=list)
    english: int = 0
    references: int = 0

    def lines(self) -> Iterator[str]:
        """What a person reads."""
        yield f"{self.rows:,} rows made again and verified"
        if self.english:
            yield f"{self.english:,} machine translations differ from the published ones"
        if self.references:
            yield f"{self.references:,} references not found; name the snippets with --references"
        if self.missing:
            first = self.missing[0]
            yield (
                f"selaras: {len(self.missing):,} rows cannot be made again, the first is "
                f"{first['article']}, sentence {first['position']}: {first['reason']}; all are in "
                "missing.jsonl"
            )


def rows_of(
    document: Document,
    published: Any,
    translator: Translator | None,
    snippets: Mapping[str, Sequence[tuple[Snippet, str]]],
    done: Rebuilt,
) -> Iterator[Row]:
    """Yield the rows of an article that its text gives; count what it does not."""
    lines = tuple(lines_of(document.text))
    groups = []
    for entry in published.to_pylist():
        sentences = sentences_between(document, lines, entry)
        if sentences:
            groups.append((entry, sentences))
        else:
            reason = "the text there is another"
            done.missing.append(missing(entry["article"], entry["position"], reason))
    texts = [sentence.text for _, sentences in groups for sentence in sentences]
    english = iter(translator.translate(texts)) if translator else None
    for entry, sentences in groups:
        machine = " ".join(next(english).text for _ in sentences) if english else ""
        done.english += bool(english) and text_hash(machine) != entry["translation_hash"]
        reference = reference_of(entry, snippets)
        done.references += reference is None and entry["reference_hash"] is not None
        done.rows += 1
        yield row_of(entry, sentences, machine, reference)


def row_of(
    entry: Mapping[str, Any], sentences: Sequence[Sentence], machine: str, reference: str | None
) -> Row:
    """The row that was published as an entry."""
    values = {
        name: entry[name] for name in Row.__slots__ if name in entry and name not in ("flags",)
    }
    row = Row(
        **values,
        source_raw=" ".join(sentence.raw for sentence in sentences),
        source=" ".join(sentence.text for sentence in sentences),
        translation=machine,
        reference=reference,
        flags=tuple(entry["flags"]),
    )
    if reference is None and row.reference_id is not None:
        return replace(row, reference_id=None, alignment="1-0", alignment_score=None)
    return row


def sentences_between(
    document: Document, lines: Sequence[Line], entry: Mapping[str, Any]
) -> list[Sentence]:
    """The sentences of a row, verified by its id; none when the text is another.

    A line is split whole, as it was then; if a dateline was cut off, what is left of it is.
    """
    start, end = entry["start"], entry["end"]
    touched = [line for line in lines if line.start < end and line.end > start]
    whole = [s for line in touched for s in split_line(line) if start <= s.start and s.end <= end]
    parts = [part(line, start, end) for line in touched]
    pieces = [sentence for line in parts for sentence in split_line(line)]
    stated = document.metadata.title if entry["line"] == 0 else None  # it is not in the text
    raw = " ".join(stated.split()) if stated else document.text[start:end]
    alone = [Sentence(entry["line"], "body", start, end, raw, repair(raw))] if raw.strip() else []
    for candidate in (whole, pieces, alone):
        joined = " ".join(sentence.raw for sentence in candidate)
        if candidate and row_id(entry["article"], start, end, joined) == entry["id"]:
            return candidate
    return []


def split_line(line: Line) -> list[Sentence]:
    """The sentences of a line."""
    return (
        list(sentences_of(LabelledLine(line, "body", "rebuild", 1.0))) if line.text.strip() else []
    )


def part(line: Line, start: int, end: int) -> Line:
    """What of a line lies between two offsets."""
    first, last = max(line.start, start), min(line.end, end)
    return replace(
        line, start=first, end=last, text=line.text[first - line.start : last - line.start]
    )


def references_by_id(references: References) -> dict[str, list[tuple[Snippet, str]]]:
    """For each snippet, the sentences from it on, of all snippets of its article."""
    found: dict[str, list[tuple[Snippet, str]]] = {}
    for snippets in references.values():
        flat = [(snippet, sentence) for snippet in snippets for sentence in snippet.sentences()]
        for place, (snippet, _) in enumerate(flat):
            found.setdefault(snippet.id, flat[place:])
    return found


def reference_of(
    entry: Mapping[str, Any], snippets: Mapping[str, Sequence[tuple[Snippet, str]]]
) -> str | None:
    """The reference of a row, verified by its hash; None where there is none."""
    if entry["reference_hash"] is None:
        return None
    flat = snippets.get(entry["reference_id"], ())
    size = int(entry["alignment"].partition("-")[2] or 1)
    for place in range(len(flat)):
        if flat[place][0].id != entry["reference_id"]:
            break
        text = " ".join(sentence for _, sentence in flat[place : place + size])
        if text_hash(text) == entry["reference_hash"]:
            return text
    return None


def missing(article: str, position: int, reason: str) -> dict[str, Any]:
    """What `missing.jsonl` says of a row."""
    return {"article": article, "position": position, "reason": reason}

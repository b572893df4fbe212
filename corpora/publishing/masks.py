"""Personal data out of texts: placeholders in its place, the same on all sides of a row."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpora.fidelity.level_text import level
from corpora.publishing.personal_data import Finding, personal_data
from corpora.publishing.personal_numbers import digits
from corpora.publishing.personal_patterns import DETECTORS
from corpora.row import Row

NUMBER = re.compile(r"(?<![\w])[+(]?\d(?:[ .\-()]{0,2}\d){5,20}(?!\d)")
PLACEHOLDERS = {kind: f"[{kind.upper()}]" for kind in dict.fromkeys(d.kind for d in DETECTORS)}


def masked(text: str, findings: Iterable[Finding]) -> str:
    """The text with a placeholder for each finding.

    >>> masked("Surel: a@b.id", personal_data("Surel: a@b.id"))
    'Surel: [EMAIL]'
    """
    pieces: list[str] = []
    done = 0
    for finding in findings:
        pieces += text[done : finding.start], PLACEHOLDERS[finding.kind]
        done = finding.end
    return "".join([*pieces, text[done:]])


def masked_together(texts: Iterable[str | None]) -> tuple[list[str | None], Counter[str]]:
    """Texts that say the same with their personal data masked, and how many pieces of each kind.

    A number that is personal in one of them is masked in all: a translation may have lost the word
    that told what it is.
    """
    given = list(texts)
    each = {text: personal_data(text) for text in given if text}
    found = [each[text] if text else () for text in given]
    known = {
        digits(level(text[finding.start : finding.end])): finding.kind
        for text, findings in zip(given, found, strict=True)
        if text
        for finding in findings
        if finding.kind != "email"  # whose digits alone are nobody's
    }
    counts = Counter(finding.kind for findings in found for finding in findings)
    if not counts:
        return given, counts
    result: list[str | None] = []
    for text, findings in zip(given, found, strict=True):
        if text is None:
            result.append(None)
            continue
        extra = [again for again in repeated(text, known) if apart(again, findings)]
        counts.update(again.kind for again in extra)
        result.append(masked(text, sorted((*findings, *extra), key=lambda one: one.start)))
    return result, counts


def repeated(text: str, known: dict[str, str]) -> Iterator[Finding]:
    """Where the digits of known personal data stand in a text again."""
    for match in NUMBER.finditer(level(text)):
        kind = known.get(digits(match[0]))
        if kind:
            yield Finding(kind, match.start(), match.end())


def apart(finding: Finding, others: Iterable[Finding]) -> bool:
    """Tell whether a finding overlaps none of the others."""
    return all(finding.end <= each.start or finding.start >= each.end for each in others)


def masked_row(row: Row) -> Row:
    """A row with the personal data of all its texts masked."""
    texts, counts = masked_together((row.source_raw, row.source, row.translation, row.reference))
    if not counts:
        return row
    raw, source, translation, reference = texts
    assert raw is not None and source is not None and translation is not None
    return replace(row, source_raw=raw, source=source, translation=translation, reference=reference)

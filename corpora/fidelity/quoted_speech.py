"""Quotations of a sentence, and whether the translation keeps them as quotations.

A quotation that runs over several sentences leaves one mark in the first and one in the last; such
open ends are kept if the other side has them or closes them. Not seen is what the words inside say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpora.fidelity.comparison import NOTHING, Comparison, Finding, comparison

# Single marks quote only where they cannot be apostrophes; inches have a digit before them.
SINGLE = re.compile(r"(?<![\w'])'(?=[^\s'])((?:[^'\"]|(?<=\w)'(?=\w))*?[^\s'])'(?!\w)")
DOUBLE = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂❝❞「」『』", '"') | dict.fromkeys("‘’‚‛`´ʼ", "'"))
INCH = re.compile(r"(?<=\d)(?:\"|'')(?=[\s,.)-]|$)")
SPOKEN = re.compile(r"[.,!?]['\"]$")
ENDING = ".,!?;:)…-"
LONG = 5  # words from which a quotation is speech, which may be joined or parted by "he said"
FEWEST, MOST = 0.85, 1.8  # quoted words of the English for one of the source, if none is lost
SHARE_GAP = 0.35  # by how much the quoted shares of the words may differ


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: its text with what marks it has; open if a mark is missing."""

    text: str
    words: int
    is_open: bool = False


def straight(text: str) -> str:
    """The text with straight quotation marks, two apostrophes or backticks being a double one.

    >>> straight("“Ya,” ujar ``dia''")
    '"Ya," ujar "dia"'
    """
    return text.translate(DOUBLE).replace("''", '"')


def quotations(text: str) -> list[Quotation]:
    r"""The quotations of a text with straight marks, outer before inner.

    >>> [q.text for q in quotations('"Kami siap," katanya. Lalu: "Sekarang!"')]
    ['"Kami siap,"', '"Sekarang!"']
    >>> [(q.text, q.is_open) for q in quotations('Ia berkata, "Kami siap.')]
    [('"Kami siap.', True)]
    """
    if '"' not in text and "'" not in text:
        return []
    if '"' in text and any(sign.isdigit() for sign in text):
        text = INCH.sub(lambda match: " " * len(match[0]), text) if text.count('"') % 2 else text
    return [*doubled(text), *(made(match[0]) for match in SINGLE.finditer(text))]


def made(text: str, *, is_open: bool = False) -> Quotation:
    """A quotation of a text."""
    return Quotation(text.strip(), len(text.split()), is_open)


def doubled(text: str) -> Iterator[Quotation]:
    """Quotations in double marks; the odd one is open towards the side on which it has no space."""
    marks = without_strays(text, [at for at, sign in enumerate(text) if sign == '"'])
    at = 0
    while at < len(marks):
        here = marks[at]
        if at == 0 and len(marks) % 2 and closes(text, here):
            yield made(text[: here + 1], is_open=True)
            at += 1
        elif at + 1 < len(marks):
            inner = text[here : marks[at + 1] + 1]
            if len(inner) > 2:
                yield made(inner)
            at += 2
        else:
            yield made(text[here:] if not closes(text, here) else text[: here + 1], is_open=True)
            at += 1


def without_strays(text: str, marks: list[int]) -> list[int]:
    """The marks without those at the ends of a text in which they make no sense.

    Tables put a line that holds quotation marks into marks of their own.

    >>> text = '"Ia menyebutnya "biasa" saja."'
    >>> [text[a : b + 1] for a, b in [without_strays(text, [0, 16, 22, 29])]]
    ['"biasa"']
    """
    if len(marks) < 3:
        return marks
    for left in (marks, marks[1:-1], marks[1:], marks[:-1]):
        if len(left) % 2 == 0 and all(
            (closes if number % 2 else opens)(text, at) for number, at in enumerate(left)
        ):
            return left
    return marks


def opens(text: str, at: int) -> bool:
    """Tell whether a mark can begin a quotation: no space behind it, no letter before it."""
    return not text[at + 1 : at + 2].isspace() and not text[at - 1 : at].isalnum()


def closes(text: str, at: int) -> bool:
    """Tell whether a mark ends a quotation: a space or the end behind it, none before it."""
    after = text[at + 1 : at + 2]
    return (
        at > 0 and not text[at - 1].isspace() and (not after or after.isspace() or after in ENDING)
    )


def compared(source: str, english: str) -> Comparison:
    """Compare the quotations of a sentence with those of its translation."""
    left, right = quotations(straight(source)), quotations(straight(english))
    if not left and not right:
        return NOTHING
    return comparison(len(left), findings(source, english, left, right), "quotation")


def findings(
    source: str, english: str, left: list[Quotation], right: list[Quotation]
) -> Iterator[Finding]:
    """Quotations that became plain text, and plain text that became a quotation."""
    shares = share(left, source), share(right, english)
    gap = abs(shares[0] - shares[1])
    if len(left) == len(right):
        half = [q for q in right if q.is_open] if not any(q.is_open for q in left) else []
        if half or gap > SHARE_GAP:
            yield Finding("quotation", left[0].text, (half or right)[0].text)
        return
    if left and right and gap < SHARE_GAP and is_resplit(left, right):
        if any(q.is_open for q in right) and not any(q.is_open for q in left):
            yield Finding("quotation", left[0].text, right[0].text)
        return
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    for quotation in unmatched(longer, shorter):
        if longer is left:
            yield Finding("quotation", quotation.text, "")
        else:
            yield Finding("quotation", "", quotation.text)


def share(found: list[Quotation], text: str) -> float:
    """The share of the words of a text that is quoted, at most 1."""
    return min(1.0, sum(q.words for q in found) / max(1, len(text.split())))


def is_resplit(left: list[Quotation], right: list[Quotation]) -> bool:
    """Tell whether speech was only joined or parted: "..., he said, ..."."""
    words, others = sum(q.words for q in left), sum(q.words for q in right)
    is_long = any(q.words >= LONG for q in left) and any(q.words >= LONG for q in right)
    is_speech = is_long or all(SPOKEN.search(q.text) for q in (*left, *right))
    return is_speech and FEWEST <= others / max(1, words) <= MOST


def unmatched(longer: list[Quotation], shorter: list[Quotation]) -> list[Quotation]:
    """Those of more quotations that have no counterpart of about their length among fewer."""
    left = list(longer)
    for quotation in shorter:
        gaps = [abs(other.words - quotation.words) for other in left]
        del left[gaps.index(min(gaps))]
    return left

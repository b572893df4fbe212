"""Sentences of an Indonesian line, as spans that put together give the line back."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpora.abbreviations import ABBREVIATIONS, MAY_END

CLOSERS = "\"'”’»)\\]"
OPENERS = "\"'“‘«(\\["
# A run of sentence-final signs, closing marks, then white space (or, for a cut-out space, a
# capital letter right behind): a place where a sentence may end.
CANDIDATE = re.compile(rf"([.!?…]+)([{CLOSERS}]*)(\s+|(?=[{OPENERS}]?[A-Z][a-z]))")
LAST_TOKEN = re.compile(r"[^\s\"“”‘’'(\[]+$")
STARTS_SENTENCE = re.compile(rf"[{OPENERS}\-–—•*\s]*[A-Z\d]|[{OPENERS}]|[–—•]")
INITIAL = re.compile(r"(?:[A-Z]\.)*[A-Z]$")
LIST_NUMBER = re.compile(r"(?:^|\s)\(?(?:\d{1,2}|[a-zA-Z])$")
SPEECH_VERBS = [
    "kata",
    "ujar",
    "tutur",
    "ucap",
    "jelas",
    "tegas",
    "imbuh",
    "tambah",
    "lanjut",
    "papar",
    "terang",
    "sebut",
    "ungkap",
    "tulis",
    "pungkas",
    "tandas",
    "katanya",
    "ujarnya",
    "tuturnya",
    "ucapnya",
    "jelasnya",
    "tegasnya",
    "imbuhnya",
    "tambahnya",
    "lanjutnya",
    "paparnya",
    "terangnya",
    "sebutnya",
    "ungkapnya",
    "tulisnya",
    "pungkasnya",
    "tandasnya",
]

CONJUNCTIONS = "dan|tetapi|namun|sedangkan|sementara|karena|sehingga"
CUTS = (  # borders at which a long sentence may be cut, best first
    re.compile(rf"(?<=[;:]) |(?<=,) (?=(?:{CONJUNCTIONS}|yang|serta|kata)\b)"),
    re.compile(rf"(?<=,) | (?=(?:{CONJUNCTIONS}|bahwa|ketika|setelah)\b)"),
    re.compile(r"\s+"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """Start and end of a sentence in its line; white space between sentences is in none."""

    start: int
    end: int


def split(text: str) -> list[str]:
    """The sentences of a line, without the white space around them.

    >>> split("Rapat dipimpin Prof. Dr. Siti. Peserta 1.200 orang. “Siap,” katanya.")
    ['Rapat dipimpin Prof. Dr. Siti.', 'Peserta 1.200 orang.', '“Siap,” katanya.']
    """
    return [text[span.start : span.end] for span in split_spans(text)]


def split_spans(text: str) -> list[Span]:
    """Where the sentences of a line stand; nothing but white space lies outside them."""
    spans = []
    start = len(text) - len(text.lstrip())
    for match in CANDIDATE.finditer(text):
        if match.end() < len(text) and ends_sentence(text, start, match):
            end = match.end() - len(match[3])
            spans.append(Span(start, end))
            start = match.end()
    if text[start:].strip():
        spans.append(Span(start, len(text.rstrip())))
    return spans


def ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the sentence that began at `start` ends with this candidate."""
    signs, closers, gap = match.groups()
    rest = text[match.end() :]
    next_word = re.match(r"[^\W\d_]+", rest.lstrip("\"'“”‘’«(["))
    if not STARTS_SENTENCE.match(rest):
        return False
    if closers and next_word and next_word[0].lower() in SPEECH_VERBS and next_word[0].islower():
        return False
    if signs[-1] in "…" or signs.endswith("..."):
        return bool(next_word and next_word[0][0].isupper())
    if "." not in signs or closers:
        return True
    token = LAST_TOKEN.search(text, start, match.start())
    word = token[0] if token else ""
    if not gap:
        return word.isalpha() and len(word) > 2 and word not in ABBREVIATIONS
    return not is_abbreviated(word, text[start : match.start()], rest)


def is_abbreviated(word: str, before: str, rest: str) -> bool:
    """Tell whether the full stop behind `word` belongs to the word.

    Args:
        word: the token before the full stop.
        before: the sentence so far, `word` included.
        rest: what follows the white space.
    """
    if word in MAY_END:
        return not rest[:1].isupper() and rest[:1] not in '"“'
    if word in ABBREVIATIONS:
        return True
    if INITIAL.fullmatch(word):
        return len(before.split()) > 1 or bool(re.match(r"[A-Z]", rest))
    # "1. Rapat dibuka": the number of a list item
    return before.strip().lstrip("(") == word and bool(LIST_NUMBER.search(word))


def split_long(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Cut a sentence that is too long for a model into parts that fit, at clause borders if it can.

    Joined by a space the parts give the text back, if its white space was single spaces.

    Args:
        text: one sentence.
        fits: tells whether the model takes a text in one piece.
    """
    if fits(text):
        yield text
        return
    cut = middle_cut(text)
    if cut is None:
        yield text
        return
    yield from split_long(text[:cut].rstrip(), fits)
    yield from split_long(text[cut:].lstrip(), fits)


def middle_cut(text: str) -> int | None:
    """The place nearest the middle at which to cut: clause border, comma, space, any character."""
    middle = len(text) / 2
    for pattern in CUTS:
        places = [match.start() for match in pattern.finditer(text)]
        inside = [place for place in places if 0.15 * len(text) < place < 0.85 * len(text)]
        if inside:
            return min(inside, key=lambda place: abs(place - middle))
    return len(text) // 2 if len(text) > 1 else None

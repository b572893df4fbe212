"""Sentences of an Indonesian line, as spans that put together give the line back.

Speech of several sentences stays in one piece if it is not too long; what is too long for a model
is cut at clauses (`split_long`), and nothing is ever left out.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from corpora.abbreviations import ABBREVIATIONS, BEFORE_NUMBER, MAY_END, is_vowelless
from corpora.missing_stops import STARTERS, may_lack_stops, missing_stops
from corpora.quotation import Enclosures, quotations
from corpora.surroundings import ENDINGS

CLOSERS = "\"'”’»)\\]"
OPENERS = "\"'“‘«`(\\["
# A run of sentence-final signs, closing marks, then white space (or, for a cut-out space, a
# capital letter right behind): a place where a sentence may end.
# A run is looked at once, from its first sign: a line of nothing but dots costs no more.
CANDIDATE = re.compile(
    rf"[.!?…](?<![.!?…]{{2}})[.!?…]*+([{CLOSERS}]*)(?:\s+|(?=[{OPENERS}]?[A-Z][a-z]))"
)
LONGEST_WORD = 100  # characters before a stop that are looked at: no word or abbreviation has more
BEFORE_TOKEN = re.compile(r"[\s\"“”‘’'(\[,]")
BRACKETED = re.compile(r"\([^()]{1,200}\)")
STARTS_SENTENCE = re.compile(
    rf"[{OPENERS}\-–—•*\s]*[\dA-ZÀ-ÖØ-Þ]|[{OPENERS}–—•]|[a-z]{{1,2}}[A-Z]|detik[cN]|kumparan\b"
)
NEXT_WORD = re.compile(rf"[{OPENERS}]*([^\W\d_]+)")
INITIAL = re.compile(r"(?:[A-Z]\.)*[A-Z]")
LIST_NUMBER = re.compile(r"(?:^|[:;]\s)\(?(?:\d{1,2}|[a-zA-Z]|[IVX]+)$")
NUMBERING = re.compile(r"[A-Z\d]\.")
LARGE_NUMBER = re.compile(r"(?:Rp)?(?:\d{1,3}(?:\.\d{3})+|\d{3,})%?")  # smaller ones number a list
GROUPED = re.compile(r"(?:Rp|US\$)?\d{1,3}(?:\.\d{3})+")
# Nouns that a single letter follows as a name of its own: "Grup C.", "vitamin D.", "kuartal I."
LETTERED = frozenset(
    [
        *(
            "abjad",
            "babak",
            "bagian",
            "blok",
            "derajat",
            "divisi",
            "dunia",
            "fase",
            "gedung",
            "gerbang",
        ),
        *("golongan", "grup", "hepatitis", "huruf", "influenza", "kategori", "kelas"),
        *("kelompok", "kolom", "kuartal", "liga", "nilai", "opsi", "paket", "plan", "pool"),
        *("predikat", "rencana", "rute", "seksi", "semester", "seri", "tahap", "terminal"),
        *("tim", "tipe", "tribun", "triwulan", "virus", "vitamin", "zona"),
    ]
)

CONJUNCTIONS = "dan|tetapi|namun|sedangkan|sementara|karena|sehingga"
CUTS = (  # borders at which a long sentence may be cut, best first
    re.compile(r"(?<=[.!?]) (?=[A-Z“\"])"),
    re.compile(rf"(?<=[;:]) |(?<=,) (?=(?:{CONJUNCTIONS}|yang|serta|kata)\b)"),
    re.compile(rf"(?<=,) | (?=(?:{CONJUNCTIONS}|bahwa|ketika|setelah)\b)"),
    re.compile(r"\s+"),
)


class Span(NamedTuple):
    """Start and end of a sentence in its line; white space between sentences is in none."""

    start: int
    end: int


def split(text: str) -> list[str]:
    """The sentences of a line, without the white space around them.

    >>> split("Rapat dipimpin Prof. Dr. Siti. Peserta 1.200 orang. “Siap. Ayo,” katanya.")
    ['Rapat dipimpin Prof. Dr. Siti.', 'Peserta 1.200 orang.', '“Siap. Ayo,” katanya.']
    """
    return [text[span.start : span.end] for span in split_spans(text)]


def split_spans(text: str) -> list[Span]:
    """Where the sentences of a line stand; nothing but white space lies outside them."""
    spans = stopped_spans(text)
    if not may_lack_stops(text):
        return spans
    return [part for span in spans for part in cut(text, span)]


def stopped_spans(text: str) -> list[Span]:
    """Where the sentences stand, going by full stops and their like."""
    start = len(text) - len(text.lstrip())
    if not has_inner_stop(text):
        return [Span(start, len(text.rstrip()))] if start < len(text) else []
    spans = []
    whole = None
    for match in CANDIDATE.finditer(text, start):
        sign_end, end = match.end(1), match.end()
        if end == len(text) or not ends_sentence(text, start, match):
            continue
        if whole is None:
            whole = Enclosures(enclosed(text))
        if not whole.hold(sign_end):
            spans.append(Span(start, sign_end))
            start = end
    if start < len(text):
        spans.append(Span(start, len(text.rstrip())))
    return spans


def has_inner_stop(text: str) -> bool:
    """Tell whether a sign that may end a sentence stands before the last character.

    >>> has_inner_stop("Harga beras naik."), has_inner_stop("Harga naik 1.200 rupiah.")
    (False, True)
    """
    before = text[:-1]
    return "." in before or "?" in before or "!" in before or "…" in before


def cut(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a span at the end of which there is a stop, if others in it lack theirs."""
    start = span.start
    for place in missing_stops(text, start, span.end):
        yield Span(start, start + len(text[start:place].rstrip()))
        start = place
    yield Span(start, span.end)


def enclosed(text: str) -> list[tuple[int, int]]:
    """Quotations and brackets, inside of which no sentence ends."""
    found = list(quotations(text)) if '"' in text or "“" in text else []
    if "(" in text:
        found += [match.span() for match in BRACKETED.finditer(text)]
    return found


def ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the sentence that began at `start` ends with this candidate."""
    sign, end, closers = match.start(), match.end(), match[1]
    word = text[max(text.rfind(" ", start, sign) + 1, start, sign - LONGEST_WORD) : sign]
    if match[0] == ". " and len(word) > 4 and word.isalpha() and text[end].isupper():
        return word not in ABBREVIATIONS  # most candidates end here
    word = BEFORE_TOKEN.split(word)[-1]
    rest = text[end : end + 80]
    if not STARTS_SENTENCE.match(rest) and not is_written_small(text, start, word, rest):
        return False
    signs = text[sign : match.start(1)]
    if signs[-1] == "…" or signs.endswith("..."):
        following = NEXT_WORD.match(rest)
        return following is not None and following[1][0].isupper()
    if "." not in signs or (closers and ")" not in closers):
        return True
    if end == match.end(1):
        return is_space_missing(word, rest)
    return not is_abbreviated(word, text[max(start, sign - 80) : sign], rest)


def is_space_missing(word: str, rest: str) -> bool:
    """Tell whether a sentence ends between `word`, a stop and `rest` although no space does."""
    following = NEXT_WORD.match(rest)
    is_name = following is not None and following[1].lower() in ENDINGS  # "laporan.Pdf"
    word = word.rstrip(')”’"')
    if LARGE_NUMBER.fullmatch(word):
        return True
    if not word.isalpha() or len(word) < 3 or is_name:
        return False
    return word not in ABBREVIATIONS and not is_vowelless(word)  # "PN Jkt.Pst"


def is_written_small(text: str, start: int, word: str, rest: str) -> bool:
    """Tell whether the writer begins sentences with small letters: this one begins with one."""
    return text[start].islower() and rest[:1].islower() and len(word) > 3 and word.isalpha()


def is_abbreviated(word: str, before: str, rest: str) -> bool:
    """Tell whether the full stop behind `word` belongs to the word.

    Args:
        word: the token before the full stop.
        before: the sentence so far, or its last 80 characters, `word` included.
        rest: what follows the white space.
    """
    before = before.strip()
    if LIST_NUMBER.search(before) and (before.lstrip("(") == word or word.isdigit()):
        return True
    if word.isdigit() or GROUPED.fullmatch(word):
        return bool(re.match(r"000\b" if word.isdigit() else r"\d{3}\b", rest))
    following = NEXT_WORD.match(rest)
    if following and following[1] in STARTERS:
        return False
    previous = before[: len(before) - len(word)].rsplit(maxsplit=1)[-1:]
    return is_short(word, previous[0] if previous else "", rest)


def is_short(word: str, previous: str, rest: str) -> bool:
    """Tell whether `word` is an abbreviation here, between the word before it and what follows."""
    if word in BEFORE_NUMBER:
        return bool(re.match(r"[\dIVXLC]", rest))
    is_dotted = INITIAL.fullmatch(word) is not None
    if word in MAY_END and is_dotted and previous[:1].isupper() and previous[-1] != ",":
        return True  # not a degree but a name: "Jl. M.H. Thamrin"
    if word in MAY_END:
        return not ends_behind_abbreviation(word, rest)
    if word in ("M", "H") and previous[-1:].isdigit():  # Masehi, Hijriah
        return False
    if word in ABBREVIATIONS:
        return True
    if is_dotted:
        return previous.lower() not in LETTERED
    if previous in ("No.", "Nomor", "nomor") and NUMBERING.match(rest):
        return True
    return is_vowelless(word) and not previous[-1:].isdigit()


def ends_behind_abbreviation(word: str, rest: str) -> bool:
    """Tell whether a sentence ends behind an abbreviation that may stand last in one."""
    token = rest.split(maxsplit=1)[0] if rest.split() else ""
    if (token.rstrip(".,") in MAY_END and token[-1:] in ".,") or token.lower() in ("c/o", "d/a"):
        return False
    return rest[:1].isupper() or rest[:1] in '"“' or (word.isupper() and rest[:1].isdigit())


def split_long(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Cut a sentence that is too long for a model into parts that fit, at clause borders if it can.

    Joined by a space the parts give the text back, if its white space was single spaces and each of
    its words fits; a word that does not is cut inside, and joining leaves a space there.

    Args:
        text: one sentence.
        fits: tells whether the model takes a text in one piece.
    """
    if fits(text):
        yield text
        return
    cut_at = middle_cut(text)
    if cut_at is None:
        yield text
        return
    yield from split_long(text[:cut_at].rstrip(), fits)
    yield from split_long(text[cut_at:].lstrip(), fits)


def middle_cut(text: str) -> int | None:
    """The place nearest the middle to cut at: sentence, clause, comma, space, any character."""
    middle = len(text) / 2
    for pattern in CUTS:
        places = [match.start() for match in pattern.finditer(text)]
        if pattern is not CUTS[-1]:  # a clause near the end leaves a part too short to translate
            places = [place for place in places if 0.15 * len(text) < place < 0.85 * len(text)]
        inside = [place for place in places if 0 < place < len(text)]
        if inside:
            return min(inside, key=lambda place: abs(place - middle))
    return len(text) // 2 if len(text) > 1 else None

"""How a line is written: clues of its length and end, its words, and the signs of a site in it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from corpora.lines.evidence import APPEALS, Clue
from corpora.word_counts import word_list

SYMBOL = re.compile(r"[|©#›»→←•♥]|=>|\bt\.me\b|[\U0001F300-\U0001FAFF]")
DAY = re.compile(
    r"\b\d{1,2}[ /.-](?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec|\d{1,2}\b)"
    r"\w*[ /.,-]+(?:19|20)\d\d\b",
    re.I,
)
DAY_SIGN = re.compile(r"\d[ /.-][JFMASOND\djfmasond]")  # found faster, and few lines have it
CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b")
LISTS = ("call", "offer", "site", "company", "camera", "report", "reader")
CALLS = word_list("call")
OPENINGS = {
    **dict.fromkeys("\"“”'‘", "opens-quotation"),
    **dict.fromkeys("0123456789", "opens-number"),
}
ENDINGS = {",": "goes-on", ";": "goes-on", "-": "goes-on", "!": "shouts", ")": "ends-bracket"}
REMEMBERED = 8192  # findings


def signs(text: str, shape: bytes, *, address: bool, dotted: bool) -> tuple[str, ...]:
    """Names of the signs of a site that a line has: addresses, symbols, days and clock times.

    Args:
        text: the line.
        shape: what its characters are (see `SHAPES`).
        address: whether it holds an address.
        dotted: whether a letter stands right behind a full stop.
    """
    found = ["address"] if address else []
    may_have = dotted or not shape.isascii() or b"|" in shape or b"#" in shape or b"=>" in shape
    if may_have and SYMBOL.search(text):
        found.append("symbol")
    if b"0" in shape:
        if b"0000" in shape and DAY_SIGN.search(text) and DAY.search(text):
            found.append("day")
        if (b"0.00" in shape or b"0:00" in shape) and CLOCK.search(text):
            found.append("clock")
    return tuple(found)


def written(text: str, kind: str, length: int, digits: int) -> Clue:
    """How long a line is, how it opens and ends, and how much of it is digits."""
    first = text[0]
    opens = "-"
    if first.islower():
        opens = "opens-small"
    elif not first.isalpha():
        opens = OPENINGS.get(first) or ("-" if first.isalnum() else "opens-symbol")
    share = bisect_right((0.001, 0.1, 0.3, 0.6), digits / len(text)) if digits else 0
    return "written", kind, length, opens, ENDINGS.get(text[-1], "-"), share


def of_words(text: str, found: Sequence[str], kind: str, grammar: float, capitals: float) -> Clue:
    """What the words of a line say.

    Args:
        text: the line.
        found: its words in small letters, one at least.
        kind: of the line.
        grammar: share of function words.
        capitals: share of words that begin with a capital.
    """
    level = bisect_right((0.15, 0.35, 0.6, 0.85), capitals)
    steps = bisect_right((0.01, 0.1, 0.2, 0.35), grammar)
    return "words", kind, steps, level, text.isupper(), found[0] in CALLS


@lru_cache(maxsize=REMEMBERED)  # few words are notable: the same few findings come back
def of_lists(
    numbers: tuple[int, ...], kind: str, count: int
) -> tuple[tuple[str, ...], tuple[Clue, ...]]:
    """Which lists appeal to the reader, and how many of so many words stand in each of `LISTS`."""
    known = {name: number for name, number in zip(LISTS, numbers, strict=True) if number}
    clues = (
        ("list", kind, name, min(number, 3), bisect_right((0.08, 0.2, 0.5), number / count))
        for name, number in known.items()
    )
    return tuple(filter(known.__contains__, APPEALS)), tuple(clues)


def capitals(text: str) -> float:
    """Share of the words of a line that begin with a capital, of those that begin with a letter.

    >>> capitals("Harga Beras naik 4 persen")
    0.5
    """
    initials = "".join([word[0] for word in text.split()])
    return sum(map(str.isupper, initials)) / (sum(map(str.isalpha, initials)) or 1)


def capitals_of_ascii(shape: bytes) -> float:
    """The same of a line in ASCII, from what its characters are, behind a space.

    >>> capitals_of_ascii(b" Aaaaa Aaaaa aaaa 0 aaaaaa")
    0.5
    """
    capital = shape.count(b" A")
    return capital / (capital + shape.count(b" a") or 1)

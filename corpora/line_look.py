"""How a line looks by itself: its length and end, its words, and the signs of a site in it.

What is seen of a line is a few clues (see `corpora/line_evidence.py`). The same short lines come
back on every page of a site, so how they look is remembered.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from corpora.language import SORTS, by_words, plain, sounds_foreign, words_of
from corpora.line_evidence import APPEALS, OWN, Clue
from corpora.line_marks import marks_of
from corpora.word_counts import WordCounter, isin, word_list

STOP = re.compile(r"[.!?…][\s\"'”’»)\]*]*(\([a-z/]{2,12}\)|\[[a-z/]{2,8}\])?\s*$")
SENTENCE_END = re.compile(r"[.!?…][\s\"'”’»)\]]*(\([a-z/]{2,12}\))?\s*$")
LETTERS = re.compile(r"[^\W\d_]+")
STOP_SIGNS = frozenset(".!?…")
AFTER_STOP = frozenset("\"'”’»)]*")  # one of them is last where no stop is
ITEM = re.compile(r"^\s*(?:[-•*–—·]|\(?\d{1,2}[.)]|[a-z][.)])\s+\S")
ADDRESS = re.compile(r"https?:|www\.|@\w|(?<=[\w-])\.(?:com|id|net|org|co|my|vn|example)\b", re.I)
SYMBOL = re.compile(r"[|©#›»→←•♥]|=>|\bt\.me\b|[\U0001F300-\U0001FAFF]")
DAY = re.compile(
    r"\b\d{1,2}[ /.-](?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec|\d{1,2}\b)"
    r"\w*[ /.,-]+(?:19|20)\d\d\b",
    re.I,
)
CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b")
LISTS = ("call", "offer", "site", "company", "camera", "report", "reader")
REPORT = LISTS.index("report")
NOTABLE = {name: isin(word_list(name)) for name in (*LISTS, "spam")}
COUNTER = WordCounter(
    {**SORTS, "notable": lambda word: any(test(word) for test in NOTABLE.values())}
)
NOTABLE_COUNTER = WordCounter(NOTABLE)  # asked only of lines that have notable words
NOTHING_NOTABLE = (0,) * len(NOTABLE)
NOTHING_LISTED: tuple[tuple[str, ...], tuple[Clue, ...]] = ((), ())
CALLS = word_list("call")
WORD_CHARACTERS = re.compile(r"\w+")
ASCII = [chr(code) for code in range(128)]
ASCII_SIGNS = bytes(code for code, sign in enumerate(ASCII) if not (sign.isalnum() or sign == "_"))
SMALL = bytes(range(256)).lower()
NO_LETTERS = bytes(ord(sign if sign.isalpha() else " ") for sign in ASCII) + bytes(128)
SHAPES = bytes.maketrans(  # what a character is, and not which
    "".join(ASCII).encode(),
    bytes(
        ord("A" if sign.isupper() else "a" if sign.islower() else "0" if sign.isdigit() else sign)
        if not sign.isspace()
        else ord(" ")
        for sign in ASCII
    ),
)
OPENINGS = {
    **dict.fromkeys("\"“”'‘", "opens-quotation"),
    **dict.fromkeys("0123456789", "opens-number"),
}
ENDINGS = {",": "goes-on", ";": "goes-on", "-": "goes-on", "!": "shouts", ")": "ends-bracket"}
LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35)
LONG_PROSE = 14  # words of an unpunctuated line that may be running text
RECURRING = 100  # characters of the longest line of which is remembered how it looks
REMEMBERED = 8192  # lines
MOST_WORDS = 50_000  # that are remembered: some megabytes


class Look(NamedTuple):
    """How a line looks by itself.

    Attributes:
        text: the line without outer white space.
        kind: its length and end in one word, such as `paragraph`, `phrase` or `item`.
        found: its words in small letters.
        clues: numbers of what speaks for and against it.
        key: its letters and digits, by which repeated lines are found.
        says_spam: whether it has words without which no line is spam.
        has_address: whether it holds an address of the web or of mail.
        reads: whether it reads like running text, in whatever language.
        foreign: whether its words are of another language; None if only an identifier can tell.
    """

    text: str
    kind: str
    found: tuple[str, ...]
    clues: tuple[int, ...]
    key: str
    says_spam: bool
    has_address: bool
    reads: bool
    foreign: bool | None

    @property
    def is_foreign(self) -> bool:
        """Whether the line is in another language than Indonesian."""
        return sounds_foreign_again(self.text) if self.foreign is None else self.foreign

    @property
    def is_prose(self) -> bool:
        """Whether the line reads like running text rather than like a headline or a button."""
        return self.reads and not self.is_foreign


sounds_foreign_again = lru_cache(maxsize=REMEMBERED)(sounds_foreign)  # furniture recurs


def look(text: str) -> Look:
    """How a line looks by itself (given without outer white space)."""
    return look_again(text) if len(text) <= RECURRING else first_look(text)


def first_look(text: str) -> Look:
    """How a line looks that was not seen before."""
    bare = plain(text)
    is_ascii = bare.isascii()
    raw = bare.encode("utf-8", "surrogatepass")
    shape = b" " + raw.translate(SHAPES)
    found = known_words(words_of(bare))
    count = len(found)
    *sorts, notable = COUNTER.count(found)
    *lists, spam = NOTABLE_COUNTER.count(found) if notable else NOTHING_NOTABLE
    kind = kind_of(text, count)
    dotted = b".a" in shape or b".A" in shape  # as every domain is
    may_link = dotted or b"@" in shape or (b":" in shape and "http" in bare.lower())
    address = may_link and has_address(text)
    digits = shape.count(b"0")
    clues = [written(text, kind, bisect_right(LENGTHS, count), digits)]
    if count:
        initials = capitals_of_ascii(shape) if is_ascii else capitals(text)
        clues.append(of_words(text, found, kind, sorts[0] / count, initials))
    several, listed = of_lists(tuple(lists), kind, count) if notable else NOTHING_LISTED
    clues += listed
    if marks := signs(text, shape, address=address, dotted=dotted):
        clues.append(("signs", kind, marks))
    clues.append(("appeals", kind, min(len(several), 3), lists[REPORT] > 0))
    clues += [("mark", kind, name) for name in marks_of(text, digits, is_ascii=is_ascii)]
    return Look(
        text=text,
        kind=kind,
        found=found,
        clues=tuple(map(OWN.__getitem__, clues)),
        key=raw.translate(SMALL, ASCII_SIGNS).decode() if is_ascii else folded(text),
        says_spam=spam > 0,
        has_address=address,
        reads=reads(text, bare, count, sorts[0]),
        foreign=by_words(bare, count, sorts),
    )


WORDS: dict[str, str] = {}


def known_words(found: tuple[str, ...]) -> tuple[str, ...]:
    """The same words as they were met first: each is in memory once, and found again faster."""
    if len(WORDS) >= MOST_WORDS:
        WORDS.clear()
    return tuple(map(WORDS.setdefault, found, found))


look_again = lru_cache(maxsize=REMEMBERED)(first_look)


def kind_of(text: str, count: int) -> str:
    """The length and end of a line of so many words in one word.

    >>> kind_of("Harga Cabai Turun, Petani Menjerit", 5)
    'headline'
    >>> kind_of("Sudah biasa, Pak.", 3)
    'remark'
    """
    if not count:
        return "no-words"
    last = text[-1]
    if last == "?":
        return "question"
    if last == ":":
        return "colon"
    if last in STOP_SIGNS or (last in AFTER_STOP and STOP.search(text)):
        return "remark" if count < 4 else "sentence" if count < 9 else "paragraph"
    if ITEM.match(text):
        return "item"
    lengths = ("word", "phrase", "headline", "long-headline", "unfinished")
    return lengths[bisect_right((3, 5, 11, 19), count)]


def is_prose(text: str) -> bool:
    """Tell whether a line reads like running text rather than like a headline or a button.

    >>> is_prose("Presiden itu akan mengunjungi tiga negara pekan depan.")
    True
    >>> is_prose("Harga Cabai Turun, Petani Menjerit")
    False
    """
    return bool(text.strip()) and look(text.strip()).is_prose


def folded(text: str) -> str:
    """The letters and digits of a line, by which repeated lines are found."""
    return "".join(WORD_CHARACTERS.findall(text.casefold()))


def reads(text: str, bare: str, count: int, grammar: int) -> bool:
    """Tell whether a line of so many words reads like running text in whatever language.

    Args:
        text: the line.
        bare: with its typography made plain.
        count: of its words.
        grammar: how many of them are function words.
    """
    if count < 3:
        return False
    if text[-1] in STOP_SIGNS or (text[-1] in AFTER_STOP and SENTENCE_END.search(text)):
        return True
    if count < LONG_PROSE or grammar < 2:
        return False
    runs = bare.encode().translate(NO_LETTERS).split() if bare.isascii() else LETTERS.findall(text)
    return bool(sum(run.islower() for run in runs) > 0.6 * count)


def has_address(text: str) -> bool:
    """Tell whether a line holds an address.

    >>> has_address("Kunjungi kabar.example."), has_address("Ia pulang. Kami tidak.")
    (True, False)
    """
    return ADDRESS.search(text) is not None


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
        if b"0000" in shape and DAY.search(text):
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

"""How a line looks by itself: its length and end, its words, and the signs of a site in it.

What is seen of a line is a few clues (see `corpora/lines/evidence.py`). The same short lines come
back on every page of a site, so how they look is remembered.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from corpora.dateline import dateline_of
from corpora.language import SORTS, by_words, plain, sounds_foreign, words_of
from corpora.lines.evidence import Clue
from corpora.lines.marks import marks_of
from corpora.lines.numbering import OWN
from corpora.lines.writing import (
    LISTS,
    capitals,
    capitals_of_ascii,
    of_lists,
    of_words,
    signs,
    written,
)
from corpora.word_counts import WordCounter, isin, word_list

STOP = re.compile(r"[.!?…][\s\"'”’»)\]*]*(\([a-z/]{2,12}\)|\[[a-z/]{2,8}\])?\s*$")
SENTENCE_END = re.compile(r"[.!?…][\s\"'”’»)\]]*(\([a-z/]{2,12}\))?\s*$")
LETTERS = re.compile(r"[^\W\d_]+")
STOP_SIGNS = frozenset(".!?…")
AFTER_STOP = frozenset("\"'”’»)]*")  # one of them is last where no stop is
ITEM = re.compile(r"^\s*(?:[-•*–—·]|\(?\d{1,2}[.)]|[a-z][.)])\s+\S")
ADDRESS = re.compile(r"https?:|www\.|@\w|(?<=[\w-])\.(?:com|id|net|org|co|my|vn|example)\b", re.I)
REPORT = LISTS.index("report")
NOTABLE = {name: isin(word_list(name)) for name in LISTS}
COUNTER = WordCounter(
    {**SORTS, "notable": lambda word: any(test(word) for test in NOTABLE.values())}
)
NOTABLE_COUNTER = WordCounter(NOTABLE)  # asked only of lines that have notable words
NOTHING_NOTABLE = (0,) * len(NOTABLE)
NOTHING_LISTED: tuple[tuple[str, ...], tuple[Clue, ...]] = ((), ())
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
        has_address: whether it holds an address of the web or of mail.
        reads: whether it reads like running text, in whatever language.
        foreign: whether its words are of another language; None if only an identifier can tell.
        has_dateline: whether a dateline opens it.
    """

    text: str
    kind: str
    found: tuple[str, ...]
    clues: tuple[int, ...]
    key: str
    has_address: bool
    reads: bool
    foreign: bool | None
    has_dateline: bool

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
    found = words_of(bare)
    if len(text) <= RECURRING:
        found = known_words(found)
    count = len(found)
    *sorts, notable = COUNTER.count(found)
    lists = NOTABLE_COUNTER.count(found) if notable else NOTHING_NOTABLE
    kind = kind_of(text, count)
    dotted = b".a" in shape or b".A" in shape  # as every domain is
    may_link = dotted or b"@" in shape or (b":" in shape and "http" in bare.lower())
    address = may_link and has_address(text)
    digits = shape.count(b"0")
    clues = [written(text, kind, bisect_right(LENGTHS, count), digits)]
    if count:
        initials = capitals_of_ascii(shape) if is_ascii else capitals(text)
        clues.append(of_words(text, found, kind, sorts[0] / count, initials))
    several, listed = of_lists(lists, kind, count) if notable else NOTHING_LISTED
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
        has_address=address,
        reads=reads(text, bare, count, sorts[0]),
        foreign=by_words(bare, count, sorts),
        has_dateline=dateline_of(text) is not None,
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

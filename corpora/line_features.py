"""What speaks for and against a line being the article: named yes-or-no evidence.

Evidence of the line alone (how long, how it ends, what words it has), of the page (does it speak
of what the text speaks of) and of the place (what stands above and below). The weights are those
of `corpora/line_model.py`.

What is seen of a line is a few clues: tuples that say what was looked at and what was found. The
same few thousand clues come back on every page, so their names are made once each (see
`corpora/line_evidence.py`).
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from corpora.document import Line
from corpora.language import INDONESIAN, SORTS, by_words, lower_words, sounds_foreign
from corpora.line_evidence import Clue, names_of
from corpora.line_places import places
from corpora.rules import LineRule
from corpora.word_counts import Packed, WordCounter, isin, word_list

STOP = re.compile(r"[.!?…][\s\"'”’»)\]*]*(\([a-z/]{2,12}\)|\[[a-z/]{2,8}\])?\s*$")
SENTENCE_END = re.compile(r"[.!?…][\s\"'”’»)\]]*(\([a-z/]{2,12}\))?\s*$")
LETTERS = re.compile(r"[^\W\d_]+")
STOP_SIGNS = frozenset(".!?…")
AFTER_STOP = frozenset("\"'”’»)]*")  # one of them is last where no stop is
ITEM = re.compile(r"^\s*(?:[-•*–—·]|\(?\d{1,2}[.)]|[a-z][.)])\s+\S")
DOMAIN = re.compile(r"\.(?:com|id|net|org|co|my|vn|example)\b", re.I)
ADDRESS = re.compile(r"https?:|www\.|@\w|\b[\w-]+\.(?:com|id|net|org|co|my|vn|example)\b", re.I)
SYMBOL = re.compile(r"[|©#›»→←•♥]|=>|\bt\.me\b|[\U0001F300-\U0001FAFF]")
DAY = re.compile(
    r"\b\d{1,2}[ /.-](?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec|\d{1,2}\b)"
    r"\w*[ /.,-]+(?:19|20)\d\d\b",
    re.I,
)
CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b")
LISTS = ("call", "offer", "site", "company", "camera", "report", "reader")
LISTS_SET = frozenset(LISTS)
TESTS = {**SORTS, **{name: isin(word_list(name)) for name in (*LISTS, "spam")}}
COUNTER = WordCounter(TESTS)
IS_TOPIC = Packed([lambda word: len(word) > 4 and word not in INDONESIAN])
CALLS = word_list("call")
APPEALS = ("call", "offer", "site", "company", "reader", "camera")
WORD_CHARACTERS = re.compile(r"\w+")
ASCII_SIGNS = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code) == "_"))
ASCII_CAPITALS = bytes(range(65, 91))
ASCII_LETTERS = ASCII_CAPITALS + bytes(range(97, 123))
ASCII_DIGITS = bytes(range(48, 58))
ENDINGS = {",": "goes-on", ";": "goes-on", "-": "goes-on", "!": "shouts", ")": "ends-bracket"}
LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35)
LONG_PROSE = 14  # words of an unpunctuated line that may be running text
TIMES = (0, 1, 2, 3, 5, 8)
NO_RULE: Clue = ("rule", "", "", "")
NEAR = 4  # lines above and below that are looked at


class Look(NamedTuple):
    """How a line looks by itself.

    Attributes:
        text: the line without outer white space.
        kind: its length and end in one word, such as `paragraph`, `phrase` or `item`.
        found: its words in small letters.
        topic: those that can tell what it is about.
        appeals: lists of words of the site or of adverts that it has words of.
        clues: what speaks for and against it.
        key: its letters and digits, by which repeated lines are found.
        says_spam: whether it has words without which no line is spam.
        has_address: whether it holds an address of the web or of mail.
        reads: whether it reads like running text, in whatever language.
        foreign: whether its words are of another language; None if only an identifier can tell.
    """

    text: str
    kind: str
    found: tuple[str, ...]
    topic: frozenset[str]
    appeals: tuple[str, ...]
    clues: tuple[Clue, ...]
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


sounds_foreign_again = lru_cache(maxsize=8192)(sounds_foreign)  # furniture recurs


def bucket(number: float, borders: Sequence[float]) -> int:
    """How many borders a number reaches.

    >>> bucket(4, (1, 3, 5))
    2
    """
    return bisect_right(borders, number)


def kind_of(text: str, count: int) -> str:
    """The length and end of a line of so many words in one word.

    >>> kind_of("Harga Cabai Turun, Petani Menjerit", 5)
    'headline'
    >>> kind_of("Sudah biasa, Pak.", 3)
    'remark'
    """
    if not count:
        return "no-words"
    if text.endswith("?"):
        return "question"
    if text.endswith(":"):
        return "colon"
    if ends_with_stop(text):
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


def ends_with_stop(text: str) -> bool:
    """Tell whether a line ends as a sentence does.

    >>> ends_with_stop("Ia pulang.”"), ends_with_stop("Ia pulang. (ab/cd)"), ends_with_stop("Ia")
    (True, True, False)
    """
    last = text[-1:]
    return last in STOP_SIGNS or (last in AFTER_STOP and STOP.search(text) is not None)


@lru_cache(maxsize=8192)  # furniture is the same line on every page
def look(text: str) -> Look:
    """How a line looks by itself (given without outer white space)."""
    found = lower_words(text)
    count = len(found)
    numbers = COUNTER.count(found)
    lists = {name: number for name, number in zip(TESTS, numbers, strict=True) if number}
    kind = kind_of(text, count)
    is_ascii = text.isascii()
    raw = text.encode("utf-8", "surrogatepass")
    digits = len(raw) - len(raw.translate(None, ASCII_DIGITS))
    address = has_address(text)
    clues = [written(text, kind, bisect_right(LENGTHS, count), digits)]
    if count:
        clues += of_words(text, found, kind, numbers[0], lists, is_ascii=is_ascii)
    marks = signs(text, digits, address=address)
    if marks:
        clues.append(("signs", kind, marks))
    topic = frozenset(filter(IS_TOPIC.__getitem__, found))
    appeals = tuple(filter(lists.__contains__, APPEALS)) if lists else ()
    clues.append(("appeals", kind, min(len(appeals), 3), "report" in lists))
    return Look(
        text=text,
        kind=kind,
        found=found,
        topic=topic,
        appeals=appeals,
        clues=tuple(clues),
        key=raw.lower().translate(None, ASCII_SIGNS).decode() if is_ascii else folded(text),
        says_spam=numbers[-1] > 0,
        has_address=address,
        reads=reads(text, count, numbers[0]),
        foreign=by_words(text, count, numbers[: len(SORTS)]),
    )


def folded(text: str) -> str:
    """The letters and digits of a line, by which repeated lines are found."""
    return "".join(WORD_CHARACTERS.findall(text.casefold()))


def reads(text: str, count: int, grammar: int) -> bool:
    """Tell whether a line of so many words reads like running text in whatever language.

    Args:
        text: the line.
        count: of its words.
        grammar: how many of them are function words.
    """
    if count < 3:
        return False
    if text[-1] in STOP_SIGNS or (text[-1] in AFTER_STOP and SENTENCE_END.search(text)):
        return True
    if count < LONG_PROSE or grammar < 2:
        return False
    return sum(map(str.islower, LETTERS.findall(text))) > 0.6 * count


def has_address(text: str) -> bool:
    """Tell whether a line holds an address; the signs that one needs are looked for first.

    >>> has_address("Kunjungi kabar.example."), has_address("Ia pulang. Kami tidak.")
    (True, False)
    """
    small = text.lower()
    is_plain = not ("@" in text or "http" in small or "www." in small)
    if is_plain and ("." not in text or not DOMAIN.search(text)):
        return False
    return ADDRESS.search(text) is not None


def signs(text: str, digits: int, *, address: bool) -> tuple[str, ...]:
    """Names of the signs of a site that a line has: addresses, symbols, days and clock times."""
    found = ["address"] if address else []
    may_have = not text.isascii() or "|" in text or "#" in text or "=>" in text or "t.me" in text
    if may_have and SYMBOL.search(text):
        found.append("symbol")
    if digits:
        if ("19" in text or "20" in text) and DAY.search(text):
            found.append("day")
        if CLOCK.search(text):
            found.append("clock")
    return tuple(found)


def written(text: str, kind: str, length: int, digits: int) -> Clue:
    """How long a line is, how it opens and ends, and how much of it is digits."""
    first, last = text[0], text[-1]
    opens = "-"
    if first in "\"“”'‘":
        opens = "opens-quotation"
    elif first.islower():
        opens = "opens-small"
    elif first.isdigit():
        opens = "opens-number"
    elif not first.isalnum():
        opens = "opens-symbol"
    ends = ENDINGS.get(last, "-")
    share = bisect_right((0.001, 0.1, 0.3, 0.6), digits / len(text))
    return "written", kind, length, opens, ends, share


def of_words(
    text: str,
    found: Sequence[str],
    kind: str,
    function_words: int,
    lists: dict[str, int],
    *,
    is_ascii: bool,
) -> list[Clue]:
    """What the words of a line say."""
    count = len(found)
    grammar = bisect_right((0.01, 0.1, 0.2, 0.35), function_words / count)
    level = bisect_right((0.15, 0.35, 0.6, 0.85), capitals(text, is_ascii=is_ascii))
    clues: list[Clue] = [("words", kind, grammar, level, text.isupper(), found[0] in CALLS)]
    for name in LISTS_SET.intersection(lists):
        share = bisect_right((0.08, 0.2, 0.5), lists[name] / count)
        clues.append(("list", kind, name, min(lists[name], 3), share))
    return clues


def capitals(text: str, *, is_ascii: bool) -> float:
    """Share of the words of a line that begin with a capital, of those that begin with a letter.

    >>> capitals("Harga Beras naik 4 persen", is_ascii=True)
    0.5
    """
    initials = "".join([word[0] for word in text.split()])
    if is_ascii:
        raw = initials.encode()
        letters = len(raw) - len(raw.translate(None, ASCII_LETTERS))
        return (len(raw) - len(raw.translate(None, ASCII_CAPITALS))) / (letters or 1)
    return sum(map(str.isupper, initials)) / (sum(map(str.isalpha, initials)) or 1)


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of the page around its lines, by their index.

    Attributes:
        looks: how each looks.
        rules: the rule that knows it, if one does.
        text: whether it is surely running text.
        foreign: whether it is in another language; not asked of lines that a rule knows.
        blank_above: whether a blank line stands above it.
        about: words of the running text and how many of its lines have each.
        alone: what its place alone says of it (see `corpora/line_places.py`).
        repeats: whether its words stand on another line too: "above", "below" or nothing.
    """

    looks: Sequence[Look]
    rules: Sequence[LineRule | None]
    text: Sequence[bool]
    foreign: Sequence[bool]
    blank_above: Sequence[bool]
    about: dict[str, int]
    alone: Sequence[str]
    repeats: Sequence[str]


def place_of(lines: Sequence[Line], rules: Sequence[LineRule | None]) -> Place:
    """Look at all lines of a page."""
    looks = [look(line.text.strip()) for line in lines]
    text = [
        rule is None and seen.kind == "paragraph" and not seen.has_address
        for seen, rule in zip(looks, rules, strict=True)
    ]
    foreign = [rule is None and seen.is_foreign for seen, rule in zip(looks, rules, strict=True)]
    prose = [
        rule is None and seen.reads and not other
        for seen, rule, other in zip(looks, rules, foreign, strict=True)
    ]
    topics = (seen.topic for seen, running in zip(looks, text, strict=True) if running)
    return Place(
        looks,
        rules,
        text,
        foreign,
        blank_above(lines),
        Counter(chain.from_iterable(topics)),
        places(
            [seen.text for seen in looks], [seen.found for seen in looks], rules, prose, foreign
        ),
        repeated(looks),
    )


def blank_above(lines: Sequence[Line]) -> list[bool]:
    """Whether a blank line stands above each line; none above the first."""
    numbers = [line.number for line in lines]
    return [False, *(after > before + 1 for before, after in pairwise(numbers))][: len(lines)]


def repeated(looks: Sequence[Look]) -> list[str]:
    """Whether the words of each line, if they are several, stand on another one too."""
    first: dict[tuple[str, ...], int] = {}
    repeats = [""] * len(looks)
    for index, seen in enumerate(looks):
        if len(seen.found) > 1:
            before = first.setdefault(seen.found, index)
            if before != index:
                repeats[index] = "above"
                repeats[before] = repeats[before] or "below"
    return repeats


def clues_of(place: Place) -> list[list[Clue]]:
    """All that speaks for or against each line."""
    count = len(place.looks)
    if not count:
        return []
    running = [index for index, is_text in enumerate(place.text) if is_text]
    first, last = (running[0], running[-1]) if running else (count, -1)
    above, below = distances(place.text)
    spaced = bisect_right((0.05, 0.5, 0.9), sum(place.blank_above) / count)
    around = crowds(place)
    sorts = [
        seen.kind if rule is None else rule.label
        for seen, rule in zip(place.looks, place.rules, strict=True)
    ]
    sorts = ["none", "none", *sorts, "none", "none"]
    blanks = [*place.blank_above, True]
    parts = [bisect_right((0.1, 0.3, 0.7, 0.9), index / count) for index in range(count)]
    found = []
    state = marks(place)
    for index, seen in enumerate(place.looks):
        kind, rule = seen.kind, place.rules[index]
        own = kind if rule is None else "furniture"
        where = "before" if index < first else "after" if index > last else "inside"
        further, before, _, after, later = sorts[index : index + 5]
        clues: list[Clue] = [
            *seen.clues,
            *state[index],
            ("where", kind, where, above[index], below[index]),
            ("above", own, before, further),
            ("below", own, after, later),
            ("alone", kind, place.alone[index], around[index], own),
            ("spaced", kind, spaced, blanks[index], blanks[index + 1], parts[index]),
            of_topic(place, index, kind),
        ]
        if place.repeats[index]:
            clues.append(("repeats", kind, place.repeats[index]))
        clues.append(("rule", kind, rule.name, rule.label) if rule else NO_RULE)
        found.append(clues)
    return found


def evidence_of(place: Place) -> list[list[str]]:
    """Names of all that speaks for or against each line."""
    return [[name for clue in clues for name in names_of(clue)] for clues in clues_of(place)]


def crowds(place: Place) -> list[tuple[int, int]]:
    """How much furniture and how much running text stands around each line."""
    count = len(place.looks)
    furniture = [0, *accumulate(rule is not None for rule in place.rules)]
    running = [0, *accumulate(place.text)]
    found = []
    for index in range(count):
        start, stop = max(0, index - NEAR), min(count, index + NEAR + 1)
        rules = furniture[stop] - furniture[start] - (place.rules[index] is not None)
        text = running[stop] - running[start] - place.text[index]
        found.append((CROWD[rules], CROWD[text]))
    return found


CROWD = [bisect_right((1, 2, 4), number) for number in range(2 * NEAR + 1)]


def distances(text: Sequence[bool]) -> tuple[list[int], list[int]]:
    """How far it is from each line up and down to running text, in the steps of `TIMES`."""
    down = since(text)
    return down, since(text[::-1])[::-1]


def since(text: Sequence[bool]) -> list[int]:
    """How far it is to the last running text above each line, in the steps of `TIMES`."""
    count = len(text)
    found = []
    distance = count
    for is_text in text:
        found.append(STEPS[distance] if distance < len(STEPS) else len(TIMES))
        distance = 1 if is_text else distance + 1
    return found


STEPS = [bisect_right(TIMES, distance) for distance in range(TIMES[-1] + 1)]


def marks(place: Place) -> list[tuple[Clue, Clue]]:
    """What was met on the way down the page: a heading of links, a list, the end of the text."""
    opened, since = "", 0
    listing = ended = begun = about = False
    ends = paragraphs = 0
    total = sum(place.text)
    found: list[tuple[Clue, Clue]] = []
    for seen, rule, is_text in zip(place.looks, place.rules, place.text, strict=True):
        met = bisect_right(TIMES, since) if opened else 0
        left = bisect_right((1, 2, 4, 8), total - paragraphs - is_text)
        amounts = bisect_right((1, 2, 4), ends), bisect_right((1, 2, 4), paragraphs), left
        found.append(
            (
                ("met", seen.kind, opened, met, listing, ended, about),
                ("passed", seen.kind, *amounts),
            )
        )
        since += 1
        paragraphs += is_text
        if rule:
            listing = False
            if rule.opens:
                opened, since = rule.opens, 0
            end = begun and rule.label in ("footer", "credit")
            ends += end
            ended = ended or end
            about = about or (begun and rule.name == "about-heading")
        elif is_text:
            opened, listing, ended, begun = "", False, False, True
        listing = (listing or seen.kind == "colon") and rule is None
    return found


def of_topic(place: Place, index: int, kind: str) -> Clue:
    """Whether a line speaks of what the running text speaks of."""
    topic = place.looks[index].topic
    if not topic:
        return ("topic", kind, None, ())
    get, own = place.about.get, place.text[index]
    shared = sum(1 for word in topic if get(word, 0) > own) / len(topic)
    level = bisect_right((0.01, 0.2, 0.4, 0.7), shared)
    return ("topic", kind, level, place.looks[index].appeals)

"""Which of many patterns can match a line at all, by the letters that every match of each holds.

`required` reads a compiled pattern as Python's own parser does and gives strings of which every
match holds one. `Prefilter` looks all of them up at once, by the words that they stand in. A
pattern of which nothing can be said is always asked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

DIGITS = frozenset("0123456789")
LETTERS = re.compile(r"[^\W\d_]{2,}")
DIGIT = re.compile(r"[0-9]")
NO_WORD = re.compile(r"\W*")
REMEMBERED = 50_000  # words: some megabytes
FIRST = 3  # letters by which a string is indexed
MANY = 10  # strings that are too many to look for one by one
TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
REFERENCE = re.compile(r"\\[1-9]|\(\?P|\(\?\(|\(\?[a-zA-Z]+\)")
LEAST = 2  # characters of a string of letters that is worth looking up
NO_LETTERS = list(_parser.parse(r"\W"))
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


def required(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Small-letter strings of which every match holds one; None if nothing can be said.

    >>> sorted(required(re.compile("(baca|simak) juga", re.I)))
    ['baca', 'simak']
    >>> required(re.compile(r"[0-9]+"))
    """
    found = best_of(of_each(_parser.parse(pattern.pattern, pattern.flags)))
    return found if found and worth(found) >= LEAST else None


def alternatives(pattern: re.Pattern[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns of which one is found where the pattern is found, and only there.

    A pattern that refers to its groups, and one that is written with comments, stays whole.

    >>> [each.pattern for each in alternatives(re.compile("^(a|b)|[|]c"))]
    ['^(a|b)', '[|]c']
    """
    if pattern.flags & re.VERBOSE or REFERENCE.search(pattern.pattern):
        return (pattern,)
    depth = start = 0
    parts = []
    for match in TOKEN.finditer(pattern.pattern):
        depth += (match[0] == "(") - (match[0] == ")")
        if match[0] == "|" and not depth:
            parts.append(pattern.pattern[start : match.start()])
            start = match.end()
    parts.append(pattern.pattern[start:])
    try:
        return tuple(re.compile(part, pattern.flags) for part in parts)
    except re.error:
        return (pattern,)


def worth(strings: Iterable[str]) -> int:
    """Length of the shortest string; a digit is worth two letters and a rare sign three."""
    return min(map(rarity, strings))


def rarity(string: str) -> int:
    """How rare a string is, in letters."""
    if string.isdigit():
        return len(string) + 1
    return len(string.strip()) + 2 * (not any(map(str.isalnum, string)))


def best_of(found: Iterable[frozenset[str]]) -> frozenset[str] | None:
    """The strings that are worth most."""
    return max(found, key=worth, default=None)


def of_sequence(parts: Any) -> frozenset[str] | None:
    """The best strings of parts that follow each other."""
    return best_of(of_each(parts))


def of_each(parts: Any) -> Iterator[frozenset[str]]:
    """Strings of parts that follow each other; a match holds one of each set."""
    run = ""
    for operation, value in [*parts, (None, None)]:
        if operation is _constants.LITERAL:
            run += chr(value).lower()
            continue
        if run.strip():
            yield frozenset({run})
        run = ""
        if found := of_part(operation, value):
            yield found


def openings(pattern: re.Pattern[str]) -> tuple[str, ...]:
    r"""What a line that the pattern knows begins with, in small letters; nothing if unknown.

    Signs that are no letters (`\W`) at the beginning of the line are not counted.

    >>> openings(re.compile(r"^\W*(baca|simak) juga", re.I)), openings(re.compile("baca"))
    (('baca', 'simak'), ())
    """
    parts = list(_parser.parse(pattern.pattern, pattern.flags))
    if not parts or parts[0] != (_constants.AT, _constants.AT_BEGINNING):
        return ()
    if pattern.flags & re.MULTILINE:
        return ()
    rest = parts[1:]
    if rest and rest[0][0] in REPEATS and list(rest[0][1][2]) == NO_LETTERS:
        rest = rest[1:]
    found = [NO_WORD.sub("", head, count=1) for head in heads(rest) or ()]
    return tuple(sorted(found)) if all(found) else ()


def heads(parts: Sequence[Any]) -> frozenset[str] | None:
    """What these parts begin with; None if nothing can be said."""
    run = ""
    for operation, value in parts:
        if operation is not _constants.LITERAL:
            break
        run += chr(value).lower()
    if run or not parts:
        return frozenset({run}) if run else None
    operation, value = parts[0]
    if operation is _constants.SUBPATTERN:
        return heads(list(value[-1]))
    if operation is _constants.BRANCH:
        every = [heads(list(branch)) for branch in value[1]]
        return frozenset().union(*every) if all(every) else None  # type: ignore[arg-type]
    if operation in REPEATS and value[0] > 0:
        return heads(list(value[2]))
    if operation is _constants.IN:
        plain = all(kind is _constants.LITERAL for kind, _ in value)
        return frozenset(chr(sign).lower() for _, sign in value) if plain else digits(value)
    return None


def digits(members: Any) -> frozenset[str] | None:
    """The digits, if a set of signs is that of all digits."""
    only = [tuple(member) for member in members]
    return DIGITS if only == [(_constants.CATEGORY, _constants.CATEGORY_DIGIT)] else None


def of_part(operation: Any, value: Any) -> frozenset[str] | None:
    """The strings of one part of a pattern."""
    if operation is _constants.SUBPATTERN:
        return of_sequence(value[-1])
    if operation is _constants.BRANCH:
        every = [of_sequence(branch) for branch in value[1]]
        return frozenset().union(*every) if all(every) else None  # type: ignore[arg-type]
    if operation in REPEATS and value[0] > 0:
        return of_sequence(value[2])
    if operation is _constants.ASSERT and value[0] > 0:
        return of_sequence(value[1])
    if operation is _constants.ATOMIC_GROUP:
        return of_sequence(value)
    if operation is _constants.IN:
        return of_set(value)
    return None


def of_set(members: Any) -> frozenset[str] | None:
    """The signs of a set of signs, such as `[>»]`; digits count as signs."""
    if found := digits(members):
        return found
    signs = [chr(value).lower() for kind, value in members if kind is _constants.LITERAL]
    rare = len(signs) == len(members) and not any(
        sign.isalpha() or sign.isspace() for sign in signs
    )
    return frozenset(signs) if rare else None


class Fragments(dict[str, tuple[int, ...]]):
    """Numbers of the strings that have their longest run of letters in a word, by word."""

    def __init__(self, strings: Sequence[str]) -> None:
        """Index the longest run of letters of each string by its first letters."""
        super().__init__()
        self.by_start: dict[str, list[tuple[str, int]]] = {}
        for place, string in enumerate(strings):
            part = max(LETTERS.findall(string), key=len)
            self.by_start.setdefault(part[:FIRST], []).append((part, place))

    def __missing__(self, word: str) -> tuple[int, ...]:
        """Look through a word that was not met yet."""
        places = range(len(word))
        starts = {word[at : at + size] for at in places for size in range(1, FIRST + 1)}
        known = starts & self.by_start.keys()
        found = (each for start in known for each in self.by_start[start])
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = tuple(place for part, place in found if part in word)
        return self[word]


class Prefilter:
    """Finds the patterns that may match a line.

    A run of letters of a string stands inside one word of the line, so words are looked through
    once each; strings without letters are looked for in the line.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        """Look at every pattern once."""
        self.always: list[int] = []
        self.signs: dict[str, set[int]] = {}
        self.strings: list[tuple[str, int]] = []
        self.with_digit: set[int] = set()
        self.bare: list[tuple[str, int]] = []
        self.besides: list[list[tuple[str, ...]]] = []  # of which a match holds one each, too
        self.openings = [openings(pattern) for pattern in patterns]
        for number, pattern in enumerate(patterns):
            strings = required(pattern)
            each = of_each(_parser.parse(pattern.pattern, pattern.flags))
            self.besides.append([tuple(one) for one in each if one != strings and len(one) < MANY])
            if strings is None:
                self.always.append(number)
            elif strings == DIGITS:
                self.with_digit.add(number)
                continue
            for string in strings or ():
                if LETTERS.search(string):
                    self.strings.append((string, number))
                elif len(string) == 1:
                    self.signs.setdefault(string, set()).add(number)
                else:
                    self.bare.append((string, number))
        self.sign_set = frozenset(self.signs)
        self.fragments = Fragments([string for string, _ in self.strings])

    def candidates(self, text: str, words: Iterable[str]) -> list[int]:
        """Numbers of the patterns that may match, in order.

        Args:
            text: the line.
            words: its runs of letters, in small letters.
        """
        small = text.lower()
        found = set(self.always)
        for sign in self.sign_set.intersection(small):
            found |= self.signs[sign]
        if self.with_digit and DIGIT.search(small):
            found |= self.with_digit
        for string, number in self.bare:
            if string in small:
                found.add(number)
        for places in filter(None, map(self.fragments.__getitem__, words)):
            for place in places:
                string, number = self.strings[place]
                if number not in found and string in small:
                    found.add(number)
        if not found:
            return []
        head = small if small[:1].isalnum() else NO_WORD.sub("", small, count=1)
        return [number for number in sorted(found) if self.may_match(number, small, head)]

    def may_match(self, number: int, small: str, head: str) -> bool:
        """Tell whether a line begins as it must, and has one of each set of strings that it must.

        Args:
            number: of the pattern.
            small: the line in small letters.
            head: the same from its first letter, digit or underscore on.
        """
        if (begins := self.openings[number]) and not head.startswith(begins):
            return False
        for one in self.besides[number]:
            for string in one:
                if string in small:
                    break
            else:
                return False
        return True

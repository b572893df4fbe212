"""What every match of a pattern holds: strings, a beginning, no letters.

Compiled patterns are read as Python's own parser reads them. `corpora/lines/prefilter.py` looks up
in lines what is found here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

DIGITS = frozenset("0123456789")
NO_WORD = re.compile(r"\W*")
MANY = 40  # choices that are too many to look for one by one
TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
REFERENCE = re.compile(r"\\[1-9]|\(\?P|\(\?\(|\(\?[a-zA-Z]+\)")
REPEAT_SIGNS = ("*", "+", "?", "{")
NO_RUN = frozenset({""})
LEAST = 2  # characters of a string of letters that is worth looking up
NO_LETTER = (_constants.CATEGORY_DIGIT, _constants.CATEGORY_NOT_WORD, _constants.CATEGORY_SPACE)
BEGINNING = [(_constants.AT, _constants.AT_BEGINNING)]
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


def all_required(pattern: re.Pattern[str]) -> list[frozenset[str]]:
    """Sets of small-letter strings; every match holds one of each set.

    >>> [sorted(one) for one in all_required(re.compile("(baca|simak) +juga", re.I))]
    [['baca', 'simak'], ['juga']]
    """
    return list(of_each(_parser.parse(pattern.pattern, pattern.flags)))


def required(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """The rarest strings of which every match holds one; None if nothing can be said.

    >>> sorted(required(re.compile("(baca|simak) +juga", re.I)))
    ['baca', 'simak']
    >>> required(re.compile(r"[0-9]+"))
    """
    found = best_of(all_required(pattern))
    return found if found and worth(found) >= LEAST else None


def alternatives(pattern: re.Pattern[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns of which one is found where the pattern is found, and only there.

    A pattern that refers to its groups, and one that is written with comments, stays whole.

    >>> [each.pattern for each in alternatives(re.compile("^(a|b)|[|]c(d|e)"))]
    ['^(a|b)', '[|]c(d)', '[|]c(e)']
    """
    if pattern.flags & re.VERBOSE or REFERENCE.search(pattern.pattern):
        return (pattern,)
    whole = parted(pattern.pattern)
    parts = [each for part in whole for each in (spread(part) if part[:1] != "^" else [part])]
    try:
        return tuple(re.compile(part, pattern.flags) for part in parts)
    except re.error:
        return (pattern,)


def parted(pattern: str) -> list[str]:
    """A pattern taken apart where it says "or" outside of all groups.

    >>> parted("(a|b)c|d")
    ['(a|b)c', 'd']
    """
    depth = start = 0
    parts = []
    for match in TOKEN.finditer(pattern):
        depth += (match[0] == "(") - (match[0] == ")")
        if match[0] == "|" and not depth:
            parts.append(pattern[start : match.start()])
            start = match.end()
    return [*parts, pattern[start:]]


def spread(pattern: str) -> list[str]:
    """One pattern for each choice of the first group that offers one and is not repeated.

    >>> spread("(slot|toto) (gacor|online)"), spread("(a|b)+")
    (['(slot) (gacor|online)', '(toto) (gacor|online)'], ['(a|b)+'])
    """
    depth = start = 0
    for match in TOKEN.finditer(pattern):
        if match[0] == "(":
            start = start if depth else match.end()
            depth += 1
        elif match[0] == ")":
            depth -= 1
            inside, behind = pattern[start : match.start()], pattern[match.end() :]
            choices = parted(inside)
            is_plain = inside[:1] != "?" and behind[:1] not in REPEAT_SIGNS
            if not depth and is_plain and len(choices) > 1:
                return [f"{pattern[:start]}{choice}){behind}" for choice in choices]
    return [pattern]


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
    runs = NO_RUN
    for operation, value in [*parts, (None, None)]:
        plain = plain_strings(operation, value)
        if plain and len(plain) * len(runs) < MANY:
            runs = frozenset(run + each for run in runs for each in plain)
            continue
        if all(map(str.strip, runs)):
            yield runs
        runs = plain or NO_RUN
        if not plain and (found := of_part(operation, value)):
            yield found


def plain_strings(operation: Any, value: Any) -> frozenset[str] | None:
    """All that a part matches, if it is nothing but a choice of strings, in small letters."""
    if operation is _constants.LITERAL:
        return frozenset({chr(value).lower()})
    if operation is _constants.SUBPATTERN:
        return plain_sequence(value[-1])
    if operation is _constants.BRANCH:
        every = [plain_sequence(branch) for branch in value[1]]
        return frozenset().union(*every) if all(every) else None  # type: ignore[arg-type]
    return None


def plain_sequence(parts: Any) -> frozenset[str] | None:
    """The same of parts that follow each other."""
    found = NO_RUN
    for operation, value in parts:
        plain = plain_strings(operation, value)
        if not plain or len(plain) * len(found) >= MANY:
            return None
        found = frozenset(run + each for run in found for each in plain)
    return found


def openings(pattern: re.Pattern[str]) -> tuple[str, ...]:
    r"""What a line that the pattern knows begins with, in small letters; nothing if unknown.

    Signs that are no letters (`\W`) at the beginning of the line are not counted.

    >>> openings(re.compile(r"^\W*(baca|simak) juga", re.I)), openings(re.compile("baca"))
    (('baca', 'simak'), ())
    """
    parts = list(_parser.parse(pattern.pattern, pattern.flags))
    if not is_anchored(pattern):
        return ()
    found = [NO_WORD.sub("", head, count=1) for head in heads(parts[1:]) or ()]
    return tuple(sorted(found)) if all(found) else ()


def is_sign(operation: Any, value: Any) -> bool:
    """Tell whether a part of a pattern matches no letter, digit or underscore."""
    if operation is _constants.LITERAL:
        return NO_WORD.fullmatch(chr(value)) is not None
    if operation is _constants.CATEGORY:
        return value in (_constants.CATEGORY_NOT_WORD, _constants.CATEGORY_SPACE)
    return operation is _constants.IN and all(is_sign(*member) for member in value)


def heads(parts: Sequence[Any]) -> frozenset[str] | None:
    """What these parts begin with, optional signs aside; None if nothing can be said."""
    while parts and parts[0][0] in REPEATS and all(is_sign(*part) for part in parts[0][1][2]):
        parts = parts[1:]
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


def is_anchored(pattern: re.Pattern[str]) -> bool:
    """Tell whether a pattern can match at the beginning of a line only.

    >>> is_anchored(re.compile("^iklan")), is_anchored(re.compile("^iklan|promo"))
    (True, False)
    """
    parts = list(_parser.parse(pattern.pattern, pattern.flags))
    return parts[:1] == BEGINNING and not pattern.flags & re.MULTILINE


def is_wordless(pattern: re.Pattern[str]) -> bool:
    r"""Tell whether only a line without any letter can match.

    >>> is_wordless(re.compile(r"^\W*\d{1,6}$")), is_wordless(re.compile(r"^\d+ (views)?$"))
    (True, False)
    """
    parts = list(_parser.parse(pattern.pattern, pattern.flags))
    ends = parts[-1:] == [(_constants.AT, _constants.AT_END)]
    return is_anchored(pattern) and ends and all(is_no_letter(*part) for part in parts)


def is_no_letter(operation: Any, value: Any) -> bool:
    """Tell whether a part of a pattern matches no letter."""
    if operation is _constants.LITERAL:
        return not chr(value).isalpha()
    if operation is _constants.CATEGORY:
        return value in NO_LETTER
    if operation is _constants.IN:
        return all(is_no_letter(*member) for member in value)
    if operation in REPEATS:
        return all(is_no_letter(*part) for part in value[2])
    if operation is _constants.SUBPATTERN:
        return all(is_no_letter(*part) for part in value[-1])
    return operation is _constants.AT


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

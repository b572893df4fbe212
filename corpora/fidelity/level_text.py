"""A sentence made ready for comparison: one kind of each sign, small letters, words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SOURCES = 2048  # of which what was read is kept, for the candidates of each come soon


def signs_of(ranges: str) -> str:
    """All signs of the inside of a class of a regular expression.

    >>> signs_of("a-cx")
    'abcx'
    """
    return re.sub("(.)-(.)", lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))), ranges)


SPACES = "\t\u00a0\u2000-\u200a\u202f\u3000"  # as a class of regular expressions has them
WIDE_DIGITS = "\uff10-\uff19"
DASHES = "\u2010-\u2015\u2212"
LEVEL = str.maketrans(
    {
        **dict.fromkeys(signs_of(SPACES), " "),
        **dict.fromkeys(signs_of(DASHES), "-"),
        **dict.fromkeys("‘’ʼ`´", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict(zip(signs_of(WIDE_DIGITS), "0123456789", strict=True)),
    }
)


def longest_first(words: Iterable[str]) -> str:
    """One pattern of all words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def level(text: str) -> str:
    """The text with one kind of space, dash, quotation mark and digit; as long as before.

    >>> level("10–15 “persen”")
    '10-15 "persen"'
    """
    if text.isascii() and "\t" not in text and "`" not in text:
        return text
    return text.translate(LEVEL)


def small(text: str) -> str:
    """The text in small letters and as long as before, which `str.lower` does not promise.

    >>> len(small("İstanbul")) == len("İstanbul")
    True
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


DIGIT = re.compile(r"\d")
LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class LevelText:
    """A sentence made ready once for all kinds of comparison.

    Attributes:
        text: with level signs, as long as the raw sentence.
        low: the same in small letters, as long.
        words: its runs of letters from a to z, to tell at once what it cannot have.
        has_digit: it has a figure.
    """

    text: str
    low: str
    words: frozenset[str]
    has_digit: bool

    @classmethod
    def of(cls, raw: str) -> "LevelText":
        """Make a sentence ready.

        >>> LevelText.of("Ke–17").low, sorted(LevelText.of("Ke–17").words)
        ('ke-17', ['ke'])
        """
        text = level(raw)
        low = small(text)
        return cls(text, low, frozenset(LETTERS.findall(low)), DIGIT.search(low) is not None)

    def may_have(self, words: frozenset[str]) -> bool:
        """Tell whether one of some runs of letters is there."""
        return not self.words.isdisjoint(words)

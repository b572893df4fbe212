"""Negation of a sentence, and whether the translation keeps it.

Negations are counted, plain ones and those inside a word ("fail", "unable"); it is not seen which
verb they belong to, nor a pair of which one was lost and another added.
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from corpora.fidelity.comparison import NOTHING, Comparison, Finding, comparison
from corpora.fidelity.level_text import LevelText


@dataclass(frozen=True, slots=True)
class Negative:
    """The words of a language that negate, and a quick look whether there may be any."""

    plain: re.Pattern[str]
    inside: re.Pattern[str]
    idle: re.Pattern[str]
    only: re.Pattern[str]
    letters: frozenset[str]


# Beside the plain words: what is left of "don't", and questions.
SIGNS = frozenset({"t", "bukankah", "tidakkah", "tidaknya"})


def load(language: str) -> Negative:
    """The negative words of a language out of `data/negation.toml`."""
    text = files("corpora").joinpath("data").joinpath("negation.toml").read_text("utf-8")
    table = tomllib.loads(text)[language]
    return Negative(
        pattern_of(table["plain"]),
        pattern_of(table["inside"]),
        pattern_of(table["idle"]),
        pattern_of(table["only"]),
        frozenset(re.findall("[a-z]+", table["plain"])) | SIGNS,
    )


def pattern_of(words: str) -> re.Pattern[str]:
    r"""One pattern of all words that spaces part, the longest first; "\\ " is a space in one."""
    every = sorted(re.split(r"(?<!\\)\s+", words.strip()), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(every)})(?!\w)")


INDONESIAN = load("indonesian")
ENGLISH = load("english")
# "tidak lapar dan tidak haus", "no food, no water": one of the two may stand for both.
COORDINATED = re.compile(
    r"(?:,|\b(?:dan|atau|maupun|serta|juga|apalagi|and|or|nor|but|tapi|tetapi))\W*(?:\w+\W+)?$"
)


def negations(sentence: LevelText, words: Negative) -> tuple[list[re.Match[str]], int]:
    """The plain negations of a sentence, and how many there are with the idle ones.

    >>> text = LevelText.of("ia tidak hanya lapar, tetapi belum makan")
    >>> [match[0] for match in negations(text, INDONESIAN)[0]]
    ['belum']
    """
    if not sentence.may_have(words.letters):
        return [], 0
    lowered = sentence.low
    idle = [match.span() for match in words.idle.finditer(lowered)]
    void = [*idle, *(match.span() for match in words.only.finditer(lowered))]
    plain = [
        match
        for match in words.plain.finditer(lowered)
        if not any(start <= match.start() < end for start, end in void)
    ]
    return plain, len(plain) + len(idle)


def compared(source: LevelText, english: LevelText) -> Comparison:
    """Compare the negations of a sentence with those of its translation."""
    low_source, low_english = source.low, english.low
    left, left_all = negations(source, INDONESIAN)
    right, right_all = negations(english, ENGLISH)
    if not left and not right:
        return NOTHING
    found = []
    if len(left) > right_all:
        wanted = [
            match
            for match in left
            if not COORDINATED.search(low_source, max(match.start() - 20, 0), match.start())
        ] or left[:1]
        answers = right_all + len(ENGLISH.inside.findall(low_english))
        if len(wanted) > answers:
            lost = wanted[answers]
            found.append(Finding("negation", source.text[lost.start() : lost.end()], ""))
    elif len(right) > left_all:
        wanted = [
            match
            for match in right
            if not COORDINATED.search(low_english, max(match.start() - 20, 0), match.start())
        ] or right[:1]
        answers = left_all + len(INDONESIAN.inside.findall(low_source))
        if len(wanted) > answers:
            extra = wanted[answers]
            found.append(Finding("negation", "", english.text[extra.start() : extra.end()]))
    return comparison(len(left), found, "negation")

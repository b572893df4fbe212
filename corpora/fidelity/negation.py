"""Negation of a sentence, and whether the translation keeps it.

Negations are counted, plain ones and those inside a word ("fail", "unable"); it is not seen which
verb they belong to, nor a pair of which one was lost and another added.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from corpora.fidelity.comparison import NOTHING, Comparison, Finding, comparison
from corpora.fidelity.level_text import LevelText, longest_first


@dataclass(frozen=True, slots=True)
class Negative:
    """The words of a language that negate, and a quick look whether there may be any.

    `said` are phrases with a negative word, and what the other language may say instead.
    """

    plain: re.Pattern[str]
    inside: re.Pattern[str]
    idle: re.Pattern[str]
    only: re.Pattern[str]
    letters: frozenset[str]
    said: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


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
        tuple(
            (re.compile(rf"(?<!\w)(?:{phrase})(?!\w)"), re.compile(rf"(?<!\w)(?:{other})(?!\w)"))
            for phrase, other in table["said"]
        ),
    )


def pattern_of(words: str) -> re.Pattern[str]:
    r"""One pattern of all words that spaces part, the longest first; "\\ " is a space in one."""
    every = longest_first(re.split(r"(?<!\\)\s+", words.strip()))
    return re.compile(rf"(?<![\w-])(?:{every})(?!\w)")


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
    plain = outside(words.plain.finditer(lowered), void)
    return plain, len(plain) + len(idle)


def outside(
    found: Iterable[re.Match[str]], spans: Sequence[tuple[int, int]]
) -> list[re.Match[str]]:
    """The matches that begin in none of some spans."""
    return [
        match for match in found if not any(start <= match.start() < end for start, end in spans)
    ]


def unanswered(
    found: list[re.Match[str]], answers: int, text: str, other: str, languages: tuple[Negative, ...]
) -> re.Match[str] | None:
    """The first negation of a text for which the other has no answer beside plain ones, if any.

    Of several that are coordinated one needs an answer, and some phrases have a rendering that
    negates nothing.
    """
    here, there = languages
    wanted = [
        match
        for match in found
        if not COORDINATED.search(text, max(match.start() - 20, 0), match.start())
    ] or found[:1]
    if len(wanted) > answers:
        answers += len(there.inside.findall(other))
    if len(wanted) <= answers:
        return None
    void = [
        match.span()
        for phrase, rendering in here.said
        for match in phrase.finditer(text)
        if rendering.search(other)
    ]
    left = outside(wanted, void)
    return left[answers] if len(left) > answers else None


def compared(source: LevelText, english: LevelText) -> Comparison:
    """Compare the negations of a sentence with those of its translation."""
    left, left_all = negations(source, INDONESIAN)
    right, right_all = negations(english, ENGLISH)
    if not left and not right:
        return NOTHING
    found = []
    if len(left) > right_all:
        languages = INDONESIAN, ENGLISH
        if lost := unanswered(left, right_all, source.low, english.low, languages):
            found.append(Finding("negation", source.text[lost.start() : lost.end()], ""))
    elif len(right) > left_all:
        languages = ENGLISH, INDONESIAN
        if extra := unanswered(right, left_all, english.low, source.low, languages):
            found.append(Finding("negation", "", english.text[extra.start() : extra.end()]))
    return comparison(len(left), found, "negation")

"""Typed evidence that two passages say the same: numbers, names and quotations on both sides.

As similarity they mislead, for sentences of one story share them; as evidence they tell what a
likeness cannot: that a number differs. Names are words with a capital letter inside a sentence;
number words are not read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpora.similarity import STRAIGHT, folded

NUMBER = re.compile(r"\d+(?:\.\d+)?")
NAME = re.compile(r"(?<![.!?\"'] )(?<!^)(?<!^[\"'])\b[A-Z][\w'-]+")
QUOTATION = re.compile(r'"[^"]{8,}"?')


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a passage mentions: numbers as text, names in lower case, whether it quotes."""

    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    quotes: bool = False


def mentions(text: str) -> Mentions:
    """Find the numbers, names and quotations of a passage.

    >>> sorted(mentions("He told Reuters that 10.000 men came.").numbers)
    ['10000']
    >>> sorted(mentions("He told Reuters that 10.000 men came.").names)
    ['reuters']
    """
    straight = text.translate(STRAIGHT)
    return Mentions(
        frozenset(NUMBER.findall(folded(straight))) if any(map(str.isdigit, text)) else frozenset(),
        frozenset(name.casefold().removesuffix("'s") for name in NAME.findall(straight)),
        bool(QUOTATION.search(straight)),
    )


def with_source(english: Mentions, source: Mentions) -> Mentions:
    """What a machine sentence mentions, mended by its Indonesian.

    Numbers of the Indonesian stand in place of those of the machine, which may have lost or
    altered them; names of both count, for a machine translates some and misspells others.

    >>> english, source = mentions("It cost 1."), mentions("Harganya 10.000 di Pati.")
    >>> sorted(with_source(english, source).numbers), sorted(with_source(english, source).names)
    (['10000'], ['pati'])
    """
    return Mentions(
        source.numbers or english.numbers,
        english.names | source.names,
        english.quotes or source.quotes,
    )


def joined(passages: Iterable[Mentions]) -> Mentions:
    """What several sentences mention together."""
    found = list(passages)
    if len(found) == 1:
        return found[0]
    return Mentions(
        frozenset().union(*(each.numbers for each in found)),
        frozenset().union(*(each.names for each in found)),
        any(each.quotes for each in found),
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What both sides of a bead mention, and what only one does.

    Attributes:
        numbers: on both sides, ascending as text.
        names: on both sides.
        quotation: both sides quote.
        conflicts: `source/reference` numbers where both sides have ones that the other lacks.
        missing: numbers that only one side has, the other having none left to pair with.
    """

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    quotation: bool = False
    conflicts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def evidence(source: Mentions, reference: Mentions) -> Evidence:
    """Compare what two passages mention.

    >>> evidence(mentions("It cost 7 in 2019."), mentions("It cost 9 in 2019.")).conflicts
    ('7/9',)
    """
    left = sorted(source.numbers - reference.numbers)
    right = sorted(reference.numbers - source.numbers)
    paired = min(len(left), len(right))
    return Evidence(
        tuple(sorted(source.numbers & reference.numbers)),
        tuple(sorted(source.names & reference.names)),
        source.quotes and reference.quotes,
        tuple(f"{a}/{b}" for a, b in zip(left[:paired], right[:paired], strict=True)),
        tuple(left[paired:] or right[paired:]),
    )

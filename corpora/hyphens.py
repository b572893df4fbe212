"""Hyphens of words that a rewriting machine, a printed line or a typist took apart."""

import re

from corpora.broken_words import (
    ARTICLES,
    MORPHEMES,
    PREFIXES,
    SUFFIXES,
    is_name_pair,
    is_one_word,
    is_place,
    is_spaced_word,
    is_torn_word,
    is_word_pair,
)
from corpora.spans import SpannedText
from corpora.surroundings import word_before

# Patterns begin with what they look for and look behind it: the search then hurries over the rest.
LOOSE_HYPHEN = re.compile(r"- (?=([^\W_]+))")
EARLY_HYPHEN = re.compile(r" -(?<=[^\W_] -) ?(?=([^\W_]+))")
# Other numbers behind a space and a hyphen may be below zero
ORDINAL = re.compile(
    r"\b(?:[Aa]bad|HUT|[Hh]ari jadi|[Uu]lang tahun|[Ee]disi|yang) ke$|\b(?i:covid)$"
)
NEAR = 30  # characters before a hyphen that tell what it is
SCORE = re.compile(r"(?:\b(?:unggul|menang|kalah|skor|imbang|takluk|gim|set)|\d-\d+,) \d{1,3}$")


def join_words(text: SpannedText) -> SpannedText:
    """Close the space in a reduplicated word, in a name of two parts, behind a bound prefix.

    Machines that rewrite articles take hyphenated words apart and put a space behind the hyphen.
    A hyphen that is a dash, or that waits for the second half of a compound, keeps its space.

    >>> join_words(SpannedText.of("Negara- negara itu dan Kim Jong- un, pro- Rusia, ke- 20")).text
    'Negara-negara itu dan Kim Jong-un, pro-Rusia, ke-20'
    >>> join_words(SpannedText.of("Rapat pra- dan pascapanen. Partai itu- sama saja- kalah.")).text
    'Rapat pra- dan pascapanen. Partai itu- sama saja- kalah.'

    A hyphen at which a printed line was broken goes.

    >>> join_words(SpannedText.of("Kebijakan peme- rintah itu.")).text
    'Kebijakan pemerintah itu.'
    """

    def closed(match: re.Match[str]) -> str:
        if is_broken(match):
            return "-"
        return "" if was_at_line_end(match) else match[0]

    text = text.sub(LOOSE_HYPHEN, closed)
    if " -" not in text.text:
        return text
    return text.sub(EARLY_HYPHEN, lambda match: "-" if is_doubled(match) else match[0])


def is_broken(match: re.Match[str]) -> bool:
    """Tell whether what stands on both sides of a loose hyphen is one word."""
    token = word_before(match)
    return is_one_word(token, match[1], is_first=len(token) == match.start())


def was_at_line_end(match: re.Match[str]) -> bool:
    """Tell whether a printed line ended at a loose hyphen, inside a word."""
    token = word_before(match)
    if not is_torn_word(token, match[1]):
        return False
    return not MORPHEMES.intersection(text_before(match, token).lower().split()[-1:])


def text_before(match: re.Match[str], token: str) -> str:
    """What stands before a token that stands before a match, some words of it."""
    end = max(match.start() - len(token), 0)
    return match.string[max(end - NEAR, 0) : end]


def is_doubled(match: re.Match[str]) -> bool:
    """Tell whether a hyphen behind a space stands in a word that is written twice, or in a name.

    A hyphen with a space on either side is a dash, unless the very same word is on both sides.

    >>> line = "Negara -negara itu - kata dia - dan orang - orang."
    >>> [is_doubled(match) for match in EARLY_HYPHEN.finditer(line)]
    [True, False, False, True]
    """
    token = word_before(match)
    second = match[1]
    if match[0].endswith(" "):
        is_group = token == "B" and not text_before(match, token).endswith("vitamin ")
        return is_spaced_word(token, second) and not is_group
    is_bound = (token.isdigit() and second == "an") or (token.isupper() and second in SUFFIXES)
    if is_bound or is_word_pair(token, second) or is_name_pair(token, second):
        return True
    if second.isdigit():
        before = match.string[max(match.start() - NEAR, 0) : match.start()]
        is_score = len(second) < 4 and SCORE.search(before)
        return bool(is_score or ORDINAL.search(before))
    is_bound = token.lower() in PREFIXES | ARTICLES and second[0].isupper()
    return is_bound or (is_place(token) and is_place(second) and match.string.count(" -") == 1)

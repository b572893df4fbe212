"""Names of a sentence and what became of them in its translation.

A name is a run of words with a capital letter that are no common words; names of the gazetteer are
looked up, all others are compared by spelling. What is not seen: names that are common words
(Harapan), names alone at the head of a sentence unless they are well known or were changed for
another, and whether a name was translated well ("Laskar Pelangi").
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from corpora.fidelity.comparison import NOTHING, Comparison, Finding, comparison
from corpora.fidelity.gazetteer import (
    GAZETTEER,
    INSTITUTIONS,
    LONGEST,
    TITLES,
    WORD,
    Entry,
    is_common,
)
from corpora.fidelity.level_text import SOURCES, LevelText
from corpora.fidelity.name_spelling import is_one_name, plain

CAPITAL = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:['.][^\W\d_]+)*"
PARTICLE = r"(?:bin|binti|van|von|de|del|der|da|dos|la|ibn|al|el)"
RUN = re.compile(
    rf"(?<!\w){CAPITAL}(?:(?:(?<=\b\w)\. ?|[ -])(?:{PARTICLE}[ -])?"
    rf"(?:{CAPITAL}|(?<=-)[a-z]{{2,4}}(?!\w)))*"
)
PART = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*(?:-[a-z]{2,4}(?![\w]))*")
ENDINGS = re.compile(r"(?:'s|-(?:nya|lah|kah|pun|ku|mu))$")
SENTENCE_END = re.compile(r"(?:(?:[.!?:;]| -)[\")'\]]*\s+|^|\n)[^\w]*$|(?:^|[\s(\[])[\"']$")
# What a headline leaves in small letters: no words but these are.
LOW = re.compile(
    r"(?<!\w)(?!(?:untuk|dengan|dalam|pada|dari|yang|oleh|agar|serta|atau|akan|hingga|with|from|into"
    r"|over|after|amid|than|that|their)\b)[a-z]{4,}"
)
SHORT = 3  # letters of an abbreviation that must be in capitals, for "as" and "us" are words
HEADLINE = 4  # capitalised words from which on a line without another long word is a headline


DIRECTIONS = frozenset(["utara", "selatan", "barat", "timur", "tengah", "tenggara"])


class Token(NamedTuple):
    """A word of a run: in small letters without an ending 's, where it stands, what it is."""

    small: str
    start: int
    end: int
    is_common: bool
    is_initial: bool
    is_upper: bool


@dataclass(slots=True)
class Name:
    """A name: its words, its entry in the gazetteer, and how sure it is one.

    Attributes:
        tokens: the words.
        entries: what the gazetteer knows by that name.
        firm: surely a name, which a word at the head of a sentence may not be.
        translatable: stands among capitalised common words, as names of institutions do.
        missing: those words that the other side lacks.
    """

    tokens: list[Token]
    entries: tuple[Entry, ...] = ()
    firm: bool = True
    translatable: bool = False
    missing: list[Token] = field(default_factory=list)

    def of(self, sentence: str) -> str:
        """The name as it stands in its sentence."""
        return sentence[self.tokens[0].start : self.tokens[-1].end]


@dataclass(slots=True)
class Side:
    """A sentence: its words in small letters, its names, its capitalised common words."""

    text: str
    line: str
    names: list[Name] = field(default_factory=list)
    phrases: int = 0
    letters: str = ""

    @property
    def squashed(self) -> str:
        """The letters of the sentence, one behind the other."""
        if not self.letters:
            self.letters = plain.__wrapped__(self.line)
        return self.letters

    @classmethod
    def of(cls, sentence: LevelText, *, english: bool) -> "Side":
        """Read the names of a sentence."""
        text = sentence.text
        line = " ".join(WORD.findall(sentence.low)).replace("'s ", " ").removesuffix("'s")
        side = cls(text, f" {line} ")
        runs = [tokens_of(match, text) for match in RUN.finditer(text)]
        capitals = sum(map(len, runs))
        shouted = capitals > HEADLINE and LOW.search(text) is None
        for run in runs:
            side.read(run, english=english, shouted=shouted)
        return side

    def read(self, run: list[Token], *, english: bool, shouted: bool) -> None:
        """Take the names out of a run of words with capitals."""
        rest: list[Token] = []
        at, of_institution = 0, False
        while at < len(run):
            size, entries = looked_up(run, at, english=english)
            token = run[at]
            if size or token.is_common:
                self.close(rest, shouted=shouted, translatable=of_institution)
                rest = []
            if size and token.small == "as" and self.text[: token.start].endswith("dolar "):
                pass
            elif size:
                firm = english or any(entry.firm for entry in entries)
                self.names.append(Name(run[at : at + size], entries, firm=firm))
            elif token.is_common:
                of_institution |= (
                    token.small not in TITLES and not token.is_initial
                    if english
                    else token.small in INSTITUTIONS
                )
                self.phrases += not token.is_initial
            elif token.end - token.start > 1:
                if rest and rest[-1].is_upper != token.is_upper:  # PT KAI Didiek Hartantyo
                    self.close(rest, shouted=shouted, translatable=of_institution)
                    rest = []
                rest.append(token)
            at += size or 1
        self.close(rest, shouted=shouted, translatable=of_institution)

    def close(self, tokens: list[Token], *, shouted: bool, translatable: bool) -> None:
        """Note a name that is not in the gazetteer; an abbreviation may be spelt out elsewhere."""
        if tokens:
            alone = len(tokens) == 1 and (tokens[0].is_initial or tokens[0].is_upper)
            firm = not alone and not shouted
            self.names.append(Name(tokens, firm=firm, translatable=translatable))

    def has_phrase(self, phrase: str) -> bool:
        """Tell whether words stand in the sentence one behind the other."""
        return f" {phrase} " in self.line

    def spells(self, token: Token, capitals: Iterable[Token]) -> bool:
        """Tell whether a word stands in the sentence in whatever spelling."""
        word = token.small
        if self.has_phrase(word):
            return True
        written = plain(word)
        if len(written) >= 6 and (written in self.squashed or f" {written[:6]}" in self.line):
            return True
        return any(
            is_one_name(word, other.small) and not are_two(word, other.small) for other in capitals
        )


def tokens_of(match: re.Match[str], text: str) -> list[Token]:
    """The words of a run."""
    found = []
    initial = is_initial(text, match.start())
    for part in PART.finditer(text, match.start(), match.end()):
        word = part[0]
        small = word.lower()
        if "-" in small or "'" in small:
            small = ENDINGS.sub("", small)
        found.append(
            Token(small, part.start(), part.end(), is_common(small), initial, word.isupper())
        )
        initial = False
    return found


def is_initial(text: str, start: int) -> bool:
    """Tell whether a sentence begins where a word does."""
    if text[start - 1 : start] == " " and text[start - 2 : start - 1].isalnum():
        return False
    return SENTENCE_END.search(text, max(start - 8, 0), start) is not None


def are_two(left: str, right: str) -> bool:
    """Tell whether two words, in whichever order of languages, are known to name two things."""
    for word, other in ((left, right), (right, left)):
        entry = GAZETTEER.indonesian.get(word)
        if entry is not None and other in GAZETTEER.english:
            return entry not in GAZETTEER.english[other]
    return False


def looked_up(run: list[Token], at: int, *, english: bool) -> tuple[int, tuple[Entry, ...]]:
    """The longest name of the gazetteer that begins at a word of a run: its length, its entries."""
    openers = GAZETTEER.english_openers if english else GAZETTEER.openers
    if run[at].small not in openers:
        return 0, ()
    for size in range(min(LONGEST, len(run) - at), 0, -1):
        phrase = " ".join(token.small for token in run[at : at + size]).replace("-", " ")
        if size == 1 and not run[at].is_upper and (len(phrase) <= SHORT or run[at].is_common):
            continue
        if english and phrase in GAZETTEER.english:
            return size, GAZETTEER.english[phrase]
        if not english and phrase in GAZETTEER.indonesian:
            return size, (GAZETTEER.indonesian[phrase],)
    return 0, ()


def compared(source: LevelText, english: LevelText) -> Comparison:
    """Compare the names of a sentence with those of its translation."""
    left = source_side(source)
    right = Side.of(english, english=True)
    if not left.names and not right.names:
        return NOTHING
    lost = list(missing(left, right))
    added = list(missing(right, left))
    found = [*changed(lost, added, left, right), *invented(added, english.text)]
    return comparison(sum(name.firm for name in left.names), found, "name")


@lru_cache(maxsize=SOURCES)
def source_side(source: LevelText) -> Side:
    """The names of a source, read once for all its translations."""
    return Side.of(source, english=False)


def missing(here: Side, there: Side) -> Iterator[Name]:
    """The names of one side that the other lacks, wholly or in part."""
    capitals = [token for name in there.names for token in name.tokens]
    seen = set()
    for name in here.names:
        words = tuple(token.small for token in name.tokens)
        if words in seen or is_there(name, here, there):
            continue
        seen.add(words)
        whole = plain("".join(words))
        if len(whole) >= 5 and whole in there.squashed:
            continue
        gone = [token for token in name.tokens if not there.spells(token, capitals)]
        if gone:  # a copy: the names of a source are read once for all its translations
            yield replace(name, missing=gone)


def is_there(name: Name, here: Side, there: Side) -> bool:
    """Tell whether the other side has a name of the gazetteer under one of its names there."""
    return any(
        there.has_phrase(phrase) or there.has_phrase(f"{phrase}s")
        for entry in name.entries
        for phrase in (*entry.english, *entry.indonesian)
    )


def changed(lost: list[Name], added: list[Name], left: Side, right: Side) -> Iterator[Finding]:
    """Names that were changed for others, and names that were lost."""
    for name in lost:
        rival = next((other for other in added if may_replace(name, other, right)), None)
        if rival is not None:
            added.remove(rival)
            yield Finding("name", name.of(left.text), rival.of(right.text))
        elif name.firm and is_lost(name, right):
            yield Finding("name", name.of(left.text), "")


def is_lost(name: Name, right: Side) -> bool:
    """Tell whether so much of a name is missing that it is gone: Korea Utara is not Korea."""
    if len(name.missing) == len(name.tokens):
        return not (name.translatable and right.phrases)
    return bool(name.entries) and any(token.small in DIRECTIONS for token in name.missing)


def may_replace(name: Name, other: Name, right: Side) -> bool:
    """Tell whether a name of the translation that has no source is what a name was turned into."""
    if len(name.missing) == len(name.tokens):
        return other.firm and (name.firm or bool(other.entries))
    return len(other.missing) < len(other.tokens)


def invented(added: Iterable[Name], english: str) -> Iterator[Finding]:
    """Names of the translation that the source has nothing like."""
    for name in added:
        whole = len(name.missing) == len(name.tokens)
        if name.firm and whole and not (name.translatable and not name.entries):
            yield Finding("name", "", name.of(english))

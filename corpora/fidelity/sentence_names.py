"""Names as they stand in a sentence of either language, and a sentence as what may have them.

A name is a run of words with a capital letter that are no common words, or is in the gazetteer.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from corpora.fidelity.gazetteer import (
    GAZETTEER,
    INSTITUTIONS,
    LONGEST,
    TITLES,
    WORD,
    Entry,
    is_common,
)
from corpora.fidelity.level_text import LevelText
from corpora.fidelity.name_spelling import Spellings, plain

CAPITAL = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:['.][^\W\d_]+)*"
PARTICLE = r"(?:bin|binti|van|von|de|del|der|da|dos|la|ibn|al|el)"
RUN = re.compile(
    rf"(?<!\w){CAPITAL}(?:(?:(?<=\b\w)\. ?|[ -])(?:{PARTICLE}[ -])?"
    rf"(?:{CAPITAL}|(?<=-)[a-z]{{2,4}}(?!\w)))*"
)
PART = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*(?:-[a-z]{2,4}(?![\w]))*")
ENDINGS = re.compile(r"(?:'s|-(?:nya|lah|kah|pun|ku|mu|made|led|run|era|born|held|bred|only))$")
SENTENCE_END = re.compile(r"(?:(?:[.!?:;]| -)[\")'\]]*\s+|^|\n)[^\w]*$|(?:^|[\s(\[])[\"']$")
# What a headline leaves in small letters: no words but these are.
LOW = re.compile(
    r"(?<!\w)(?!(?:untuk|dengan|dalam|pada|dari|yang|oleh|agar|serta|atau|akan|hingga|with|from|into"
    r"|over|after|amid|than|that|their)\b)[a-z]{4,}"
)
SHORT = 3  # letters of an abbreviation that must be in capitals, for "as" and "us" are words
LONG = 1000  # letters of a line from which most phrases are not looked for, for want of a word
HEADLINE = 4  # capitalised words from which on a line without another long word is a headline


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
    english: bool
    names: list[Name] = field(default_factory=list)
    phrases: int = 0
    letters: str = ""
    known_words: frozenset[str] = frozenset()
    spellings: Spellings | None = None

    @property
    def squashed(self) -> str:
        """The letters of the sentence, one behind the other."""
        if not self.letters:
            self.letters = plain.__wrapped__(self.line)
        return self.letters

    @property
    def words(self) -> frozenset[str]:
        """The words of the line."""
        if not self.known_words:
            self.known_words = frozenset(self.line.split(" "))
        return self.known_words

    @property
    def capitals(self) -> Spellings:
        """The words of its names, to find other spellings among."""
        if self.spellings is None:
            self.spellings = Spellings.among(t.small for name in self.names for t in name.tokens)
        return self.spellings

    @classmethod
    def of(cls, sentence: LevelText, *, english: bool) -> "Side":
        """Read the names of a sentence."""
        text = sentence.text
        line = " ".join(WORD.findall(sentence.low)).replace("'s ", " ").removesuffix("'s")
        side = cls(text, f" {line} ", english)
        runs = [tokens_of(match, text) for match in RUN.finditer(text)]
        capitals = sum(map(len, runs))
        shouted = capitals > HEADLINE and LOW.search(text) is None
        for run in runs:
            side.read(run, shouted=shouted)
        return side

    def read(self, run: list[Token], *, shouted: bool) -> None:
        """Take the names out of a run of words with capitals."""
        rest: list[Token] = []
        at, of_institution = 0, False
        while at < len(run):
            size, entries = looked_up(run, at, english=self.english)
            token = run[at]
            if size or token.is_common:
                self.close(rest, shouted=shouted, translatable=of_institution)
                rest = []
            if size and token.small == "as" and self.text[: token.start].endswith("dolar "):
                pass
            elif size:
                firm = self.english or any(entry.firm for entry in entries)
                self.names.append(Name(run[at : at + size], entries, firm=firm))
            elif token.is_common:
                of_institution |= (
                    token.small not in TITLES and not token.is_initial
                    if self.english
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
        if len(self.line) > LONG and phrase.partition(" ")[0] not in self.words:
            return False
        return f" {phrase} " in self.line

    def implies(self, entry: Entry) -> bool:
        """Tell whether an Indonesian sentence has a name beside which English may add another."""
        implied = () if self.english else GAZETTEER.implied.get(entry, ())
        return any(self.has_phrase(phrase) for phrase in implied)

    def spells(self, token: Token) -> bool:
        """Tell whether a word stands in the sentence in whatever spelling."""
        word = token.small
        if self.has_phrase(word):
            return True
        written = plain(word)
        if len(written) >= 6 and (written in self.squashed or f" {written[:6]}" in self.line):
            return True
        return any(not are_two(word, other) for other in self.capitals.of(word))


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

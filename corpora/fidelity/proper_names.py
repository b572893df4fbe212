"""Names of a sentence and what became of them in its translation.

A name is a run of words with a capital letter that are no common words; names of the gazetteer are
looked up, all others are compared by spelling. What is not seen: names that are common words
(Harapan), names alone at the head of a sentence unless they are well known or were changed for
another, and whether a name was translated well ("Laskar Pelangi").
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpora.fidelity.comparison import NOTHING, Comparison, Finding, comparison
from corpora.fidelity.level_text import SOURCES, LevelText
from corpora.fidelity.name_spelling import plain
from corpora.fidelity.sentence_names import Name, Side

DIRECTIONS = frozenset(["utara", "selatan", "barat", "timur", "tengah", "tenggara"])


def compared(source: LevelText, english: LevelText) -> Comparison:
    """Compare the names of a sentence with those of its translation."""
    left = source_side(source)
    right = Side.of(english, english=True)
    if not left.names and not right.names:
        return NOTHING
    lost = list(missing(left, right))
    added = list(missing(right, left))
    found = changed(lost, added, left, right)
    return comparison(sum(name.firm for name in left.names), found, "name")


@lru_cache(maxsize=SOURCES)
def source_side(source: LevelText) -> Side:
    """The names of a source, read once for all its translations."""
    return Side.of(source, english=False)


def missing(here: Side, there: Side) -> Iterator[Name]:
    """The names of one side that the other lacks, wholly or in part."""
    seen = set()
    for name in here.names:
        words = tuple(token.small for token in name.tokens)
        if words in seen or is_there(name, there):
            continue
        seen.add(words)
        whole = plain("".join(words))
        if len(whole) >= 5 and whole in there.squashed:
            continue
        gone = [token for token in name.tokens if not there.spells(token)]
        if gone:  # a copy: the names of a source are read once for all its translations
            yield replace(name, missing=gone)


def is_there(name: Name, there: Side) -> bool:
    """Tell whether the other side has a name of the gazetteer under one of its names there."""
    return any(
        there.has_phrase(phrase) or there.has_phrase(f"{phrase}s")
        for entry in name.entries
        for phrase in (*entry.english, *entry.indonesian)
    ) or any(there.implies(entry) for entry in name.entries)


def changed(lost: list[Name], added: list[Name], left: Side, right: Side) -> Iterator[Finding]:
    """Names that were changed for others, that were lost, that the source has nothing like."""
    rivals = Rivals.of(added)
    for name in lost:
        rival = rivals.take(name)
        if rival is not None:
            yield Finding("name", name.of(left.text), rival.of(right.text))
        elif name.firm and is_lost(name, right):
            yield Finding("name", name.of(left.text), "")
    for name in rivals.left():
        if name.firm and is_gone(name) and not (name.translatable and not name.entries):
            yield Finding("name", "", name.of(right.text))


def is_gone(name: Name) -> bool:
    """Tell whether the other side has no word of a name."""
    return len(name.missing) == len(name.tokens)


def is_lost(name: Name, right: Side) -> bool:
    """Tell whether so much of a name is missing that it is gone: Korea Utara is not Korea."""
    if is_gone(name):
        return not (name.translatable and right.phrases)
    return bool(name.entries) and any(token.small in DIRECTIONS for token in name.missing)


@dataclass(slots=True)
class Rivals:
    """Names of a translation without a source, each of which one lost name may have turned into.

    Attributes:
        names: all of them.
        firm: places of those that a firm name may have become that is wholly missing.
        known: places of those that such a name may have become that is not firm.
        partial: places of those that a name may have become of which some words are left.
        taken: places of those that a name became.
    """

    names: Sequence[Name]
    firm: deque[int]
    known: deque[int]
    partial: deque[int]
    taken: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, names: Sequence[Name]) -> "Rivals":
        """Names made ready to be taken."""
        firm = [at for at, name in enumerate(names) if name.firm]
        known = [at for at in firm if names[at].entries]
        partial = [at for at, name in enumerate(names) if not is_gone(name)]
        return cls(names, deque(firm), deque(known), deque(partial))

    def take(self, name: Name) -> Name | None:
        """The first that is left of those that a name may have turned into."""
        queue = self.partial if not is_gone(name) else self.firm if name.firm else self.known
        while queue:
            at = queue.popleft()
            if at not in self.taken:
                self.taken.add(at)
                return self.names[at]
        return None

    def left(self) -> Iterator[Name]:
        """Those that none turned into."""
        return (name for at, name in enumerate(self.names) if at not in self.taken)

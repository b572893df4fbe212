"""A name or number that a model misspelt, written as the source has it: no decoding needed.

A proposal only: it is weighed against the text as it was (`translate.quality.ladder`), so that a
change that cures nothing is not made. `unsaid` is stricter than the names of `corpora.fidelity`,
which lets a name pass that is spelt nearly right, or of which a part is there: enough to try
another decoding for, not enough to call the translation wrong.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from corpora.fidelity.gazetteer import GAZETTEER, is_common
from corpora.fidelity.level_text import SOURCES
from corpora.language import ENGLISH
from translate.quality.suspects import Suspicion

WORD = re.compile(r"\w+")
NAME = re.compile(r"(?<![\w'’-])[A-Z][\w]*(?:[-'’](?!s\b)\w+)*")
FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")
LIKE = 0.62  # similarity from which an unknown name is the misspelling of a lost one
FEWEST_LETTERS = 4
DERIVED = re.compile(r"(?:ian|ans?|ese|ish|ists?|ic|i)$")  # "Mexican" is no misspelt "Meksiko"
WORD = re.compile(r"\w+")
SOURCE_NAME = re.compile(r"(?<![\w.@'’-])[A-Z]\w*[a-z]\w*(?:[-'’]\w+)*")
BEGINNING = re.compile(r"(?:^|[.!?:;–—-]\s+)[\"“‘'(\[]*$|[\"“‘(]$")
KNOWN = frozenset(word for name in GAZETTEER.indonesian for word in name.split())


def unsaid(source: str, english: str) -> tuple[str, ...]:
    """Words of names, each once, that the English has not letter by letter.

    Words at the head of a sentence count only before another one; names that English may write
    differently (those of the gazetteer) do not count.

    >>> unsaid("Menurut Evangelos Kalousis, Rusia mundur.", "According to Evangelos Calousis, ...")
    ('Kalousis',)
    """
    names = own_names(source)
    if not names:
        return ()
    there = {word.casefold() for word in WORD.findall(english)}
    return tuple(name for name, parts in names if not parts <= there)


@lru_cache(maxsize=SOURCES)
def own_names(source: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The words of a source that English writes alike, each once, with their parts."""
    matches = list(SOURCE_NAME.finditer(source))
    found: dict[str, frozenset[str]] = {}
    for match, following in zip(matches, (*matches[1:], None), strict=False):
        word = match[0]
        if len(word) < FEWEST_LETTERS or not is_own(word) or "-" in word:
            continue
        if BEGINNING.search(source, max(0, match.start() - 6), match.start()) and not (
            following and following.start() == match.end() + 1 and is_own(following[0])
        ):
            continue
        found[word] = frozenset(part.casefold() for part in WORD.findall(word))
    return tuple(found.items())


def is_own(word: str) -> bool:
    """Tell whether a word with a capital is a name that is written alike in all languages."""
    return word.lower() not in KNOWN and not is_common(word.lower())


def respelt(
    source: str, english: str, found: Iterable[Suspicion], names: Iterable[str] = ()
) -> str:
    """The English with lost names and numbers in place of what looks like their misspelling.

    >>> lost = [Suspicion("names-lost", 1.0, "Kalousis")]
    >>> respelt("Hakim Kalousis pergi.", "Judge Calousis left.", lost)
    'Judge Kalousis left.'
    >>> wrong = [Suspicion("numbers-differ", 1.0, "1.250")]
    >>> respelt("Ada 1.250 orang.", "There were 1,20 people.", wrong)
    'There were 1,250 people.'
    """
    for name in names:
        english = with_name(source, english, name)
    for each in found:
        if each.flag == "names-lost" and each.about:
            english = with_name(source, english, each.about)
        elif each.flag == "numbers-differ" and each.about:
            english = with_number(source, english, each.about, each.instead)
    return english


def with_name(source: str, english: str, name: str) -> str:
    """The English with the words of a name in place of the unknown words most like them."""
    there = {word.casefold() for word in re.findall(r"\w+(?:[-'’]\w+)*", source)}
    for word in NAME.findall(name):
        if len(word) < FEWEST_LETTERS or re.search(rf"(?<!\w){re.escape(word)}(?!\w)", english):
            continue
        rivals = [
            (likeness(word, match[0]), -match.start(), match)
            for match in NAME.finditer(english)
            if match[0].casefold() not in there | ENGLISH and not is_derived(word, match[0])
        ]
        score, _, match = max(rivals, default=(0.0, 0, None), key=lambda rival: rival[:2])
        if match is not None and score >= LIKE:
            english = english[: match.start()] + word + english[match.end() :]
    return english


def likeness(one: str, other: str) -> float:
    """Share of the letters that two words have in the same order, in [0, 1]."""
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()


def is_derived(name: str, word: str) -> bool:
    """Tell whether an English word is made from a name by an ending that the name lacks."""
    ending = DERIVED.search(word)
    return ending is not None and not name.endswith(ending[0])


def with_number(source: str, english: str, number: str, instead: str) -> str:
    """The English with a number of the source in place of the one that is most like it."""
    wanted = FIGURE.search(number)
    if wanted is None:
        return english
    there = {digits(figure) for figure in FIGURE.findall(source)}
    proposed = FIGURE.search(instead)
    rivals = [
        (likeness(digits(wanted[0]), digits(match[0])), -match.start(), match)
        for match in FIGURE.finditer(english)
        if digits(match[0]) not in there and (proposed is None or match[0] == proposed[0])
    ]
    score, _, match = max(rivals, default=(0.0, 0, None), key=lambda rival: rival[:2])
    if match is None or score < LIKE:
        return english
    figure = wanted[0].translate(str.maketrans(".,", ",."))
    return english[: match.start()] + figure + english[match.end() :]


def digits(figure: str) -> str:
    """A number without its separators."""
    return re.sub(r"\D", "", figure)

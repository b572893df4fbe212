"""Names with their Indonesian and English spellings, and capitalised words that are no names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+(?:['.&][^\W_]+)*")
LONGEST = 5  # words of a name in the gazetteer


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing with a name: what it is called in each language, in words of small letters.

    It is firm if English always has a name for it: "TNI" may become "the army".
    """

    indonesian: tuple[str, ...]
    english: tuple[str, ...]
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Entries by what they are called, as words in small letters with a space between.

    Attributes:
        indonesian: entry by Indonesian name.
        english: entries by English name that is a name of its own (`police` is none).
        implied: by entry, what Indonesian names let English add a name of it: TNI is the
            Indonesian military.
        openers: first words of Indonesian names.
        english_openers: first words of English names.
    """

    indonesian: dict[str, Entry]
    english: dict[str, tuple[Entry, ...]]
    implied: dict[Entry, frozenset[str]]
    openers: frozenset[str]
    english_openers: frozenset[str]


def spaced(name: str) -> str:
    """The words of a name in small letters, with a space between.

    >>> spaced("Bosnia-Herzegovina"), spaced("U.S."), spaced("People's")
    ('bosnia herzegovina', 'u.s', "people's")
    """
    return " ".join(WORD.findall(name.lower()))


def load() -> Gazetteer:
    """Read `data/gazetteer.tsv`."""
    text = files("corpora").joinpath("data").joinpath("gazetteer.tsv").read_text("utf-8")
    indonesian: dict[str, Entry] = {}
    english: dict[str, tuple[Entry, ...]] = {}
    implying: list[tuple[Entry, str]] = []
    for line in text.splitlines():
        if not line or line[0] == "#":
            continue
        here, there, *implied = (column.split("|") for column in line.split("\t"))
        entry = Entry(
            tuple(map(spaced, here)),
            tuple(dict.fromkeys(spaced(name).replace("'s", "") for name in there)),
            firm=not any(name.islower() and not name.startswith("the ") for name in there),
        )
        for name in here:
            if not name.islower():
                indonesian.setdefault(spaced(name), entry)
        for name in there:
            is_name = name[0].isupper() and not all(w in COMMON for w in spaced(name).split())
            if is_name:
                english[spaced(name)] = (*english.get(spaced(name), ()), entry)
        implying += [(entry, spaced(name)) for names in implied for name in names]
    return Gazetteer(
        indonesian,
        english,
        implied_by((indonesian[name], entry) for entry, name in implying),
        frozenset(name.split()[0] for name in indonesian),
        frozenset(name.split()[0] for name in english),
    )


def implied_by(pairs: Iterable[tuple[Entry, Entry]]) -> dict[Entry, frozenset[str]]:
    """By entry the Indonesian names of all entries that are paired with it."""
    names: dict[Entry, set[str]] = {}
    for entry, other in pairs:
        names.setdefault(entry, set()).update(other.indonesian)
    return {entry: frozenset(every) for entry, every in names.items()}


def load_common() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """All words of `data/common_words.txt`, those under `[institutions]`, under `[titles]`."""
    text = files("corpora").joinpath("data").joinpath("common_words.txt").read_text("utf-8")
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words += line.split()
    every = frozenset(word for section in sections.values() for word in section)
    return every, frozenset(sections["institutions"]), frozenset(sections["titles"])


COMMON, INSTITUTIONS, TITLES = load_common()
GAZETTEER = load()
# Circumfixes and suffixes that make nouns and verbs of Indonesian, endings that make nouns of
# English: "Penanggulangan", "Sustainability".
DERIVED = re.compile(
    r"(?:(?:pe|per|ke|keter|pemer)\w{4,}an|(?:me|ber|ter|di)\w{4,}(?:kan|i)|(?:me[mn]|meng|ber)\w{4,}"
    r"|\w{3,}nya|\w{3,}(?:isasi|isme|itas|ologi)|\w{3,}(?:tions?|sions?|ments?|ness|ity|ities|ships?|isms?|ologies|ology|ically|ically|able))"
)


@lru_cache(maxsize=65536)
def is_common(word: str) -> bool:
    """Tell whether a word in small letters is translated rather than kept.

    >>> [is_common(word) for word in ("penanggulangan", "presiden", "prabowo", "kementerian")]
    [True, True, False, True]
    """
    if word in COMMON:
        return True
    if word in GAZETTEER.indonesian or word in GAZETTEER.english:
        return False
    if "-" in word:
        first, *rest = word.split("-")
        if len(rest) == 1 and first.endswith(rest[0]):  # pertama-tama, agen-agen
            return True
        return all(part in COMMON or DERIVED.fullmatch(part) for part in (first, *rest))
    return DERIVED.fullmatch(word) is not None or word.removesuffix("s") in COMMON

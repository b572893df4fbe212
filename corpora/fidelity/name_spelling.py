"""When two spellings are of one name: Shinwonsik and Shin Won-sik, Soekarno and Sukarno."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

# From old or foreign spellings to one, in this order; van Ophuijsen's Indonesian and the common
# romanisations of Russian, Arabic, Korean and Chinese differ by these.
RESPELLINGS = (
    *(("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "s"), ("sh", "s"), ("sy", "s"), ("sch", "s")),
    *(("ch", "c"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("zh", "z")),
    *(("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("ij", "i"), ("ks", "x")),
    *(("q", "k"), ("c", "k"), ("w", "v"), ("f", "v"), ("z", "s"), ("j", "y"), ("y", "i")),
)
DOUBLE = re.compile(r"(.)\1+")
DEMONYM = re.compile(r"(?:(?:i?an|es|es[ei]|is|ik|er)s?)$")
VOWELS = frozenset("aeiou")
LETTERS = re.compile(r"[^a-z0-9]+")
FEW = 32  # words up to which trying each is faster than looking for clues


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """Small letters without marks, spaces and hyphens.

    >>> plain("Shin Won-sik"), plain("São Paulo")
    ('shinwonsik', 'saopaulo')
    """
    return LETTERS.sub("", unicodedata.normalize("NFKD", name.casefold()))


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """What all spellings of a name have in common.

    >>> key("Soekarno") == key("Sukarno"), key("Jogjakarta") == key("Yogyakarta")
    (True, True)
    """
    found = plain(name)
    for old, new in RESPELLINGS:
        found = found.replace(old, new)
    found = found[:1] + found[1:].replace("h", "")
    return DOUBLE.sub(r"\1", found)


def is_demonym(place: str, people: str) -> bool:
    """Tell whether of two keys the second is the people or the adjective of the first.

    >>> is_demonym(key("Harappa"), key("Harappans")), is_demonym(key("Rina"), key("Rini"))
    (True, False)
    """
    stem = DEMONYM.sub("", people)
    return 4 <= len(stem) < len(people) and place.rstrip("aeiou") == stem.rstrip("aeiou")


def allowed(length: int) -> float:
    """How far two keys of a length may be apart and still spell one name; vowels count half."""
    if length < 5:
        return 0.0
    return 0.5 if length < 7 else 1.0 if length < 9 else 1.5


@lru_cache(maxsize=65536)
def is_one_name(left: str, right: str) -> bool:
    """Tell whether two words spell one name.

    >>> is_one_name("Zelensky", "Zelenskiy"), is_one_name("Lukashenko", "Lukasenka")
    (True, True)
    >>> is_one_name("Bandung", "Badung"), is_one_name("Susi", "Susilo"), is_one_name("Un", "Il")
    (False, False, False)
    """
    a, b = key(left), key(right)
    if a == b or is_demonym(a, b) or is_demonym(b, a):
        return bool(a)
    limit = allowed(min(len(a), len(b)))
    if not limit or a[0] != b[0] or abs(len(a) - len(b)) > 2 * limit:
        return False
    return distance(a, b) <= limit


def distance(left: str, right: str) -> float:
    """Edit distance; a vowel lost, added or changed for another counts half, the rest doubly so.

    >>> distance("sumatera", "sumatra"), distance("putin", "pitin"), distance("bali", "bari")
    (0.5, 0.5, 1.0)
    """
    row = [0.0]
    for sign in right:
        row.append(row[-1] + (0.5 if sign in VOWELS else 1.0))
    for sign in left:
        cost = 0.5 if sign in VOWELS else 1.0
        last, row[0] = row[0], row[0] + cost
        for at, other in enumerate(right, 1):
            other_cost = 0.5 if other in VOWELS else 1.0
            change = 0.0 if sign == other else max(cost, other_cost)
            last, row[at] = row[at], min(row[at] + cost, row[at - 1] + other_cost, last + change)
    return row[-1]


def clues(word: str) -> Iterator[str]:
    """Strings of which two words have one in common if they may spell one name.

    They are what `is_one_name` leaves alike: the beginning, where one is the people of the other
    place; the consonants, but for one where both words are long enough that one may differ.

    >>> set(clues("Zelensky")) & set(clues("Zelenskiy")) != set()
    True
    >>> set(clues("Bandung")) & set(clues("Surabaya"))
    set()
    """
    whole = key(word)
    yield "=" + whole.rstrip("aeiou")
    yield "=" + DEMONYM.sub("", whole).rstrip("aeiou")
    first, consonants = whole[:1], "".join(sign for sign in whole[1:] if sign not in VOWELS)
    if allowed(len(whole)) > 0:
        yield first + consonants
    if allowed(len(whole)) >= 1:
        for at in range(len(consonants) + 1):
            yield "-" + first + consonants[:at] + consonants[at + 1 :]


@dataclass(frozen=True, slots=True)
class Spellings:
    """Words among which other spellings of a name are found without trying each.

    >>> list(Spellings.among(["putin", "zelenskiy"]).of("zelensky"))
    ['zelenskiy']
    """

    words: tuple[str, ...]
    by_clue: dict[str, list[str]]  # empty where the words are few

    @classmethod
    def among(cls, words: Iterable[str]) -> "Spellings":
        """The words made ready."""
        each = tuple(dict.fromkeys(words))
        by_clue: dict[str, list[str]] = {}
        for word in each if len(each) > FEW else ():
            for clue in set(clues(word)):
                by_clue.setdefault(clue, []).append(word)
        return cls(each, by_clue)

    def of(self, name: str) -> Iterator[str]:
        """The words that spell a name."""
        likely: Iterable[str] = self.words
        if self.by_clue:
            found = (self.by_clue.get(clue, ()) for clue in set(clues(name)))
            likely = dict.fromkeys(word for words in found for word in words)
        return (word for word in likely if is_one_name(name, word))

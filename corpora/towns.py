"""Places where reports are written: towns, at which roads end too, and regions and countries."""

import re
from functools import cache
from importlib.resources import files

from corpora.broken_words import is_known
from corpora.word_counts import word_list

SECTION = re.compile(r"^\[(\w+)\]$", re.MULTILINE)
COMMENT = re.compile(r"^#.*$", re.MULTILINE)
# What stands before the name of a place and tells what it is
KIND = re.compile(r"(?:kota|kabupaten|kab\.?|kec\.?|kecamatan|provinsi|prov\.?|pulau) ")
LONGEST = 3  # words of a name
LONGEST_TEXT = 80  # characters in which they stand
SIDES, SORTS, COLUMNS = map(word_list, ("sides", "sorts_of_places", "columns"))
VOWEL = re.compile("[aiueoy]")
CLUSTER = re.compile("[^aiueoy]{5}")  # no name has so many consonants in a row
# Syllables that bodies, offices and their like are called by: "KEMENKES", "POLDA", "BANSOS"
CLIPPED = re.compile(
    r"kemen|pem(?:kot|kab|prov|da|ilu)|dis(?:dik|hub|naker)|pol(?:da|res|sek|ri)|kapol|bawas|bansos"
    r"|bareskrim|basarnas|pil(?:kada|pres|eg|kades)|persi|jabode|men(?:dag|kes|keu|dik|lu|sos)"
    r"|kej(?:agung|ari|ati)|kad(?:es|is)|(?:ca|cawa|wa)pres|ca(?:gub|bup|leg)|bappe|sat(?:pol|gas)"
    r"|ormas|parpol|puskes|brig|mayjen|irjen"
)


@cache
def sections() -> dict[str, tuple[str, ...]]:
    """The names of `data/towns.txt` as they are written there, by section."""
    text = files("corpora").joinpath("data").joinpath("towns.txt").read_text("utf-8")
    _, *parts = SECTION.split(COMMENT.sub(",", text))
    names = ([" ".join(name.split()) for name in part.split(",")] for part in parts[1::2])
    return {key: tuple(filter(None, each)) for key, each in zip(parts[::2], names, strict=True)}


@cache
def towns() -> frozenset[str]:
    """Towns and islands in small letters."""
    return frozenset(name.lower() for key in ("capitals", "towns") for name in sections()[key])


@cache
def regions() -> frozenset[str]:
    """Provinces and countries in small letters."""
    return frozenset(name.lower() for name in sections()["regions"])


def is_known_place(name: str) -> bool:
    """Tell whether reports are known to be written at a place, or on a side of it.

    >>> [is_known_place(name) for name in ("TRENGGALEK", "Kab. Bandung", "Sumenep Timur", "ASN")]
    [True, True, True, False]
    """
    small = name.lower()
    bare = KIND.sub("", small.rstrip("."), count=1)
    whole, _, side = bare.rpartition(" ")
    return any(each in towns() or each in regions() for each in (small, bare)) or (
        side in SIDES and whole in towns()
    )


def is_common_word(word: str) -> bool:
    """Tell whether a word in small letters is a common one of either language.

    Imported late, as all of the gazetteer is here: it is read when it is imported, and most
    processes that clean pages need none of it until a line has the shape of a dateline.
    """
    from corpora.fidelity.gazetteer import is_common

    return is_common(word)


def may_be_place(name: str) -> bool:
    """Tell whether a name that is not known may be that of a small place.

    >>> names = ("PANGALENGAN", "TELUK ANTAH", "HARGA EMAS", "LRT", "KEMENKES", "PRABOWO")
    >>> [may_be_place(name) for name in names]
    [True, True, False, False, False, False]
    """
    from corpora.fidelity.gazetteer import GAZETTEER

    bare = KIND.sub("", name.lower().rstrip("."), count=1)
    words = [word for word in bare.split() if word not in SORTS | SIDES]
    shortest = 3 if len(words) > 1 else 4
    return (
        bool(words)
        and bare not in GAZETTEER.indonesian
        and all(len(word) >= shortest and is_unheard_of(word) for word in words)
    )


def is_unheard_of(word: str) -> bool:
    """Tell whether a word in small letters could be spoken and is none of running text.

    >>> [word for word in ("pangalengan", "harga", "kemenkes", "umkm") if is_unheard_of(word)]
    ['pangalengan']
    """
    is_spoken = VOWEL.search(word) and not CLUSTER.search(word) and word.isalpha()
    is_listed = is_known(word) or word in COLUMNS or is_common_word(word)
    return bool(is_spoken) and not is_listed and not CLIPPED.match(word)


def begins_with_town(text: str) -> bool:
    """Tell whether a text begins with a town, and not with a longer name that a town is part of.

    >>> lines = ["Osaka ditempuh", "Bandung Barat macet", "Bali United kalah", "Bima Arya hadir",
    ...          "Negara hadir", "Presiden tiba"]
    >>> [begins_with_town(line) for line in lines]
    [True, True, False, False, False, False]
    """
    words = [word.rstrip(".,:;)") for word in text[:LONGEST_TEXT].split()]
    for count in range(LONGEST, 0, -1):
        name = " ".join(words[:count])
        if name[:1].isupper() and name.lower() in towns() and not is_common_word(name.lower()):
            following = "".join(words[count : count + 1])
            return not following.istitle() or following.lower() in SIDES
    return False

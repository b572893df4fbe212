"""Whether a line belongs into an Indonesian article: scripts, function words, an identifier.

Most lines are settled by their function words alone. The rest is given to py3langid
(https://pypi.org/project/py3langid, whose model ships in its wheel), which tells Malay from
Indonesian poorly; Malay is known by words that Indonesian news spells in another way.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from corpora.word_counts import WordCounter, isin, matches, word_list

INDONESIAN = word_list("indonesian")
ENGLISH = word_list("english")
MALAY = word_list("malay")
SHARED_WITH_MALAY = word_list("shared_with_malay")
OTHER_SCRIPT = re.compile(r"[\u0370-\u1CFF\u2E80-\uD7FF\uF900-\uFAFF\uFE70-\uFEFF]")
VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1EA0-\u1EF9]")
AFFIXED = re.compile(
    r"(?:meng|meny|mem|men|me[lrwy]|peng|peny|pem|di[bcdgjklprt]|ber|ter|ke)[a-z]{4,}$|"
    r"[a-z]{3,}(?:kan|nya)$|[a-z]+-[a-z]+$"
)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ASCII_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")  # the same in a third of the time
ASCII_LETTERS = "".join(
    chr(code).lower() if chr(code).isalpha() or chr(code) == "-" else " " for code in range(256)
).encode("latin-1", "replace")
LOOSE_HYPHENS = ("- ", " -", "--")  # that join no words
TYPOGRAPHY = {**dict.fromkeys("“”‘’–—…", '"'), "\u00a0": " "}  # no part of words, in or out
CANDIDATES = (
    *("id", "ms", "jv", "tl", "en", "vi", "th", "zh", "ja", "ko", "hi"),
    *("ar", "fa", "tr", "ru", "fr", "de", "es", "pt", "nl", "it"),
)
SORTS = {
    "indonesian": isin(INDONESIAN),
    "english": isin(ENGLISH),
    "malay": isin(MALAY),
    "shared_with_malay": isin(SHARED_WITH_MALAY),
    "affixed": matches(AFFIXED),
    "other": lambda word: bool(OTHER_SCRIPT.search(word) or VIETNAMESE.search(word)),
}
COUNTER = WordCounter(SORTS)
SURE = 0.9  # probability above which the identifier is believed
MOSTLY_INDONESIAN = 0.15  # share of function words above which it is not even asked


def words(text: str) -> list[str]:
    """The words of a text in lower case; a reduplicated word counts once.

    >>> words("Negara-negara itu, 12 jumlahnya.")
    ['negara-negara', 'itu', 'jumlahnya']
    """
    return list(words_of(plain(text)))


def plain(text: str) -> str:
    """A text with ordinary typography in ASCII, character by character: most lines are ASCII then.

    >>> plain("“Naik” – katanya")
    '"Naik" " katanya'
    """
    if not text.isascii():
        for mark, sign in TYPOGRAPHY.items():
            text = text.replace(mark, sign)
    return text


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case; typography is best made plain before (see `plain`)."""
    if not text.isascii():
        return tuple(WORD.findall(small(text)))
    spaced = text.encode().translate(ASCII_LETTERS).decode()
    if "-" in spaced and any(map(f" {spaced} ".__contains__, LOOSE_HYPHENS)):
        return tuple(ASCII_WORD.findall(spaced))
    return tuple(spaced.split())


def small(text: str) -> str:
    """A text in small letters, letter by letter: no letter becomes two."""
    lowered = text.lower()
    if len(lowered) == len(text) and "Σ" not in text:  # which depends on what is behind it
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@cache
def identifier() -> Any:
    """The language identifier, loaded on first use."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(list(CANDIDATES))
    found.nb_ptc = found.nb_ptc.astype("float32")  # half precision is converted at every call
    return found


def is_malay(own: int, shared: int, count: int) -> bool:
    """Tell whether words are Malay: two that Indonesian lacks, or one and one that it shares."""
    return own >= 2 or (own == 1 and shared >= 1) or (shared >= 2 and count < 12)


@lru_cache(maxsize=8192)  # asked more than once of every line, and furniture recurs
def is_foreign(text: str) -> bool:
    """Tell whether a line is in another language than Indonesian.

    Names and quotations in an Indonesian line do not make it foreign; lines of one or two words
    are foreign only by their letters.

    >>> is_foreign("Surat kabar Nhân Dân melaporkan bahwa banjir itu sudah surut.")
    False
    >>> is_foreign("Độc lập - Tự do - Hạnh phúc")
    True
    >>> is_foreign("Sign up for our newsletter and get all of the news")
    True
    >>> is_foreign("Sila muat turun aplikasi kami menerusi pautan ini.")
    True
    """
    bare = plain(text)
    found = words_of(bare)
    said = by_words(bare, len(found), COUNTER.count(found))
    return sounds_foreign(text) if said is None else said


def by_words(text: str, count: int, numbers: Sequence[int]) -> bool | None:
    """Whether a line is in another language, as far as its words tell; None if they do not.

    Headlines have few function words; two thirds of them need no identifier, for they have words
    with Indonesian affixes and none that is English.

    Args:
        text: the line, its typography made plain.
        count: of its words.
        numbers: how many words it has of each of `SORTS`, in their order; more may follow.
    """
    indonesian, english, malay, shared, affixed, other = numbers[:6]
    if not count:
        return False
    if other > indonesian and other >= 0.4 * count:
        return True
    if is_malay(malay, shared, count) and indonesian < 0.4 * count:
        return True
    if count < 4 or indonesian > MOSTLY_INDONESIAN * count:
        return False
    return False if not english and affixed and text.isascii() else None


def sounds_foreign(text: str) -> bool:
    """Tell what the identifier thinks of a line, letters of other scripts left out."""
    if not text.isascii():
        text = " ".join(word for word in text.split() if not OTHER_SCRIPT.search(word))
    language, probability = identifier().classify(text)
    return language not in ("id", "ms") and float(probability) >= SURE


def in_indonesian(text: str) -> bool:
    """Tell whether a passage that should be English is Indonesian, by its function words.

    None of the 997 English lines of FLORES-200 dev has a tenth of Indonesian function words, 98 %
    of the Indonesian ones have.

    >>> in_indonesian("Presiden itu terbang ke ibu kota pada Senin pagi."), in_indonesian("I go.")
    (True, False)
    """
    found = words(text)
    return len(found) >= 4 and sum(word in INDONESIAN for word in found) >= 0.1 * len(found)

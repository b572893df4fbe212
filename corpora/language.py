"""Whether a line belongs into an Indonesian article: scripts, function words, an identifier.

Most lines are settled by their function words alone. The rest is given to py3langid
(https://pypi.org/project/py3langid, whose model ships in its wheel), which tells Malay from
Indonesian poorly; Malay is known by words that Indonesian news spells in another way.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


def word_list(name: str) -> frozenset[str]:
    """A list of `data/words.toml`."""
    data = files("corpora").joinpath("data").joinpath("words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(data)[name].split())


INDONESIAN = word_list("indonesian")
MALAY = word_list("malay")
SHARED_WITH_MALAY = word_list("shared_with_malay")
OTHER_SCRIPT = re.compile(r"[\u0370-\u1CFF\u2E80-\uD7FF\uF900-\uFAFF\uFE70-\uFEFF]")
VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1EA0-\u1EF9]")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CANDIDATES = (
    *("id", "ms", "jv", "tl", "en", "vi", "th", "zh", "ja", "ko", "hi"),
    *("ar", "fa", "tr", "ru", "fr", "de", "es", "pt", "nl", "it"),
)
SURE = 0.9  # probability above which the identifier is believed
MOSTLY_INDONESIAN = 0.15  # share of function words above which it is not even asked


def words(text: str) -> list[str]:
    """The words of a text in lower case; a reduplicated word counts once.

    >>> words("Negara-negara itu, 12 jumlahnya.")
    ['negara-negara', 'itu', 'jumlahnya']
    """
    return [word.lower() for word in WORD.findall(text)]


@cache
def identifier() -> Any:
    """The language identifier, loaded on first use."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(list(CANDIDATES))
    return found


def is_malay(found: list[str]) -> bool:
    """Tell whether words are Malay: two that Indonesian lacks, or one and two that it shares."""
    own = sum(word in MALAY for word in found)
    shared = sum(word in SHARED_WITH_MALAY for word in found)
    return own >= 2 or (own == 1 and shared >= 1) or (shared >= 2 and len(found) < 12)


@lru_cache(maxsize=4096)  # asked more than once of every line, and furniture recurs
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
    found = words(text)
    if not found:
        return False
    indonesian = sum(word in INDONESIAN for word in found)
    if not text.isascii():
        other = sum(bool(OTHER_SCRIPT.search(word) or VIETNAMESE.search(word)) for word in found)
        if other > indonesian and other >= 0.4 * len(found):
            return True
    if is_malay(found) and indonesian < 0.4 * len(found):
        return True
    if len(found) < 4 or indonesian > MOSTLY_INDONESIAN * len(found):
        return False
    latin = " ".join(word for word in text.split() if not OTHER_SCRIPT.search(word))
    language, probability = identifier().classify(latin)
    return language not in ("id", "ms") and float(probability) >= SURE

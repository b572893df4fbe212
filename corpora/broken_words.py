"""Words that a rewriting machine broke at the hyphen: which two halves make one word or name.

Made from how Indonesian doubles its words, not from a list; so pairs that share nothing
(`simpang-siur`) are not known.
"""

import re

from corpora.language import INDONESIAN

# Bound forms that take a hyphen before a capital or a digit: "se-Asia", "ke-20", "pro-Rusia"
PREFIXES = frozenset(
    ["ke", "se", "ber", "di", "pro", "anti", "non", "eks", "pan", "pasca", "al", "antar", "sub"]
)
# Forms that a small word may stand behind as well: "non-blok", "anti-korupsi", "e-mail"
LOANED = frozenset(["pro", "anti", "non", "eks", "antar", "sub", "e"])
JOINING = frozenset(["atau", "ataupun", "dan", "hingga", "maupun", "serta"])  # "pro- maupun"
NO_HALF = INDONESIAN | JOINING  # words that are no second half of another
CODED = re.compile(r"[A-Z]|(?i:covid)")  # "G-20", "U-23", "COVID-19"
# Articles of Arabic names, before a capital: "al-Assad"
ARTICLES = frozenset(["al", "el", "ad", "an", "ar", "as", "asy", "at", "az", "ash", "ath"])
SUFFIXES = frozenset(["kan", "an", "nya", "lah", "kah"])
AFFIXES = SUFFIXES | frozenset(
    [
        *("me", "mem", "men", "meng", "meny", "memper", "pe", "pem", "pen", "peng", "peny", "per"),
        *("ber", "ter", "di", "diper", "ke", "se", "pra", "pasca", "anti", "non", "sub", "antar"),
        *("inter", "multi", "pun"),
    ]
)
CODES = frozenset(["U", "G", "COVID", "Covid", "B"])  # "U-17", "G-20", "vitamin B-12"
MORPHEMES = frozenset(["awalan", "akhiran", "prefiks", "sufiks", "imbuhan", "afiks", "kata"])
VOWELS = str.maketrans("", "", "aeiou")


def is_word_pair(first: str, second: str) -> bool:
    """Tell whether two halves make a reduplicated word.

    A word is doubled whole or with an affix on one half (`berlari-lari`, `orang-orangan`), with the
    prefix meN- in place of its first sound (`tolong-menolong`), with another first consonant
    (`sayur-mayur`) or with other vowels (`bolak-balik`).

    >>> pairs = [("negara", "negara"), ("berlari", "lari"), ("tolong", "menolong"),
    ...          ("sayur", "mayur"), ("bolak", "balik"), ("itu", "sama"), ("pra", "dan")]
    >>> [is_word_pair(*pair) for pair in pairs]
    [True, True, True, True, True, False, False]
    """
    first, second = first.lower(), second.lower()
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) < 3:
        return False
    if shorter in longer or is_mutual(first, second):
        return True
    for prefix in ("se", "me", "ber", "ter"):  # "sekurang-kurangnya", "menutup-nutupi"
        root = first.removeprefix(prefix)
        if first != root and len(root) > 3 and second.startswith(root):
            return True
    if len(first) < 4 or len(first) != len(second):
        return False
    return first[1:] == second[1:] or (
        first[0] == second[0] and first.translate(VOWELS) == second.translate(VOWELS)
    )


def is_mutual(first: str, second: str) -> bool:
    """Tell whether the second half is the first with meN-: what two do to each other.

    >>> is_mutual("tolong", "menolong"), is_mutual("tolong", "meminta")
    (True, False)
    """
    return len(first) > 3 and second.startswith("me") and first[1:] in second


def is_second_half(word: str) -> bool:
    """Tell whether a word may stand behind a loaned form and its hyphen: "korupsi", not "dan"."""
    return word.islower() and len(word) > 2 and word not in NO_HALF


def is_name_pair(first: str, second: str) -> bool:
    """Tell whether two halves make a Korean given name, in which the second half is written small.

    >>> is_name_pair("Jong", "un"), is_name_pair("Ki", "moon"), is_name_pair("Pra", "dan")
    (True, True, False)
    """
    return (
        first.istitle()
        and second.islower()
        and len(first) <= 6
        and len(second) <= 4
        and second not in INDONESIAN
    )


def is_known(word: str) -> bool:
    """Tell whether a word in small letters is one of running text; late, for it needs numpy."""
    from corpora.lines.lexicon import lexicon

    return word in lexicon().known


def is_torn_word(first: str, second: str) -> bool:
    """Tell whether two halves make a word of running text, and the first is none by itself.

    >>> is_torn_word("peme", "rintah"), is_torn_word("orang", "tua"), is_torn_word("me", "dan")
    (True, False, False)
    """
    if not (first.isalpha() and second.islower() and second.isalpha() and len(second) > 1):
        return False
    small = first.lower()
    if second in SUFFIXES:
        return len(small) > 3 and is_known(small + second)
    if second in NO_HALF:
        return False
    return is_known(small + second) and (small in AFFIXES or not is_known(small))


def is_spaced_word(first: str, second: str) -> bool:
    """Tell whether a hyphen between two spaces, which mostly is a dash, stands inside a word.

    >>> pairs = [("ke", "80"), ("se", "Jawa"), ("U", "17"), ("1930", "an"), ("anti", "korupsi"),
    ...          ("orang", "orang"), ("sayur", "mayur"), ("Jakarta", "Bandung"), ("pro", "dan")]
    >>> [is_spaced_word(*pair) for pair in pairs]
    [True, True, True, True, True, True, True, False, False]
    """
    small, behind = first.lower(), second.lower()
    if first.isdigit():
        return second == "an" and len(first) in (2, 4)
    if second.isdigit():
        return small == "ke" or (first in CODES and len(second) < 4)
    if first in ("se", "ber", "al", "Al") and second[:1].isupper():
        return True
    if small == "k":
        return behind in ("pop", "drama")
    if first in LOANED and is_second_half(second):
        return True
    if len(first) < 3 or (first.istitle() != second.istitle() and not second.islower()):
        return False
    is_rhyme = min(len(first), len(second)) > 4 and small[1:] == behind[1:] and second.islower()
    is_same = small == behind and (second.islower() or small == "undang")
    is_affixed = len(second) > 3 and first.endswith(second) and first[: -len(second)] in AFFIXES
    return is_same or is_mutual(first, second) or is_rhyme or is_affixed


def is_place(name: str) -> bool:
    """Tell whether a name is one of the gazetteer's, as countries and large cities are.

    >>> is_place("Turki"), is_place("AS"), is_place("Rapat")
    (True, True, False)
    """
    from corpora.fidelity.gazetteer import GAZETTEER

    return name[:1].isupper() and name.lower() in GAZETTEER.indonesian


def is_one_word(first: str, second: str, *, is_first: bool) -> bool:
    """Tell whether a hyphen and a space stand inside a word or a name.

    Args:
        first: the token before the hyphen; it may have hyphens of its own.
        second: the word behind the space.
        is_first: `first` is the first of its line, where a place and a hyphen begin the report.

    >>> is_one_word("Rusia", "Ukraina", is_first=False), is_one_word("Solo", "Ia", is_first=True)
    (True, False)
    >>> is_one_word("ke", "20", is_first=False), is_one_word("1990", "an", is_first=False)
    (True, True)
    """
    half = first.rsplit("-")[-1]
    if half.isdigit():
        return second == "an" or (second.isdigit() and len(half) < 5 and len(second) < 5)
    if second in SUFFIXES and half.isupper():
        return True
    if not half.isalpha():
        return False
    if second.isdigit() and CODED.fullmatch(half) and len(second) < 4:
        return True
    if half.lower() in LOANED and is_second_half(second):
        return True
    if len(half) < 2:
        return False
    if half.lower() in PREFIXES and (second[0].isdigit() or second[0].isupper()):
        return True
    if not second.isalpha() or len(second) < 2:
        return False
    if is_word_pair(half, second) or is_name_pair(half, second):
        return True
    is_name = first.istitle() or (first.isupper() and len(first) == 2)
    return is_name and second.istitle() and not is_first

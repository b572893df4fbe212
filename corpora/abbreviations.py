"""Abbreviations of Indonesian news, after which a full stop may end no sentence."""

import re
from importlib.resources import files

VOWELLESS = re.compile(r"(?![A-Z]+$)[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{2,4}")


def load() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """All abbreviations; those that can stand last in a sentence; those of numbered things."""
    text = files("corpora").joinpath("data").joinpath("abbreviations.txt").read_text("utf-8")
    entries = [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]
    return (
        frozenset(entry.rstrip("+#") for entry in entries),
        frozenset(entry[:-1] for entry in entries if entry.endswith("+")),
        frozenset(entry[:-1] for entry in entries if entry.endswith("#")),
    )


ABBREVIATIONS, MAY_END, BEFORE_NUMBER = load()


def is_vowelless(word: str) -> bool:
    """Tell whether a short word has no vowel, so that it must be short for something.

    Words written in capitals only are acronyms, which take no full stop.

    >>> [is_vowelless(word) for word in ("Dsn", "Ny", "dan", "KPK", "Schmidt")]
    [True, False, False, False, False]
    """
    return VOWELLESS.fullmatch(word) is not None

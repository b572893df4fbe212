"""Whether an English sentence keeps what an Indonesian one says, as far as signs tell.

Compared are numbers, units, dates, names, quotations and negation; what each kind sees and what it
does not is written in docs/fidelity.md. Nothing here understands a sentence: a word that was
translated by a wrong one of another meaning goes unseen.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from corpora.fidelity import (
    calendar_dates,
    date_matching,
    negation,
    number_matching,
    proper_names,
    quoted_speech,
)
from corpora.fidelity.calendar_dates import Calendar
from corpora.fidelity.comparison import Comparison, Finding, Kept
from corpora.fidelity.level_text import SOURCES, LevelText

__all__ = ["KINDS", "Finding", "Kept", "findings", "measured", "summed"]

KINDS = ("number", "date", "unit", "name", "quotation", "negation")


def compared(source: str, english: str) -> dict[str, Comparison]:
    """What each kind says of a pair; numbers and units are one."""
    (left, days), (right, english_days) = source_text(source), text_and_days(english, english=True)
    return {
        "number": number_matching.compared(left, right, days, english_days),
        "date": date_matching.compared(days, english_days),
        "name": proper_names.compared(left, right),
        "quotation": quoted_speech.compared(left.text, right.text),
        "negation": negation.compared(left, right),
    }


@lru_cache(maxsize=SOURCES)
def source_text(source: str) -> tuple[LevelText, Calendar]:
    """A source made ready, and its days: it is compared with one candidate after the other."""
    return text_and_days(source, english=False)


def text_and_days(raw: str, *, english: bool) -> tuple[LevelText, Calendar]:
    """A sentence made ready, and its days."""
    sentence = LevelText.of(raw)
    return sentence, calendar_dates.calendar(sentence, english=english)


def findings(source: str, english: str) -> tuple[Finding, ...]:
    """What the English does not keep of the Indonesian source, kind by kind.

    >>> findings("Bantuan itu Rp 2,5 triliun.", "The aid was 2.5 trillion rupiah.")
    ()
    >>> findings("Sebanyak 10.000 orang mengungsi.", "Some 1,000 people fled.")
    (Finding(kind='number', text='10.000', got='1,000'),)

    Empty English keeps nothing; what was never there is not missed.

    >>> findings("", "")
    ()
    """
    return tuple(
        finding for each in compared(source, english).values() for finding in each.findings
    )


def measured(source: str, english: str) -> Mapping[str, Kept]:
    """How much of each kind the source has, and how much of that the English keeps.

    Units are counted where a number that has one was kept.

    >>> measured("Sebanyak 10.000 orang mengungsi.", "Some 10,000 people fled.")["number"]
    Kept(kept=1, total=1)
    """
    every = compared(source, english)
    units = sum(finding.kind == "unit" for finding in every["number"].findings)
    kept = {kind: each.kept for kind, each in every.items()}
    kept["unit"] = Kept(max(every["number"].units - units, 0), every["number"].units)
    return MappingProxyType({kind: kept[kind] for kind in KINDS})


def summed(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Kept]:
    """How much of each kind many sources have, and how much of that their English keeps.

    >>> summed([("Ada 2 ton.", "There are 2 tons."), ("Ada 7 ton.", "There are 9 tons.")])["number"]
    Kept(kept=1, total=2)
    """
    total = dict.fromkeys(KINDS, Kept())
    for source, english in pairs:
        for kind, kept in measured(source, english).items():
            total[kind] += kept
    return MappingProxyType(total)

"""How many sentences look wrong and how many terms came through, counted while translating."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from threading import Lock
from typing import Any, Protocol

from translate.quality.glossary import Glossary, TermsKept


class Flagged(Protocol):
    """What has flags: a row of the corpus, a translation."""

    @property
    def flags(self) -> tuple[str, ...]:
        """Names of what looks wrong."""
        ...


@dataclass(slots=True)
class Tally:
    """Counts over all that one translator was given; several threads may add.

    Attributes:
        suspects: sentences with each flag.
        terms: of the glossary; None without one.
    """

    suspects: Counter[str] = field(default_factory=Counter)
    terms: TermsKept | None = None
    lock: Lock = field(default_factory=Lock, repr=False)

    def add(self, glossary: Glossary, done: Iterable[tuple[str, str, tuple[str, ...]]]) -> None:
        """Count sentences: Indonesian, English and flags of each."""
        every = list(done)
        kept = glossary.kept((source, english) for source, english, _ in every)
        with self.lock:
            for _, _, flags in every:
                self.suspects.update(flags)
            if glossary.terms:
                before = self.terms or TermsKept(0, 0)
                self.terms = TermsKept(before.kept + kept.kept, before.total + kept.total)

    def lines(self) -> Iterator[str]:
        """What a person reads of it."""
        return suspect_lines(dict(self.suspects.most_common()), self.terms)

    def as_json(self) -> dict[str, Any]:
        """The counts for machines."""
        terms = asdict(self.terms) if self.terms else None
        return {"suspects": dict(self.suspects.most_common()), "glossary": terms}


def counted(rows: Iterable[Flagged]) -> dict[str, int]:
    """How many rows have each flag, the most frequent first."""
    every = Counter(flag for row in rows for flag in row.flags)
    return dict(sorted(every.items(), key=lambda entry: (-entry[1], entry[0])))


def suspect_lines(suspects: Mapping[str, int], terms: TermsKept | None) -> Iterator[str]:
    """What a person reads of suspects and of the terms of a glossary.

    >>> list(suspect_lines({"loop": 2, "copied": 1}, TermsKept(9, 10)))
    ['looks wrong: loop 2, copied 1', 'glossary: 9 of 10 terms came through (90.0 %)']
    """
    if suspects:
        yield "looks wrong: " + ", ".join(f"{flag} {count:,}" for flag, count in suspects.items())
    if terms is not None:
        share = f" ({100 * terms.kept / terms.total:.1f} %)" if terms.total else ""
        yield f"glossary: {terms.kept:,} of {terms.total:,} terms came through{share}"

"""What a sentence and its translation have in common: what was kept, and what differs."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the English does not say as the source does.

    Attributes:
        kind: number, date, unit, name, quotation or negation.
        text: what the source has; empty if the English invented it.
        got: what the English has instead; empty if it was lost.
    """

    kind: str
    text: str
    got: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How many things of a kind the source has (`total`), and how many of them the English."""

    kept: int = 0
    total: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        """Sums of two sentences or corpora.

        >>> Kept(1, 2) + Kept(3, 3)
        Kept(kept=4, total=5)
        """
        return Kept(self.kept + other.kept, self.total + other.total)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings of one or more kinds, in the order of the text, and how much was kept.

    Attributes:
        kept: how many things of the kind were kept, and how many the source has.
        findings: what differs.
        units: how many of the source's numbers have a unit; only of numbers.
    """

    kept: Kept = Kept()
    findings: tuple[Finding, ...] = ()
    units: int = 0


NOTHING = Comparison()


def comparison(total: int, findings: Iterable[Finding], kind: str) -> Comparison:
    """The findings, and of `total` things of a kind in the source those that none of them names."""
    found = tuple(findings)
    lost = sum(1 for finding in found if finding.text and finding.kind == kind)
    return Comparison(Kept(max(total - lost, 0), total), found)

"""How many facts of the source the English keeps: numbers, dates, units, names and the like.

What a fact is and when it is kept, `corpora.fidelity.findings` says; here it is summed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Sums = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Kept facts and all facts of the source, by kind."""

    by_kind: Mapping[str, tuple[int, int]]

    @property
    def kept(self) -> int:
        """Facts of all kinds that the English has."""
        return sum(kept for kept, _ in self.by_kind.values())

    @property
    def total(self) -> int:
        """Facts of all kinds that the source has."""
        return sum(total for _, total in self.by_kind.values())

    @property
    def fate(self) -> str:
        """What became of the facts of a pair, as the name of a bucket."""
        if not self.total:
            return "no facts"
        return "all kept" if self.kept == self.total else "some lost"

    def as_json(self) -> dict[str, Any]:
        """Kept, total and share by kind; the share is null where the source has none."""
        return {
            kind: {"kept": kept, "total": total, "share": round(kept / total, 4) if total else None}
            for kind, (kept, total) in self.by_kind.items()
        }


def facts(source: str, english: str) -> Facts:
    """The facts of one pair."""
    from corpora.fidelity.findings import measured

    return Facts(
        {kind: (each.kept, each.total) for kind, each in measured(source, english).items()}
    )


def added(found: Iterable[Facts]) -> Facts:
    """The facts of several pairs.

    >>> added([Facts({"name": (1, 2)}), Facts({"name": (1, 1), "date": (0, 1)})]).as_json()["name"]
    {'kept': 2, 'total': 3, 'share': 0.6667}
    """
    sums: Sums = {}
    for each in found:
        for kind, (kept, total) in each.by_kind.items():
            before = sums.get(kind, (0, 0))
            sums[kind] = before[0] + kept, before[1] + total
    return Facts(sums)


def facts_of(sources: Sequence[str], english: Sequence[str]) -> list[Facts]:
    """The facts of every pair."""
    return [facts(*pair) for pair in zip(sources, english, strict=True)]

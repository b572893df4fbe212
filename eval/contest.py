"""What several systems made of the same text, each sentence with the same references."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import Sample
from eval.coverage import as_untranslated, share, words
from eval.metrics import statistics_of


@dataclass(frozen=True, slots=True)
class Contest:
    """Systems side by side.

    Attributes:
        names: of the systems; the first is the one that the others are compared with.
        hypotheses: of each system, one a segment.
        references: of each segment, one or several.
        sources: of each segment; None where they are not known.
        places: of each segment, what names it to people.
        articles: of each segment; None where they are not known.
        confidence: that each is a pair, in [0, 1]; None where all surely are.
        unaligned: article and text of references that are no pair for all systems.
        notes: what was left out, one sentence each.
    """

    names: tuple[str, ...]
    hypotheses: tuple[Sequence[str], ...]
    references: Sequence[Sequence[str]]
    sources: Sequence[str] | None
    places: Sequence[str]
    articles: Sequence[str] | None = None
    confidence: Sequence[float] | None = None
    unaligned: Sequence[tuple[str, str]] = ()
    notes: tuple[str, ...] = ()

    @property
    def coverage(self) -> float | None:
        """Share of the reference words that are compared; None where all are."""
        if self.confidence is None:
            return None
        compared = sum(words(each[0]) for each in self.references)
        return share(compared, sum(words(text) for _, text in self.unaligned))

    def samples(self, workers: int = 1) -> list[Sample]:
        """The pairs of each system, ready to be resampled together."""
        groups, rest = self.numbered()
        doubt = None if self.confidence is None else np.array(self.confidence, dtype=np.float64)
        left = as_untranslated([text for _, text in self.unaligned]) if self.unaligned else None
        return [
            Sample(statistics_of(list(own), self.references, workers), groups, doubt, left, rest)
            for own in self.hypotheses
        ]

    def numbered(self) -> tuple[NDArray[np.int64] | None, NDArray[np.int64] | None]:
        """Numbers of the articles of segments and of unaligned references."""
        if self.articles is None:
            return None, None
        known: dict[str, int] = {}
        groups = [known.setdefault(article, len(known)) for article in self.articles]
        rest = [known.setdefault(article, len(known)) for article, _ in self.unaligned]
        return np.array(groups, dtype=np.int64), np.array(rest, dtype=np.int64)

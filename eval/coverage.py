"""Scores for references that are partial: what aligned, how much of it, and the rest as empty."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.metrics import Score, score


@dataclass(frozen=True, slots=True)
class PartialScores:
    """Scores of an aligned corpus.

    Aligning by similarity and scoring what aligned rewards itself, so both views stand together.

    Attributes:
        coverage: share of the reference words that are aligned, in [0, 1].
        aligned: scores of the aligned pairs alone; empty when there are none.
        adjusted: scores in which an unaligned reference counts as an empty translation.
    """

    coverage: float
    aligned: tuple[Score, ...]
    adjusted: tuple[Score, ...]

    def as_json(self) -> dict[str, Any]:
        """The scores as they stand in `scores.json`."""
        return {
            "coverage": round(self.coverage, 4),
            "aligned": [asdict(found) for found in self.aligned],
            "unaligned_counted_as_empty": [asdict(found) for found in self.adjusted],
        }


def partial_scores(
    pairs: Sequence[tuple[str, str]], unaligned: Sequence[str]
) -> PartialScores | None:
    """Score aligned pairs `(translation, reference)` next to references that found no partner.

    Returns:
        None when there is no reference at all.
    """
    if not pairs and not unaligned:
        return None
    hypotheses = [hypothesis for hypothesis, _ in pairs]
    references = [reference for _, reference in pairs]
    aligned_words = sum(len(reference.split()) for reference in references)
    words = aligned_words + sum(len(reference.split()) for reference in unaligned)
    adjusted = score([*hypotheses, *[""] * len(unaligned)], [*references, *unaligned])
    return PartialScores(
        coverage=aligned_words / words if words else 0.0,
        aligned=tuple(score(hypotheses, references)) if pairs else (),
        adjusted=tuple(adjusted),
    )

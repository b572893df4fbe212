"""Scores for references that are partial: what aligned, how much of it, and the rest as empty."""

from collections.abc import Iterable

import numpy as np

from eval.bootstrap import Resampling, Sample, resampled, with_intervals
from eval.formulas import empty
from eval.metrics import Score, scores, signature, value
from eval.segments import Statistics, statistics


def words(text: str) -> int:
    """Words between white space."""
    return len(text.split())


def share(aligned: int, unaligned: int) -> float:
    """Share of the reference words that is aligned; 0 without a word."""
    return aligned / (aligned + unaligned) if aligned else 0.0


def as_untranslated(references: Iterable[str], workers: int = 1) -> Statistics:
    """Statistics of references, each with an empty translation."""
    return statistics((("", [reference]) for reference in references), workers)


def both_views(sample: Sample, options: Resampling | None) -> tuple[list[Score], list[Score]]:
    """Scores of the pairs alone, and with unaligned references as empty; intervals if asked."""
    alone = scores(sample.statistics)
    adjusted = adjusted_scores(sample.statistics, sample.unaligned)
    if options is None or not adjusted:
        return alone, adjusted
    drawn, drawn_adjusted = resampled(sample, options)
    how = sample.signature(options)
    return with_intervals(alone, drawn, how), with_intervals(adjusted, drawn_adjusted, how)


def bleu_is_blind(pairs: Statistics, unaligned: Statistics | None) -> bool:
    """Tell whether BLEU is the same when unaligned references count as empty translations.

    BLEU (Papineni 2002) has no recall: what is missing lowers it through the brevity penalty alone,
    and there is none as long as the English is not shorter than all references together.
    """
    if not len(pairs) or unaligned is None or not len(unaligned):
        return False
    words, reference = pairs.sums()["BLEU"][:2]
    return bool(words >= reference + unaligned.sums()["BLEU"][1])


def adjusted_scores(pairs: Statistics, unaligned: Statistics | None) -> list[Score]:
    """Scores in which unaligned references count as empty translations; none of nothing."""
    rest = unaligned.sums() if unaligned is not None else {}
    total = len(pairs) + len(unaligned or ())
    if not total:
        return []
    references = pairs.references if len(pairs) else 1
    return [
        Score(
            name,
            value(name, sums + empty(name, rest.get(name, np.zeros_like(sums)))),
            signature(name, references),
            total,
        )
        for name, sums in pairs.sums().items()
    ]

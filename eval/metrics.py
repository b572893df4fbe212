"""Corpus scores of translations, each with the sacreBLEU signature that makes it comparable."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Score:
    """One corpus-level score.

    Attributes:
        metric: BLEU, chrF2++ or TER.
        value: 0 to 100 for BLEU and chrF2++ (more is better); TER in percent (less is better).
        signature: sacreBLEU's, with the version.
        segments: pairs that were scored.
    """

    metric: str
    value: float
    signature: str
    segments: int


def metrics() -> tuple[Any, ...]:
    """SacreBLEU's BLEU (Papineni 2002), chrF2++ (Popović 2017) and TER (Snover 2006), defaults."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    return BLEU(), CHRF(word_order=2), TER()


def score(hypotheses: Sequence[str], references: Sequence[str]) -> list[Score]:
    """Score hypotheses against one reference each.

    Raises:
        ValueError: the sides differ in length, nothing is there, or a reference is empty:
            sacreBLEU 2.6 accepts all of that and prints a number.
    """
    if len(hypotheses) != len(references) or not hypotheses:
        raise ValueError(f"{len(hypotheses)} hypotheses for {len(references)} references")
    if not all(reference.strip() for reference in references):
        raise ValueError("an empty reference")
    found = []
    for metric in metrics():
        result = metric.corpus_score(list(hypotheses), [list(references)])
        signature = str(metric.get_signature())
        found.append(Score(result.name, float(result.score), signature, len(hypotheses)))
    return found

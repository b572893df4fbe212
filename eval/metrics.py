"""Corpus scores of translations, each with the sacreBLEU signature that makes it comparable."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from eval.formulas import values
from eval.segments import Statistics, statistics

Reference = str | None


@dataclass(frozen=True, slots=True)
class Score:
    """One corpus-level score.

    Attributes:
        metric: BLEU, chrF2++, TER, or the name of another program.
        value: 0 to 100 for BLEU and chrF2++ (more is better); TER in percent (less is better).
        signature: sacreBLEU's, with the version; of another program, its command.
        segments: pairs that were scored.
        low: lower end of the 95 % interval; None where nothing was resampled.
        high: upper end of it.
        resampling: how the interval was made, in the manner of a signature; empty without one.
    """

    metric: str
    value: float
    signature: str
    segments: int
    low: float | None = None
    high: float | None = None
    resampling: str = ""


def metrics() -> tuple[Any, ...]:
    """SacreBLEU's BLEU (Papineni 2002), chrF2++ (Popović 2017) and TER (Snover 2006), defaults."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    return BLEU(), CHRF(word_order=2), TER()


NAMES = ("BLEU", "chrF2++", "TER")


def score(
    hypotheses: Sequence[str], references: Sequence[str | Sequence[Reference]], workers: int = 1
) -> list[Score]:
    """Score hypotheses against one reference each, or against several of which some may be missing.

    Raises:
        ValueError: the sides differ in length, nothing is there, or a hypothesis has no reference:
            sacreBLEU 2.6 accepts or crashes on all of that.
    """
    return scores(statistics_of(hypotheses, references, workers))


def statistics_of(
    hypotheses: Sequence[str], references: Sequence[str | Sequence[Reference]], workers: int = 1
) -> Statistics:
    """Statistics of hypotheses against one reference each or several (see `score`)."""
    if len(hypotheses) != len(references) or not hypotheses:
        raise ValueError(f"{len(hypotheses)} hypotheses for {len(references)} references")
    given = [present(each) for each in references]
    if not all(given):
        raise ValueError(f"an empty reference (the {given.index([]) + 1}. of {len(given)})")
    return statistics(zip(hypotheses, given, strict=True), workers)


def present(references: str | Sequence[Reference]) -> list[str]:
    """The references that are there: neither None nor blank.

    SacreBLEU 2.6 counts an empty one as what a translator wrote.

    >>> present(["a", None, " "]), present("b"), present("")
    (['a'], ['b'], [])
    """
    several = [references] if isinstance(references, str) else references
    return [each for each in several if each is not None and each.strip()]


def scores(counted: Statistics) -> list[Score]:
    """The scores of all pairs together; none of no pair."""
    if not len(counted):
        return []
    return [
        Score(name, value(name, sums), signature(name, counted.references), len(counted))
        for name, sums in counted.sums().items()
    ]


def value(metric: str, sums: NDArray[Any]) -> float:
    """The score of summed statistics, by sacreBLEU itself for its own metrics."""
    if metric not in NAMES:
        return float(values(metric, sums)[0])
    peer = metrics()[NAMES.index(metric)]
    exact = [int(each) if each == int(each) else each for each in sums.tolist()]
    return float(peer._compute_score_from_stats(exact).score)


def signature(metric: str, references: int) -> str:
    """SacreBLEU's signature of a metric with its defaults; that of another program is its name."""
    if metric not in NAMES:
        return metric
    peer = metrics()[NAMES.index(metric)]
    peer.num_refs = references
    return str(peer.get_signature())

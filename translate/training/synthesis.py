"""Training pairs that a model makes: distillation of a teacher, and back-translation.

Distillation (Kim and Rush 2016, https://aclanthology.org/D16-1139) puts the teacher's English in
place of the human one: simpler to learn for a small student. Of its hypotheses the one nearest to
the human English is taken (sequence-level interpolation, section 3.3 there). Back-translation
(Sennrich et al. 2016, https://aclanthology.org/P16-1009) puts a model's Indonesian before human
English, so that the decoder learns from clean text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from translate.engine import Decoding, Engine
from translate.tokens import Tokens
from translate.training.pairs import TrainingPair, fault

WINDOW = 4096  # pairs that are translated together
FARTHEST = 30.0  # chrF below which a hypothesis is not what the human said


def distilled(
    pairs: Iterable[TrainingPair], engine: Engine, tokens: Tokens, beam: int
) -> Iterator[TrainingPair]:
    """Yield the pairs with the teacher's English, the hypothesis nearest to the human one.

    A pair whose hypotheses are all far from the human English is left out: either the teacher or
    the human is wrong.
    """
    for window, hypotheses in translated(pairs, "source", engine, tokens, beam):
        for pair, found in zip(window, hypotheses, strict=True):
            best, score = nearest(found, pair.target)
            if score >= FARTHEST:
                yield replace(pair, target=best)


def back_translated(
    pairs: Iterable[TrainingPair], engine: Engine, tokens: Tokens, beam: int
) -> Iterator[TrainingPair]:
    """Yield the pairs with a model's Indonesian, made from their English."""
    for window, hypotheses in translated(pairs, "target", engine, tokens, beam):
        for pair, found in zip(window, hypotheses, strict=True):
            yield replace(pair, source=found[0])


def kept(pairs: Iterable[TrainingPair], counts: Counter[str]) -> Iterator[TrainingPair]:
    """Yield the made pairs that have no fault; `counts` learns what became of all."""
    for pair in pairs:
        reason = fault(pair)
        counts[reason or "kept"] += 1
        if reason is None:
            yield pair


def translated(
    pairs: Iterable[TrainingPair], side: str, engine: Engine, tokens: Tokens, beam: int
) -> Iterator[tuple[Sequence[TrainingPair], list[list[str]]]]:
    """Yield windows of pairs with the hypotheses for one side of each, best first."""
    decoding = Decoding(beam=beam, batch_tokens=8192, hypotheses=beam if side == "source" else 1)
    rest = iter(pairs)
    while window := list(islice(rest, WINDOW)):
        texts = [pair.source if side == "source" else pair.target for pair in window]
        results = engine.decode(tokens.encode(texts), decoding)
        yield (
            window,
            [
                [tokens.decode(each.tokens) for each in (result, *result.others)]
                for result in results
            ],
        )


def nearest(hypotheses: Sequence[str], reference: str) -> tuple[str, float]:
    """The hypothesis nearest to a reference, and its chrF in [0, 100].

    >>> nearest(["It rains.", "Rain fell on the city."], "Rain fell on the town.")[0]
    'Rain fell on the city.'
    """
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    scored = [(metric.sentence_score(each, [reference]).score, each) for each in hypotheses]
    score, best = max(scored, key=lambda entry: entry[0])
    return best, score

"""Reasons to read a score with care, one sentence each."""

from collections.abc import Iterator
from dataclasses import dataclass

FEWEST_SEGMENTS = 100  # below, one lucky sentence moves BLEU by a point
FEWEST_ARTICLES = 20  # below, percentile intervals of a bootstrap are visibly too narrow
MANY_TWICE = 0.05  # share of pairs that repeat an earlier one
LITTLE = 0.5  # share of the reference words that is aligned


@dataclass(frozen=True, slots=True)
class Basis:
    """What scores rest on.

    Attributes:
        segments: scored pairs.
        twice: of these, pairs that repeat an earlier one word for word.
        empty_references: references that are there and blank.
        articles: that were drawn from; 0 where none is known.
        coverage: share of the reference words that is aligned; None where all of them are.
        bleu_is_blind: whether BLEU is the same with unaligned references as empty translations.
    """

    segments: int
    twice: int = 0
    empty_references: int = 0
    articles: int = 0
    coverage: float | None = None
    bleu_is_blind: bool = False


def cautions(basis: Basis) -> Iterator[str]:
    """Yield what is to be kept in mind.

    >>> list(cautions(Basis(500, articles=50)))
    []
    """
    if basis.segments < FEWEST_SEGMENTS:
        yield (
            f"{basis.segments} scored segments, fewer than {FEWEST_SEGMENTS}: "
            "a few sentences decide the score"
        )
    if basis.segments and basis.articles < 2:
        known = "one article only" if basis.articles else "articles are not known"
        yield f"{known}: segments were resampled, which makes intervals too narrow for news"
    elif basis.segments and basis.articles < FEWEST_ARTICLES:
        yield f"{basis.articles} articles, fewer than {FEWEST_ARTICLES}: intervals are rough"
    if basis.empty_references:
        yield f"{basis.empty_references} empty references were left out"
    if basis.twice > MANY_TWICE * basis.segments:
        yield (
            f"{basis.twice} of {basis.segments} segments repeat an earlier one: "
            "they count as often as they stand there"
        )
    if basis.coverage is not None and basis.coverage < LITTLE:
        yield (
            f"{100 * basis.coverage:.0f} % of the reference words are aligned: scores of the "
            "aligned pairs alone say little about the rest"
        )
    if basis.bleu_is_blind:
        yield (
            "BLEU does not fall for the unaligned references: the English of the aligned pairs is "
            "longer than all references together, so there is no brevity penalty; chrF2++ and TER "
            "do count them"
        )


def repeats(digests: list[int]) -> int:
    """How many repeat an earlier one.

    >>> repeats([1, 2, 1, 1])
    2
    """
    return len(digests) - len(set(digests))

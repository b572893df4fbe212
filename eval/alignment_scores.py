"""How well an alignment agrees with gold: links, groups, what stays alone, scores made of it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from eval.scenarios import Case, Group

RESAMPLES = 500


@dataclass(frozen=True, slots=True)
class Counts:
    """What one document adds to the figures.

    Attributes:
        links: right, found and wanted pairs of lines.
        groups: right, found and wanted groups of lines.
        alone: lines that gold leaves alone, and those of them that were left alone.
    """

    links: tuple[int, int, int]
    groups: tuple[int, int, int]
    alone: tuple[int, int]


def counts(case: Case, found: Sequence[Group]) -> Counts:
    """Compare groups with gold."""
    gold, got = pairs(case.gold), pairs(found)
    alone = left = 0
    for side, lines in enumerate((case.translations, case.references)):
        empty = set(range(len(lines))) - {pair[side] for pair in gold}
        alone += len(empty)
        left += len(empty - {pair[side] for pair in got})
    same = set(case.gold) & set(found)
    return Counts(
        (len(gold & got), len(got), len(gold)),
        (len(same), len(found), len(case.gold)),
        (alone, left),
    )


def pairs(groups: Sequence[Group]) -> set[tuple[int, int]]:
    """Every line of a group with every line of its other side.

    >>> sorted(pairs([((0, 1), (2,))]))
    [(0, 2), (1, 2)]
    """
    return {(i, j) for left, right in groups for i in left for j in right}


def f1(each: Sequence[tuple[int, int, int]]) -> float:
    """Harmonic mean of precision and recall; 1 when nothing is wanted and nothing found.

    >>> f1([(1, 2, 1)]), f1([])
    (0.6666666666666666, 1.0)
    """
    right, found, wanted = (
        (sum(column) for column in zip(*each, strict=True)) if each else (0, 0, 0)
    )
    return 2 * right / (found + wanted) if found + wanted else 1.0


def left_alone(each: Sequence[Counts]) -> float | None:
    """Share of the lines without a counterpart that were left alone; None when there are none."""
    alone = sum(one.alone[0] for one in each)
    return sum(one.alone[1] for one in each) / alone if alone else None


def interval(each: Sequence[Counts]) -> tuple[float, float]:
    """95 % of the link F1 of resampled documents."""
    chance = random.Random(1)
    found = sorted(
        f1([one.links for one in chance.choices(each, k=len(each))]) for _ in range(RESAMPLES)
    )
    return found[RESAMPLES // 40], found[RESAMPLES - RESAMPLES // 40 - 1]


def hypotheses(case: Case, groups: Sequence[Group]) -> list[str]:
    """For each reference line what is linked with it, empty where nothing is."""
    linked: dict[int, set[int]] = {}
    for left, right in groups:
        for row in right:
            linked.setdefault(row, set()).update(left)
    return [
        " ".join(case.translations[place] for place in sorted(linked.get(row, ())))
        for row in range(len(case.references))
    ]


def distorted(cases: Sequence[Case], found: Sequence[Sequence[Group]]) -> tuple[float, float]:
    """BLEU and chrF of an alignment less those of the gold one; unaligned references are empty."""
    from sacrebleu import corpus_bleu, corpus_chrf

    references = [[line for case in cases for line in case.references]]
    sides = [
        [
            text
            for case, groups in zip(cases, some, strict=True)
            for text in hypotheses(case, groups)
        ]
        for some in (found, [case.gold for case in cases])
    ]
    bleu = [corpus_bleu(side, references, force=True).score for side in sides]
    chrf = [corpus_chrf(side, references).score for side in sides]
    return bleu[0] - bleu[1], chrf[0] - chrf[1]

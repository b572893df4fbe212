"""Pairs and words sorted into buckets, to see where a system is good."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.formulas import values
from eval.segments import Statistics
from eval.tokenization import words_of_bleu

LENGTHS = (10, 20, 30, 40, 50, 60)  # reference words, the borders of compare-mt (Neubig 2019)
FREQUENCIES = (1, 2, 3, 4, 5, 10, 100, 1000)  # first count of each bucket, as there
FATES = ("no facts", "all kept", "some lost")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Some of the pairs, and the score of each metric on them."""

    name: str
    segments: int
    scores: dict[str, float]


def length_name(number: int, borders: Sequence[int] = LENGTHS) -> str:
    """The name of a length bucket by its number.

    >>> length_name(0), length_name(1), length_name(6)
    ('<10', '10-19', '>=60')
    """
    if not number:
        return f"<{borders[0]}"
    if number == len(borders):
        return f">={borders[-1]}"
    return f"{borders[number - 1]}-{borders[number] - 1}"


def by_length(counted: Statistics, words: Sequence[int]) -> list[Bucket]:
    """Scores by length of the reference in words; buckets without a pair are left out."""
    numbers = np.searchsorted(LENGTHS, np.asarray(words, dtype=np.int64), side="right")
    return of_numbers(counted, numbers, [length_name(each) for each in range(len(LENGTHS) + 1)])


def by_fate(counted: Statistics, fates: Sequence[str]) -> list[Bucket]:
    """Scores by what became of the facts of the source (see `eval.facts.Facts.fate`)."""
    return of_numbers(counted, np.array([FATES.index(fate) for fate in fates], int), FATES)


def of_numbers(
    counted: Statistics, numbers: NDArray[np.int64], names: Sequence[str]
) -> list[Bucket]:
    """Scores of the pairs of each number, under the name of that number."""
    found = []
    for number, name in enumerate(names):
        chosen = numbers == number
        if not chosen.any():
            continue
        sums = counted.taken(chosen).sums()
        scores = {metric: float(values(metric, each)[0]) for metric, each in sums.items()}
        found.append(Bucket(name, int(chosen.sum()), scores))
    return found


@dataclass(frozen=True, slots=True)
class WordBucket:
    """How well words of one frequency are translated.

    Attributes:
        name: how often they stand in the references, "5-9".
        words: of the references.
        f1: harmonic mean of precision and recall of the words, 0 to 100; None without a word.
    """

    name: str
    words: int
    f1: float | None


def by_frequency(hypotheses: Sequence[str], references: Sequence[str]) -> list[WordBucket]:
    """F1 of words by how often they stand in the references; words as BLEU sees them.

    Words of a hypothesis that no reference has are in a bucket of their own, `0`.
    """
    left, right = words_of_bleu(hypotheses), words_of_bleu(references)
    often = Counter(word for words in right for word in words)
    sums = np.zeros((len(FREQUENCIES) + 1, 3))
    for ours, theirs in zip(left, right, strict=True):
        one, two = Counter(ours), Counter(theirs)
        for column, counts in enumerate((one & two, one, two)):
            tally(sums[:, column], counts.items(), often)
    found = []
    for number, (matched, given, wanted) in enumerate(sums.tolist()):
        if given or wanted:
            f1 = 200 * matched / (given + wanted) if wanted else None
            found.append(WordBucket(frequency_name(number), int(wanted), f1))
    return found


def tally(
    sums: NDArray[np.float64], counts: Iterable[tuple[str, int]], often: Counter[str]
) -> None:
    """Add counts of words to the sums of their buckets."""
    for word, count in counts:
        sums[np.searchsorted(FREQUENCIES, often[word], side="right")] += count


def frequency_name(number: int) -> str:
    """The name of a frequency bucket by its number.

    >>> [frequency_name(each) for each in (0, 1, 5, 8)]
    ['0', '1', '5-9', '>=1000']
    """
    if not number:
        return "0"
    first = FREQUENCIES[number - 1]
    if number == len(FREQUENCIES):
        return f">={first}"
    last = FREQUENCIES[number] - 1
    return str(first) if first == last else f"{first}-{last}"

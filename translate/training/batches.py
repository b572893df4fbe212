"""Epochs of batches of like length, in an order that every process and a resumed run share."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from translate.training.pairs import TrainingPair, roughened
from translate.training.vocabulary import Vocabulary

ENCODE_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Noise:
    """How the source side is roughened.

    Attributes:
        dropout: BPE-dropout of the source, in [0, 1).
        accidents: share of the sources that get an accident of real pages, in [0, 1].
    """

    dropout: float = 0.0
    accidents: float = 0.0


class TrainingSet:
    """Tokenised pairs that deal themselves out in batches.

    Which pairs are in which batch follows from the seed and the number of the epoch alone, so
    processes and resumed runs agree; only BPE-dropout draws from SentencePiece's own dice.
    """

    def __init__(
        self, pairs: Sequence[TrainingPair], vocabulary: Vocabulary, longest: int, seed: int
    ) -> None:
        """Tokenise; pairs with a side of more than `longest` tokens are left out."""
        self.vocabulary, self.seed = vocabulary, seed
        sources = self.tokens([pair.source for pair in pairs])
        targets = self.tokens([pair.target for pair in pairs])
        fit = [
            index
            for index, (source, target) in enumerate(zip(sources, targets, strict=True))
            if len(source) <= longest and len(target) <= longest
        ]
        self.texts = [pairs[index].source for index in fit]
        self.sources = [sources[index] for index in fit]
        self.targets = [targets[index] for index in fit]
        self.weights = np.array([pairs[index].weight for index in fit])
        self.left_out = len(pairs) - len(fit)

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.targets)

    def tokens(self, texts: list[str], dropout: float = 0.0) -> list[np.ndarray]:
        """Token numbers of each text, as small arrays."""
        found: list[np.ndarray] = []
        for start in range(0, len(texts), ENCODE_AT_ONCE):
            numbers = self.vocabulary.numbers(texts[start : start + ENCODE_AT_ONCE], dropout)
            found += [np.array(row, np.int32) for row in numbers]
        return found

    def rough_sources(self, noise: Noise, number: int) -> list[np.ndarray]:
        """The sources of an epoch, roughened."""
        if not noise.dropout and not noise.accidents:
            return self.sources
        dice = random.Random(self.seed * 1_000_003 + number)
        texts = [
            roughened(text, dice) if dice.random() < noise.accidents else text
            for text in self.texts
        ]
        rough = self.tokens(texts, noise.dropout)
        longest = max(map(len, self.sources), default=0)
        return [
            new if len(new) <= longest else old
            for new, old in zip(rough, self.sources, strict=True)
        ]

    def epoch(
        self, number: int, most_tokens: int, noise: Noise
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield padded batches `(rows, source_length)` and `(rows, target_length)` of numbers.

        Args:
            number: of the epoch, from 0.
            most_tokens: rows times the longer side, before noise, stay within it.
            noise: how the source is roughened.
        """
        dice = np.random.default_rng((self.seed, number))
        times = np.floor(self.weights + dice.random(len(self.weights))).astype(int)
        order = dice.permutation(np.repeat(np.arange(len(self.weights)), times))
        lengths = [max(len(self.sources[i]), len(self.targets[i])) for i in order]
        sizes = [long * 1000 + len(self.sources[i]) for long, i in zip(lengths, order, strict=True)]
        sorting = np.argsort(sizes, kind="stable")
        order = order[sorting]
        groups = grouped([lengths[i] for i in sorting], most_tokens)
        sources = self.rough_sources(noise, number)
        for group in dice.permutation(len(groups)):
            rows = order[slice(*groups[group])]
            yield (
                self.padded([sources[i] for i in rows]),
                self.padded([self.targets[i] for i in rows]),
            )

    def padded(self, rows: Sequence[np.ndarray]) -> np.ndarray:
        """Rows of one length, padding behind."""
        out = np.full((len(rows), max(map(len, rows))), self.vocabulary.pad, np.int64)
        for index, row in enumerate(rows):
            out[index, : len(row)] = row
        return out


def grouped(lengths: Sequence[int], most_tokens: int) -> list[tuple[int, int]]:
    """Cut ascending lengths into runs whose longest times count stays within `most_tokens`.

    >>> grouped([2, 2, 3, 5], 6)
    [(0, 2), (2, 3), (3, 4)]
    """
    groups, start = [], 0
    for index, length in enumerate(lengths):
        if index > start and length * (index - start + 1) > most_tokens:
            groups.append((start, index))
            start = index
    return [*groups, (start, len(lengths))] if lengths else []

"""Epochs of batches of like length, in an order that every process and a resumed run share."""

import random
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from translate.training.noise import Noise, names_in, roughened, with_swaps
from translate.training.pairs import TrainingPair
from translate.training.vocabulary import Vocabulary

ENCODE_AT_ONCE = 20_000
ROOM = 12  # tokens by which noise may lengthen a side


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
        sources = tokens(vocabulary.source, [pair.source for pair in pairs])
        targets = tokens(vocabulary.target, [pair.target for pair in pairs])
        fit = [
            index
            for index, (source, target) in enumerate(zip(sources, targets, strict=True))
            if len(source) <= longest and len(target) <= longest
        ]
        self.pairs = [pairs[index] for index in fit]
        self.names = names_in(self.pairs)
        self.sources = [sources[index] for index in fit]
        self.targets = [targets[index] for index in fit]
        self.weights = np.array([pairs[index].weight for index in fit])
        self.left_out = len(pairs) - len(fit)

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.targets)

    def rough(self, noise: Noise, number: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Sources and targets of an epoch after the noise; what grew too long stays as it was."""
        if not (noise.dropout or noise.accidents or noise.swaps):
            return self.sources, self.targets
        dice = random.Random(self.seed * 1_000_003 + number)
        texts, targets, changed = [], list(self.targets), []
        for index, pair in enumerate(self.pairs):
            if dice.random() < noise.swaps:
                pair = with_swaps(pair, self.names, dice)
                changed.append((index, pair.target))
            source = pair.source
            texts.append(roughened(source, dice) if dice.random() < noise.accidents else source)
        swapped = tokens(self.vocabulary.target, [text for _, text in changed])
        for (index, _), numbers in zip(changed, swapped, strict=True):
            targets[index] = numbers
        sources = tokens(lambda some: self.vocabulary.source(some, noise.dropout), texts)
        for index, old in enumerate(zip(self.sources, self.targets, strict=True)):
            if max(len(sources[index]), len(targets[index])) > max(map(len, old)) + ROOM:
                sources[index], targets[index] = old
        return sources, targets

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
        sources, targets = self.rough(noise, number)
        for group in dice.permutation(len(groups)):
            rows = order[slice(*groups[group])]
            yield (
                self.padded([sources[i] for i in rows]),
                self.padded([targets[i] for i in rows]),
            )

    def padded(self, rows: Sequence[np.ndarray]) -> np.ndarray:
        """Rows of one length, padding behind."""
        out = np.full((len(rows), max(map(len, rows))), self.vocabulary.pad, np.int64)
        for index, row in enumerate(rows):
            out[index, : len(row)] = row
        return out


def tokens(encode: Callable[[list[str]], list[list[int]]], texts: list[str]) -> list[np.ndarray]:
    """Token numbers of each text, as small arrays."""
    found: list[np.ndarray] = []
    for start in range(0, len(texts), ENCODE_AT_ONCE):
        numbers = encode(texts[start : start + ENCODE_AT_ONCE])
        found += [np.array(row, np.int32) for row in numbers]
    return found


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

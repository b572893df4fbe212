"""Documents with gold alignment, made from sentence pairs: cut, shuffled, noisy, shortened.

Each scenario after `parallel` takes over what the one before it does to a document (after the
project's alignment measurements); `pooled` and `single` begin from `shuffled` and `partial`.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SCENARIOS = ("parallel", "partial", "shuffled", "noisy", "shortened", "pooled", "single")
KEPT = 0.35  # share of the reference that is left
STRANGERS = 0.2  # sentences of other articles for each sentence of the article, on both sides
POOLED = 8  # articles in one document

Group = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """A document with gold: lines of machine English, lines of reference English, groups."""

    kind: str
    translations: tuple[str, ...]
    references: tuple[str, ...]
    gold: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A machine sentence and its reference."""

    translation: str
    reference: str


def worsened(sentence: str, rate: float, words: Sequence[str], chance: random.Random) -> str:
    """The sentence with a share of its words replaced, and half as many of the rest dropped."""
    found = [chance.choice(words) if chance.random() < rate else w for w in sentence.split()]
    return " ".join([word for word in found if chance.random() >= rate / 2] or found[:1])


def weakened(pairs: Sequence[Pair], rate: float, seed: int = 1) -> list[Pair]:
    """The same pairs with worse machine English."""
    if rate == 0:
        return list(pairs)
    words = [word for pair in pairs for word in pair.translation.split()]
    chance = random.Random(f"{rate} {seed}")
    return [Pair(worsened(each.translation, rate, words, chance), each.reference) for each in pairs]


def shortened(sentence: str, chance: random.Random) -> str:
    """The first or the last 40-67 % of a sentence, three words at least."""
    words = sentence.split()
    size = max(3, int(len(words) * chance.choice((0.4, 0.5, 0.6, 0.67))))
    return " ".join(words[:size] if chance.random() < 0.5 else words[-size:])


def documents(pairs: Sequence[Pair], size: int, chance: random.Random) -> Iterator[range]:
    """Yield spans of neighbouring pairs, half to one and a half times `size` each."""
    start = 0
    while start < len(pairs) - size // 2:
        stop = min(len(pairs), start + chance.randint(size // 2, 3 * size // 2))
        yield range(start, stop)
        start = stop


def scenario(kind: str, pairs: Sequence[Pair], *, size: int = 16, seed: int = 1) -> Iterator[Case]:
    """Yield the documents of one scenario.

    Args:
        kind: one of `SCENARIOS`.
        pairs: neighbouring ones are of one article.
        size: pairs of a document in the mean.
        seed: of all that is drawn.

    Raises:
        ValueError: there is no such scenario.
    """
    if kind not in SCENARIOS:
        raise ValueError(f"{kind}: expected one of {', '.join(SCENARIOS)}")
    chance = random.Random(f"{kind} {seed}")
    spans = list(documents(pairs, size, chance))
    if kind == "pooled":
        spans = [
            range(spans[at][0], spans[min(at + POOLED, len(spans)) - 1][-1] + 1)
            for at in range(0, len(spans), POOLED)
        ]
    for span in spans:
        others = [n for n in range(len(pairs)) if not span[0] - 5 <= n <= span[-1] + 5]
        yield case(kind, pairs, span, others, chance)


def case(
    kind: str, pairs: Sequence[Pair], span: range, others: Sequence[int], chance: random.Random
) -> Case:
    """One document; numbers of pairs stand for sentences until the end, negative for strangers."""
    source = list(span)
    kept = kept_of(kind, span, chance)
    if kind in ("noisy", "shortened"):
        for side in (source, kept):
            count = max(1, round(STRANGERS * len(side)))
            for stranger in chance.sample(others, min(count, len(others))):
                side.insert(chance.randrange(len(side) + 1), -stranger - 1)
    texts = [pairs[n if n >= 0 else -n - 1].translation for n in source]
    if kind == "shortened":
        texts = [shortened(text, chance) if chance.random() < 0.5 else text for text in texts]
    places = {n: place for place, n in enumerate(source) if n >= 0}
    return Case(
        kind,
        tuple(texts),
        tuple(pairs[n if n >= 0 else -n - 1].reference for n in kept),
        tuple(((places[n],), (row,)) for row, n in enumerate(kept) if n >= 0),
    )


def kept_of(kind: str, span: range, chance: random.Random) -> list[int]:
    """Which pairs keep their reference, in the order in which the references stand."""
    if kind == "parallel":
        return list(span)
    if kind == "single":
        start = chance.randrange(len(span) - 1)
        return list(span[start : start + 2])
    kept = [n for n in span if chance.random() < KEPT] or [span[0]]
    if kind != "partial":
        chance.shuffle(kept)
    return kept

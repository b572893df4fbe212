"""Which machine sentences say what a reference snippet says, when snippets are few and unordered.

A first, greedy aligner: every span of one to three neighbouring sentences is compared with every
span of a snippet, beads are taken in the order of their score, and what scores no better than
chance stays alone. It knows nothing of the order of the sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from corpora.references import Snippet
from corpora.similarity import cosines, vectors

LONGEST = 3  # sentences of one side in a bead
CHANCE = 0.16  # cosine that unrelated sentences of one story seldom exceed with weak translations
MARGIN = 0.7  # share of the second-best neighbour that is taken off (see `bead_scores`)
PER_SENTENCE = 0.02  # a longer bead must be worth it


@dataclass(frozen=True, slots=True)
class Bead:
    """Source sentences and reference sentences that say the same.

    Attributes:
        source: positions of neighbouring machine sentences, ascending.
        reference: positions of neighbouring reference sentences, ascending.
        score: above 0; how much more alike they are than chance, at most 1.
    """

    source: tuple[int, ...]
    reference: tuple[int, ...]
    score: float

    @property
    def kind(self) -> str:
        """Sizes of both sides, `2-1` for two source sentences and one reference sentence."""
        return f"{len(self.source)}-{len(self.reference)}"


Span = tuple[int, int]


def spans(borders: Sequence[int]) -> list[Span]:
    """Spans of up to `LONGEST` sentences that cross no border; borders are the block starts.

    >>> spans([0, 2, 3])
    [(0, 1), (0, 2), (1, 2), (2, 3)]
    """
    return [
        (start, end)
        for low, high in pairwise(borders)
        for start in range(low, high)
        for end in range(start + 1, min(start + LONGEST, high) + 1)
    ]


def align(
    translations: Sequence[str],
    snippets: Sequence[Sequence[str]],
    blocks: Sequence[int] | None = None,
) -> list[Bead]:
    """Align machine sentences of one article with the sentences of its reference snippets.

    Args:
        translations: English of each source sentence, in the order of the article.
        snippets: sentences of each snippet; no bead crosses a snippet's border.
        blocks: for each machine sentence the block it is in, never falling; no bead crosses from
            one block into the next. All are in one block unless given.

    Returns:
        Beads in the order of the source; a sentence of either side is in one bead at most.
    """
    references = [sentence for snippet in snippets for sentence in snippet]
    if not translations or not references:
        return []
    borders = [0]
    for snippet in snippets:
        borders.append(borders[-1] + len(snippet))
    left, right = spans(block_borders(blocks or [0] * len(translations))), spans(borders)
    passages = [" ".join(translations[a:b]) for a, b in left]
    passages += [" ".join(references[a:b]) for a, b in right]
    found = vectors(passages)
    scores = bead_scores(cosines(found[: len(left)], found[len(left) :]), left, right)
    return sorted(chosen(scores, left, right), key=lambda bead: bead.source)


def block_borders(blocks: Sequence[int]) -> list[int]:
    """Where each block begins, and the end.

    >>> block_borders([0, 0, 1])
    [0, 2, 3]
    """
    starts = [i for i in range(len(blocks)) if i == 0 or blocks[i] != blocks[i - 1]]
    return [*starts, len(blocks)]


def bead_scores(alike: np.ndarray, left: Sequence[Span], right: Sequence[Span]) -> np.ndarray:
    """Score `(left, right)` of every bead: cosine less what a rival and chance would have.

    The rival is the most alike span that shares no sentence with the bead's own on that side.
    """
    score = alike - CHANCE
    sizes = np.add.outer([b - a - 1 for a, b in left], [b - a - 1 for a, b in right])
    for index, (a, b) in enumerate(left):
        apart = [i for i, (c, d) in enumerate(left) if d <= a or c >= b]
        if apart:
            rival = alike[apart].max(axis=0)
            score[index] -= MARGIN * np.maximum(0, rival - 0.5 * alike[index]) * 0.5
    return np.asarray(score - PER_SENTENCE * sizes)


def chosen(scores: np.ndarray, left: Sequence[Span], right: Sequence[Span]) -> list[Bead]:
    """The best beads that share no sentence, best first; ties go to the earlier bead."""
    rows, columns = np.nonzero(scores > 0)
    order = np.lexsort((columns, rows, -scores[rows, columns]))
    used_left: set[int] = set()
    used_right: set[int] = set()
    beads = []
    for row, column in zip(rows[order], columns[order], strict=True):
        source, reference = range(*left[row]), range(*right[column])
        if used_left.isdisjoint(source) and used_right.isdisjoint(reference):
            used_left.update(source)
            used_right.update(reference)
            score = min(1.0, float(scores[row, column]))
            beads.append(Bead(tuple(source), tuple(reference), score))
    return beads


def align_snippets(
    translations: Sequence[str], snippets: Sequence[Snippet], blocks: Sequence[int]
) -> tuple[list[Bead], list[tuple[Snippet, str]]]:
    """Align with snippets (see `align`); also give each reference sentence with its snippet."""
    split = [snippet.sentences() for snippet in snippets]
    sentences = [
        (snippet, sentence)
        for snippet, found in zip(snippets, split, strict=True)
        for sentence in found
    ]
    return align(translations, split, blocks), sentences


@dataclass(frozen=True, slots=True)
class Link:
    """One link between lines, 0-based; an empty side says that the other matches nothing."""

    source: tuple[int, ...]
    reference: tuple[int, ...]
    score: float


def links(translations: Sequence[str], references: Sequence[str]) -> list[Link]:
    """Link lines of machine English with lines of reference English; every line is in one link.

    Linked lines come first, in the order of the source; then what matches nothing.
    """
    beads = align(translations, [[reference] for reference in references])
    linked = [Link(bead.source, bead.reference, round(bead.score, 4)) for bead in beads]
    left = {index for bead in beads for index in bead.source}
    right = {index for bead in beads for index in bead.reference}
    alone = [Link((index,), (), 0.0) for index in range(len(translations)) if index not in left]
    alone += [Link((), (index,), 0.0) for index in range(len(references)) if index not in right]
    return linked + alone

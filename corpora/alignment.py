"""Which machine sentences say what a reference snippet says, when snippets are few and unordered.

Candidate beads with log-odds (`corpora.beads`), the best chain of them (`corpora.chains`), one
bead for each sentence, and typed evidence (`corpora.evidence`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from corpora.beads import LONGEST, Bead, BeadWeights, Candidates, Passages, Side, candidates
from corpora.chains import MOST, Order, best_chain, one_to_one
from corpora.confidence import class_of, confidence
from corpora.evidence import evidence, joined, mentions
from corpora.references import Snippet
from corpora.similarity import Rarity, products

CELLS = 2**24  # sentence pairs that are compared at once (0.6 GB); no bead spans two such parts
SHORTEST = 20  # characters of a sentence that stands alone when lines are split

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """How to align.

    Attributes:
        quote_twice: a source sentence may be in beads with several reference sentences.
        rarity: of a batch of articles; that of the article itself unless given.
        weights: of the candidates.
        order: what the order of the text is worth.
    """

    quote_twice: bool = False
    rarity: Rarity | None = None
    weights: BeadWeights = BeadWeights()  # noqa: RUF009 - frozen
    order: Order = Order()  # noqa: RUF009 - frozen


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


def block_borders(blocks: Sequence[int]) -> list[int]:
    """Where each block begins, and the end.

    >>> block_borders([0, 0, 1])
    [0, 2, 3]
    """
    starts = [i for i in range(len(blocks)) if i == 0 or blocks[i] != blocks[i - 1]]
    return [*starts, len(blocks)]


def align(
    translations: Sequence[str],
    snippets: Sequence[Sequence[str]],
    blocks: Sequence[int] | None = None,
    options: AlignOptions | None = None,
) -> list[Bead]:
    """Align machine sentences of one article with the sentences of its reference snippets.

    Args:
        translations: English of each source sentence, in the order of the article.
        snippets: sentences of each snippet; no bead crosses a snippet's border.
        blocks: for each machine sentence the block it is in, never falling; no bead crosses from
            one block into the next. All are in one block unless given.
        options: how to align.

    Returns:
        Beads in the order of the source; a sentence of either side is in one bead at most, unless
        quoting twice is allowed.
    """
    references = [sentence for snippet in snippets for sentence in snippet]
    units = [number for number, snippet in enumerate(snippets) for _ in snippet]
    blocks = blocks or [0] * len(translations)
    return search(translations, references, blocks, units, units, options or AlignOptions())


def search(
    translations: Sequence[str],
    references: Sequence[str],
    blocks: Sequence[int],
    reference_blocks: Sequence[int],
    units: Sequence[int],
    options: AlignOptions,
) -> list[Bead]:
    """Align; beads cross no block of either side, and the order is that inside of units."""
    if not any(map(str.strip, translations)) or not any(map(str.strip, references)):
        return []
    found = compared(translations, references, blocks, reference_blocks, options)
    path = best_chain(found, len(translations), units, options.order)
    rows = one_to_one(found, path, units, quote_twice=options.quote_twice)
    kept = found.where(np.array(rows, dtype=np.int64))
    return sorted(
        beads_of(kept, translations, references), key=lambda bead: (bead.source, bead.reference)
    )


def compared(
    translations: Sequence[str],
    references: Sequence[str],
    blocks: Sequence[int],
    reference_blocks: Sequence[int],
    options: AlignOptions,
) -> Candidates:
    """Every bead that might be; both sides hold a sentence at least."""
    room = max(LONGEST, CELLS // len(translations))
    parts = []
    for begin in range(0, len(references), room):
        some = references[begin : begin + room]
        across, near_left, near_right = products(translations, some, LONGEST, options.rarity)
        left = Side.of(translations, near_left, blocks)
        right = Side.of(some, near_right, reference_blocks[begin : begin + room])
        found = candidates(Passages(across, left, right), -MOST, options.weights)
        parts.append(found.moved(begin))
    return Candidates.joined(parts)


def all_candidates(
    translations: Sequence[str], snippets: Sequence[Sequence[str]], options: AlignOptions
) -> Candidates:
    """Every bead that might be, whatever the others are; reference sentences are numbered through.

    >>> all_candidates([], [["One."]], AlignOptions()).spans.shape
    (0, 4)
    """
    references = [sentence for snippet in snippets for sentence in snippet]
    if not translations or not references:
        return Candidates(np.zeros((0, 4), int), np.zeros(0), np.zeros(0))
    units = [number for number, snippet in enumerate(snippets) for _ in snippet]
    return compared(translations, references, [0] * len(translations), units, options)


def beads_of(
    kept: Candidates, translations: Sequence[str], references: Sequence[str]
) -> Iterator[Bead]:
    """Make beads of candidates, with their evidence."""
    for (start, stop, first, end), cosine, odds in zip(
        kept.spans.tolist(), kept.cosines.tolist(), kept.odds.tolist(), strict=True
    ):
        left, right = translations[start:stop], references[first:end]
        shared = evidence(joined(map(mentions, left)), joined(map(mentions, right)))
        sure = confidence(odds, shared)
        label = class_of(sure, cosine, len(" ".join(left)), len(" ".join(right)), shared)
        sides = tuple(range(start, stop)), tuple(range(first, end))
        yield Bead(*sides, min(1.0, cosine), sure, label, shared)


def align_snippets(
    translations: Sequence[str],
    snippets: Sequence[Snippet],
    blocks: Sequence[int],
    options: AlignOptions | None = None,
) -> tuple[list[Bead], list[tuple[Snippet, str]]]:
    """Align with snippets (see `align`); also give each reference sentence with its snippet."""
    split = [snippet.sentences() for snippet in snippets]
    sentences = [
        (snippet, sentence)
        for snippet, found in zip(snippets, split, strict=True)
        for sentence in found
    ]
    return align(translations, split, blocks, options), sentences


@dataclass(frozen=True, slots=True)
class Link:
    """One link between lines, 0-based; an empty side says that the other matches nothing.

    Attributes:
        source: lines of machine English.
        reference: lines of reference English.
        score: cosine of what links them, 0 without.
        confidence: of the least sure bead between them, 0 without.
        label: class of that bead, `unsupported` without.
    """

    source: tuple[int, ...]
    reference: tuple[int, ...]
    score: float
    confidence: float = 0.0
    label: str = "unsupported"


def sentences_of_lines(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """Sentences of all lines and the line of each; every line has one at least.

    What is shorter than `SHORTEST` stays with its neighbour.
    """
    from sentencex import segment

    sentences: list[str] = []
    owners: list[int] = []
    for number, line in enumerate(lines):
        parts: list[str] = []
        for part in filter(None, map(str.strip, segment("en", line))):
            if parts and min(len(part), len(parts[-1])) < SHORTEST:
                parts[-1] += " " + part
            else:
                parts.append(part)
        sentences += parts or [""]
        owners += [number] * max(1, len(parts))
    return sentences, owners


def links(
    translations: Sequence[str], references: Sequence[str], options: AlignOptions | None = None
) -> list[Link]:
    """Link lines of machine English with lines of reference English; every line is in one link.

    Lines of several sentences are aligned sentence by sentence; lines that share one are linked
    together. Linked lines come first, in the order of the source; then what matches nothing.
    """
    left, left_lines = sentences_of_lines(translations)
    right, right_lines = sentences_of_lines(references)
    one = [0] * len(right)
    beads = search(left, right, [0] * len(left), one, right_lines, options or AlignOptions())
    linked = sorted(groups(beads, left_lines, right_lines), key=lambda link: link.source)
    seen = {index for link in linked for index in link.source}
    alone = [Link((index,), (), 0.0) for index in range(len(translations)) if index not in seen]
    seen = {index for link in linked for index in link.reference}
    alone += [Link((), (index,), 0.0) for index in range(len(references)) if index not in seen]
    return linked + alone


def groups(
    beads: Sequence[Bead], left_lines: Sequence[int], right_lines: Sequence[int]
) -> Iterator[Link]:
    """Yield lines that beads connect, with the score of the beads by their source sentences."""
    owner: dict[tuple[str, int], int] = {}
    members: dict[int, list[Bead]] = {}
    for number, bead in enumerate(beads):
        lines = {("left", left_lines[index]) for index in bead.source}
        lines |= {("right", right_lines[index]) for index in bead.reference}
        members[number] = [bead]
        for old in sorted({owner[line] for line in lines if line in owner}):
            members[number] += members.pop(old)
        for each in members[number]:
            for index in each.source:
                owner["left", left_lines[index]] = number
            for index in each.reference:
                owner["right", right_lines[index]] = number
    for joined_beads in members.values():
        sizes = [len(bead.source) for bead in joined_beads]
        score = sum(b.score * size for b, size in zip(joined_beads, sizes, strict=True))
        least = min(joined_beads, key=lambda bead: bead.confidence)
        yield Link(
            tuple(sorted({left_lines[index] for bead in joined_beads for index in bead.source})),
            tuple(sorted({right_lines[i] for bead in joined_beads for i in bead.reference})),
            round(score / sum(sizes), 4),
            round(least.confidence, 4),
            least.label,
        )

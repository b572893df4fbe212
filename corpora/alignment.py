"""Which machine sentences say what a reference snippet says, when snippets are few and unordered.

Candidate beads with log-odds (`corpora.beads`), the best chain of them (`corpora.chains`), one
bead for each sentence, and typed evidence (`corpora.evidence`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpora.beads import Bead, BeadWeights, Candidates, candidates
from corpora.chains import MOST, Order, best_chain, one_to_one
from corpora.confidence import LIKELY, class_of, confidence
from corpora.evidence import Mentions, evidence, joined, mentions, with_source
from corpora.language import in_indonesian
from corpora.passages import LONGEST, Passages, Side
from corpora.references import Snippet
from corpora.similarity import Rarity, products

CELLS = 2**24  # sentence pairs that are compared at once (0.6 GB); no bead spans two such parts


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


@dataclass(frozen=True, slots=True)
class Renderings:
    """The sentences of an article as the aligner sees them.

    Attributes:
        systems: English of each sentence by each system; all weigh the same.
        blocks: for each sentence the block it is in, never falling; no bead crosses.
        sources: the Indonesian of each sentence, for the evidence; empty where it is not known.
    """

    systems: tuple[Sequence[str], ...]
    blocks: Sequence[int]
    sources: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse sides of different lengths.

        Raises:
            ValueError: the systems, the blocks or the sources are not as many.
        """
        sizes = {len(each) for each in (*self.systems, self.blocks)}
        sizes |= {len(self.sources)} if self.sources else set()
        if len(sizes) != 1:
            raise ValueError(f"sentences, blocks and sources of different numbers: {sorted(sizes)}")

    def length(self, start: int, stop: int) -> int:
        """Characters of some sentences, the mean over the systems."""
        lengths = [len(" ".join(each[start:stop])) for each in self.systems]
        return sum(lengths) // len(lengths)

    def mentions(self, start: int, stop: int) -> Mentions:
        """What some sentences mention, in any system's words."""
        english = joined(mentions(text) for each in self.systems for text in each[start:stop])
        return with_source(english, joined(map(mentions, self.sources[start:stop])))


def align(
    translations: Sequence[str],
    snippets: Sequence[Sequence[str]],
    blocks: Sequence[int] | None = None,
    options: AlignOptions | None = None,
    sources: Sequence[str] = (),
) -> list[Bead]:
    """Align machine sentences of one article with the sentences of its reference snippets.

    Args:
        translations: English of each source sentence, in the order of the article.
        snippets: sentences of each snippet; no bead crosses a snippet's border.
        blocks: for each machine sentence the block it is in, never falling; no bead crosses from
            one block into the next. All are in one block unless given.
        options: how to align.
        sources: the Indonesian of each machine sentence, for the evidence.

    Returns:
        Beads in the order of the source; a sentence of either side is in one bead at most, unless
        quoting twice is allowed.

    Raises:
        ValueError: blocks or sources are not as many as the translations.
    """
    references = [sentence for snippet in snippets for sentence in snippet]
    units = [number for number, snippet in enumerate(snippets) for _ in snippet]
    text = Renderings((translations,), blocks or [0] * len(translations), sources)
    return search(text, references, units, units, options or AlignOptions())


def search(
    text: Renderings,
    references: Sequence[str],
    reference_blocks: Sequence[int],
    units: Sequence[int],
    options: AlignOptions,
) -> list[Bead]:
    """Align; beads cross no block of either side, and the order is that inside of units."""
    said = any(map(str.strip, text.systems[0]))
    if not said or not any(map(str.strip, references)):
        return []
    found = compared(text, references, reference_blocks, options)
    even = found.even()
    path = best_chain(even, len(text.blocks), units, options.order)
    rows = one_to_one(even, path, units, quote_twice=options.quote_twice)
    kept = found.where(np.array(rows, dtype=np.int64))
    beads = (bead for bead in beads_of(kept, text, references) if bead.confidence >= LIKELY)
    return sorted(beads, key=lambda bead: (bead.source, bead.reference))


def compared(
    text: Renderings,
    references: Sequence[str],
    reference_blocks: Sequence[int],
    options: AlignOptions,
) -> Candidates:
    """Every bead that might be; both sides hold a sentence at least.

    What is Indonesian on the side of the reference is no candidate: it would match by its names.
    """
    references = ["" if in_indonesian(each) else each for each in references]
    room = max(LONGEST, CELLS // len(text.blocks))
    parts = []
    for begin in range(0, len(references), room):
        some = references[begin : begin + room]
        across, near_left, near_right = products(text.systems, some, LONGEST, options.rarity)
        left = Side.of(text.systems, near_left, text.blocks)
        right = Side.of([some], near_right, reference_blocks[begin : begin + room])
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
    text = Renderings((translations,), [0] * len(translations))
    return compared(text, references, units, options)


def beads_of(kept: Candidates, text: Renderings, references: Sequence[str]) -> Iterator[Bead]:
    """Make beads of candidates, with their evidence."""
    for (start, stop, first, end), cosine, odds in zip(
        kept.spans.tolist(), kept.cosines.tolist(), kept.odds.tolist(), strict=True
    ):
        right = references[first:end]
        shared = evidence(text.mentions(start, stop), joined(map(mentions, right)))
        sure = confidence(odds, shared)
        lengths = text.length(start, stop), len(" ".join(right))
        label = class_of(sure, cosine, *lengths, shared)
        sides = tuple(range(start, stop)), tuple(range(first, end))
        yield Bead(*sides, min(1.0, cosine), sure, label, shared)


def align_snippets(
    translations: Sequence[str],
    snippets: Sequence[Snippet],
    blocks: Sequence[int],
    options: AlignOptions | None = None,
    sources: Sequence[str] = (),
) -> tuple[list[Bead], list[tuple[Snippet, str]]]:
    """Align with snippets (see `align`); also give each reference sentence with its snippet."""
    split = [snippet.sentences() for snippet in snippets]
    sentences = [
        (snippet, sentence)
        for snippet, found in zip(snippets, split, strict=True)
        for sentence in found
    ]
    return align(translations, split, blocks, options, sources), sentences

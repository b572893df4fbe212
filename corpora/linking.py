"""Links between lines of machine English and lines of reference English, for plain files.

Lines may hold several sentences each; the aligner works on sentences (`corpora.alignment`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from corpora.alignment import AlignOptions, Renderings, search
from corpora.beads import Bead
from corpora.errors import UserError
from corpora.evidence import Evidence
from corpora.language import in_indonesian
from corpora.link_table import LinkLine
from corpora.references import ENDLESS

SHORTEST = 20  # characters of a sentence that stands alone when lines are split
LOPSIDED = 20  # times as many lines on one side, from which on it is said
REPEATED = 100  # equal lines from which on it is said


@dataclass(frozen=True, slots=True)
class Link:
    """One link between lines, 0-based; an empty side says that the other matches nothing.

    Attributes:
        source: lines of machine English.
        reference: lines of reference English.
        score: cosine of what links them, 0 without.
        confidence: of the least sure bead between them, 0 without.
        label: class of that bead, `unsupported` without.
        evidence: of that bead.
    """

    source: tuple[int, ...]
    reference: tuple[int, ...]
    score: float
    confidence: float = 0.0
    label: str = "unsupported"
    evidence: Evidence = Evidence()  # noqa: RUF009 - frozen

    def as_json(self) -> dict[str, Any]:
        """The link as `selaras align` prints it."""
        found = asdict(self)
        return {"class" if name == "label" else name: value for name, value in found.items()}


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
    translations: Sequence[str],
    references: Sequence[str],
    options: AlignOptions | None = None,
    sources: Sequence[str] = (),
) -> list[Link]:
    """Link lines of machine English with lines of reference English; every line is in one link.

    Lines of several sentences are aligned sentence by sentence; lines that share one are linked
    together. Linked lines come first, in the order of the source; then what matches nothing.

    Args:
        translations: lines of machine English.
        references: lines of reference English, each a passage.
        options: how to align.
        sources: the Indonesian of each machine line, for the evidence.

    Raises:
        ValueError: there are not as many sources as translations.
    """
    left, left_lines = sentences_of_lines(translations)
    whole = [sources[number] for number in left_lines] if sources else ()
    text = Renderings((left,), [0] * len(left), whole)
    return linked(text, left_lines, references, len(translations), options)


def common_links(
    systems: Sequence[Sequence[str]],
    references: Sequence[str],
    options: AlignOptions | None = None,
    sources: Sequence[str] = (),
) -> list[Link]:
    """Link lines once for several systems, so that none is scored on what it aligned itself.

    The pivot is the sum of all systems' vectors: the links are the same whatever the order of the
    systems. To let one system decide for all, call `links` with its lines.

    Args:
        systems: for each system its lines, the same lines of the same article.
        references: lines of reference English, each a passage.
        options: how to align.
        sources: the Indonesian of each line, for the evidence.

    Raises:
        ValueError: there is no system, or they have not as many lines each.
    """
    if not systems:
        raise ValueError("no system to align")
    lines = range(len(systems[0]))
    text = Renderings(tuple(systems), [0] * len(lines), sources)
    return linked(text, lines, references, len(lines), options)


def linked(
    text: Renderings,
    left_lines: Sequence[int],
    references: Sequence[str],
    lines: int,
    options: AlignOptions | None,
) -> list[Link]:
    """Links of lines, given the sentences of the left ones and the line of each."""
    right, right_lines = sentences_of_lines(references)
    beads = search(text, right, [0] * len(right), right_lines, options or AlignOptions())
    found = sorted(groups(beads, left_lines, right_lines), key=lambda link: link.source)
    seen = {index for link in found for index in link.source}
    alone = [Link((index,), (), 0.0) for index in range(lines) if index not in seen]
    seen = {index for link in found for index in link.reference}
    alone += [Link((), (index,), 0.0) for index in range(len(references)) if index not in seen]
    return found + alone


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
            least.evidence,
        )


def link_lines(
    found: Sequence[Link],
    translations: Sequence[str],
    references: Sequence[str],
    sources: Sequence[str] = (),
) -> Iterator[LinkLine]:
    """Yield links as lines of a table to correct; article and snippet are both `-`."""
    for link in found:
        yield LinkLine(
            "-",
            link.source,
            "-",
            link.reference,
            link.label,
            f"{link.confidence:.4f}" if link.source and link.reference else "",
            source_text=" ".join(sources[index] for index in link.source) if sources else "",
            translation=" ".join(translations[index] for index in link.source),
            reference=" ".join(references[index] for index in link.reference),
        )


def corrected(
    found: Sequence[Link],
    table: Mapping[str, Sequence[LinkLine]],
    translations: Sequence[str],
    references: Sequence[str],
) -> list[Link]:
    """Links as a corrected table says them; those that were found too keep their scores.

    Raises:
        UserError: a line names a line that is not there.
    """
    known = {(link.source, link.reference): link for link in found}
    links, seen = [], (set[int](), set[int]())
    for line in (line for lines in table.values() for line in lines):
        places = line.source, line.sentences
        for some, side in zip(places, (translations, references), strict=True):
            if some and some[-1] >= len(side):
                raise UserError(f"{line.where}: no line {some[-1]}; the last is {len(side) - 1}")
        if line.linked:
            by_hand = Link(*places, 1.0, 1.0, "parallel")
            links.append(known.get(places, by_hand))
            for some, used in zip(places, seen, strict=True):
                used.update(some)
    links.sort(key=lambda link: (link.source, link.reference))
    links += [Link((index,), (), 0.0) for index in range(len(translations)) if index not in seen[0]]
    return links + [
        Link((), (index,), 0.0) for index in range(len(references)) if index not in seen[1]
    ]


def cautions(translations: Sequence[str], references: Sequence[str]) -> Iterator[str]:
    """What is odd about two sides that are to be aligned, one line each.

    >>> list(cautions([], ["One."]))
    ['the translation has no lines; nothing is linked']
    """
    sides = {"translation": translations, "reference": references}
    for name, lines in sides.items():
        if not any(map(str.strip, lines)):
            yield f"the {name} has no lines; nothing is linked"
            return
    for name, lines in sides.items():
        text, times = Counter(lines).most_common(1)[0]
        if times >= REPEATED and text.strip():
            yield f"the {name} says {text[:40]!r} {times:,} times; such lines are linked in order"
        for number, line in enumerate(lines, start=1):
            if len(line) > ENDLESS:
                yield f"line {number} of the {name} has {len(line):,} characters; is it a passage?"
            elif in_indonesian(line):
                yield f"line {number} of the {name} is Indonesian; expected English"
    fewer, more = sorted(map(len, (translations, references)))
    if more >= LOPSIDED * fewer:
        yield f"one side has {more:,} lines, the other {fewer:,}; most of the longer stay alone"

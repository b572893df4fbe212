"""Rows of the corpus from the translated sentences of an article and its reference snippets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpora.alignment import align_snippets
from corpora.beads import Bead
from corpora.link_table import LinkLine
from corpora.references import Snippet
from corpora.row import Row, row_id
from translate.corrections import corrected_beads, link_lines
from translate.journal import Finished, Translated


@dataclass(frozen=True, slots=True)
class Article:
    """A translated article next to its references.

    Attributes:
        path: its path in the input folder.
        rows: in the order of the text; every sentence is in exactly one.
        unaligned: reference sentences that no row has, with the snippet they are from.
        links: the lines of `links.tsv`; none without references.
        duplicate_of: path of the earlier article that says the same, or None.
        left_out: rows that are not in the corpus, because they repeat earlier ones.
    """

    path: str
    rows: tuple[Row, ...]
    unaligned: tuple[tuple[Snippet, str], ...]
    links: tuple[LinkLine, ...] = ()
    duplicate_of: str | None = None
    left_out: tuple[Row, ...] = ()


def pair(
    article: Finished,
    snippets: Sequence[Snippet],
    model: str,
    corrected: Sequence[LinkLine] | None = None,
) -> Article:
    """Align one article and make its rows.

    Args:
        article: whose sentences are translated.
        snippets: its references.
        model: name and revision, for the rows.
        corrected: its lines of a corrected `links.tsv`, which decide what is linked.

    Raises:
        UserError: a corrected line names what is not there.
    """
    path, translated = article.path, article.sentences
    english = [each.translation.text for each in translated]
    indonesian = [each.sentence.text for each in translated]
    blocks = blocks_of(article)
    beads, sentences = align_snippets(english, snippets, blocks, sources=indonesian)
    if corrected is not None:
        beads = corrected_beads(corrected, beads, sentences, article, blocks)
    by_first = {bead.source[0]: bead for bead in beads}
    rows = []
    position = 0
    while position < len(translated):
        bead = by_first.get(position)
        size = len(bead.source) if bead else 1
        group = translated[position : position + size]
        rows.append(row_of(path, position, group, model, bead, sentences))
        position += size
    used = {index for bead in beads for index in bead.reference}
    unaligned = tuple(pair for index, pair in enumerate(sentences) if index not in used)
    lines = tuple(link_lines(rows, by_first, sentences, used)) if snippets else ()
    return Article(path, tuple(rows), unaligned, lines)


def blocks_of(article: Finished) -> list[int]:
    """Number, for each sentence, the run of text it is in.

    A dropped line, and the change from title to body, end a run: the span of a row in the raw text
    would else hold what is not its own.
    """
    blocks: list[int] = []
    last: Translated | None = None
    for each in article.sentences:
        here = each.sentence
        if last is None:
            blocks.append(0)
        else:
            between = range(last.sentence.line + 1, here.line)
            apart = here.role != last.sentence.role or not article.dropped.isdisjoint(between)
            blocks.append(blocks[-1] + apart)
        last = each
    return blocks


def row_of(
    path: str,
    position: int,
    group: Sequence[Translated],
    model: str,
    bead: Bead | None,
    sentences: Sequence[tuple[Snippet, str]],
) -> Row:
    """The row of neighbouring sentences, with the reference that their bead has."""
    first, last = group[0].sentence, group[-1].sentence
    raw = " ".join(each.sentence.raw for each in group)
    matched = [sentences[index] for index in bead.reference] if bead else []
    return Row(
        id=row_id(path, first.start, last.end, raw),
        article=path,
        position=position,
        line=first.line,
        start=first.start,
        end=last.end,
        source_raw=raw,
        source=" ".join(each.sentence.text for each in group),
        translation=" ".join(each.translation.text for each in group),
        translation_score=sum(each.translation.score for each in group) / len(group),
        reference=" ".join(sentence for _, sentence in matched) or None,
        reference_id=matched[0][0].id if matched else None,
        alignment=bead.kind if bead else "1-0",
        alignment_score=bead.confidence if bead else None,
        flags=tuple(sorted(set(flags_of(group, bead)))),
        model=model,
    )


def flags_of(group: Sequence[Translated], bead: Bead | None) -> Iterator[str]:
    """Names of what looks wrong with a row, see `corpora.flags`; a name may come more than once."""
    for each in group:
        yield from each.translation.flags
    if any(each.translation.cut for each in group):
        yield "cut-off"
    if any(not each.translation.text.strip() for each in group):
        yield "empty"
    if bead and bead.evidence.conflicts:
        yield "numbers-differ"

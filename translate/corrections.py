"""The links of an article as lines that a person corrects, and beads made of corrected lines."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from corpora.beads import Bead
from corpora.confidence import class_of
from corpora.errors import UserError
from corpora.evidence import evidence, mentions, with_source
from corpora.link_table import LinkLine
from corpora.references import Snippet
from corpora.row import Row
from corpora.similarity import cosines, vectors
from translate.journal import Finished


def corrected_beads(
    lines: Sequence[LinkLine],
    found: Sequence[Bead],
    sentences: Sequence[tuple[Snippet, str]],
    article: Finished,
    blocks: Sequence[int],
) -> list[Bead]:
    """Beads as a person wants them, in the order of the source.

    What the aligner has found too keeps its confidence; what it has not is sure.

    Raises:
        UserError: a line names a sentence that is not there, or the table is of other text.
    """
    check_text(lines, article)
    numbers = numbers_in_snippet(sentences)
    places = {(sentences[index][0].id, number): index for index, number in enumerate(numbers)}
    known = {(bead.source, bead.reference): bead for bead in found}
    here = {snippet.id for snippet, _ in sentences}
    beads = []
    for line in lines:
        check_source(line, article, blocks)
        for number in line.sentences if line.linked or line.reference_id in here else ():
            if (line.reference_id, number) not in places:
                raise UserError(f"{line.where}: no sentence {number} in {line.reference_id or '?'}")
        if line.linked:
            reference = tuple(places[line.reference_id, number] for number in line.sentences)
            bead = known.get((line.source, reference))
            beads.append(bead or bead_by_hand(line.source, reference, sentences, article))
    return sorted(beads, key=lambda bead: bead.source)


def check_text(lines: Sequence[LinkLine], article: Finished) -> None:
    """Refuse a table of another version of an article, in which the numbers mean other sentences.

    A line or two that a person has changed, as when two sentences became one link, are no sign.

    Raises:
        UserError: most lines say something else than their sentences.
    """
    told = [line for line in lines if line.source and line.source_text]
    other = [line for line in told if not is_of(line, article)]
    if 2 * len(other) > len(told):
        raise UserError(
            f"{other[0].where}: `source_text` is not what these sentences of {article.path} say, "
            "nor is it in most of its lines; take the links.tsv of this run"
        )


def is_of(line: LinkLine, article: Finished) -> bool:
    """Tell whether the text of a line is that of its sentences, or of some of them, or of more."""
    places = [place for place in line.source if place < len(article.sentences)]
    texts = " ".join(article.sentences[place].sentence.text for place in places)
    text = " ".join(texts.split())
    return text in line.source_text or line.source_text in text


def check_source(line: LinkLine, article: Finished, blocks: Sequence[int]) -> None:
    """Refuse a line whose source sentences the article does not have.

    Raises:
        UserError: one is missing, another, or apart from the others in the page.
    """
    count = len(article.sentences)
    if line.source and line.source[-1] >= count:
        last = f"sentence {line.source[-1]} in {article.path}; its last is {count - 1}"
        raise UserError(f"{line.where}: no {last}")
    if len({blocks[place] for place in line.source}) > 1:
        raise UserError(
            f"{line.where}: these sentences are apart in the page; link them one by one"
        )


def bead_by_hand(
    source: tuple[int, ...],
    reference: tuple[int, ...],
    sentences: Sequence[tuple[Snippet, str]],
    article: Finished,
) -> Bead:
    """A bead that the aligner has not found."""
    english = " ".join(article.sentences[place].translation.text for place in source)
    indonesian = " ".join(article.sentences[place].sentence.text for place in source)
    wanted = " ".join(sentences[place][1] for place in reference)
    both = vectors([english, wanted])
    score = float(cosines(both[:1], both[1:])[0, 0])
    shared = evidence(with_source(mentions(english), mentions(indonesian)), mentions(wanted))
    label = class_of(1.0, score, len(english), len(wanted), shared)
    return Bead(source, reference, score, 1.0, label, shared)


def numbers_in_snippet(sentences: Sequence[tuple[Snippet, str]]) -> list[int]:
    """The number of each sentence in its snippet."""
    numbers: list[int] = []
    for index, (snippet, _) in enumerate(sentences):
        again = index > 0 and sentences[index - 1][0].id == snippet.id
        numbers.append(numbers[-1] + 1 if again else 0)
    return numbers


def link_lines(
    rows: Sequence[Row],
    beads: Mapping[int, Bead],
    sentences: Sequence[tuple[Snippet, str]],
    used: Collection[int],
) -> Iterator[LinkLine]:
    """Yield the lines of `links.tsv`: every row, then every reference sentence that none has."""
    numbers = numbers_in_snippet(sentences)
    for row in rows:
        bead = beads.get(row.position)
        source = bead.source if bead else (row.position,)
        snippet = sentences[bead.reference[0]][0] if bead else Snippet("", "")
        yield LinkLine(
            row.article,
            source,
            snippet.id,
            tuple(numbers[index] for index in bead.reference) if bead else (),
            bead.label if bead else "",
            f"{bead.confidence:.4f}" if bead else "",
            snippet.outlet,
            snippet.url,
            " ".join(row.source.split()),
            row.translation,
            row.reference or "",
        )
    for index, (snippet, text) in enumerate(sentences):
        if index not in used:
            yield LinkLine(
                rows[0].article if rows else "",
                (),
                snippet.id,
                (numbers[index],),
                outlet=snippet.outlet,
                url=snippet.url,
                reference=text,
            )

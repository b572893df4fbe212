"""A page taken apart: its sentences, what was dropped, and what it says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpora.attribution import outlets_of
from corpora.cleaning import KEPT, label_pages
from corpora.dateline import dateline_of
from corpora.document import Document, LabelledLine
from corpora.errors import UsageError
from corpora.language import words
from corpora.lines.look import SENTENCE_END, folded
from corpora.lines.repeats import Repeats
from corpora.lines.rules import LABELS, LineRule, shipped_rules
from corpora.repair import repair
from corpora.sentence import Sentence, sentences_of

DATELINE_ALONE = "dateline-alone"  # rule of lines that hold nothing else


@dataclass(frozen=True, slots=True)
class Cleaning:
    """How to tell the article from the furniture.

    Attributes:
        keep: labels that are kept beside title and body.
        drop: labels that are dropped whatever else is said.
        own_rules: a user's rules, asked before the shipped ones.
        learn_repeats: whether lines that recur across the pages of a site are furniture.
    """

    keep: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()
    own_rules: tuple[LineRule, ...] = ()
    learn_repeats: bool = True

    def __post_init__(self) -> None:
        """Refuse labels that do not exist.

        Raises:
            UserError: there is no such label.
        """
        for label in sorted((self.keep | self.drop) - set(LABELS)):
            raise UsageError(f"no label {label!r}; there are {', '.join(LABELS)}")

    @property
    def kept(self) -> frozenset[str]:
        """Labels whose lines are translated."""
        return (KEPT | self.keep) - self.drop

    @property
    def rules(self) -> tuple[LineRule, ...]:
        """All rules in the order in which they are asked."""
        return self.own_rules + shipped_rules()


@dataclass(frozen=True, slots=True)
class Page:
    """A document taken apart; every character that is no white space is in exactly one part.

    Attributes:
        document: as it was read.
        sentences: of the article, in order; a title that is metadata comes first.
        dropped: lines, and the dateline, that are not translated.
        dateline: place and outlet that open the report, or None.
        outlets: those that the page says it has the story from, in order.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    dropped: tuple[LabelledLine, ...]
    dateline: str | None = None
    outlets: tuple[str, ...] = field(default=())


def taken_apart(document: Document, cleaning: Cleaning, repeats: Repeats | None = None) -> Page:
    """Label the lines of a document, drop what is not the article, and split the rest.

    Args:
        document: the page.
        cleaning: which labels to keep, and own rules.
        repeats: what recurs on the document's site, if that was learnt.
    """
    return taken_apart_together([document], cleaning, repeats)[0]


def taken_apart_together(
    documents: Sequence[Document], cleaning: Cleaning, repeats: Repeats | None = None
) -> list[Page]:
    """What `taken_apart` makes of each document, in half of the time if they are some dozens."""
    every = label_pages(documents, cleaning.rules, repeats)
    return [
        page_of(document, labelled, cleaning)
        for document, labelled in zip(documents, every, strict=True)
    ]


def page_of(document: Document, labelled: Sequence[LabelledLine], cleaning: Cleaning) -> Page:
    """A document taken apart whose lines are labelled."""
    dropped = [line for line in labelled if line.label not in cleaning.kept]
    sentences: list[Sentence] = []
    dateline = None
    for line in labelled:
        first = not has_body(sentences)
        if first and line.rule == DATELINE_ALONE:
            dateline = line.line.text.strip()
        if line.label not in cleaning.kept:
            continue
        if line.label == "body" and dateline is None and first:
            opening, line = without_dateline(line)
            if opening:
                dateline = opening.line.text.strip()
                dropped.append(opening)
        found = list(sentences_of(line))
        sentences += found
        if not found:
            dropped.append(replace(line, label="navigation", rule="invisible", score=1.0))
    if "title" in cleaning.kept and (title := stated_title(document, labelled, cleaning.kept)):
        sentences.insert(0, title)
    return Page(
        document,
        tuple(sentences),
        tuple(sorted(dropped, key=lambda each: each.line.start)),
        dateline,
        outlets_of(document.text),
    )


def stated_title(
    document: Document, labelled: Sequence[LabelledLine], kept: frozenset[str]
) -> Sentence | None:
    """The title that stands beside the text (of a web page or a table), as a sentence.

    Its line is 0 and its span 0 to 0: it is not part of the text. None if nothing was stated, or
    if a line that is kept says it.
    """
    title = " ".join((document.metadata.title or "").split())
    if not folded(title):
        return None
    said = {folded(line.line.text) for line in labelled if line.label in kept}
    headlines = (line.line.text for line in labelled if line.label == "title")
    if folded(title) in said or any(alike(title, each) for each in headlines):
        return None
    return Sentence(0, "title", 0, 0, title, repair(title))


def alike(one: str, two: str) -> bool:
    """Tell whether one headline has half of the words of the other.

    >>> alike("Harga Beras Naik Lagi", "Harga Beras Naik di Pasar")
    True
    """
    first, second = set(words(one)), set(words(two))
    return 2 * len(first & second) >= min(len(first), len(second))


def has_body(sentences: Sequence[Sentence]) -> bool:
    """Tell whether a sentence of the body is among them; a headline taken for one ends in no stop.

    >>> [has_body([Sentence(1, "body", 0, 0, text, text)]) for text in ("Beras Naik", "Naik.")]
    [False, True]
    """
    return any(
        sentence.role == "body" and SENTENCE_END.search(sentence.text) for sentence in sentences
    )


def without_dateline(line: LabelledLine) -> tuple[LabelledLine | None, LabelledLine]:
    """The dateline of a line as a dropped piece of its own, and the line without it."""
    text = line.line.text
    indent = len(text) - len(text.lstrip())
    found = dateline_of(text[indent:])
    if not found:
        return None, line
    cut = indent + found.end
    opening = replace(line.line, end=line.line.start + cut, text=text[:cut])
    rest = replace(line.line, start=line.line.start + cut, text=text[cut:])
    return LabelledLine(opening, "byline", "dateline", 0.9), replace(line, line=rest)

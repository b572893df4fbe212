"""What is noted of the rows of a run while they stream by: a few numbers each, no text."""

import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpora.errors import UserError
from corpora.row import Row
from eval.coverage import words
from eval.facts import Facts, added, facts
from eval.segments import Pair

TENTHS = 10
SHORT, LONG = 0.5, 2.0  # English words for each Indonesian one, beyond which a row is odd


@dataclass(frozen=True, slots=True)
class Unaligned:
    """A reference sentence that no row has.

    Attributes:
        article: path of the article, or the name of references that no article has.
        text: the sentence.
        reference_id: the snippet that it is from; empty where that is not known.
    """

    article: str
    text: str
    reference_id: str = ""


def numbers() -> "array[float]":
    """An empty array of numbers."""
    return array("d")


def counts() -> "array[int]":
    """An empty array of whole numbers."""
    return array("q")


@dataclass(slots=True)
class Gathering:
    """Sums over rows, and per aligned row its article, confidence and lengths.

    Attributes:
        articles: number of each article, in the order in which they come.
        article_of: for each aligned row, the number of its article.
        confidence: for each aligned row.
        reference_words: for each aligned row.
        digests: of source and reference of each aligned row, to find repetitions.
        aligned_words: reference words by article.
        left_words: reference words of unaligned sentences by article.
        places: source words by article and tenth of the article; those without reference beside.
        snippets: by article and snippet, the sum of the places of its rows and their number.
    """

    articles: dict[str, int] = field(default_factory=dict)
    article_of: "array[int]" = field(default_factory=counts)
    confidence: "array[float]" = field(default_factory=numbers)
    reference_words: "array[int]" = field(default_factory=counts)
    digests: "array[int]" = field(default_factory=counts)
    aligned_words: "array[int]" = field(default_factory=counts)
    left_words: "array[int]" = field(default_factory=counts)
    places: "array[int]" = field(default_factory=counts)
    snippets: dict[tuple[int, str], tuple[float, int]] = field(default_factory=dict)
    lost: "array[int]" = field(default_factory=lambda: array("q", [0] * (TENTHS + 1)))
    facts: Facts = field(default_factory=lambda: Facts({}))
    left_of: "array[int]" = field(default_factory=counts)
    rows: int = 0
    source_words: int = 0
    english_words: int = 0
    score_sum: float = 0.0
    odd: int = 0
    empty: int = 0
    empty_references: int = 0
    page: list[tuple[int, int, bool, str]] = field(default_factory=list)
    now: str | None = None

    def pairs(self, rows: Iterable[Row]) -> Iterator[Pair]:
        """Note every row; yield translation and reference of those that have one."""
        for row in rows:
            if row.article != self.now:
                self.turn_page()
                self.now = row.article
            reference = row.reference if row.reference and row.reference.strip() else None
            self.empty_references += row.reference is not None and reference is None
            self.note(row, reference)
            if reference is not None:
                yield row.translation, (reference,)
        self.turn_page()

    def number_of(self, article: str) -> int:
        """The number of an article, given when it is first met."""
        if article not in self.articles:
            self.articles[article] = len(self.articles)
            self.aligned_words.append(0)
            self.left_words.append(0)
            self.places.extend([0] * 2 * TENTHS)
        return self.articles[article]

    def note(self, row: Row, reference: str | None) -> None:
        """Add a row to the sums.

        Raises:
            UserError: a score of it is no number.
        """
        sure = 1.0 if row.alignment_score is None else row.alignment_score
        for name, value in (("translation", row.translation_score), ("alignment", sure)):
            if not math.isfinite(value):
                raise UserError(f"{row.article}: row {row.id}: {name}_score is {value}, no number")
        article = self.number_of(row.article)
        source, english = words(row.source), words(row.translation)
        self.rows += 1
        self.source_words += source
        self.english_words += english
        self.score_sum += row.translation_score
        self.empty += not english
        self.odd += bool(source) and not SHORT <= english / source <= LONG
        self.facts = added((self.facts, facts(row.source, row.translation)))
        self.page.append((row.position, source, reference is not None, row.reference_id or ""))
        if reference is not None:
            length = words(reference)
            self.article_of.append(article)
            self.confidence.append(min(1.0, max(0.0, sure)))
            self.reference_words.append(length)
            self.aligned_words[article] += length
            self.digests.append(hash((row.source, reference)))

    def turn_page(self) -> None:
        """Note where in the article its rows stand, now that its length is known."""
        if self.now is None or not self.page:
            return
        article = self.number_of(self.now)
        last = self.page[-1][0] + 1
        for position, source, aligned, snippet in self.page:
            place = min(position / last, 0.999) if last > 0 else 0.0
            at = 2 * (TENTHS * article + int(TENTHS * place))
            self.places[at] += source
            self.places[at + 1] += 0 if aligned else source
            if aligned and snippet:
                before, count = self.snippets.get((article, snippet), (0.0, 0))
                self.snippets[article, snippet] = before + place, count + 1
        self.page.clear()

    def left(self, unaligned: Iterable[Unaligned]) -> Iterator[Pair]:
        """Note every unaligned reference sentence; yield each with an empty translation.

        One stands where the aligned sentences of its snippet stand; last of the counts are those
        of snippets of which nothing is aligned.
        """
        for each in unaligned:
            if not each.text.strip():
                self.empty_references += 1
                continue
            article = self.number_of(each.article)
            length = words(each.text)
            self.left_of.append(article)
            self.left_words[article] += length
            total, count = self.snippets.get((article, each.reference_id), (0.0, 0))
            self.lost[int(TENTHS * total / count) if count else TENTHS] += length
            yield "", (each.text,)

    def with_references(self) -> NDArray[np.bool_]:
        """Which articles have references."""
        return (as_counts(self.aligned_words) + as_counts(self.left_words)) > 0


def as_counts(found: "array[int]") -> NDArray[np.int64]:
    """Whole numbers as an array that numpy can take."""
    return np.array(found, dtype=np.int64)

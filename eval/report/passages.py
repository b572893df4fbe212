"""Rows of one run, or of several side by side, as the page shows them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from corpora.references import Snippet
from corpora.row import Row
from eval.report.run_files import Record


@dataclass(frozen=True, slots=True)
class Version:
    """What one run made of a passage.

    Attributes:
        text: machine English.
        certainty: mean log probability per token.
        flags: names of what looks wrong with it.
    """

    text: str
    certainty: float
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Indonesian next to what each run made of it and to the reference.

    Attributes:
        id: that of the row, of the first of them when several are one passage.
        position: 0-based place of its first sentence on the page.
        line: 1-based line of the raw file in which it begins.
        start: offset of its first character in the raw text.
        end: offset after its last character.
        raw: as it stands in the raw text.
        source: with its typography repaired.
        versions: one for each run, None where a run does not have it.
        reference: English of the original reporting, or None.
        reference_id: the snippet it is from, or None.
        alignment: numbers of sentences on both sides, "2-1".
        confidence: of the alignment, in (0, 1); None without a reference.
    """

    id: str
    position: int
    line: int
    start: int
    end: int
    raw: str
    source: str
    versions: tuple[Version | None, ...]
    reference: str | None
    reference_id: str | None
    alignment: str
    confidence: float | None

    @property
    def flags(self) -> tuple[str, ...]:
        """What looks wrong with any version, each name once."""
        return tuple(
            dict.fromkeys(flag for version in self.versions if version for flag in version.flags)
        )


@dataclass(slots=True)
class References:
    """The references of an article: those of the first run that has any, each sentence once.

    What that run has aligned with nothing may stand in a passage where a later run has aligned it;
    then it is no longer left. What it has aligned elsewhere stays where that run has it.

    Attributes:
        run: number of the run whose references they are.
        snippets: their names, as far as they are known.
        alone: sentences that no row of that run has.
        places: of these sentences by snippet and text, those that are not taken.
    """

    run: int
    snippets: set[str]
    alone: Sequence[Record]
    places: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note where each sentence is that can be taken."""
        for place, entry in enumerate(self.alone):
            key = str(entry.get("reference_id") or ""), str(entry.get("text") or "").strip()
            self.places.setdefault(key, []).append(place)

    def shown(self, of_run: Sequence[Sequence[Row]]) -> Sequence[Row]:
        """The rows whose reference a passage shows, from those that each run has of it."""
        for run in (self.run, *(run for run in range(len(of_run)) if run != self.run)):
            own = of_run[run]
            if any(row.reference for row in own) and (run == self.run or self.taken(own)):
                return own
        return ()

    def taken(self, rows: Sequence[Row]) -> bool:
        """Take the references of some rows from what is left, if all of them are there."""
        wanted = Counter(
            (row.reference_id or "", sentence)
            for row in rows
            if row.reference
            for sentence in Snippet("", row.reference).sentences()
        )
        there = (count <= len(self.places.get(key, ())) for key, count in wanted.items())
        if not wanted or not all(there):
            return False
        for key, count in wanted.items():
            del self.places[key][-count:]
        return True

    def left(self) -> list[Record]:
        """The sentences that no passage has, in their order, once all passages are made."""
        return [self.alone[place] for place in sorted(chain.from_iterable(self.places.values()))]


def references_of(
    article: Sequence[Sequence[Row]], unaligned: Sequence[Sequence[Record]]
) -> References:
    """The references of an article, from what each run has of it, aligned and not."""
    for run, (rows, alone) in enumerate(zip(article, unaligned, strict=True)):
        names = [row.reference_id for row in rows if row.reference]
        if names or alone:
            names += [str(each.get("reference_id") or "") for each in alone]
            return References(run, set(filter(None, names)), alone)
    return References(0, set(), ())


def passages(article: Sequence[Sequence[Row]], references: References) -> Iterator[Passage]:
    """The passages of an article from the rows that each run has of it, in the order of the text.

    Runs may cut an article into different rows, for their alignments differ. What overlaps becomes
    one passage, so that every run's English stands beside the same Indonesian.
    """
    found = sorted(
        ((row.start, row.end, run, row) for run, rows in enumerate(article) for row in rows),
        key=lambda entry: entry[:3],
    )
    group: list[tuple[int, Row]] = []
    reach = -1
    for start, end, run, row in found:
        if group and start >= reach:
            yield passage(group, len(article), references)
            group, reach = [], -1
        group.append((run, row))
        reach = max(reach, end)
    if group:
        yield passage(group, len(article), references)


def passage(group: Sequence[tuple[int, Row]], runs: int, known: References) -> Passage:
    """One passage of rows that overlap, given with the number of the run they are from."""
    of_run = [[row for run, row in group if run == wanted] for wanted in range(runs)]
    rows = next(rows for rows in of_run if rows)
    referring = known.shown(of_run)
    references = [row for row in referring if row.reference]
    first = rows[0]
    return Passage(
        id=first.id,
        position=first.position,
        line=first.line,
        start=first.start,
        end=rows[-1].end,
        raw=" ".join(row.source_raw for row in rows),
        source=" ".join(row.source for row in rows),
        versions=tuple(version(own) if own else None for own in of_run),
        reference=" ".join(row.reference or "" for row in references) or None,
        reference_id=references[0].reference_id if references else None,
        alignment=alignment(referring or rows, aligned=bool(references)),
        confidence=min((row.alignment_score or 0.0 for row in references), default=None),
    )


def version(rows: Sequence[Row]) -> Version:
    """What a run made of a passage that is one or several of its rows."""
    return Version(
        text=" ".join(row.translation for row in rows),
        certainty=sum(row.translation_score for row in rows) / len(rows),
        flags=tuple(dict.fromkeys(flag for row in rows for flag in row.flags)),
    )


def alignment(rows: Sequence[Row], *, aligned: bool) -> str:
    """Numbers of sentences on both sides of several rows together, on the right if it is aligned.

    A shape that is not two numbers, as only a damaged run has it, is left as it is.
    """
    sides = [row.alignment.partition("-") for row in rows]
    if not all(left.isdecimal() and right.isdecimal() for left, _, right in sides):
        return rows[0].alignment
    right = sum(int(right) for *_, right in sides) if aligned else 0
    return f"{sum(int(left) for left, _, _ in sides)}-{right}"

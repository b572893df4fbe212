"""Rows of one run, or of several side by side, as the page shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpora.row import Row


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


def passages(article: Sequence[Sequence[Row]]) -> Iterator[Passage]:
    """The passages of an article from the rows that each run has of it, in the order of the text.

    Runs may cut an article into different rows, for their alignments differ. What overlaps becomes
    one passage, so that every run's English stands beside the same Indonesian. Its reference is
    that of the first run that has one.
    """
    found = sorted(
        ((row.start, row.end, run, row) for run, rows in enumerate(article) for row in rows),
        key=lambda entry: entry[:3],
    )
    group: list[tuple[int, Row]] = []
    reach = -1
    for start, end, run, row in found:
        if group and start >= reach:
            yield passage(group, len(article))
            group, reach = [], -1
        group.append((run, row))
        reach = max(reach, end)
    if group:
        yield passage(group, len(article))


def passage(group: Sequence[tuple[int, Row]], runs: int) -> Passage:
    """One passage of rows that overlap, given with the number of the run they are from."""
    of_run = [[row for run, row in group if run == wanted] for wanted in range(runs)]
    rows = next(rows for rows in of_run if rows)
    referring = next((own for own in of_run if any(row.reference for row in own)), rows)
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
        alignment=alignment(referring),
        confidence=min((row.alignment_score or 0.0 for row in references), default=None),
    )


def version(rows: Sequence[Row]) -> Version:
    """What a run made of a passage that is one or several of its rows."""
    return Version(
        text=" ".join(row.translation for row in rows),
        certainty=sum(row.translation_score for row in rows) / len(rows),
        flags=tuple(dict.fromkeys(flag for row in rows for flag in row.flags)),
    )


def alignment(rows: Sequence[Row]) -> str:
    """Numbers of sentences on both sides of several rows together.

    A shape that is not two numbers, as only a damaged run has it, is left as it is.
    """
    if len(rows) == 1:
        return rows[0].alignment
    sides = [row.alignment.partition("-") for row in rows]
    if not all(left.isdecimal() and right.isdecimal() for left, _, right in sides):
        return rows[0].alignment
    return f"{sum(int(left) for left, _, _ in sides)}-{sum(int(right) for *_, right in sides)}"

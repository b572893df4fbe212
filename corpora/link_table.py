"""The links of a run as a table that a person corrects: one line a link, tab-separated.

What a person may change are `article`, `source`, `reference_id` and `sentences`; the other columns
are there to read. Numbers are 0-based: `source` are sentences of the article (`position` in the
corpus), `sentences` those of the snippet. A line with one side empty says that nothing matches.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from io import StringIO
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.files import written_whole
from corpora.passages import LONGEST
from corpora.references import read_text

CELL = 2**30  # characters of a cell: Python's own limit is 131,072, a snippet may have more


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A line of the table.

    Attributes:
        article: path of the article; empty for a snippet that no article says.
        source: neighbouring sentences of the article, ascending.
        reference_id: the snippet.
        sentences: of the snippet, ascending.
        label: class of the link (column `class`).
        confidence: in [0, 1], as text; empty without a link.
        outlet: where the snippet is from, as far as the references say.
        url: its address there.
        source_text: Indonesian.
        translation: machine English.
        reference: reference English.
        where: file and line, for what is said of a bad line.
    """

    article: str
    source: tuple[int, ...] = ()
    reference_id: str = ""
    sentences: tuple[int, ...] = ()
    label: str = ""
    confidence: str = ""
    outlet: str = ""
    url: str = ""
    source_text: str = ""
    translation: str = ""
    reference: str = ""
    where: str = ""

    @property
    def linked(self) -> bool:
        """Tell whether both sides are there."""
        return bool(self.source and self.sentences)


NAMES = tuple("class" if f.name == "label" else f.name for f in fields(LinkLine))[:-1]
NEEDED = ("article", "source", "reference_id", "sentences")


def write_links(path: Path, lines: Iterable[LinkLine]) -> None:
    """Write the table, whole or not at all."""
    with written_whole(path) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(NAMES)
        for line in lines:
            table.writerow(map(cell, astuple(line)[:-1]))


def cell(value: str | tuple[int, ...]) -> str:
    """A value as it stands in the table: numbers with spaces between, text on one line."""
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return " ".join(value.split()) if "\n" in value or "\t" in value or "\r" in value else value


def read_links(path: Path) -> dict[str, list[LinkLine]]:
    """The lines of a corrected table by article, in order.

    Raises:
        UserError: the file or a line of it is not as expected; one line says where and what.
    """
    csv.field_size_limit(CELL)
    rows = csv.reader(StringIO(read_text(path), newline=""), delimiter="\t")
    found: dict[str, list[LinkLine]] = {}
    try:
        header = [name.strip() for name in next(rows, [])]
        missing = [name for name in NEEDED if name not in header]
        if missing:
            raise UserError(
                f"{path}:1: expected columns {', '.join(NEEDED)}; {missing[0]} is not there"
            )
        for cells in rows:
            if not any(map(str.strip, cells)):
                continue
            where = f"{path}:{rows.line_num}"
            if len(cells) > len(header):
                raise UserError(f"{where}: expected {len(header)} columns, got {len(cells)}")
            line = line_of(dict(zip(header, cells, strict=False)), where)
            found.setdefault(line.article, []).append(line)
    except csv.Error as error:
        raise UserError(f"{path}:{rows.line_num}: no table ({error})") from None
    for lines in found.values():
        check_once(lines)
    return found


def line_of(cells: dict[str, str], where: str) -> LinkLine:
    """A line from its cells.

    Raises:
        UserError: the numbers are none, or say what no link can be.
    """
    values: dict[str, Any] = {name: cells.get(name, "").strip() for name in NAMES}
    values["label"] = values.pop("class")
    for name in ("source", "sentences"):
        values[name] = numbers(values[name], name, where)
    line = LinkLine(**values, where=where)
    if list(line.source) != list(range(line.source[0], line.source[-1] + 1) if line.source else ()):
        raise UserError(
            f"{where}: expected neighbouring sentences in `source`, got {cells['source']}"
        )
    if list(line.sentences) != sorted(set(line.sentences)):
        raise UserError(f"{where}: expected ascending `sentences`, got {cells['sentences']}")
    if max(len(line.source), len(line.sentences)) > LONGEST:
        raise UserError(
            f"{where}: expected {LONGEST} sentences a side at most; make two lines of it"
        )
    if line.sentences and not line.reference_id:
        raise UserError(f"{where}: expected a `reference_id` for `sentences`")
    if line.source and not line.article:
        raise UserError(f"{where}: expected an `article` for `source`")
    return line


def numbers(text: str, name: str, where: str) -> tuple[int, ...]:
    """Numbers with spaces or commas between.

    >>> numbers("3, 4", "source", "links.tsv:2")
    (3, 4)
    """
    parts = text.replace(",", " ").split()
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise UserError(f"{where}: expected numbers with spaces between in `{name}`, got {text!r}")
    return tuple(map(int, parts))


def check_once(lines: Sequence[LinkLine]) -> None:
    """Refuse a sentence that two links have.

    Raises:
        UserError: there is one.
    """
    taken: dict[tuple[str, int], str] = {}
    for line in lines:
        if not line.linked:
            continue
        keys = [("", number) for number in line.source]
        keys += [(line.reference_id, number) for number in line.sentences]
        for key in keys:
            if key in taken:
                what = f"sentence {key[1]} of {key[0] or line.article}"
                raise UserError(f"{line.where}: {what} is linked already in {taken[key]}")
            taken[key] = line.where


def all_lines(table: Mapping[str, Sequence[LinkLine]]) -> Iterator[LinkLine]:
    """Every line, those that link first."""
    lines = [line for some in table.values() for line in some]
    return iter(sorted(lines, key=lambda line: not line.linked))

"""Snippets of the original English reporting, by the article that they belong to."""

import csv
import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

from corpora.errors import UserError
from corpora.files import files_below, leads_round
from corpora.language import in_indonesian

LOG = logging.getLogger(__name__)
ENDLESS = 100_000  # characters of a snippet that is no passage
CELL = 2**30  # characters of a cell: Python's own limit is 131,072, a snippet may have more
BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of reference English, one to a few sentences.

    Attributes:
        id: names the snippet in the run: file and number in it.
        text: English, single spaces, no line break.
        outlet: who published it, as the table says; empty where it does not.
        url: its address there.
        date: of its publication, as the table writes it.
    """

    id: str
    text: str
    outlet: str = ""
    url: str = ""
    date: str = ""

    def sentences(self) -> tuple[str, ...]:
        """Its sentences, by Wikimedia's `sentencex` (https://pypi.org/project/sentencex)."""
        from sentencex import segment

        found = (sentence.strip() for sentence in segment("en", self.text))
        return tuple(sentence for sentence in found if sentence)


References = Mapping[str, tuple[Snippet, ...]]
UNASSIGNED = ""  # the name of the article of snippets that name none


def stem(path: str) -> str:
    """The name by which an article and its references find each other: the path without suffix.

    >>> stem("dunia/korut.txt")
    'dunia/korut'
    """
    return str(PurePosixPath(path).with_suffix(""))


def snippets_of(text: str, name: str) -> Iterator[Snippet]:
    r"""Yield the passages that blank lines separate.

    >>> [snippet.text for snippet in snippets_of("One\ntwo.\n\nThree.\n", "a")]
    ['One two.', 'Three.']
    """
    passages = BLANK_LINES.split(text.replace("\r\n", "\n").strip("\n"))
    number = 0
    for passage in passages:
        if joined := " ".join(passage.split()):
            number += 1
            yield Snippet(f"{name}#{number}", joined)


def read_references(location: Path) -> References:
    """Read the snippets of a folder or of one file.

    A folder holds `.txt` or `.md` files, one per article, with blank lines between snippets or
    paragraphs; several references of one article stand in one file, in a folder of the article's
    name, or in a table. A `.jsonl`, `.csv` or `.tsv` has `text` and perhaps `article`, `outlet`,
    `url` and `date`; the snippets of entries without an article are under `UNASSIGNED`. Other
    columns are passed over. What is odd about a snippet is logged (see `caution`).

    Raises:
        UserError: nothing is there, a file is unreadable, or an entry is not as expected.
    """
    if not location.exists():
        raise UserError(f"{location}: no such file or folder of references; check the spelling")
    suffix = location.suffix.lower()
    if not location.is_dir() and suffix not in TABLES:
        kinds = ", ".join(sorted(TABLES))
        raise UserError(f"{location}: expected a folder of .txt files, or one of {kinds}")
    found = from_folder(location) if location.is_dir() else from_table(location)
    if not any(found.values()):
        raise UserError(
            f"{location}: no reference snippet found; expected one .txt per article with blank "
            "lines between snippets, or a .jsonl, .csv or .tsv with `text` and perhaps `article`"
        )
    for snippets in found.values():
        for snippet in snippets:
            if said := caution(snippet):
                LOG.warning("%s: %s", snippet.id, said)
    return found


def caution(snippet: Snippet) -> str:
    """What is odd about a snippet, or nothing.

    >>> caution(Snippet("a.txt#1", "Presiden itu terbang ke ibu kota pada Senin pagi."))
    'is Indonesian, not English; nothing is aligned with it'
    """
    if len(snippet.text) > ENDLESS:
        return f"{len(snippet.text):,} characters in one snippet; put blank lines between passages"
    if in_indonesian(snippet.text):
        return "is Indonesian, not English; nothing is aligned with it"
    return ""


def from_folder(folder: Path) -> dict[str, tuple[Snippet, ...]]:
    """The snippets of each file below the folder, by the file's stem."""
    found: dict[str, tuple[Snippet, ...]] = {}
    for file in files_below(folder, frozenset({".txt", ".md"})):
        if leads_round(file):
            continue
        path = file.relative_to(folder).as_posix()
        snippets = tuple(snippets_of(read_text(file), path))
        found[stem(path)] = (*found.get(stem(path), ()), *snippets)
    return found


def from_table(file: Path) -> dict[str, tuple[Snippet, ...]]:
    """The snippets of a table, by the article that each names."""
    entries = TABLES[file.suffix.lower()](file)
    found: dict[str, list[Snippet]] = {}
    for number, entry in entries:
        text, article = entry.get("text"), entry.get("article")
        where = f"{file}:{number}"
        if not isinstance(text, str):
            raise UserError(f"{where}: expected an object with a `text`")
        if article is not None and not isinstance(article, str):
            raise UserError(f"{where}: expected an `article` that is text, or none")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise UserError(
                f"{where}: half a character (a lone surrogate); mend the line"
            ) from None
        known = (entry.get(name) for name in ("outlet", "url", "date"))
        about = (" ".join(str(each).split()) if each is not None else "" for each in known)
        snippet = Snippet(f"{file.name}#{number}", " ".join(text.split()), *about)
        if snippet.text:
            name = (article or "").strip() or UNASSIGNED
            key = stem(name) if name.lower().endswith((".txt", ".md")) else name
            found.setdefault(key, []).append(snippet)
    return {article: tuple(snippets) for article, snippets in found.items()}


def entries_of_json(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and object of each line of a JSON Lines file."""
    for number, line in enumerate(read_text(file).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            raise UserError(f"{file}:{number}: no JSON ({error.msg})") from None
        if not isinstance(entry, dict):
            raise UserError(f"{file}:{number}: expected an object with a `text`")
        yield number, entry


def entries_of_csv(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and cells of each row of a comma-separated file with quoting."""
    csv.field_size_limit(CELL)
    rows = csv.reader(StringIO(read_text(file), newline=""))
    try:
        yield from rows_with_header(file, ((rows.line_num, row) for row in rows))
    except csv.Error as error:
        raise UserError(f"{file}:{rows.line_num}: no CSV ({error})") from None


def entries_of_tsv(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and cells of each row of a tab-separated file; quotes are text."""
    lines = enumerate(read_text(file).split("\n"), start=1)
    rows = ((number, line.rstrip("\r").split("\t")) for number, line in lines if line.strip())
    yield from rows_with_header(file, rows)


def rows_with_header(
    file: Path, rows: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield rows as objects with the names of the first row."""
    _, header = next(rows, (0, list[str]()))
    names = [name.strip().casefold() for name in header]
    if header and "text" not in names:
        raise UserError(f"{file}:1: expected a column `text`, got {', '.join(header)}")
    for number, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        if len(cells) > len(names):
            raise UserError(f"{file}:{number}: expected {len(names)} columns, got {len(cells)}")
        yield number, {"text": ""} | dict(zip(names, cells, strict=False))


TABLES = {".csv": entries_of_csv, ".jsonl": entries_of_json, ".tsv": entries_of_tsv}


def read_text(file: Path) -> str:
    """The text of a reference file.

    Raises:
        UserError: it cannot be read, or is not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror}); check permissions") from None
    except UnicodeDecodeError as error:
        raise UserError(
            f"{file}: byte {error.start} is not UTF-8; convert the file with iconv -t UTF-8"
        ) from None

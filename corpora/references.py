"""Snippets of the original English reporting, by the article that they belong to."""

import errno
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from corpora.encoding import decoded
from corpora.errors import UserError
from corpora.files import by_ending, files_below, leads_round
from corpora.language import in_indonesian
from corpora.separated_values import separated_table
from corpora.source import CURES, ReadingOptions, Source, Unreadable, opened
from corpora.streams import byte_lines
from corpora.tables import json_values, no_object

LOG = logging.getLogger(__name__)
Entries = Iterator[tuple[int, dict[str, Any]]]
READING = ReadingOptions(text_column="text")
COLUMNS = ("text", "article", "outlet", "url", "date")
TEXTS = frozenset({".txt", ".md"})
NAMED = {
    errno.ENOENT: "check the spelling",
    errno.EISDIR: "it is a folder; name a file, or see that the folder can be listed",
}
ENDLESS = 100_000  # characters of a snippet that is no passage
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
    name, or in a table. A `.jsonl`, `.csv` or `.tsv`, read as those of articles are, has `text` and
    perhaps `article`, `outlet`, `url` and `date`; the snippets of entries without an article are
    under `UNASSIGNED`. Other columns are passed over. What is odd about a snippet is logged (see
    `caution`), and so is how many files of a folder are of other kinds.

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
    """The snippets of each file below the folder, by the file's stem; others are counted."""
    found: dict[str, tuple[Snippet, ...]] = {}
    others: Counter[str] = Counter()
    for file in files_below(folder, TEXTS, others):
        if leads_round(file):
            continue
        path = file.relative_to(folder).as_posix()
        snippets = tuple(snippets_of(read_text(file), path))
        found[stem(path)] = (*found.get(stem(path), ()), *snippets)
    if others:
        LOG.warning(
            "%s: %d files passed over (%s); in a folder references are .txt or .md, "
            "a table of references is named itself",
            *(folder, others.total(), by_ending(others)),
        )
    return found


def from_table(file: Path) -> dict[str, tuple[Snippet, ...]]:
    """The snippets of a table, by the article that each names."""
    entries = TABLES[file.suffix.lower()](Source(file, file.name))
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
        known = (entry.get(name) for name in COLUMNS[2:])
        about = (" ".join(str(each).split()) if each is not None else "" for each in known)
        snippet = Snippet(f"{file.name}#{number}", " ".join(text.split()), *about)
        if snippet.text:
            name = (article or "").strip() or UNASSIGNED
            key = stem(name) if name.lower().endswith((".txt", ".md")) else name
            found.setdefault(key, []).append(snippet)
    return {article: tuple(snippets) for article, snippets in found.items()}


def entries_of_json(source: Source) -> Entries:
    """Yield line number and object of each line of a JSON Lines file."""
    with opened(source) as stream:
        for number, value in json_values(stream, source, READING):
            if isinstance(value, Unreadable):
                raise value
            if not isinstance(value, dict):
                raise no_object(value, f"{source}:{number}", "an object with a `text`")
            yield number, value


def cells_by_column(source: Source, delimiter: str) -> Entries:
    """Yield line number and cells of each row; cells may lack at its end.

    Args:
        source: the table.
        delimiter: between cells; empty: commas, semicolons, tabs or bars, whichever there are.
    """
    with opened(source) as stream:
        lines = byte_lines(stream, source, 2 * READING.largest_bytes)
        table = separated_table(lines, source, READING, delimiter, COLUMNS)
        names = [name.casefold() for name in table.columns]
        if names and "text" not in names:
            raise UserError(f"{source}:1: expected a column `text`, got {', '.join(table.columns)}")
        for number, row in table.rows:
            where = f"{source}:{number}"
            if isinstance(row, str):
                raise UserError(f"{where}: {row}")
            cells = [decoded(cell.encode("latin-1"), where)[0] for cell in row]
            if len(cells) > len(names):
                raise UserError(
                    f"{where}: expected {len(names)} columns, got {len(cells)}; "
                    "put texts that hold the delimiter between quotation marks"
                )
            if any(map(str.strip, cells)):
                yield number, {"text": ""} | dict(zip(names, cells, strict=False))


TABLES: dict[str, Callable[[Source], Entries]] = {
    ".csv": partial(cells_by_column, delimiter=""),
    ".jsonl": entries_of_json,
    ".tsv": partial(cells_by_column, delimiter="\t"),
}


def read_text(file: Path) -> str:
    """The text of a reference file.

    Raises:
        UserError: it cannot be read, or is not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        cure = (CURES | NAMED).get(error.errno or 0, "check permissions")
        raise UserError(f"{file}: cannot be read ({error.strerror}); {cure}") from None
    except UnicodeDecodeError as error:
        raise UserError(
            f"{file}: byte {error.start} is not UTF-8; convert the file with iconv -t UTF-8"
        ) from None

"""Rows of tables whose fields a character separates: CSV in the ways people write it, and TSV.

A row that cannot be told is refused by its number, and the rows behind it are read all the same.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from corpora.encoding import decoded
from corpora.rows import TEXT, Entry
from corpora.source import ReadingOptions, Source, Unreadable, too_large

DELIMITERS = ",;\t|"
NO_DELIMITER = "\x1f"  # of a table with one column: commas are text there
HEAD_ROWS = 200  # by which it is told how a table quotes its fields
OPENS_FIELD = re.compile(rb'(?:^|\t)"')
QUOTED = re.compile(rb'"[^"]*"')
NAMED_DELIMITER = re.compile(rb'"?sep=(.)"?\r?\n?', re.IGNORECASE)
DOUBLED_MARKS = re.compile(rb'(?:^|\t)"(?:[^"\t]|"")*""(?:[^"\t]|"")*"(?=\t|\r?\n|$)')
DOUBLED_INSIDE = re.compile(rb'[^,;\t|]""[^,;\t|\r\n]')


@dataclass(frozen=True, slots=True)
class Dialect:
    r"""How a table is written.

    Attributes:
        delimiter: the character between fields.
        quotes: whether fields stand between quotation marks where they need to.
        escapes: whether marks inside of a field are written `\"` rather than `""`.
        spaced: whether a space follows the delimiter.
    """

    delimiter: str
    quotes: bool = True
    escapes: bool = False
    spaced: bool = False

    def reader(self, lines: Any) -> Any:
        """Rows of some lines; strict, as a mark left open would swallow the rows behind it."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quotes else csv.QUOTE_NONE,
            escapechar="\\" if self.escapes else None,
            doublequote=not self.escapes,
            skipinitialspace=self.spaced,
            strict=True,
        )


class Feed:
    """Lines for a reader of rows, which can be given back.

    Every byte is one character: marks and delimiters are ASCII in all encodings that come here.

    Attributes:
        taken: lines since this list was last emptied; None for one that was too long.
        number: of the line that was taken last, from 1; 0 before the first.
    """

    def __init__(self, lines: Iterator[bytes | None], number: int = 0) -> None:
        """Begin with the first of them, behind so many others."""
        self.lines = lines
        self.number = number
        self.again: deque[bytes | None] = deque()
        self.taken: list[bytes | None] = []

    def __iter__(self) -> "Feed":
        """Give the lines themselves."""
        return self

    def __next__(self) -> str:
        """The next line."""
        line = self.again.popleft() if self.again else next(self.lines)
        self.taken.append(line)
        self.number += 1
        return (line or b"\n").decode("latin-1")

    def give_back(self, kept: int) -> None:
        """Have the lines that were taken come again, but for the first `kept` of them."""
        self.again.extendleft(reversed(self.taken[kept:]))
        self.number -= len(self.taken) - kept
        del self.taken[kept:]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and the rows behind them as they stream by.

    Attributes:
        columns: their names, in order.
        rows: number of the last line of each, and its fields, or what is wrong with it. Bytes are
            characters, as a table may hold rows in several encodings.
    """

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, list[str] | str]]


def separated_entries(
    lines: Iterator[bytes | None], source: Source, options: ReadingOptions, delimiter: str = ""
) -> Iterator[Entry]:
    """Yield the fields of every row as bytes.

    Args:
        lines: of the table; None for one that was too long.
        source: the table.
        options: how to read.
        delimiter: between fields; found if empty.

    Raises:
        Unreadable: the first row names no columns, or two alike of which one is the article.
    """
    wanted = (options.text_column,) if options.text_column else TEXT
    table = separated_table(lines, source, options, delimiter, wanted)
    for number, (_, row) in enumerate(table.rows, start=1):
        where = f"{source}:{number}"
        if isinstance(row, str):
            yield Entry(str(number), Unreadable(f"{where}: {row}"))
        else:
            yield Entry(str(number), by_column(table.columns, row, where))


def separated_table(
    lines: Iterator[bytes | None],
    source: Source,
    options: ReadingOptions,
    delimiter: str,
    wanted: Iterable[str],
) -> Table:
    """The columns of a table and, as they are asked for, its rows; blank lines are none.

    Args:
        lines: see `separated_entries`, and so the others.
        source: the table.
        options: how to read.
        delimiter: between fields.
        wanted: names of columns of which there may be but one.

    Raises:
        Unreadable: the first row names no columns, or two that are wanted alike.
    """
    csv.field_size_limit(max(csv.field_size_limit(), 2 * options.largest_bytes))
    head = list(islice(lines, HEAD_ROWS))
    named = NAMED_DELIMITER.fullmatch((head[0] if head else b"") or b"")
    if named:
        delimiter = named[1].decode("latin-1")
        del head[0]
    dialect = dialect_of([line or b"" for line in head], delimiter)
    feed = Feed(chain(head, lines), number=1 if named else 0)
    rows = dialect.reader(feed)
    columns = columns_of(rows, source, wanted)

    def numbered() -> Iterator[tuple[int, list[str] | str]]:
        width = len(columns)
        while (row := next_row(rows, feed, dialect, width, source, options)) is not None:
            if row:
                yield feed.number, row

    return Table(tuple(columns), numbered())


def columns_of(rows: Any, source: Source, wanted: Iterable[str]) -> list[str]:
    """The names in the first row.

    Raises:
        Unreadable: it is no row, or names a column twice that is wanted.
    """
    try:
        names: list[str] = next(rows, [])
    except csv.Error as error:
        raise Unreadable(
            f"{source}: its first row names no columns ({error}); write it as CSV again"
        ) from None
    columns = [decoded(name.encode("latin-1"), source)[0].strip() for name in names]
    folded = [name.casefold() for name in columns]
    for name in wanted:
        if folded.count(name.casefold()) > 1:
            raise Unreadable(f"{source}: two columns are named {name!r}; rename one")
    return columns


def next_row(
    rows: Any, feed: Feed, dialect: Dialect, width: int, source: Source, options: ReadingOptions
) -> list[str] | str | None:
    """The fields of the next row, or what is wrong with it; None behind the last.

    Of lines that are no row the first is refused, and the others are read again.
    """
    feed.taken.clear()
    try:
        row: list[str] = next(rows)
    except StopIteration:
        return None
    except csv.Error as error:
        row, problem = [], str(error)
    else:
        problem = ""
    if None in feed.taken:
        feed.give_back(feed.taken.index(None) + 1)
        size = 2 * options.largest_bytes + 1
        return str(too_large(source, size, options.largest_bytes)).removeprefix(f"{source}: ")
    if not problem:
        return row
    feed.give_back(1)
    plain = unquoted(feed.taken[0] or b"", dialect.delimiter)
    if len(plain) == width and width > 1:
        return plain
    return f"no row ({problem}); close its quotation marks, and double those inside of a field"


def unquoted(line: bytes, delimiter: str) -> list[str]:
    r"""The fields of a line that is no row, if quotation marks mean nothing in it.

    >>> unquoted(b'1,"Harga" beras\n', ",")
    ['1', '"Harga" beras']
    """
    return line.decode("latin-1").rstrip("\r\n").split(delimiter)


def dialect_of(head: list[bytes], delimiter: str) -> Dialect:
    r"""How a table is written, told by its first lines.

    >>> dialect_of([b'id;"judul, isi"\n', b'1;Satu\n'], "")
    Dialect(delimiter=';', quotes=True, escapes=False, spaced=False)
    """
    first = head[0] if head else b""
    if not delimiter:
        bare = QUOTED.sub(b"", first)
        delimiter = max(DELIMITERS, key=lambda each: bare.count(each.encode()))
        delimiter = delimiter if delimiter.encode() in bare else NO_DELIMITER
    rest, sign = b"".join(head), delimiter.encode("latin-1")
    return Dialect(
        delimiter,
        quotes=delimiter != "\t" or quotes_fields(first, head[1:]),
        escapes=b'\\"' in rest and not DOUBLED_INSIDE.search(rest),
        spaced=sign + b' "' in rest and sign + b'"' not in rest,
    )


def quotes_fields(first: bytes, rows: list[bytes]) -> bool:
    r"""Tell whether a table with tabs puts fields between quotation marks, as spreadsheets do.

    Most such tables do not: there a mark is text, and news often opens with one. Marks enclose
    fields where a row goes on over a line end, or where marks inside of a field are doubled.

    >>> quotes_fields(b"id\ttext\n", [b'1\t"Siap," kata Budi.\n'])
    False
    >>> quotes_fields(b"id\ttext\n", [b'1\t"Ia ""siap"" sekali."\n'])
    True
    >>> quotes_fields(b"id\ttext\n", [b'1\t"Ia siap.\n', b'Kami juga."\n'])
    True
    """
    tabs, is_open = first.count(b"\t"), False
    for row in rows:
        opens = row.count(b'"') % 2 == 1 and OPENS_FIELD.search(row) is not None
        if row.strip() and row.count(b"\t") != tabs and (is_open or opens):
            return True
        is_open = opens
    return any(DOUBLED_MARKS.search(row) for row in rows)


def by_column(columns: Sequence[str], row: list[str], where: str) -> dict[str, Any] | Unreadable:
    """The fields of a row by column, or what is wrong with it."""
    if len(row) != len(columns):
        return Unreadable(
            f"{where}: {len(row)} fields, expected {len(columns)} as in the first row; "
            "put texts that hold the delimiter between quotation marks"
        )
    fields = zip(columns, row, strict=True)
    return {name: value.encode("latin-1") for name, value in fields if name}

"""Rows of tables as they stream by: JSON Lines, CSV, TSV, Parquet and Hugging Face datasets."""

import csv
import gzip
import io
import json
import logging
import re
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from corpora.address import DATASET
from corpora.document import Document
from corpora.encoding import decoded, mark_of, wide_encoding
from corpora.errors import UserError
from corpora.reachability import require_hub
from corpora.rows import Entry, articles
from corpora.source import Failure, ReadingOptions, Source, Unreadable, opened, too_large
from corpora.webpage import one_line

Found = Iterator[Document | Failure]
SAVED = ("dataset_dict.json", "dataset_info.json")  # what `save_to_disk` leaves, of several or one
DELIMITERS = ",;\t|"
HEAD_ROWS = 200  # by which it is told whether a table with tabs quotes its fields
DOUBLED_MARKS = re.compile(rb'(?:^|\t)"(?:[^"\t]|"")*""(?:[^"\t]|"")*"(?=\t|\r?\n|$)')
BATCH_ROWS = 256


def read_jsonl(source: Source, options: ReadingOptions) -> Found:
    """Yield the articles of a JSON Lines file, plain or gzipped; numbers are those of its lines."""
    with opened(source) as file:
        stream = unpacked(file) if source.file.suffix.lower() == ".gz" else file
        try:
            yield from articles(json_entries(stream, source, options), source, options, "jsonl")
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise Unreadable(
                f"{source}: damaged or cut off ({one_line(error)}); fetch it again"
            ) from None


def unpacked(file: BinaryIO) -> BinaryIO:
    """The content of a gzipped file."""
    return io.BufferedReader(gzip.GzipFile(fileobj=file))


def json_entries(stream: BinaryIO, source: Source, options: ReadingOptions) -> Iterator[Entry]:
    """Yield the object of every line that is not blank."""
    for number, line in enumerate(byte_lines(stream, source, 2 * options.largest_bytes), start=1):
        where = f"{source}:{number}"
        if line is None:
            size = 2 * options.largest_bytes
            yield Entry(str(number), too_large(where, size + 1, options.largest_bytes))
        elif line.strip():
            yield Entry(str(number), json_object(line, where))


def json_object(line: bytes, where: str) -> dict[str, Any] | Unreadable:
    """The object that a line holds, or what is wrong with the line."""
    try:
        found = json.loads(decoded(line, where)[0])
    except Unreadable as reason:
        return reason
    except (ValueError, RecursionError) as error:
        return Unreadable(f"{where}: no JSON ({one_line(error)}); expected an object a line")
    if isinstance(found, dict):
        return found
    return Unreadable(f"{where}: JSON of type {type(found).__name__}; expected an object a line")


def byte_lines(stream: BinaryIO, name: object, limit: int) -> Iterator[bytes | None]:
    """Yield the lines of a file with their ends; None for one of more than `limit` bytes.

    UTF-16 comes out as UTF-8, other encodings as they are, without the byte order mark. No more
    than a line is in memory, however long the file's lines are.
    """
    head: bytes = stream.peek(4096)[:4096]  # type: ignore[attr-defined]
    mark, _ = mark_of(head)
    stream.read(mark)
    encoding = wide_encoding(head)
    if encoding:
        text = io.TextIOWrapper(stream, encoding, newline="\n")
        try:
            yield from cut_lines(lambda size: text.readline(size).encode(), limit)
        except UnicodeDecodeError:
            raise Unreadable(
                f"{name}: not {encoding.upper()} throughout, as its start is; fetch it again"
            ) from None
        text.detach()
    else:
        yield from cut_lines(stream.readline, limit)


def cut_lines(readline: Any, limit: int) -> Iterator[bytes | None]:
    """Yield what `readline(size)` gives; None for a line that is longer than `limit`."""
    while line := readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = readline(limit + 1)
        yield None


def read_csv(source: Source, options: ReadingOptions) -> Found:
    """Yield the articles of a table with commas, semicolons, tabs or bars; rows count from 1."""
    yield from read_delimited(source, options, "csv", "")


def read_tsv(source: Source, options: ReadingOptions) -> Found:
    """Yield the articles of a table with tabs; rows count from 1."""
    yield from read_delimited(source, options, "tsv", "\t")


def read_delimited(source: Source, options: ReadingOptions, kind: str, delimiter: str) -> Found:
    """Yield the articles of a table whose first row names the columns."""
    csv.field_size_limit(max(csv.field_size_limit(), 2 * options.largest_bytes))
    with opened(source) as file:
        lines = byte_lines(file, source, 2 * options.largest_bytes)
        yield from articles(
            delimited_entries(lines, source, options, delimiter), source, options, kind
        )


def delimited_entries(
    lines: Iterator[bytes | None], source: Source, options: ReadingOptions, delimiter: str
) -> Iterator[Entry]:
    """Yield the fields of every row as bytes: a table may hold rows in several encodings."""
    first = next(lines, b"") or b""
    delimiter = delimiter or max(DELIMITERS, key=lambda each: first.count(each.encode()))
    overlong = False

    def characters() -> Iterator[str]:
        """Every byte as one character: quotes and delimiters are ASCII in all encodings here."""
        nonlocal overlong
        yield first.decode("latin-1")
        for line in lines:
            overlong = overlong or line is None
            yield (line or b"\n").decode("latin-1")

    head = [line or b"" for line in islice(lines, HEAD_ROWS)]
    lines = chain(head, lines)
    plain = delimiter == "\t" and not quotes_fields(first, head)
    quoting: Any = csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL
    rows = csv.reader(characters(), delimiter=delimiter, quoting=quoting)
    columns = [decoded(name.encode("latin-1"), source)[0].strip() for name in next(rows, [])]
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            reason = f"{source}:{number}: no row ({error}); look for a quotation mark left open"
            yield Entry(str(number), Unreadable(reason))
            continue
        if overlong:
            overlong, number = False, number + 1
            size = 2 * options.largest_bytes
            yield Entry(
                str(number), too_large(f"{source}:{number}", size + 1, options.largest_bytes)
            )
        elif row:
            number += 1
            yield Entry(str(number), named(columns, row, f"{source}:{number}"))


def quotes_fields(first: bytes, rows: list[bytes]) -> bool:
    r"""Tell whether a table with tabs puts fields between quotation marks, as spreadsheets do.

    Most such tables do not: there a mark is text, and news often opens with one. Marks enclose
    fields where a row goes on over a line end, or where marks inside of a field are doubled.

    >>> quotes_fields(b"id\ttext\n", [b'1\t"Siap," kata Budi.\n'])
    False
    >>> quotes_fields(b"id\ttext\n", [b'1\t"Ia ""siap"" sekali."\n'])
    True
    """
    tabs = first.count(b"\t")
    return any(row.strip() and row.count(b"\t") != tabs for row in rows) or any(
        DOUBLED_MARKS.search(row) for row in rows
    )


def named(columns: list[str], row: list[str], where: str) -> dict[str, Any] | Unreadable:
    """The fields of a row by column, or what is wrong with it."""
    if len(row) != len(columns):
        return Unreadable(
            f"{where}: {len(row)} fields, expected {len(columns)} as in the first row; "
            "put texts that hold the delimiter between quotation marks"
        )
    return {name: value.encode("latin-1") for name, value in zip(columns, row, strict=True) if name}


def read_parquet(source: Source, options: ReadingOptions) -> Found:
    """Yield the articles of a Parquet file; rows count from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def entries() -> Iterator[Entry]:
        number = 0
        for batch in table.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield Entry(str(number), row)

    with opened(source) as file:
        try:
            table = pq.ParquetFile(file, pre_buffer=False)
            yield from articles(entries(), source, options, "parquet")
        except (pa.ArrowException, OSError) as error:
            raise Unreadable(
                f"{source}: no Parquet file, or damaged ({one_line(error)}); fetch it again"
            ) from None


def is_dataset(location: Path) -> bool:
    """Tell whether a place is a Hugging Face dataset: `hf:NAME`, or a folder saved as one."""
    return str(location).startswith(DATASET) or is_saved(location)


def is_saved(location: Path) -> bool:
    """Tell whether a folder was written by `save_to_disk` of Hugging Face."""
    return any((location / name).is_file() for name in SAVED)


def read_dataset(source: Source, options: ReadingOptions) -> Found:
    """Yield the articles of every split of a dataset; rows are named `SPLIT-NUMBER`, from 1.

    `hf:owner/name` is streamed from the Hub, nothing of it is stored; `hf:owner/name:config` names
    a configuration; `hf:FOLDER` is a local one.
    """
    try:
        splits = dataset_splits(str(source.file).removeprefix(DATASET))
        yield from articles(dataset_entries(splits), source, options, "dataset")
    except Unreadable:
        raise
    except UserError as reason:
        raise Unreadable(str(reason)) from None
    except Exception as error:  # the library raises what its many parts raise
        raise Unreadable(
            f"{source}: cannot be read as a dataset ({type(error).__name__}: {one_line(error)}); "
            "expected hf:OWNER/NAME, hf:OWNER/NAME:CONFIG or hf:FOLDER"
        ) from None


def dataset_splits(name: str) -> Any:
    """The splits of a dataset by name, each an iterable of rows."""
    import datasets

    datasets.disable_progress_bars()
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # it announces every new attempt
    if is_saved(Path(name)):
        saved: Any = datasets.load_from_disk(name)
        return saved if hasattr(saved, "keys") else {str(saved.split or "data"): saved}
    if Path(name).exists():
        return datasets.load_dataset(name, streaming=True)
    name, _, config = name.partition(":")
    require_hub(f"hf:{name}", "connect, or name a folder that `save_to_disk` wrote")
    return datasets.load_dataset(name, config or None, streaming=True)


def dataset_entries(splits: Any) -> Iterator[Entry]:
    """Yield the rows of every split, split after split."""
    for split, rows in splits.items():
        for number, row in enumerate(rows, start=1):
            yield Entry(f"{split}-{number}", row)

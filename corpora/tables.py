"""Rows of tables as they stream by: JSON Lines, CSV, TSV, Parquet and Hugging Face datasets."""

import codecs
import json
import logging
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from corpora.address import DATASET
from corpora.document import Document
from corpora.encoding import decoded
from corpora.errors import UserError
from corpora.reachability import require_hub
from corpora.rows import Entry, articles
from corpora.separated_values import separated_entries
from corpora.source import Failure, ReadingOptions, Source, Unreadable, opened, too_large
from corpora.streams import HEAD_BYTES, byte_lines, unpacked
from corpora.webpage import one_line

Found = Iterator[Document | Failure]
SAVED = ("dataset_dict.json", "dataset_info.json")  # what `save_to_disk` leaves, of several or one
BATCH_ROWS = 256


def read_jsonl(source: Source, options: ReadingOptions) -> Found:
    """Yield the articles of a JSON Lines file, plain or gzipped; numbers are those of its lines."""
    with opened(source) as file:
        try:
            stream = unpacked(file)
            yield from articles(json_entries(stream, source, options), source, options, "jsonl")
        except zlib.error as error:
            raise Unreadable(
                f"{source}: damaged or cut off ({one_line(error)}); fetch it again"
            ) from None


def json_entries(stream: BinaryIO, source: Source, options: ReadingOptions) -> Iterator[Entry]:
    """Yield the object of every line that is not blank.

    Raises:
        Unreadable: as `json_values`.
    """
    for number, value in json_values(stream, source, options):
        if not isinstance(value, dict | Unreadable):
            value = no_object(value, f"{source}:{number}", "an object a line")
        yield Entry(str(number), value)


def json_values(
    stream: BinaryIO, source: Source, options: ReadingOptions
) -> Iterator[tuple[int, Any]]:
    """Yield the number of every line that is not blank, and its value or what is wrong with it.

    Raises:
        Unreadable: the file is one large JSON value.
    """
    start: bytes = stream.peek(HEAD_BYTES)  # type: ignore[attr-defined]
    lines = byte_lines(stream, source, 2 * options.largest_bytes)
    head = list(islice(lines, 1))
    if head and (head[0] or b"").strip() in (b"[", b"{"):
        raise Unreadable(
            f"{source}: one JSON value over many lines; expected an object a line, "
            "which jq -c . (of a list: jq -c .[]) makes of it"
        )
    if head == [None] and start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"["):
        raise Unreadable(
            f"{source}: one JSON list; expected an object a line, which jq -c .[] makes of it"
        )
    for number, line in enumerate(chain(head, lines), start=1):
        where = f"{source}:{number}"
        if line is None:
            size = 2 * options.largest_bytes
            yield number, too_large(where, size + 1, options.largest_bytes)
        elif line.strip():
            yield number, json_value(line, where)


def json_value(line: bytes, where: str) -> Any:
    """The value that a line holds, or what is wrong with the line."""
    try:
        return json.loads(decoded(line, where)[0])
    except Unreadable as reason:
        return reason
    except (ValueError, RecursionError) as error:
        return Unreadable(f"{where}: no JSON ({one_line(error)}); expected an object a line")


def no_object(value: Any, where: str, expected: str) -> Unreadable:
    """The complaint about a line whose value is no object."""
    cure = ", which jq -c .[] makes of a list" if isinstance(value, list) else ""
    return Unreadable(
        f"{where}: expected {expected}{cure}, got JSON of type {type(value).__name__}"
    )


def read_csv(source: Source, options: ReadingOptions) -> Found:
    """Yield the articles of a table with commas, semicolons, tabs or bars; rows count from 1."""
    yield from read_separated(source, options, "csv", "")


def read_tsv(source: Source, options: ReadingOptions) -> Found:
    """Yield the articles of a table with tabs; rows count from 1."""
    yield from read_separated(source, options, "tsv", "\t")


def read_separated(source: Source, options: ReadingOptions, kind: str, delimiter: str) -> Found:
    """Yield the articles of a table whose first row names the columns."""
    with opened(source) as file:
        lines = byte_lines(file, source, 2 * options.largest_bytes)
        entries = separated_entries(lines, source, options, delimiter)
        yield from articles(entries, source, options, kind)


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

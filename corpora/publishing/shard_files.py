"""Parquet files of the corpus as they are written and read: by row group, whole or not at all."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.files import written_whole
from corpora.publishing.columns import ROW, ROWS_PER_GROUP, rows_in, schema, table_of
from corpora.publishing.manifest import Shard, sha256_of
from corpora.row import Row

LARGEST_BYTES = 500_000_000  # the largest shard that `datasets` itself writes
ROWS_AT_ONCE = 1_000  # that are made of a row group in one go
FOOTER_BYTES = 8_000  # of a row group, at the end of the file; 6 kB were measured


def shard_name(configuration: str, split: str, number: int) -> str:
    """The file name of a shard.

    >>> shard_name("aligned", "train", 3)
    'aligned-train-00003.parquet'
    """
    return f"{configuration}-{split}-{number:05}.parquet"


class Writer:
    """Writes rows of one split into shards of one number each; use as `add`, then `close`."""

    def __init__(self, folder: Path, split: str, first: int, largest_bytes: int) -> None:
        """Begin with shard `first`; no file is made before there is a row."""
        self.folder, self.split, self.number = folder, split, first
        self.largest_bytes = largest_bytes
        self.open = OpenShard()
        self.waiting: list[Row] = []
        self.waiting_articles: list[str] = []
        self.done: list[Shard] = []
        self.placed: list[tuple[str, int]] = []

    def add(self, article: str, rows: Sequence[Row]) -> None:
        """Take the rows of an article."""
        self.waiting_articles.append(article)
        self.waiting += rows
        if len(self.waiting) >= ROWS_PER_GROUP:
            self.flush()

    def flush(self) -> None:
        """Write what waits; into the next shard, where this one would grow too large."""
        if not self.waiting:
            return
        rows, self.waiting = self.waiting, []
        with_reference = [row for row in rows if row.reference is not None]
        tables = {"machine": table_of(rows, "machine")}
        if with_reference:
            tables["aligned"] = table_of(with_reference, "aligned")
        if any(self.open.overflows(table, self.largest_bytes) for table in tables.values()):
            self.finish()
        for configuration, table in tables.items():
            name = shard_name(configuration, self.split, self.number)
            self.open.write(configuration, self.folder / name, table)
        self.placed += [(article, self.number) for article in self.waiting_articles]
        self.waiting_articles.clear()

    def finish(self) -> None:
        """End the open shard."""
        opened, self.open = self.open, OpenShard()
        opened.stack.close()
        for configuration, (path, rows, memory) in sorted(opened.written.items()):
            self.done.append(described(path, configuration, self.split, rows, memory))
        self.number += bool(opened.written)

    def close(self) -> None:
        """Write what waits and end."""
        self.flush()
        self.finish()


class OpenShard:
    """The files of one number that are being written; they appear when `stack` is closed."""

    def __init__(self) -> None:
        """Begin without a file."""
        self.stack = ExitStack()
        self.groups = 0
        self.writers: dict[str, tuple[Any, Path]] = {}
        self.written: dict[str, tuple[Path, int, int]] = {}

    def overflows(self, table: Any, largest_bytes: int) -> bool:
        """Tell whether a table might not fit any more."""
        sizes = [partial.stat().st_size for _, partial in self.writers.values()]
        ends = FOOTER_BYTES * (self.groups + 1)
        return bool(sizes) and max(sizes) + ends + table.nbytes > largest_bytes

    def write(self, configuration: str, path: Path, table: Any) -> None:
        """Append a table to the file of a configuration."""
        if configuration not in self.writers:
            partial = self.stack.enter_context(written_whole(path))
            writer = self.stack.enter_context(parquet_writer(partial, configuration))
            self.writers[configuration] = writer, partial
        writer, _ = self.writers[configuration]
        writer.write_table(table, row_group_size=ROWS_PER_GROUP)
        self.groups += 1 + table.num_rows // ROWS_PER_GROUP
        _, rows, memory = self.written.get(configuration, (path, 0, 0))
        self.written[configuration] = path, rows + table.num_rows, memory + table.nbytes


def parquet_writer(path: Path, configuration: str) -> Any:
    """A Parquet writer: zstd; pages end by content, so storage that shares chunks shares them."""
    import pyarrow.parquet as pq

    return pq.ParquetWriter(
        path, schema(configuration), compression="zstd", use_content_defined_chunking=True
    )


def described(path: Path, configuration: str, split: str, rows: int, memory: int) -> Shard:
    """What a finished file is."""
    size = path.stat().st_size
    return Shard(path.name, configuration, split, rows, size, memory, sha256_of(path))


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Write rows as one Parquet file (zstd), whole or not at all; give their number."""
    count = 0
    with written_whole(path) as partial, parquet_writer(partial, "machine") as writer:
        for group in grouped(rows):
            writer.write_table(table_of(group, "machine"))
            count += len(group)
    return count


def grouped(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    """Lists of up to `ROWS_PER_GROUP` rows."""
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if len(group) == ROWS_PER_GROUP:
            yield group
            group = []
    if group:
        yield group


def read_rows(folder: Path, split: str = "") -> Iterator[Row]:
    """Yield the rows of a corpus folder, article after article, in the order of the text.

    Args:
        folder: of the corpus.
        split: the one to read; all without it.
    """
    files = [
        file
        for file in sorted(folder.glob("*.parquet"))
        if not file.name.startswith("aligned-") and (not split or f"-{split}-" in file.name)
    ]
    readers = [begun_late(file) for file in files]
    if len(readers) == 1:
        return readers[0]
    return heapq.merge(*readers, key=attrgetter("article", "position"))


@contextmanager
def opened_shard(file: Path, metadata: Any = None) -> Iterator[Any]:
    """An open Parquet file; `metadata` is its own, where that was read before.

    Raises:
        UserError: it cannot be read, or is damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file, metadata=metadata) as opened:
            yield opened
    except (pa.ArrowException, OSError) as error:
        reason = str(error).split("\n")[0][:120]
        raise UserError(f"{file}: cannot be read ({reason}); build the run again") from None


def begun_late(file: Path) -> Iterator[Row]:
    """Yield the rows of a file; until the first one is taken no more than that one is read.

    A corpus of a thousand shards, which are each a stretch of the articles, is so read with a
    few of them in memory at a time.
    """
    with opened_shard(file) as opened:
        beginning = next(opened.iter_batches(batch_size=1, columns=ROW), None)
    if beginning is not None:
        yield from rows_in(beginning)
        yield from islice(rows_of_file(file), 1, None)


def rows_of_file(file: Path) -> Iterator[Row]:
    """Yield the rows of one Parquet file of either configuration.

    The file is open only while a row group of it is read: a system allows a process some hundred
    open files.
    """
    with opened_shard(file) as opened:
        metadata = opened.metadata
    for number in range(metadata.num_row_groups):
        with opened_shard(file, metadata) as opened:
            group = opened.read_row_group(number, columns=ROW)
        for batch in group.to_batches(max_chunksize=ROWS_AT_ONCE):
            yield from rows_in(batch)

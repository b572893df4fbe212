"""One row of the corpus: Indonesian as it stood, its machine English and the reference English."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from corpora.files import written_whole

ROWS_PER_GROUP = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence, or neighbouring sentences that one reference passage renders together.

    Attributes:
        id: hash of the article's path, the span and the raw text; the same in every run.
        article: path of the page in the input folder.
        position: 0-based place of its first sentence among the sentences of the page.
        line: 1-based line of the raw file in which it begins.
        start: offset of its first character in the raw text, a byte order mark not counted.
        end: offset after its last character.
        source_raw: its sentences as they stand in the raw text; those of a row with several are
            joined by one space, whatever white space stands between them there.
        source: Indonesian with its typography repaired.
        translation: machine English.
        translation_score: mean log probability per token, 0 is certain.
        reference: English of the original reporting, or None where no snippet matches.
        reference_id: the snippet that it is from, or None.
        alignment: numbers of sentences on both sides, "2-1"; "1-0" without a reference.
        alignment_score: confidence that the reference says the same, in (0, 1); None without one.
        flags: names of what looks wrong.
        model: name and revision of the model.
    """

    id: str
    article: str
    position: int
    line: int
    start: int
    end: int
    source_raw: str
    source: str
    translation: str
    translation_score: float
    reference: str | None
    reference_id: str | None
    alignment: str
    alignment_score: float | None
    flags: tuple[str, ...]
    model: str


def row_id(article: str, start: int, end: int, raw: str) -> str:
    """A stable identifier of 16 hexadecimal digits.

    >>> row_id("a.txt", 0, 5, "Halo.") == row_id("a.txt", 0, 5, "Halo.")
    True
    """
    key = "\0".join((article, str(start), str(end), raw))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def schema() -> Any:
    """The Arrow schema of a row."""
    import pyarrow as pa

    kinds = {int: pa.int64(), float: pa.float64(), str: pa.string()}
    special = {
        "reference": pa.string(),
        "reference_id": pa.string(),
        "alignment_score": pa.float64(),
        "flags": pa.list_(pa.string()),
    }
    return pa.schema(
        [(field.name, special.get(field.name) or kinds[field.type]) for field in fields(Row)]  # type: ignore[index]
    )


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Write rows as one Parquet file (zstd), whole or not at all; give their number."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    count = 0
    with (
        written_whole(path) as partial,
        pq.ParquetWriter(partial, schema(), compression="zstd") as writer,
    ):
        for group in grouped(rows):
            columns = [asdict(row) | {"flags": list(row.flags)} for row in group]
            writer.write_table(pa.Table.from_pylist(columns, schema=schema()))
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


def read_rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of a corpus folder in the order of its files."""
    import pyarrow.parquet as pq

    for file in sorted(folder.glob("*.parquet")):
        for batch in pq.ParquetFile(file).iter_batches():
            for entry in batch.to_pylist():
                yield Row(**entry | {"flags": tuple(entry["flags"])})

"""Rows as columns of Parquet, in the two configurations that the corpus has.

`machine` holds every row, `aligned` those that have a reference. Both have the fields of a row
under their names, but for `translation`: that is the column of translation datasets on the Hub,
`{"id": ..., "en": ...}`, with the machine's English in `machine` and the human English in
`aligned`; the machine's English of either is `machine_translation`.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from corpora.row import Row

CONFIGURATIONS = ("aligned", "machine")
ENGLISH = {"aligned": "reference", "machine": "machine_translation"}  # in `translation`
LANGUAGES = ("id", "en")
KINDS = {  # of the columns that are the same in both, in their order
    "article": "string",
    "position": "int64",
    "line": "int64",
    "start": "int64",
    "end": "int64",
    "source_raw": "string",
    "source": "string",
    "machine_translation": "string",
    "reference": "string",
    "translation_score": "float64",
    "reference_id": "string",
    "alignment": "string",
    "alignment_score": "float64",
    "flags": "list",
    "model": "string",
}
TEXTS = ("source_raw", "source", "machine_translation", "reference")  # beside `translation`
ROW = ("id", *KINDS)  # columns that a row is read from
ROWS_PER_GROUP = 2_000


def kinds(configuration: str) -> dict[str, str]:
    """Name and kind of every column: `string`, `int64`, `float64`, `list`, `translation`.

    >>> list(kinds("aligned"))[:3]
    ['id', 'translation', 'article']
    """
    if configuration == "hashes":
        plain = {name: kind for name, kind in KINDS.items() if name not in TEXTS}
        return {"id": "string", **plain, "translation_hash": "string", "reference_hash": "string"}
    return {"id": "string", "translation": "translation", **KINDS}


@cache
def schema(configuration: str) -> Any:
    """The Arrow schema of a configuration, with the features that `datasets` reads."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int64": pa.int64(),
        "float64": pa.float64(),
        "list": pa.list_(pa.string()),
        "translation": pa.struct({"en": pa.string(), "id": pa.string()}),  # by name, as there
    }
    columns = [(name, types[kind]) for name, kind in kinds(configuration).items()]
    features = {name: feature(kind) for name, kind in kinds(configuration).items()}
    metadata = json.dumps({"info": {"features": features}})
    return pa.schema(columns).with_metadata({"huggingface": metadata})


def feature(kind: str) -> dict[str, Any]:
    """A feature as `datasets` writes it into the schema of a file."""
    match kind:
        case "translation":
            return {"languages": list(LANGUAGES), "_type": "Translation"}
        case "list":
            return {"feature": {"dtype": "string", "_type": "Value"}, "_type": "List"}
    return {"dtype": kind, "_type": "Value"}


def declared(configuration: str) -> list[dict[str, Any]]:
    """The features as the metadata of a dataset card names them."""
    found: list[dict[str, Any]] = []
    for name, kind in kinds(configuration).items():
        match kind:
            case "translation":
                languages = {"translation": {"languages": list(LANGUAGES)}}
                found.append({"name": name, "dtype": languages})
            case "list":
                found.append({"name": name, "list": "string"})
            case _:
                found.append({"name": name, "dtype": kind})
    return found


def table_of(rows: Sequence[Row], configuration: str) -> Any:
    """The Arrow table of rows; those of `aligned` all have a reference."""
    import pyarrow as pa

    named: dict[str, list[str | None]] = {
        "source": [row.source for row in rows],
        "machine_translation": [row.translation for row in rows],
        "reference": [row.reference for row in rows],
    }
    sides = {"en": named[ENGLISH[configuration]], "id": named["source"]}
    columns: dict[str, Any] = {"id": [row.id for row in rows]}
    columns["translation"] = pa.StructArray.from_arrays(
        [pa.array(side, pa.string()) for side in sides.values()], names=list(sides)
    )
    for name in KINDS:
        columns[name] = named[name] if name in named else [getattr(row, name) for row in rows]
    return pa.table(columns, schema=schema(configuration))


def rows_in(batch: Any) -> Iterator[Row]:
    """The rows of an Arrow batch or table of either configuration."""
    plain = {name: batch.column(name).to_pylist() for name in ROW}
    for index, flags in enumerate(plain["flags"]):
        yield Row(
            id=plain["id"][index],
            article=plain["article"][index],
            position=plain["position"][index],
            line=plain["line"][index],
            start=plain["start"][index],
            end=plain["end"][index],
            source_raw=plain["source_raw"][index],
            source=plain["source"][index],
            translation=plain["machine_translation"][index],
            translation_score=plain["translation_score"][index],
            reference=plain["reference"][index],
            reference_id=plain["reference_id"][index],
            alignment=plain["alignment"][index],
            alignment_score=plain["alignment_score"][index],
            flags=tuple(flags),
            model=plain["model"][index],
        )


def batches(
    file: Path, *, size: int = 1_000, columns: Sequence[str] | None = None
) -> Iterator[Any]:
    """The Arrow batches of a Parquet file, `size` rows at a time, with all or some columns."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(file) as opened:
        # pre-buffering would hold a whole row group more than is needed
        yield from opened.iter_batches(batch_size=size, columns=columns)

"""Texts of published rows: masked, or hashes in their place."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpora.publishing.columns import (
    ENGLISH,
    ROWS_PER_GROUP,
    TEXTS,
    batches,
    kinds,
    schema,
)
from corpora.publishing.masks import masked_together
from corpora.publishing.personal_data import may_hold

Texts = list[str | None]


def masks_in(path: Path, counts: Counter[str]) -> dict[str, Texts]:
    """The texts of rows that hold personal data, masked, by the row's id.

    In the order raw Indonesian, Indonesian, machine English, reference.
    """
    found: dict[str, Texts] = {}
    for batch in batches(path, size=ROWS_PER_GROUP):
        for identifier, texts in suspicious(batch):
            after, kinds_found = masked_together(texts)
            if kinds_found:
                found[identifier] = after
                counts.update(kinds_found)
    return found


def suspicious(batch: Any) -> Iterator[tuple[str, Texts]]:
    """Yield id and texts of the rows of a `machine` batch that may hold personal data."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = texts_of(batch)
    hits = may_hold(columns[0])
    for column in columns[1:]:
        hits = pc.or_(hits, may_hold(column))
    places = pc.indices_nonzero(hits)
    if len(places):
        picked = pa.table([batch.column("id"), *columns], names=list("irstu")).take(places)
        for values in zip(*(column.to_pylist() for column in picked.columns), strict=True):
            yield values[0], list(values[1:])


def texts_of(batch: Any) -> list[Any]:
    """Raw Indonesian, Indonesian, machine English and reference of a batch of `machine`."""
    return [batch.column(name) for name in TEXTS]


def with_texts(table: Any, configuration: str, changes: dict[str, Texts]) -> Any:
    """The table with the texts of these rows in place of its own."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = schema(configuration)
    touched = pc.is_in(table["id"], value_set=pa.array(list(changes), pa.string()))
    touched = touched.combine_chunks()
    some = [changes[each] for each in table["id"].filter(touched).to_pylist()]
    if not some:
        return table.cast(wanted)
    columns = {name: table[name].combine_chunks() for name in table.schema.names}
    for name, side in zip(TEXTS, zip(*some, strict=True), strict=True):
        texts = pa.array(side, pa.string())
        columns[name] = pc.replace_with_mask(columns[name], touched, texts)
    columns["translation"] = pa.StructArray.from_arrays(
        [columns[ENGLISH[configuration]], columns["source"]], names=["en", "id"]
    )
    return pa.table([columns[name] for name in wanted.names], schema=wanted)


def hashes_of(table: Any) -> Any:
    """The table without text: hashes of the English stand for it, the id for the Indonesian."""
    import pyarrow as pa

    machine = table["machine_translation"].to_pylist()
    columns = {name: table[name] for name in kinds("hashes") if name in table.schema.names}
    columns["translation_hash"] = pa.array(hashed(machine), pa.string())
    columns["reference_hash"] = pa.array(hashed(table["reference"].to_pylist()), pa.string())
    return pa.table([columns[name] for name in kinds("hashes")], schema=schema("hashes"))


def hashed(texts: Iterable[str | None]) -> list[str | None]:
    """The hash of each text; nothing for nothing."""
    return [None if text is None else text_hash(text) for text in texts]


def text_hash(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a text.

    >>> text_hash("Hello.")
    '2d8bd7d9bb5f85ba'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]

"""The Parquet shards of a corpus folder: written once, kept as they are while their rows stay.

A shard is a pair of files of one number, `machine-train-00000.parquet` and, where a row of it has a
reference, `aligned-train-00000.parquet`. `manifest.json` names the files with their digests and
says which shard holds which article. When a corpus is written again, an article whose rows are the
same stays where it is; new ones go into new shards; a shard that loses an article is written anew.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from corpora.files import written_whole
from corpora.publishing.columns import ROWS_PER_GROUP, batches, schema
from corpora.publishing.manifest import Manifest, Shard, intact, write_manifest
from corpora.publishing.shard_files import LARGEST_BYTES, Writer, described, parquet_writer
from corpora.row import Row

VALUES = attrgetter(*Row.__slots__)


def write_corpus(
    folder: Path,
    rows: Iterable[Row],
    split: Callable[[str], str],
    *,
    largest_bytes: int = LARGEST_BYTES,
) -> Manifest:
    """Bring the corpus folder to these rows; shards whose rows are the same are not touched.

    Args:
        folder: of the corpus.
        rows: of all articles; those of one article stand together.
        split: of an article.
        largest_bytes: no shard grows above it, unless a single article does.

    Raises:
        ValueError: the rows of an article do not stand together.
    """
    old = intact(folder)
    numbers = [number for _, _, number in old.articles.values()]
    first = max(numbers, default=-1) + 1
    writers: dict[str, Writer] = {}
    articles: dict[str, tuple[str, str, int]] = {}
    fresh: dict[str, tuple[str, str]] = {}
    try:
        for article, group in groupby(rows, key=attrgetter("article")):
            if article in articles or article in fresh:
                raise ValueError(f"rows of {article} stand apart")
            found, name = tuple(group), split(article)
            digest = rows_digest(found)
            known = old.articles.get(article)
            if known and known[:2] == (name, digest):
                articles[article] = known
                continue
            fresh[article] = name, digest
            if name not in writers:
                writers[name] = Writer(folder, name, first, largest_bytes)
            writers[name].add(article, found)
        for writer in writers.values():
            writer.close()
    except BaseException as error:
        for writer in writers.values():
            writer.open.stack.__exit__(type(error), error, error.__traceback__)
        raise
    shards = kept_shards(folder, old, articles)
    for writer in writers.values():
        shards += writer.done
        for article, number in writer.placed:
            articles[article] = *fresh[article], number
    manifest = Manifest(
        tuple(sorted(shards, key=attrgetter("name"))), dict(sorted(articles.items()))
    )
    write_manifest(folder, manifest)
    return manifest


def kept_shards(
    folder: Path, old: Manifest, articles: dict[str, tuple[str, str, int]]
) -> list[Shard]:
    """The shards of before, without the articles that are gone or have changed."""
    held: dict[tuple[str, int], set[str]] = {}
    gone = set()
    for article, (split, _, number) in old.articles.items():
        held.setdefault((split, number), set())
        if article in articles:
            held[split, number].add(article)
        else:
            gone.add((split, number))
    kept = []
    for shard in old.shards:
        key = shard.split, int(shard.name.rpartition("-")[2].partition(".")[0])
        if key not in gone:
            kept.append(shard)
        elif held[key]:
            kept += rewritten(folder, shard, held[key])
    return kept


def rewritten(folder: Path, shard: Shard, articles: set[str]) -> list[Shard]:
    """A shard with the rows of these articles alone; none when it has none of them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    path, count, memory = folder / shard.name, 0, 0
    wanted = pa.array(sorted(articles), pa.string())
    with written_whole(path) as partial, parquet_writer(partial, shard.configuration) as writer:
        for batch in batches(path, size=ROWS_PER_GROUP):
            table = pa.Table.from_batches([batch])
            table = table.filter(pc.is_in(table["article"], value_set=wanted))
            if table.num_rows:
                writer.write_table(table.cast(schema(shard.configuration)))
                count, memory = count + table.num_rows, memory + table.nbytes
    return [described(path, shard.configuration, shard.split, count, memory)] if count else []


def rows_digest(rows: Sequence[Row]) -> str:
    """A digest of all that the rows say."""
    total = hashlib.sha256()
    for row in rows:
        total.update(repr(VALUES(row)).encode("utf-8", "surrogatepass"))
    return total.hexdigest()[:32]

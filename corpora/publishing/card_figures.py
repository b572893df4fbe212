"""Figures of a corpus for its card: rows, words, suspects, sites, models."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpora.host import host_of
from corpora.publishing.columns import batches
from corpora.publishing.manifest import Shard

BATCH = 5_000  # rows, which is a row group


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted.

    Attributes:
        rows: of the whole corpus.
        aligned: of these, rows with a reference.
        articles: that have a row.
        words: by language, of both sides; empty for a corpus without text.
        flags: rows by flag.
        flagged: rows with at least one.
        sites: articles by site.
        models: rows by model.
    """

    rows: int = 0
    aligned: int = 0
    articles: int = 0
    words: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, int] = field(default_factory=dict)
    flagged: int = 0
    sites: Mapping[str, int] = field(default_factory=dict)
    models: Mapping[str, int] = field(default_factory=dict)


def figures(files: Iterable[tuple[Shard, Path]], articles: Path) -> Figures:
    """Count over the shards of `machine` (or `hashes`); `articles` is `articles.jsonl`."""
    import pyarrow.compute as pc

    flags: Counter[str] = Counter()
    models: Counter[str] = Counter()
    words: Counter[str] = Counter()
    seen: set[str] = set()
    rows = aligned = flagged = 0
    for shard, path in files:
        if shard.configuration == "aligned":
            continue
        for batch in batches(path, size=BATCH):
            rows += batch.num_rows
            human = batch.column("reference_id")
            aligned += batch.num_rows - human.null_count
            lengths = pc.list_value_length(batch.column("flags"))
            flagged += pc.sum(pc.greater(lengths, 0)).as_py() or 0
            flags.update(counted(pc.list_flatten(batch.column("flags"))))
            models.update(counted(batch.column("model")))
            seen.update(pc.unique(batch.column("article")).to_pylist())
            if "translation" in batch.schema.names:
                for language in ("id", "en"):
                    words[language] += word_count(batch.column("translation").field(language))
    return Figures(
        rows, aligned, len(seen), words, flags, flagged, sites_of(articles, seen), models
    )


def counted(values: Any) -> dict[str, int]:
    """How often each value occurs in an Arrow array."""
    import pyarrow.compute as pc

    found = pc.value_counts(values)
    return {entry["values"]: entry["counts"] for entry in found.to_pylist()}


def word_count(texts: Any) -> int:
    """Words of an Arrow array of texts whose words have one space between them."""
    import pyarrow.compute as pc

    spaces = pc.sum(pc.count_substring(texts, " ")).as_py() or 0
    return int(spaces) + int(pc.sum(pc.greater(pc.utf8_length(texts), 0)).as_py() or 0)


def sites_of(articles: Path, wanted: set[str]) -> Counter[str]:
    """How many of the articles each site has; those that state none are `unknown`."""
    sites: Counter[str] = Counter()
    if articles.exists():
        with articles.open(encoding="utf-8") as lines:
            for line in lines:
                entry = json.loads(line)
                if entry.get("article") in wanted:
                    sites[site_of(entry)] += 1
    return sites


def site_of(entry: Mapping[str, Any]) -> str:
    """The site of an article, by its name or by the host of its address.

    >>> site_of({"url": "https://www.contoh.id/berita/1"}), site_of({"url": "http://[contoh.id/x"})
    ('contoh.id', 'unknown')
    """
    return str(entry.get("site") or host_of(str(entry.get("url") or "")) or "unknown")

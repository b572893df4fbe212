"""What of a corpus leaves the machine: how much of its text, without leaks and personal data."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpora.errors import UsageError, UserError
from corpora.files import written_whole
from corpora.publishing.columns import (
    ROW,
    ROWS_PER_GROUP,
    batches,
    rows_in,
)
from corpora.publishing.leaks import TestSet, overlaps
from corpora.publishing.manifest import Shard, changed, read_manifest
from corpora.publishing.published_texts import Texts, hashes_of, masks_in, with_texts
from corpora.publishing.shard_files import described, parquet_writer, shard_name

MODES = ("full", "snippets", "hashes")
WORTH_TELLING = 0.2  # share of a row's words that a test set has, from which on it is reported


@dataclass(frozen=True, slots=True)
class PublicationOptions:
    """What is to be published.

    Attributes:
        mode: `full` text, `snippets` (rows with a reference only) or `hashes` (no text).
        keep_personal_data: whether it stays in the text.
        test_sets: to look for in the rows.
        drop_leaks: whether rows that leak are left out.
    """

    mode: str = "full"
    keep_personal_data: bool = False
    test_sets: tuple[TestSet, ...] = ()
    drop_leaks: bool = False

    def __post_init__(self) -> None:
        """Refuse modes that do not exist.

        Raises:
            UserError: there is no such mode.
        """
        if self.mode not in MODES:
            raise UsageError(f"--publish {self.mode!r}; there are {', '.join(MODES)}")


@dataclass(frozen=True, slots=True)
class Publication:
    """What will be published.

    Attributes:
        files: shards and where they lie: in the corpus as they are, or made for this.
        masked: pieces of personal data by kind; None when nobody looked.
        leaks: overlaps worth telling, as they stand in `leaks.jsonl`.
        leaking: rows that leak, by test set.
    """

    files: tuple[tuple[Shard, Path], ...]
    masked: Counter[str] | None
    leaks: tuple[dict[str, Any], ...] = ()
    leaking: Counter[str] = field(default_factory=Counter)


def publication(
    run: Path,
    staging: Path,
    options: PublicationOptions,
    manifest: tuple[Shard, ...] | None = None,
) -> Publication:
    """Look through the corpus of a finished run; write what differs from it into `staging`.

    Args:
        run: its folder.
        staging: a folder for what is made.
        options: what is to be published.
        manifest: the shards of the run, if they were `checked` just now; reading all again takes
            as long as the first time.

    Raises:
        UserError: the run is not finished, or its corpus was changed by hand.
    """
    corpus = run / "corpus"
    manifest = checked(run) if manifest is None else manifest
    by_name = {shard.name: shard for shard in manifest}
    masked: Counter[str] = Counter()
    leaking: Counter[str] = Counter()
    leaks: list[dict[str, Any]] = []
    files: list[tuple[Shard, Path]] = []
    staging.mkdir(parents=True, exist_ok=True)
    for machine in (shard for shard in manifest if shard.configuration == "machine"):
        dropped: set[str] = set()
        for entry in leaks_in(corpus / machine.name, options.test_sets):
            leaks.append(entry)
            if entry["leaks"]:
                leaking[entry["test_set"]] += 1
                if options.drop_leaks:
                    dropped.add(entry["id"])
        changes = {}
        if options.mode != "hashes" and not options.keep_personal_data:
            changes = masks_in(corpus / machine.name, masked)
        pair = [machine, by_name.get(machine.name.replace("machine", "aligned", 1))]
        for shard in pair if options.mode != "hashes" else [machine]:
            if shard:
                files += published(corpus, shard, staging, options.mode, changes, dropped)
    looked = options.mode != "hashes" and not options.keep_personal_data
    ordered = sorted(files, key=lambda pair: pair[0].name)
    return Publication(tuple(ordered), masked if looked else None, tuple(leaks), leaking)


def checked(run: Path) -> tuple[Shard, ...]:
    """The shards of a finished run, after a look at whether they are as they were built.

    Raises:
        UserError: they are not, or the run is not finished.
    """
    if not run.is_dir():
        raise UserError(f"{run}: no such run folder; build it first")
    if not (run / "run.json").exists():
        raise UserError(f"{run}: not finished (no run.json); build it to its end first")
    manifest = read_manifest(run / "corpus")
    for reason in changed(run / "corpus", manifest):
        raise UserError(f"{reason}; build again with --on-existing overwrite before you publish")
    if not manifest.shards:
        raise UserError(f"{run}: its corpus has no rows; there is nothing to publish")
    return manifest.shards


def leaks_in(path: Path, test_sets: Sequence[TestSet]) -> Iterator[dict[str, Any]]:
    """Yield the overlaps worth telling of the rows of a shard."""
    if not test_sets:
        return
    for batch in batches(path, columns=ROW):
        for row in rows_in(batch):
            for each in overlaps(row, test_sets):
                if each.leaks or each.share >= WORTH_TELLING:
                    yield {
                        "id": row.id,
                        "article": row.article,
                        "position": row.position,
                        "test_set": each.test_set,
                        "share": round(each.share, 3),
                        "longest": each.longest,
                        "leaks": each.leaks,
                    }


def published(
    corpus: Path,
    shard: Shard,
    staging: Path,
    mode: str,
    changes: dict[str, Texts],
    dropped: set[str],
) -> list[tuple[Shard, Path]]:
    """The shard as it is, or as it is to be; none when no row of it is left."""
    only_aligned = mode == "snippets" and shard.configuration == "machine"
    if mode != "hashes" and not (changes or dropped or only_aligned):
        return [(shard, corpus / shard.name)]
    configuration = "hashes" if mode == "hashes" else shard.configuration
    number = int(shard.name.rpartition("-")[2].partition(".")[0])
    target = staging / shard_name(configuration, shard.split, number)
    rows = memory = 0
    with written_whole(target) as partial, parquet_writer(partial, configuration) as writer:
        for batch in batches(corpus / shard.name, size=ROWS_PER_GROUP):
            table = kept(batch, dropped, only_aligned=only_aligned)
            table = (
                hashes_of(table)
                if mode == "hashes"
                else with_texts(table, shard.configuration, changes)
            )
            if table.num_rows:
                writer.write_table(table, row_group_size=ROWS_PER_GROUP)
                rows, memory = rows + table.num_rows, memory + table.nbytes
    if not rows:
        target.unlink()
        return []
    made = described(target, configuration, shard.split, rows, memory)
    if made.sha256 == shard.sha256:
        return [(shard, corpus / shard.name)]
    return [(made, target)]


def kept(batch: Any, dropped: set[str], *, only_aligned: bool) -> Any:
    """The rows of a batch that are published, as a table."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = pa.Table.from_batches([batch])
    if dropped:
        gone = pc.is_in(table["id"], value_set=pa.array(sorted(dropped), pa.string()))
        table = table.filter(pc.invert(gone))
    return table.filter(pc.is_valid(table["reference"])) if only_aligned else table

"""The corpus in the formats that translators and researchers use."""

import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from corpora.errors import UsageError, UserError
from corpora.files import check_on_existing, written_whole
from corpora.publishing.columns import CONFIGURATIONS
from corpora.publishing.delimited import write_csv, write_jsonl, write_moses, write_tsv
from corpora.publishing.exported_pair import ExportedPair, Losses
from corpora.publishing.manifest import read_manifest
from corpora.publishing.masks import masked_row
from corpora.publishing.shard_files import read_rows
from corpora.publishing.splits import SPLITS
from corpora.publishing.tmx import write_tmx
from corpora.publishing.xliff import write_xliff

Writer = Callable[[Iterable[ExportedPair], IO[str], Losses], None]
FORMATS: dict[str, Writer] = {
    "tmx": write_tmx,
    "xliff": write_xliff,
    "tsv": write_tsv,
    "jsonl": write_jsonl,
    "csv": write_csv,
}
PAIR_OF_FILES = "moses"
ALL = "all"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to export.

    Attributes:
        configuration: `aligned` (human English) or `machine`; empty: `aligned` if there is any.
        split: `train`, `validation`, `test` or `all`.
        mask_personal_data: whether e-mail addresses, telephone and identity numbers are replaced.
        on_existing: what to do about a file that is there: fail, skip or overwrite.
    """

    configuration: str = ""
    split: str = ALL
    mask_personal_data: bool = False
    on_existing: str = "fail"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was exported.

    Attributes:
        configuration: `aligned` or `machine`.
        pairs: written.
        files: that hold them.
        losses: what the format could not say as it stood.
    """

    configuration: str
    pairs: int
    files: tuple[Path, ...]
    losses: Losses = field(default_factory=Losses)


def export(run: Path, output: Path, format_: str, options: ExportOptions) -> Exported:
    """Write the corpus of a run folder in another format, row after row.

    Args:
        run: a finished run folder.
        output: file to write (`.gz`: compressed); for `moses` the beginning of both names.
        format_: one of `FORMATS`, or `moses`.
        options: which rows.

    Raises:
        UserError: there is no such format, configuration or split, or no corpus, or a file is
            there and `on_existing` is `fail`.
    """
    known = sorted([*FORMATS, PAIR_OF_FILES])
    if format_ not in known:
        raise UsageError(f"--to {format_!r}; there are {', '.join(known)}")
    if options.split not in (*SPLITS, ALL):
        raise UsageError(f"--split {options.split!r}; there are {', '.join((*SPLITS, ALL))}")
    configuration = chosen(run, options.configuration)
    if output.is_dir():
        raise UserError(f"{output}: is a folder; name a file")
    codes = (".id", ".en") if format_ == PAIR_OF_FILES else ("",)
    files = tuple(output.with_name(f"{output.name}{code}") for code in codes)
    if not to_be_written(files, options.on_existing):
        return Exported(configuration, 0, ())
    losses, count = Losses(), 0

    def counted() -> Iterator[ExportedPair]:
        nonlocal count
        for pair in pairs(run, configuration, options):
            count += 1
            yield pair

    if format_ == PAIR_OF_FILES:
        with opened(files[0]) as indonesian, opened(files[1]) as english:
            write_moses(counted(), indonesian, english, losses)
    else:
        with opened(output) as file:
            FORMATS[format_](counted(), file, losses)
    return Exported(configuration, count, files, losses)


def to_be_written(files: Sequence[Path], on_existing: str) -> bool:
    """Tell whether files are to be written; False when one that is there is to be left alone.

    Raises:
        UserError: one is there, and nobody said what to do about that.
    """
    check_on_existing(on_existing)
    there = [file for file in files if file.exists()]
    if there and on_existing == "fail":
        raise UserError(
            f"{there[0]}: is there already; name another file, or use --on-existing overwrite"
        )
    return not there or on_existing == "overwrite"


def chosen(run: Path, configuration: str) -> str:
    """The configuration to export.

    Raises:
        UserError: there is no such configuration, or no row of it.
    """
    if configuration not in ("", *CONFIGURATIONS):
        names = ", ".join(CONFIGURATIONS)
        raise UsageError(f"--configuration {configuration!r}; there are {names}")
    if not (run / "run.json").exists():
        raise UserError(f"{run}: no finished run (no run.json); build it first")
    there = {shard.configuration for shard in read_manifest(run / "corpus").shards}
    if configuration == "aligned" and "aligned" not in there:
        raise UserError(f"{run}: no row has a reference; use --configuration machine")
    return configuration or ("aligned" if "aligned" in there else "machine")


def pairs(run: Path, configuration: str, options: ExportOptions) -> Iterator[ExportedPair]:
    """The pairs to write, in the order of the corpus."""
    addresses = addresses_of(run / "articles.jsonl")
    split = "" if options.split == ALL else options.split
    for row in read_rows(run / "corpus", split):
        english = row.reference if configuration == "aligned" else row.translation
        if english is None:
            continue
        if options.mask_personal_data:
            row = masked_row(row)
            english = row.reference if configuration == "aligned" else row.translation
            assert english is not None
        yield ExportedPair(row, english, addresses.get(row.article, row.article), configuration)


def addresses_of(articles: Path) -> dict[str, str]:
    """The web address of each article that states one."""
    found = {}
    if articles.exists():
        with articles.open(encoding="utf-8") as lines:
            for line in lines:
                entry = json.loads(line)
                if entry.get("url"):
                    found[entry["article"]] = entry["url"]
    return found


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """A text file to write, whole or not at all; compressed when its name ends in `.gz`."""
    with written_whole(path) as partial, partial.open("wb") as raw:
        if path.suffix.lower() == ".gz":  # no name and no time inside: the same text, same bytes
            packed = gzip.GzipFile("", "wb", 6, raw, mtime=0)
            with packed, wrapped(packed) as text:  # type: ignore[arg-type]
                yield text
            return
        with wrapped(raw) as text:
            yield text


@contextmanager
def wrapped(raw: IO[bytes]) -> Iterator[IO[str]]:
    """A binary file as UTF-8 text with the line ends that are written; it stays open."""
    text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
    try:
        yield text
        text.flush()
    finally:
        text.detach()

"""What a corpus folder holds: its files with their digests, its articles with their shards."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpora.errors import UserError
from corpora.files import write_json

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Shard:
    """A Parquet file of the corpus.

    Attributes:
        name: its file name.
        configuration: `aligned`, `machine` or `hashes`.
        split: `train`, `validation` or `test`.
        rows: in it.
        size: in bytes.
        memory: bytes of its columns when they are loaded.
        sha256: of the file.
    """

    name: str
    configuration: str
    split: str
    rows: int
    size: int
    memory: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a corpus folder holds.

    Attributes:
        shards: by name.
        articles: split, digest of its rows and number of its shard, by article.
    """

    shards: tuple[Shard, ...] = ()
    articles: dict[str, tuple[str, str, int]] = field(default_factory=dict)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, and remove Parquet files that it does not name."""
    folder.mkdir(parents=True, exist_ok=True)
    write_json(
        folder / MANIFEST,
        {
            "format": FORMAT,
            "shards": [
                {name: getattr(shard, name) for name in Shard.__slots__}
                for shard in manifest.shards
            ],
            "articles": manifest.articles,
        },
    )
    named = {shard.name for shard in manifest.shards}
    for file in folder.glob("*.parquet"):
        if file.name not in named:
            file.unlink()


def read_manifest(folder: Path) -> Manifest:
    """What the corpus folder should hold.

    Raises:
        UserError: there is no manifest, or it is none of ours.
    """
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise UserError(f"{path}: of another version; build again with --on-existing overwrite")
        return Manifest(
            tuple(Shard(**entry) for entry in content["shards"]),
            {name: tuple(entry) for name, entry in content["articles"].items()},
        )
    except FileNotFoundError:
        raise UserError(f"{folder}: no corpus (no {MANIFEST}); build it first") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UserError(f"{path}: damaged; build again with --on-existing overwrite") from None


def changed(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What of a corpus folder is not as it was written: one reason for each file."""
    named = {shard.name for shard in manifest.shards}
    for shard in manifest.shards:
        path = folder / shard.name
        if not path.exists():
            yield f"{path}: missing"
        elif path.stat().st_size != shard.size or sha256_of(path) != shard.sha256:
            yield f"{path}: changed since it was built"
    for file in sorted(folder.glob("*.parquet")):
        if file.name not in named:
            yield f"{file}: not from this build"


def intact(folder: Path) -> Manifest:
    """The manifest of a folder whose files are as it says; an empty one for any other folder."""
    try:
        manifest = read_manifest(folder)
    except UserError:
        return Manifest()
    damaged = any(
        not reason.endswith("not from this build") for reason in changed(folder, manifest)
    )
    return Manifest() if damaged else manifest

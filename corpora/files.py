"""Files that appear whole or not at all, and folders that are listed in one stable order."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpora.errors import UserError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path to write beside `path`; rename it onto `path` when the block ends well.

    The partial file is removed when the block fails, so a reader sees the old content or the
    new content and never half of either. The content is flushed to disk before the rename.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 with the line ends it has, whole or not at all."""
    with written_whole(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="")


def write_json(path: Path, value: Any) -> None:
    """Write `value` as indented JSON, non-ASCII kept readable, whole or not at all."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def lines_written(path: Path) -> Iterator[Callable[[Any], None]]:
    """Give a function that writes one value as a line of JSON; the file appears whole."""
    with written_whole(path) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        yield lambda value: print(json.dumps(value, ensure_ascii=False), file=file)


def files_below(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    """Yield the files below `folder` that end in one of `suffixes`, in one stable order.

    Hidden files and folders are passed over. A folder is entered once however many symbolic links
    lead to it, so a loop of links ends. Of the folders on the way the names alone are in memory.

    Raises:
        UserError: a folder cannot be listed.
    """
    seen: set[tuple[int, int]] = set()
    endings = tuple(suffixes)

    def below(directory: Path) -> Iterator[Path]:
        try:
            status = directory.stat()
            names = sorted(os.listdir(directory))  # noqa: PTH208 - names take a tenth of paths
        except OSError as error:
            raise UserError(f"{directory}: cannot list this folder ({error.strerror})") from None
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        for name in names:
            if name.startswith("."):
                continue
            entry = directory / name
            if entry.is_dir():
                yield from below(entry)
            elif name.lower().endswith(endings):
                yield entry

    yield from below(folder)

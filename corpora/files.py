"""Files that appear whole or not at all, and folders that are listed in one stable order."""

import hashlib
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
    name = hashlib.sha256(path.name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    partial = path.with_name(f".{name}.{os.getpid()}.partial")  # short: the name itself may be long
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


def check_apart(source: Path, output: Path) -> None:
    """Refuse an output that is the input or lies inside it: it would overwrite or feed the input.

    Raises:
        UserError: it does.
    """
    if not source.exists():
        return
    inside, outside = output.resolve(), source.resolve()
    if inside == outside and not source.is_dir():
        raise UserError(f"{output}: is the input itself; name another file")
    if source.is_dir() and outside in (inside, *inside.parents):
        raise UserError(f"{output}: lies inside the input folder; name a folder outside of it")


def core_count() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux alone has it
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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

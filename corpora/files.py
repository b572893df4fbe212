"""Files that appear whole or not at all, and folders that are listed in one stable order."""

import errno
import hashlib
import json
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpora.errors import UsageError, UserError

MOST_KINDS = 6  # endings that are named; a folder of saved pages has dozens
PARTIAL = re.compile(r"\.[0-9a-f]{16}\.\d+\.partial")  # names of files that are half written
ON_EXISTING = ("fail", "skip", "overwrite")  # what to do about output that is there


def check_on_existing(choice: str) -> None:
    """Refuse a choice that there is not.

    Raises:
        UsageError: it is none of `ON_EXISTING`.
    """
    if choice not in ON_EXISTING:
        raise UsageError(f"--on-existing {choice!r}; there are {', '.join(ON_EXISTING)}")


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path to write beside `path`; rename it onto `path` when the block ends well.

    The partial file is removed when the block fails, so a reader sees the old content or the
    new content and never half of either. The content is flushed to disk before the rename.

    Raises:
        UserError: the locale has no such name.
    """
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        raise UserError(
            f"{path}: names are {sys.getfilesystemencoding()} in this locale, which lacks a "
            "character of this one; set LC_ALL=C.UTF-8, or PYTHONUTF8=1"
        ) from None
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


def files_below(
    folder: Path, suffixes: frozenset[str], others: Counter[str] | None = None
) -> Iterator[Path]:
    """Yield the files below `folder` that end in one of `suffixes`, in one stable order.

    Hidden files and folders are passed over. A folder is entered once however many symbolic links
    lead to it. A link that leads round to a folder it lies in, a folder that cannot be listed and a
    name that cannot be looked at are yielded themselves: to read them says why. Of the folders on
    the way the names alone are in memory.

    Args:
        folder: where to look.
        suffixes: in small letters; names count in any case.
        others: here the files that end in something else are counted, by ending.

    Raises:
        UserError: `folder` itself cannot be listed.
    """
    endings, seen = tuple(suffixes), set[tuple[int, int]]()
    try:
        way = [entries(folder, seen)]
    except OSError as error:
        raise UserError(f"{folder}: cannot list this folder ({error.strerror})") from None
    while way:
        entry = next(way[-1], None)
        if entry is None:
            way.pop()
        elif known := is_folder(entry):
            if leads_round(entry):
                yield entry
                continue
            try:
                way.append(entries(entry, seen))
            except OSError:
                yield entry
        elif known is None or entry.name.lower().endswith(endings):
            yield entry
        elif others is not None:
            others[entry.suffix.lower()] += 1


def entries(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """What is in a folder, in order, without what is hidden; nothing if it was seen before.

    Raises:
        OSError: it cannot be listed; at the call.
    """
    status = folder.stat()
    names = sorted(os.listdir(folder))  # noqa: PTH208 - names take a tenth of paths
    if (status.st_dev, status.st_ino) in seen:
        return iter(())
    seen.add((status.st_dev, status.st_ino))
    return (folder / name for name in names if not name.startswith("."))


def by_ending(others: Counter[str]) -> str:
    """How many files there are of each kind, the most frequent ones named.

    >>> by_ending(Counter({".pdf": 3, "": 1}))
    '.pdf 3, no ending 1'
    """
    kinds = [f"{kind or 'no ending'} {number}" for kind, number in others.most_common(MOST_KINDS)]
    left = len(others) - MOST_KINDS
    return ", ".join([*kinds, f"{left} more kinds"] if left > 0 else kinds)


def leads_round(path: Path) -> bool:
    """Tell whether a path is a link to a folder that it lies in."""
    if not path.is_symlink():
        return False
    here, target = path.parent.resolve(), path.resolve()
    return target in (here, *here.parents)


def is_folder(path: Path) -> bool | None:
    """Tell whether a path is a folder; None if it may not be looked at.

    A link that leads nowhere, or to itself, is no folder.
    """
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        return False if error.errno in (errno.ENOENT, errno.ELOOP) else None

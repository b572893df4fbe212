"""Pages from files: `.txt` only for now; a file that cannot be read says why and is passed by."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpora.document import Document
from corpora.errors import UserError
from corpora.files import files_below

SUFFIXES = frozenset({".txt"})
LARGEST_BYTES = 8_000_000  # the longest article measured is under 0.2 MB; more is a dump or a log


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the address it goes by in the run."""

    file: Path
    path: str


class Unreadable(UserError):
    """One input that cannot be used; its text names file and cure."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that a run goes on without: its address in the run, and the reason."""

    path: str
    reason: str


def sources(location: Path) -> list[Source]:
    """List what there is to read: the file itself, or the readable files below a folder.

    Raises:
        UserError: nothing is there, or nothing that can be read.
    """
    if location.is_file():
        return [Source(location, location.name)]
    if not location.exists():
        raise UserError(f"{location}: no such file or folder; check the spelling")
    found = [
        Source(file, file.relative_to(location).as_posix())
        for file in files_below(location, SUFFIXES)
    ]
    if not found:
        kinds = ", ".join(sorted(SUFFIXES))
        raise UserError(f"{location}: no article in this folder; expected files ending in {kinds}")
    return found


def read(source: Source) -> Document:
    """Read one page; a byte order mark at its start is not part of the text.

    Raises:
        Unreadable: it is empty, too large, binary, not UTF-8, or changed while it was read.
    """
    name = source.file
    try:
        with name.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > LARGEST_BYTES:
                limit = f"{LARGEST_BYTES / 1e6:.0f} MB"
                raise Unreadable(
                    f"{name}: {before.st_size / 1e6:.0f} MB, an article has under {limit}; "
                    "split it into one file per article"
                )
            data = file.read(LARGEST_BYTES + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise Unreadable(f"{name}: cannot be read ({error.strerror}); check permissions") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unreadable(f"{name}: changed while it was read; run again when it is complete")
    return Document(source.path, decoded(data, name), hashlib.sha256(data).hexdigest())


def decoded(data: bytes, name: Path) -> str:
    """Decode the bytes of a page.

    Raises:
        Unreadable: they are no text, or no UTF-8.
    """
    if b"\0" in data:
        raise Unreadable(f"{name}: binary data (a zero byte at {data.index(0)}), not text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{name}: byte {error.start} is not UTF-8; convert the file with iconv -t UTF-8"
        ) from None
    if not text.strip():
        raise Unreadable(f"{name}: empty; remove it or fetch the page again")
    return text


def documents(found: Iterable[Source]) -> Iterator[Document | Failure]:
    """Yield, in order, each page or the reason why it cannot be read."""
    for source in found:
        try:
            yield read(source)
        except Unreadable as reason:
            yield Failure(source.path, str(reason))

"""What there is to read: a file and its address in the run, its limits, and why it was refused."""

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpora.errors import UserError

LARGEST_BYTES = 8_000_000  # the longest article measured is under 0.2 MB; more is a dump or a log
STANDARD_INPUT = Path("-")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
CURES = {  # of what a file system says about a file that is in the way
    errno.ENOENT: "it, or what it links to, is gone; run again, or remove the link",
    errno.ELOOP: "links lead round in a circle; remove the link",
    errno.ENAMETOOLONG: "move it up some folders",
}
# A named pipe would wait for a writer for ever; O_NONBLOCK lets us look at it first. Windows has
# no such thing, and alone tells text files from others.
FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the address it goes by in the run.

    Attributes:
        file: where it is; `-` is standard input, `hf:NAME` a Hugging Face dataset.
        path: address inside the input, with forward slashes.
    """

    file: Path
    path: str

    def __str__(self) -> str:
        """The name that a user knows it by, in one line; what would break or turn it is escaped."""
        return "standard input" if self.file == STANDARD_INPUT else escaped(str(self.file))


def escaped(name: str) -> str:
    r"""The name with line breaks and other characters that steer a terminal written out.

    >>> escaped("berita\n\x1b[31m.txt")
    'berita\\n\\x1b[31m.txt'
    """
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], name)


class Unreadable(UserError):
    """One input that cannot be used; its text names file and cure."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that a run goes on without: its address in the run, and the reason."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read.

    Attributes:
        text_column: name of the column of tables that holds the article; empty: found by its name.
        largest_bytes: a single article above this is refused.
    """

    text_column: str = ""
    largest_bytes: int = LARGEST_BYTES


def too_large(name: object, size: int, limit: int) -> Unreadable:
    """The complaint about an article of `size` bytes."""
    return Unreadable(
        f"{name}: {size / 1e6:.0f} MB, an article has under {limit / 1e6:.0f} MB; "
        "split it into one file per article"
    )


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open a regular file or standard input; when the block ends, see that it stayed the same.

    Raises:
        Unreadable: it is no file, may not be read, or changed meanwhile.
    """
    if source.file == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        descriptor = os.open(source.file, FLAGS)
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            os.close(descriptor)
            raise irregular(source, before.st_mode)
        with os.fdopen(descriptor, "rb") as file:
            yield file
            after = os.fstat(descriptor)
    except OSError as error:
        reason = error.strerror or str(error)
        cure = CURES.get(error.errno or 0, "check permissions")
        raise Unreadable(f"{source}: cannot be read ({reason}); {cure}") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unreadable(f"{source}: changed while it was read; run again when it is complete")


def irregular(source: Source, mode: int) -> Unreadable:
    """The complaint about what is no regular file."""
    if stat.S_ISDIR(mode) and source.file.is_symlink():
        return Unreadable(f"{source}: a link that leads round to its own folder; remove the link")
    if stat.S_ISDIR(mode):
        return Unreadable(f"{source}: cannot list this folder; check its permissions")
    if stat.S_ISFIFO(mode):
        return Unreadable(f"{source}: not a regular file but a pipe; give it as standard input, -")
    return Unreadable(f"{source}: not a regular file; remove it, or name a file or a folder")


def whole(source: Source, options: ReadingOptions) -> bytes:
    """The bytes of a file that holds one article.

    Raises:
        Unreadable: as `opened`, or it is too large.
    """
    limit = options.largest_bytes
    with opened(source) as file:
        piped = source.file == STANDARD_INPUT
        size = limit if piped else os.fstat(file.fileno()).st_size
        data = file.read(min(size, limit) + 1)  # a buffer as large as the limit would cost time
        if len(data) > limit:
            raise too_large(source, max(size, len(data)), limit)
    return data

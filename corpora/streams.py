"""Lines of files of any size, as bytes, one at a time."""

import io
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from corpora.encoding import mark_of, wide_encoding
from corpora.source import Unreadable

GZIPPED = b"\x1f\x8b"
GZIP_WINDOW = 31  # of zlib: a gzip header, the largest window
PACKED_BYTES = 1 << 14  # at a time; they may unpack to a thousand times as much
HEAD_BYTES = 4096  # by which encoding and line ends are told


def unpacked(file: BinaryIO) -> BinaryIO:
    """The content of a file, gzipped or not, with a buffer."""
    return io.BufferedReader(Unpacked(file)) if is_gzipped(file) else file


def is_gzipped(file: BinaryIO) -> bool:
    """Tell whether a file is gzipped by how it begins: names are often wrong about it."""
    return file.peek(2).startswith(GZIPPED)  # type: ignore[attr-defined, no-any-return]


class Unpacked(io.RawIOBase):
    """What a gzipped file holds, to its last sound byte; only then what is wrong is raised.

    Raises:
        zlib.error: the file is damaged or cut off, or something else follows; of `read`. (No
            EOFError, which many readers take for a good end.)
    """

    def __init__(self, file: BinaryIO) -> None:
        """Begin at the start of a file."""
        self.file = file
        self.member = zlib.decompressobj(GZIP_WINDOW)
        self.ready = b""
        self.wrong: Exception | None = None
        self.begun = False  # the member that is being read

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, give the number of bytes; 0 at the end."""
        while not self.ready and self.wrong is None and self.more():
            pass
        if not self.ready and self.wrong is not None:
            raise self.wrong
        size = min(len(buffer), len(self.ready))
        buffer[:size], self.ready = self.ready[:size], self.ready[size:]
        return size

    def more(self) -> bool:
        """Unpack some more; false at the end."""
        packed = self.member.unused_data or self.file.read(PACKED_BYTES)
        if self.member.eof:  # zeros may follow a member, and then another one
            while packed and not packed.strip(b"\0"):
                packed = self.file.read(PACKED_BYTES)
            self.member, self.begun = zlib.decompressobj(GZIP_WINDOW), False
            packed = packed.lstrip(b"\0")
        if not packed:
            self.wrong = zlib.error("the packed data end too early") if self.begun else None
            return False
        self.begun = True
        self.unpack(packed)
        return True

    def unpack(self, packed: bytes) -> None:
        """Unpack what was read; if it is damaged, what is sound of it."""
        before = self.member.copy()
        try:
            self.ready = self.member.decompress(packed)
        except zlib.error as error:
            self.wrong, sound = error, []
            try:
                for byte in packed:
                    sound.append(before.decompress(bytes([byte])))
            except zlib.error:
                self.ready = b"".join(sound)


def byte_lines(stream: BinaryIO, name: object, limit: int) -> Iterator[bytes | None]:
    """Yield the lines of a file with their ends; None for one of more than `limit` bytes.

    UTF-16 comes out as UTF-8, other encodings as they are, without the byte order mark. A line ends
    in a line feed, or, in a file that begins without any, in a carriage return. No more than a line
    is in memory, however long the file's lines are.
    """
    head: bytes = stream.peek(HEAD_BYTES)[:HEAD_BYTES]  # type: ignore[attr-defined]
    mark, _ = mark_of(head)
    stream.read(mark)
    encoding = wide_encoding(head)
    if encoding:
        text = io.TextIOWrapper(stream, encoding, newline="\n")
        try:
            yield from cut_lines(lambda size: text.readline(size).encode(), limit)
        except UnicodeDecodeError:
            raise Unreadable(
                f"{name}: not {encoding.upper()} throughout, as its start is; fetch it again"
            ) from None
        text.detach()
    elif b"\r" in head[:-1] and b"\n" not in head:  # as old Macs end lines
        signs = io.TextIOWrapper(stream, "latin-1", newline="\r")
        yield from cut_lines(lambda size: signs.readline(size).encode("latin-1"), limit, b"\r")
        signs.detach()
    else:
        yield from cut_lines(stream.readline, limit)


def cut_lines(
    readline: Callable[[int], bytes], limit: int, end: bytes = b"\n"
) -> Iterator[bytes | None]:
    """Yield what `readline(size)` gives; None for a line that is longer than `limit`."""
    while line := readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(end):
            line = readline(limit + 1)
        yield None

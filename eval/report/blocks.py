"""Blocks of data inside a page or in scripts beside it, so that the page opens from the disk."""

import base64
import gzip
import hashlib
import io
import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload
from weakref import finalize

from corpora.files import write_text
from eval.report.columns import compact

PAGE_BYTES = 4_950_000  # of data and frame together: a page of at most 5 MB
SIDE_NAME = re.compile(r"\d{4,}-[0-9a-f]{16}\.js")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the blocks of a page stand.

    Attributes:
        inline: number and data of the blocks inside the page.
        beside: number and file name of those beside it, loaded when they are looked at.
    """

    inline: tuple[tuple[int, str], ...]
    beside: tuple[tuple[int, str], ...]


class Blocks(Sequence[str]):
    """The blocks of a page in the order of their numbers; what is large waits on the disk.

    The first block is the index, which is known last.
    """

    def __init__(self) -> None:
        """Have an empty index and nothing else."""
        self.first = ""
        self.ends = [0]
        self.others = tempfile.SpooledTemporaryFile(PAGE_BYTES)  # noqa: SIM115
        finalize(self, self.others.close)

    def add(self, data: str) -> None:
        """Add the next block, which is ASCII."""
        self.others.seek(self.ends[-1])
        self.others.write(data.encode("ascii"))
        self.ends.append(self.ends[-1] + len(data))

    def __len__(self) -> int:
        """How many there are, the index included."""
        return len(self.ends)

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        """A block by its number, or some."""
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        number %= len(self)
        if number == 0:
            return self.first
        start, end = self.ends[number - 1 : number + 1]
        self.others.seek(start)
        return self.others.read(end - start).decode("ascii")


def packed(value: Any) -> str:
    """A value as compact JSON, through gzip, in base64: nothing of it is HTML or JavaScript.

    >>> packed([1]) == packed([1]) and unpacked(packed([1]))
    [1]
    """
    return packed_pieces([compact(value)])


def packed_pieces(pieces: Iterable[str]) -> str:
    """JSON that comes piece by piece, as `packed` gives it."""
    found = io.BytesIO()
    with gzip.GzipFile(fileobj=found, mode="wb", compresslevel=9, mtime=0) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "surrogatepass"))
    return base64.b64encode(found.getbuffer()).decode("ascii")


def unpacked(data: str) -> Any:
    """The value of `packed`."""
    return json.loads(gzip.decompress(base64.b64decode(data)).decode("utf-8", "surrogatepass"))


def placed(blocks: Sequence[str], frame: int) -> Placement:
    """All blocks inside when they fit beside a frame of so many bytes, else only the first.

    A page that does not fit stays small, for then it opens at once.
    """
    fits = frame + sum(map(len, blocks)) <= PAGE_BYTES
    first = blocks[:1] if blocks and frame + len(blocks[0]) <= PAGE_BYTES else ()
    inline = blocks if fits else first
    return Placement(
        inline=tuple(enumerate(inline)),
        beside=tuple(
            (number, side_name(number, data))
            for number, data in enumerate(blocks)
            if number >= len(inline)
        ),
    )


def side_name(number: int, data: str) -> str:
    """The file name of a block, which changes with what is in it: a page meets its own blocks."""
    return f"{number:04}-{hashlib.sha256(data.encode('ascii')).hexdigest()[:16]}.js"


def write_beside(folder: Path, placement: Placement, blocks: Sequence[str]) -> None:
    """Write the blocks that stand beside the page.

    Scripts, because a page that is opened from the disk may load them and may fetch nothing.
    """
    for number, name in placement.beside:
        write_text(folder / name, f'selarasBlock({number},"{blocks[number]}");\n')


def remove_others(folder: Path, placement: Placement) -> None:
    """Remove the blocks of an older page from the folder, and the folder when that empties it."""
    if not folder.is_dir():
        return
    current = {name for _, name in placement.beside}
    for file in folder.iterdir():
        if SIDE_NAME.fullmatch(file.name) and file.name not in current:
            file.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()

"""A long list that is kept on disk, so that a corpus of any size takes little memory."""

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Generic, TypeVar

Item = TypeVar("Item")


class Spill(Generic[Item]):
    """Items in their order, to be gone through any number of times.

    They lie in a file without a name, which is gone when the process ends, in a folder of the
    caller's: that for temporary files is often small, or memory.

    >>> with Spill("abc") as spill:
    ...     len(spill), list(spill), list(spill)
    (3, ['a', 'b', 'c'], ['a', 'b', 'c'])
    """

    def __init__(self, items: Iterable[Item], folder: Path | None = None) -> None:
        """Write the items down.

        Args:
            items: are gone through once.
            folder: in which the file lies; that for temporary files if none is named.

        Raises:
            OSError: the folder is full or cannot be written; it is named.
        """
        self.file: IO[bytes] = tempfile.TemporaryFile(prefix=".selaras-", dir=folder)  # noqa: SIM115
        self.count = 0
        try:
            for item in items:
                pickle.dump(item, self.file, pickle.HIGHEST_PROTOCOL)
                self.count += 1
            self.file.flush()
        except BaseException as error:
            self.discard()
            if isinstance(error, OSError) and error.filename is None:
                error.filename = str(folder or tempfile.gettempdir())
            raise

    def __enter__(self) -> "Spill[Item]":
        """Give the list itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        self.discard()

    def discard(self) -> None:
        """Remove the file, though what is not yet written may not fit onto the disk."""
        with suppress(OSError):
            self.file.close()

    def __len__(self) -> int:
        """How many items there are."""
        return self.count

    def __iter__(self) -> Iterator[Item]:
        """Read the items; several may go through them at once."""
        place = 0
        for _ in range(self.count):
            self.file.seek(place)
            item: Item = pickle.load(self.file)
            place = self.file.tell()
            yield item

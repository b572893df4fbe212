"""A long list that is kept on disk, so that a corpus of any size takes little memory."""

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Generic, TypeVar

Item = TypeVar("Item")


class Spill(Generic[Item]):
    """Items in their order, to be gone through any number of times.

    They lie in a file without a name, which is gone when the process ends.

    >>> with Spill("abc") as spill:
    ...     len(spill), list(spill), list(spill)
    (3, ['a', 'b', 'c'], ['a', 'b', 'c'])
    """

    def __init__(self, items: Iterable[Item]) -> None:
        """Write the items down."""
        self.file: IO[bytes] = tempfile.TemporaryFile(prefix="selaras-")  # noqa: SIM115
        self.count = 0
        try:
            for item in items:
                pickle.dump(item, self.file, pickle.HIGHEST_PROTOCOL)
                self.count += 1
            self.file.flush()
        except BaseException:
            self.file.close()
            raise

    def __enter__(self) -> "Spill[Item]":
        """Give the list itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
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

"""What a translation memory holds, and making it smaller: by age, by size, or all of it away.

A memory keeps every sentence that was translated, and its English, as plain text.
"""

import glob
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from corpora.errors import UserError
from translate.memory import default_memory
from translate.memory_database import Damaged, Foreign, opened, today

ENDINGS = ("", "-wal", "-shm", "-journal")
WAIT_SECONDS = 2.0  # for a run that uses the memory at this moment
CURE = "`selaras memory delete` removes it"


class DamagedMemory(UserError):
    """A memory that cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a memory holds.

    Attributes:
        file: where it is.
        entries: translations in it.
        bytes: of the file and of those that were set aside.
        oldest_days: days since the last use of the oldest entry; None without entries.
        set_aside: damaged files of before, which hold sentences too.
    """

    file: Path
    entries: int
    bytes: int
    oldest_days: int | None
    set_aside: tuple[Path, ...]


def contents(file: Path) -> Contents:
    """What a memory holds; nothing where there is none yet.

    Raises:
        UserError: it is no memory, or cannot be read.
    """
    aside = set_aside(file)
    entries, oldest = 0, None
    if file.exists():
        with looked_into(file) as database:
            found = database.execute("SELECT COUNT(*), MIN(day) FROM translations")
            entries, oldest = found.fetchone()
    size = sum(part.stat().st_size for part in (*parts_of(file), *aside))
    return Contents(file, entries, size, None if oldest is None else today() - oldest, aside)


def prune(file: Path, *, unused_days: int | None = None, most_bytes: int | None = None) -> int:
    """Forget what was not used for long, and then the oldest until the file is small enough.

    What is forgotten is gone from the file, not only marked as free.

    Args:
        file: of the memory.
        unused_days: entries that were not used for so many days are forgotten.
        most_bytes: size that the file may have.

    Returns:
        How many entries were forgotten.

    Raises:
        UserError: it is no memory, or a run uses it.
    """
    if not file.exists():
        return 0
    with looked_into(file) as database:
        forgotten = 0
        if unused_days is not None:
            forgotten += removed(database, "day < ?", today() - unused_days)
        compact(database)
        while most_bytes is not None and (size := file.stat().st_size) > most_bytes:
            (entries,) = database.execute("SELECT COUNT(*) FROM translations").fetchone()
            if not entries:
                break
            surplus = max(1, min(entries, -(-entries * (size - most_bytes) // size)))
            forgotten += removed(
                database,
                "key IN (SELECT key FROM translations ORDER BY day, key LIMIT ?)",
                surplus,
            )
            compact(database)
    return forgotten


def delete(file: Path) -> int:
    """Remove a memory with all that belongs to it; give the bytes that this frees.

    Raises:
        UserError: it is no memory, or a run writes into it.
    """
    doomed = (*parts_of(file), *set_aside(file))
    if file.exists():
        with suppress(DamagedMemory), looked_into(file) as database:
            database.execute("BEGIN EXCLUSIVE")
            database.rollback()
    size = sum(part.stat().st_size for part in doomed if part.exists())
    for part in (*doomed, *parts_of(file)):
        part.unlink(missing_ok=True)
    return size


def removed(database: sqlite3.Connection, condition: str, value: int) -> int:
    """Remove entries; give their number."""
    with database:
        return database.execute(f"DELETE FROM translations WHERE {condition}", (value,)).rowcount


def compact(database: sqlite3.Connection) -> None:
    """Write the file anew without what was removed."""
    database.execute("VACUUM")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def parts_of(file: Path) -> list[Path]:
    """The files of a database that are there."""
    named = [file.with_name(file.name + ending) for ending in ENDINGS]
    return [part for part in named if part.exists()]


def set_aside(file: Path) -> tuple[Path, ...]:
    """Damaged memories that stood at a place before."""
    return tuple(sorted(file.parent.glob(f"{glob.escape(file.name)}.damaged-*")))


@contextmanager
def looked_into(file: Path) -> Iterator[sqlite3.Connection]:
    """An open memory that waits for others a little only.

    Raises:
        UserError: it is no memory, is damaged, or others use it.
    """
    database = None
    try:
        database = opened(file)
        database.execute(f"PRAGMA busy_timeout = {int(1000 * WAIT_SECONDS)}")
        yield database
    except Foreign as error:
        if file == default_memory():
            raise DamagedMemory(f"{file}: damaged ({error}); {CURE}") from None
        raise UserError(f"{file}: not a translation memory ({error}); it is left alone") from None
    except sqlite3.OperationalError as error:
        raise UserError(
            f"{file}: {error}; try again when no run uses this memory and the disk has room"
        ) from None
    except (sqlite3.DatabaseError, Damaged) as error:
        raise DamagedMemory(f"{file}: damaged ({error}); {CURE}") from None
    finally:
        if database is not None:
            database.close()

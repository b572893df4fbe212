"""The translation memory: what was translated before, kept in SQLite for later runs.

One file serves any number of runs and processes at once. An entry is found by the sentence, the
revision of the model, the engine, the compute type and the settings of the decoding together, so
what comes from the memory is what the engine would say. A file that is damaged is set aside; one
that is something else is refused and not touched.
"""

import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

from corpora.errors import UserError
from translate.conversion import cache_folder
from translate.memory_database import (
    Damaged,
    Foreign,
    afresh,
    as_json,
    from_json,
    key_of,
    opened,
    proof_of,
    today,
)
from translate.translator import Translation

LOG = logging.getLogger(__name__)
STALE_DAYS = 7  # after which a look-up writes down that an entry is still of use
AT_ONCE = 500  # keys of one look-up: SQLite takes at least 999 parameters


@dataclass(slots=True)
class Counts:
    """How often a memory was asked, and how often it knew."""

    asked: int = 0
    hits: int = 0


class Memory(Protocol):
    """What remembers translations."""

    counts: Counts

    def found(self, sentences: Sequence[str], settings: str) -> dict[str, Translation]:
        """The translations that are known of some sentences, made with the same settings."""
        ...

    def store(self, translations: Mapping[str, Translation], settings: str) -> None:
        """Keep translations of sentences; safe on disk when this returns."""
        ...

    def size(self) -> tuple[int, int]:
        """Entries, and bytes of the file."""
        ...


class NoMemory:
    """Remembers nothing."""

    def __init__(self) -> None:
        """Begin with no count."""
        self.counts = Counts()

    def size(self) -> tuple[int, int]:
        """No entries, no bytes."""
        return 0, 0

    def found(self, sentences: Sequence[str], settings: str) -> dict[str, Translation]:
        """Find nothing."""
        return {}

    def store(self, translations: Mapping[str, Translation], settings: str) -> None:
        """Keep nothing."""


class MemoryFile:
    """A memory in a file; several threads and processes may use it."""

    def __init__(self, path: Path, *, own: bool = False) -> None:
        """Open or create the file; a damaged memory is renamed, with a warning.

        Args:
            path: the file.
            own: whether nobody but Selaras keeps a file of this name, so that whatever is there
                was a memory.

        Raises:
            UserError: the place cannot be written, or the file is something else.
        """
        self.path = path
        self.counts = Counts()
        self.lock = Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.database = opened(path)
        except sqlite3.OperationalError as error:
            raise UserError(f"--memory {path}: {error}; name another file, or off") from None
        except Foreign as error:
            if not own and path != default_memory():
                raise UserError(
                    f"--memory {path}: not a translation memory ({error}); name another file"
                ) from None
            self.database = afresh(path, str(error))
        except (sqlite3.DatabaseError, Damaged) as error:
            self.database = afresh(path, str(error))
        except OSError as error:
            raise UserError(f"--memory {path}: {error.strerror}; name another file") from None
        self.inode = path.stat().st_ino

    def __enter__(self) -> "MemoryFile":
        """Give the memory itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self.database.close()

    def found(self, sentences: Sequence[str], settings: str) -> dict[str, Translation]:
        """The translations that are known of some sentences, made with the same settings."""
        known: dict[str, Translation] = {}
        with self.lock:
            try:
                for first in range(0, len(sentences), AT_ONCE):
                    known |= self.looked_up(sentences[first : first + AT_ONCE], settings)
            except (sqlite3.DatabaseError, Damaged) as error:
                self.distrust(error)
                known = {}
        self.counts.asked += len(sentences)
        self.counts.hits += len(known)
        return known

    def looked_up(self, sentences: Sequence[str], settings: str) -> dict[str, Translation]:
        """Translations of a few sentences.

        Raises:
            Damaged: an entry is not what was written.
        """
        keys = {key_of(sentence, settings): sentence for sentence in sentences}
        marks = ",".join("?" * len(keys))
        rows = self.database.execute(
            f"SELECT key, sentence, translation, proof, day FROM translations "
            f"WHERE key IN ({marks})",
            list(keys),
        )
        known, stale = {}, []
        for key, sentence, translation, proof, day in rows:
            if sentence != keys[key] or proof != proof_of(key, translation):
                raise Damaged(f"the entry of {sentence[:40]!r} was changed")
            known[sentence] = from_json(translation)
            if today() - day > STALE_DAYS:
                stale.append((today(), key))
        if stale:
            self.note_use(stale)
        return known

    def note_use(self, stale: Sequence[tuple[int, bytes]]) -> None:
        """Write down the day on which entries were last used; where that fails they look older.

        Args:
            stale: day and key of each.
        """
        try:
            with self.database:
                self.database.executemany("UPDATE translations SET day = ? WHERE key = ?", stale)
        except sqlite3.OperationalError as error:
            LOG.info("%s: the use of %d entries was not noted (%s)", self.path, len(stale), error)

    def store(self, translations: Mapping[str, Translation], settings: str) -> None:
        """Keep translations of sentences; safe on disk when this returns.

        A disk that is full, or a file that others keep busy, costs the entries and no more: the
        translations are the caller's already.
        """
        rows = []
        for sentence, translation in translations.items():
            key, text = key_of(sentence, settings), as_json(translation)
            rows.append((key, sentence, text, proof_of(key, text), today()))
        with self.lock:
            try:
                self.follow()
                with self.database:
                    self.database.executemany(
                        "INSERT OR IGNORE INTO translations VALUES (?, ?, ?, ?, ?)", rows
                    )
            except (sqlite3.OperationalError, Foreign, Damaged, OSError) as error:
                LOG.warning("%s: %d translations not kept (%s)", self.path, len(rows), error)
            except sqlite3.DatabaseError as error:
                self.distrust(error)

    def follow(self) -> bool:
        """Begin a new file, or take the one that is there, if ours was deleted or replaced.

        Tells whether it was. What is written into a file without a name is gone with the process.

        Raises:
            sqlite3.DatabaseError, Foreign, Damaged: what is there cannot be used.
        """
        if self.path.exists() and self.path.stat().st_ino == self.inode:
            return False
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = opened(self.path)
        self.database.close()
        self.database = fresh
        self.inode = self.path.stat().st_ino
        return True

    def distrust(self, error: Exception) -> None:
        """Begin a new file in place of one that turned out to be damaged.

        Raises:
            UserError: the file is not damaged, it cannot be read or written now.
        """
        if isinstance(error, sqlite3.OperationalError):
            raise UserError(
                f"--memory {self.path}: cannot be read now ({error}); see to its disk, name "
                "another file, or off"
            ) from None
        if self.follow():  # another process was first
            return
        self.database.close()
        self.database = afresh(self.path, str(error))
        self.inode = self.path.stat().st_ino

    def size(self) -> tuple[int, int]:
        """Entries, and bytes of the file; none of a file that turns out to be damaged.

        All of a file is read for it, so here its damage is noticed at the latest.
        """
        with self.lock:
            try:
                return self.counted()
            except sqlite3.OperationalError as error:
                LOG.info("%s: not counted (%s)", self.path, error)
            except sqlite3.DatabaseError as error:
                self.distrust(error)
                return self.counted()
        return 0, self.path.stat().st_size if self.path.exists() else 0

    def counted(self) -> tuple[int, int]:
        """Entries, and bytes of the file."""
        (entries,) = self.database.execute("SELECT COUNT(*) FROM translations").fetchone()
        (pages,) = self.database.execute("PRAGMA page_count").fetchone()
        (size,) = self.database.execute("PRAGMA page_size").fetchone()
        return int(entries), int(pages) * int(size)


def default_memory() -> Path:
    """Where the memory is when the user names no other place."""
    return cache_folder() / "memory.sqlite"


@contextmanager
def memory_at(place: str, *, otherwise: Path | None = None) -> Iterator[Memory]:
    """The memory that an option names: a file, the user's own for `auto`, none for `off`.

    Args:
        place: `auto`, `off` or a file.
        otherwise: a file that a run keeps for itself when it shares none.
    """
    file = named_memory(place)
    own = place == "auto"
    if file is None:
        if otherwise is None:
            yield NoMemory()
            return
        file, own = otherwise, True
    with MemoryFile(file, own=own) as memory:
        yield memory


def named_memory(place: str) -> Path | None:
    """The file that an option names; None for `off`.

    Raises:
        UserError: it is a folder.
    """
    if place == "off":
        return None
    file = default_memory() if place == "auto" else Path(place)
    if file.is_dir():
        raise UserError(f"--memory {file}: is a folder; name a file")
    return file

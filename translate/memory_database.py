"""The database of a translation memory: opened, looked over, and set aside when it is damaged.

An entry is found by a key of its sentence and settings and carries a proof of what was written, and
the day on which it was last used. A file that is none of ours is never touched.
"""

import hashlib
import json
import logging
import sqlite3
import time
from pathlib import Path
from typing import Any

from translate.file_systems import is_shared
from translate.translator import Translation

LOG = logging.getLogger(__name__)
FORMAT = 2
OURS = 0x53454C41  # "SELA", in the header of the file
BUSY_SECONDS = 60.0  # that a process waits for others to finish writing
DAY_SECONDS = 86_400
COLUMNS = ("key", "sentence", "translation", "proof")  # of format 1; 2 has `day`
TABLE = """
CREATE TABLE translations (
    key BLOB PRIMARY KEY, sentence TEXT NOT NULL, translation TEXT NOT NULL, proof BLOB NOT NULL,
    day INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID
"""


class Damaged(Exception):
    """The file of a memory does not hold what was written into it."""


class Foreign(Exception):
    """A file is no translation memory: somebody else's database, or no database at all."""


def opened(path: Path) -> sqlite3.Connection:
    """An open database, looked over; made where there is nothing.

    Raises:
        Foreign: it is something else; not a byte of it was changed.
        Damaged: it is of another format.
        sqlite3.DatabaseError: it is damaged.
    """
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        require_ours(database)
        choose_journal(database, shared=is_shared(path))
        database.execute("PRAGMA synchronous = FULL")  # what is stored survives a power cut
        bring_up_to_date(database)
        database.execute(f"SELECT {', '.join(COLUMNS)}, day FROM translations LIMIT 1")
    except BaseException:
        database.close()
        raise
    return database


def require_ours(database: sqlite3.Connection) -> None:
    """Look whether a database is a translation memory, or empty.

    All is read of one state: another process may be giving the memory its mark, and half of that
    would look like a database of something else.

    Raises:
        Foreign: it is neither.
    """
    try:
        database.execute("BEGIN")
        if pragma(database, "application_id") == OURS:
            return
        tables = database.execute("SELECT name FROM sqlite_master").fetchall()
        if not tables and not pragma(database, "user_version"):
            return
        ours = [("translations",)]  # as it was made before memories had a mark
        if tables != ours or tuple(columns_of(database)) != COLUMNS:
            raise Foreign("a database of something else")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise Foreign(str(error)) from None
    finally:
        database.rollback()


def pragma(database: sqlite3.Connection, name: str) -> int:
    """A number of the header."""
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def columns_of(database: sqlite3.Connection) -> list[str]:
    """The names of the columns of the translations; none without the table."""
    return [name for _, name, *_ in database.execute("PRAGMA table_info(translations)")]


def bring_up_to_date(database: sqlite3.Connection) -> None:
    """Make the table, or give one of an older format what it lacks.

    Raises:
        Damaged: it is of a format that we do not know.
    """
    if pragma(database, "user_version") == FORMAT:
        return
    database.execute("BEGIN IMMEDIATE")  # others that do the same at this moment wait here
    with database:
        version, columns = pragma(database, "user_version"), columns_of(database)
        if version not in (0, 1, FORMAT):
            raise Damaged(f"format {version}, expected {FORMAT}")
        if not columns:
            database.execute(TABLE)
        elif "day" not in columns:
            database.execute(
                f"ALTER TABLE translations ADD COLUMN day INTEGER NOT NULL DEFAULT {today()}"
            )
        database.execute(f"PRAGMA application_id = {OURS}")
        database.execute(f"PRAGMA user_version = {FORMAT}")


def choose_journal(database: sqlite3.Connection, *, shared: bool) -> None:
    """Let readers and a writer work at once; others that do the same at this moment are waited for.

    Not so where several machines may write: what write-ahead logging keeps in the memory of one
    machine the others do not see, and the file would be damaged (sqlite.org/wal.html). There the
    older journal is used, which needs nothing but the locks of the file system.

    SQLite does not wait by itself when several processes change the mode of a file.
    """
    mode = "DELETE" if shared else "WAL"
    for attempt in range(100):
        try:
            database.execute(f"PRAGMA journal_mode = {mode}")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == 99:
                raise
            time.sleep(0.05)


def afresh(path: Path, reason: str) -> sqlite3.Connection:
    """Rename a damaged file, tell of it, and begin a new one."""
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
    for ending in ("", "-wal", "-shm", "-journal"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    LOG.warning("%s: damaged (%s); set aside as %s, a new one begins", path, reason, aside.name)
    return opened(path)


def today() -> int:
    """Days since 1970-01-01, in UTC."""
    return int(time.time() // DAY_SECONDS)


def key_of(sentence: str, settings: str) -> bytes:
    """16 bytes that stand for a sentence and the settings it was translated with."""
    text = f"{settings}\0{sentence}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).digest()


def proof_of(key: bytes, translation: str) -> bytes:
    """8 bytes that tell whether an entry is what was written."""
    text = key + translation.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=8).digest()


def as_json(translation: Translation) -> str:
    """A translation as it is kept.

    >>> from_json(as_json(Translation("Hello.", -0.25, False))).text
    'Hello.'
    """
    values = {name: getattr(translation, name) for name in Translation.__slots__}
    return json.dumps(values, ensure_ascii=False)


def from_json(text: str) -> Translation:
    """The translation that was kept."""
    fields: dict[str, Any] = json.loads(text)
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }
    return Translation(**values)

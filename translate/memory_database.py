"""The database of a translation memory: opened, looked over, and set aside when it is damaged.

An entry is found by a key of its sentence and settings and carries a proof of what was written.
"""

import hashlib
import json
import logging
import sqlite3
import time
from pathlib import Path
from typing import Any

from translate.translator import Translation

LOG = logging.getLogger(__name__)
FORMAT = 1
BUSY_SECONDS = 60.0  # that a process waits for others to finish writing
TABLES = """
CREATE TABLE IF NOT EXISTS translations (
    key BLOB PRIMARY KEY, sentence TEXT NOT NULL, translation TEXT NOT NULL, proof BLOB NOT NULL
) WITHOUT ROWID;
"""


class Damaged(Exception):
    """The file of a memory does not hold what was written into it."""


def opened(path: Path) -> sqlite3.Connection:
    """An open database, looked over.

    Raises:
        Damaged: it is of another format.
        sqlite3.DatabaseError: it is damaged, or no database.
    """
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        write_ahead(database)
        database.execute("PRAGMA synchronous = FULL")  # what is stored survives a power cut
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version not in (0, FORMAT):
            raise Damaged(f"format {version}, expected {FORMAT}")
        with database:
            database.execute(TABLES)
            database.execute(f"PRAGMA user_version = {FORMAT}")
        database.execute("SELECT key, sentence, translation, proof FROM translations LIMIT 1")
    except BaseException:
        database.close()
        raise
    return database


def write_ahead(database: sqlite3.Connection) -> None:
    """Let readers and a writer work at once; others that do the same at this moment are waited for.

    SQLite does not wait by itself when several processes change the mode of a new file.
    """
    for attempt in range(100):
        try:
            database.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == 99:
                raise
            time.sleep(0.05)


def afresh(path: Path, reason: str) -> sqlite3.Connection:
    """Rename a damaged file, tell of it, and begin a new one."""
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    LOG.warning("%s: damaged (%s); set aside as %s, a new one begins", path, reason, aside.name)
    return opened(path)


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

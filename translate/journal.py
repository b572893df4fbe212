"""The state of a run in SQLite: what was read, what was said of it, and what is done."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from corpora.document import Document, LabelledLine
from corpora.errors import UserError
from corpora.sentence import Sentence
from translate.translator import Translation

FORMAT = 1
TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, failure TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sentences (
    path TEXT, position INTEGER, line INTEGER, role TEXT, start INTEGER, "end" INTEGER,
    raw TEXT, text TEXT, translation TEXT, score REAL, cut INTEGER,
    PRIMARY KEY (path, position)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejected (
    path TEXT, line INTEGER, start INTEGER, "end" INTEGER,
    label TEXT, rule TEXT, score REAL, text TEXT, PRIMARY KEY (path, line)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Translated:
    """A sentence of an article with its English."""

    sentence: Sentence
    translation: Translation


@dataclass(frozen=True, slots=True)
class Finished:
    """An article whose sentences are all translated.

    Attributes:
        path: its path in the input folder.
        sentences: in order.
        dropped: line numbers of what was rejected.
    """

    path: str
    sentences: tuple[Translated, ...]
    dropped: frozenset[int]


class Journal:
    """An open journal; use it as a context manager. Every `record` is one transaction."""

    def __init__(self, path: Path) -> None:
        """Open or create the journal file.

        Raises:
            UserError: the file is no journal.
        """
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(path)
        try:
            self.database.execute("PRAGMA journal_mode = WAL")
            self.database.executescript(TABLES)
        except sqlite3.DatabaseError as error:
            self.database.close()
            raise UserError(
                f"{path}: not a journal of selaras ({error}); use another output folder"
            ) from None

    def __enter__(self) -> "Journal":
        """Give the journal itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file; one file is left, without its write-ahead log."""
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.database.close()

    def fact(self, name: str) -> Any:
        """A fact about the run, or None."""
        found = self.database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None

    def state(self, name: str, value: Any) -> None:
        """Set a fact about the run."""
        with self.database:
            self.database.execute(
                "INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value))
            )

    def digests(self) -> dict[str, str]:
        """Digest of every article that is done, by path."""
        found = self.database.execute("SELECT path, digest FROM articles WHERE failure IS NULL")
        return dict(found.fetchall())

    def record(
        self,
        document: Document,
        rejected: Sequence[LabelledLine],
        translated: Sequence[Translated],
    ) -> None:
        """Record a finished article, in place of what was known of it."""
        path = document.path
        with self.database as database:
            self.forget(path)
            database.execute("INSERT INTO articles VALUES (?, ?, NULL)", (path, document.digest))
            database.executemany(
                "INSERT INTO rejected VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        path,
                        row.line.number,
                        row.line.start,
                        row.line.end,
                        row.label,
                        row.rule,
                        row.score,
                        row.line.text,
                    )
                    for row in rejected
                ],
            )
            database.executemany(
                "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (path, position, *astuple(row.sentence), *astuple(row.translation))
                    for position, row in enumerate(translated)
                ],
            )

    def record_failure(self, path: str, reason: str) -> None:
        """Record an article that could not be read."""
        with self.database as database:
            self.forget(path)
            database.execute("INSERT INTO articles VALUES (?, '', ?)", (path, reason))

    def forget(self, path: str) -> None:
        """Remove all that is known of an article (inside the caller's transaction)."""
        for table in ("articles", "sentences", "rejected"):
            self.database.execute(f"DELETE FROM {table} WHERE path = ?", (path,))

    def keep_only(self, paths: Collection[str]) -> None:
        """Forget the articles that are no longer in the input."""
        known = self.database.execute("SELECT path FROM articles").fetchall()
        with self.database:
            for (path,) in known:
                if path not in paths:
                    self.forget(path)

    def failures(self) -> list[tuple[str, str]]:
        """Path and reason of every article that could not be read, by path."""
        return self.database.execute(
            "SELECT path, failure FROM articles WHERE failure IS NOT NULL ORDER BY path"
        ).fetchall()

    def articles(self) -> Iterator[Finished]:
        """Yield every finished article, by path."""
        paths = self.database.execute(
            "SELECT path FROM articles WHERE failure IS NULL ORDER BY path"
        ).fetchall()
        for (path,) in paths:
            rows = self.database.execute(
                'SELECT line, role, start, "end", raw, text, translation, score, cut '
                "FROM sentences WHERE path = ? ORDER BY position",
                (path,),
            )
            dropped = self.database.execute("SELECT line FROM rejected WHERE path = ?", (path,))
            yield Finished(
                path,
                tuple(
                    Translated(Sentence(*row[:6]), Translation(row[6], row[7], bool(row[8])))
                    for row in rows
                ),
                frozenset(line for (line,) in dropped),
            )

    def rejected(self) -> Iterator[dict[str, Any]]:
        """Yield every dropped line as it stands in `rejected.jsonl`, by path and line."""
        names = ("file", "line", "start", "end", "label", "rule", "score", "text")
        for row in self.database.execute("SELECT * FROM rejected ORDER BY path, line"):
            yield dict(zip(names, row, strict=True))

    def count(self, what: str) -> int:
        """How many rows a table has."""
        if what not in ("articles", "sentences", "rejected"):
            raise ValueError(what)
        return int(self.database.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0])

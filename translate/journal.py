"""The state of a run in SQLite: what was read, what was said of it, and what is done."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from corpora.document import NOTHING_KNOWN, Metadata
from corpora.errors import UserError
from corpora.page import Page
from corpora.sentence import Sentence
from translate.file_systems import is_shared
from translate.translator import Translation

FORMAT = 5
TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, failure TEXT,
    title TEXT, date TEXT, author TEXT, site TEXT, url TEXT, steps TEXT NOT NULL DEFAULT '',
    dateline TEXT, outlets TEXT NOT NULL DEFAULT '[]', recurring TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sentences (
    path TEXT, position INTEGER, line INTEGER, role TEXT, start INTEGER, "end" INTEGER,
    raw TEXT, text TEXT, translation TEXT, score REAL, cut INTEGER, flags TEXT,
    PRIMARY KEY (path, position)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejected (
    path TEXT, line INTEGER, start INTEGER, "end" INTEGER,
    label TEXT, rule TEXT, score REAL, text TEXT, PRIMARY KEY (path, start)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS met (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""
DONE_NOW = (
    "SELECT 1 FROM articles JOIN met USING (path) WHERE path = ? AND articles.failure IS NULL"
)
BUSY_SECONDS = 60  # that a worker waits for the others to finish writing
CLOSING_SECONDS = 1  # that the last word of a run waits for them


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
        metadata: what the page or the table stated beside the text.
        dateline: place and outlet that open the report, or None.
        outlets: those that the page says it has the story from.
        steps: what lies between the bytes and the text (see `Document`).
    """

    path: str
    sentences: tuple[Translated, ...]
    dropped: frozenset[int]
    metadata: Metadata = NOTHING_KNOWN
    dateline: str | None = None
    outlets: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def columns_of(translation: Translation) -> tuple[str, float, bool, str]:
    """A translation as the journal keeps it."""
    return translation.text, translation.score, translation.cut, " ".join(translation.flags)


def translation_of(text: str, score: float, cut: int, flags: str) -> Translation:
    """A translation from what the journal keeps.

    >>> translation_of(*columns_of(Translation("Hi.", -0.5, True, ("cut-off", "loop")))).flags
    ('cut-off', 'loop')
    """
    return Translation(text, score, bool(cut), tuple(flags.split()))


class Journal:
    """An open journal; use it as a context manager.

    Every `record` is a transaction, on disk when it returns; `together` makes one of several. The
    workers of a run may write at the same time.
    """

    def __init__(self, path: Path) -> None:
        """Open or create the journal file.

        Raises:
            UserError: the file is no journal.
        """
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.database = sqlite3.connect(path, timeout=1)
        except sqlite3.OperationalError as error:
            raise UserError(f"{path}: cannot be opened ({error}); check permissions") from None
        try:
            mode = "DELETE" if is_shared(path) else "WAL"  # as of the translation memory
            self.database.execute(f"PRAGMA journal_mode = {mode}")
            self.database.execute("PRAGMA synchronous = FULL")  # what is done survives a power cut
            self.database.executescript(TABLES)
            self.database.execute(f"PRAGMA busy_timeout = {1000 * BUSY_SECONDS}")
        except sqlite3.OperationalError as error:
            self.database.close()
            if "locked" in str(error):
                raise UserError(f"{path}: another run is writing here; wait for its end") from None
            raise
        except sqlite3.DatabaseError as error:
            self.database.close()
            raise UserError(
                f"{path}: not a journal of selaras ({error}); use another output folder"
            ) from None

    def __enter__(self) -> "Journal":
        """Give the journal itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file; one file is left, without its write-ahead log.

        Where the log cannot be merged it stays, and is merged when the journal is next opened: what
        ended the block matters more, and may be the reason (a full disk, an iterator half read).
        """
        with suppress(sqlite3.OperationalError):
            self.database.execute(f"PRAGMA busy_timeout = {1000 * CLOSING_SECONDS}")
            self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.database.close()

    @contextmanager
    def together(self) -> Iterator[sqlite3.Connection]:
        """One transaction for all that is recorded in the block; nothing of it if that fails."""
        if self.database.in_transaction:
            yield self.database
            return
        with self.database:
            self.database.execute("BEGIN IMMEDIATE")
            yield self.database

    def fact(self, name: str) -> Any:
        """A fact about the run, or None."""
        found = self.database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None

    def state(self, name: str, value: Any) -> None:
        """Set a fact about the run."""
        with self.together():
            self.database.execute(
                "INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value))
            )

    def digest(self, path: str) -> str | None:
        """Digest of an article that is done, and of what recurred in it; or None."""
        return digest_in(self.database, path)

    @contextmanager
    def digests(self) -> Iterator[Callable[[str], str | None]]:
        """A function like `digest` that another thread may call while the block lasts."""
        database = sqlite3.connect(self.path, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            yield partial(digest_in, database)
        finally:
            database.close()

    def record(
        self,
        page: Page,
        translated: Sequence[Translated],
        recurring: str = "",
    ) -> None:
        """Record a finished article, in place of what was known of it.

        Args:
            page: the article, taken apart.
            translated: its sentences.
            recurring: digest of what was known of its site when it was cleaned.
        """
        document = page.document
        path = document.path
        with self.together() as database:
            self.forget(path)
            database.execute(
                "INSERT INTO articles VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    path,
                    document.digest,
                    *astuple(document.metadata),
                    " ".join(document.steps),
                    page.dateline,
                    json.dumps(page.outlets),
                    recurring,
                ),
            )
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
                    for row in page.dropped
                ],
            )
            database.executemany(
                "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (path, position, *astuple(row.sentence), *columns_of(row.translation))
                    for position, row in enumerate(translated)
                ],
            )

    def record_failure(self, path: str, reason: str) -> None:
        """Record an article that could not be read, unless this run has it done already.

        That is one that was done before the worker that had it died; it is not to be lost.
        """
        with self.together() as database:
            if database.execute(DONE_NOW, (path,)).fetchone():
                return
            self.forget(path)
            database.execute(
                "INSERT INTO articles (path, digest, failure) VALUES (?, '', ?)", (path, reason)
            )

    def forget(self, path: str) -> None:
        """Remove all that is known of an article (inside the caller's transaction)."""
        for table in ("articles", "sentences", "rejected"):
            self.database.execute(f"DELETE FROM {table} WHERE path = ?", (path,))

    def begin(self) -> None:
        """Forget which articles were in the input of the run before."""
        with self.together() as database:
            database.execute("DELETE FROM met")

    def meet(self, path: str) -> None:
        """Note that an article is in the input of this run."""
        with self.together() as database:
            database.execute("INSERT OR IGNORE INTO met VALUES (?)", (path,))

    def forget_unmet(self) -> None:
        """Forget the articles that are no longer in the input."""
        with self.together() as database:
            for table in ("sentences", "rejected", "articles"):
                database.execute(f"DELETE FROM {table} WHERE path NOT IN (SELECT path FROM met)")

    def paths(self) -> Iterator[str]:
        """Yield the path of every article, those that could not be read included."""
        for (path,) in self.database.execute("SELECT path FROM articles ORDER BY path"):
            yield path

    def input_digest(self) -> str:
        """Digest of the addresses and digests of all articles."""
        total = hashlib.sha256()
        for path, digest in self.database.execute(
            "SELECT path, digest FROM articles ORDER BY path"
        ):
            total.update(f"{path}\0{digest}\n".encode("utf-8", "surrogatepass"))
        return f"sha256:{total.hexdigest()}"

    def is_begun(self, *, now: bool = False) -> bool:
        """Tell whether an article is done; with `now` one that is in the input of this run."""
        articles = "articles JOIN met USING (path)" if now else "articles"
        query = f"SELECT 1 FROM {articles} WHERE failure IS NULL LIMIT 1"
        return self.database.execute(query).fetchone() is not None

    def failures(self) -> list[tuple[str, str]]:
        """Path and reason of every article that could not be read, by path."""
        return self.database.execute(
            "SELECT path, failure FROM articles WHERE failure IS NOT NULL ORDER BY path"
        ).fetchall()

    def articles(self) -> Iterator[Finished]:
        """Yield every finished article, by path."""
        found = self.database.execute(
            "SELECT path, steps, dateline, outlets, title, date, author, site, url FROM articles "
            "WHERE failure IS NULL ORDER BY path"
        )
        for path, steps, dateline, outlets, *known in found:
            rows = self.database.execute(
                'SELECT line, role, start, "end", raw, text, translation, score, cut, flags '
                "FROM sentences WHERE path = ? ORDER BY position",
                (path,),
            )
            dropped = self.database.execute("SELECT line FROM rejected WHERE path = ?", (path,))
            yield Finished(
                path,
                tuple(Translated(Sentence(*row[:6]), translation_of(*row[6:])) for row in rows),
                frozenset(line for (line,) in dropped),
                Metadata(*known),
                dateline,
                tuple(json.loads(outlets)),
                tuple(steps.split()),
            )

    def rejected(self) -> Iterator[dict[str, Any]]:
        """Yield every dropped line as it stands in `rejected.jsonl`, by path and line."""
        names = ("file", "line", "start", "end", "label", "rule", "score", "text")
        for row in self.database.execute("SELECT * FROM rejected ORDER BY path, start"):
            yield dict(zip(names, row, strict=True))

    def count(self, what: str) -> int:
        """How many rows a table has."""
        if what not in ("articles", "sentences", "rejected"):
            raise ValueError(what)
        return int(self.database.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0])


def digest_in(database: sqlite3.Connection, path: str) -> str | None:
    """Digest of an article that is done, and of what recurred in it; or None."""
    found = database.execute(
        "SELECT digest || recurring FROM articles WHERE failure IS NULL AND path = ?", (path,)
    ).fetchone()
    return str(found[0]) if found else None

"""Who of several workers does what: pieces of the input claimed in SQLite, on leases.

What a worker has claimed and not finished is free again when its lease ends, and at once when it is
seen to have died. What workers died on is known to the runs that go on, too.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock

LEASE_SECONDS = 60.0
BUSY_SECONDS = 60.0
TABLES = """
CREATE TABLE IF NOT EXISTS pieces (
    piece TEXT PRIMARY KEY, worker TEXT NOT NULL, until REAL NOT NULL,
    done INTEGER NOT NULL DEFAULT 0, deaths INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS suspects (piece TEXT PRIMARY KEY, deaths INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alone (
    path TEXT PRIMARY KEY, worker TEXT NOT NULL, deaths INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""


class Claims:
    """The claims of one worker, in the file of the run's journal; several threads may use them."""

    def __init__(self, path: Path, worker: str, clock: Callable[[], float] = time.time) -> None:
        """Open the tables."""
        self.worker = worker
        self.clock = clock
        self.lock = Lock()
        self.database = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        self.database.executescript(TABLES)

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self.database.close()

    def begin(self) -> None:
        """Forget the claims of earlier runs, but not what workers died on."""
        self.change("DELETE FROM suspects WHERE piece IN (SELECT piece FROM pieces WHERE done)")
        self.change(
            "INSERT OR REPLACE INTO suspects "
            "SELECT piece, deaths FROM pieces WHERE deaths AND NOT done"
        )
        self.change("DELETE FROM pieces")
        self.change("DELETE FROM alone WHERE NOT deaths")

    def forget(self) -> None:
        """Forget all, for the work is done: what failed is tried afresh by the next run."""
        for table in ("pieces", "suspects", "alone"):
            self.change(f"DELETE FROM {table}")

    def claim(self, piece: str) -> bool:
        """Take a piece that no worker died on, unless another worker has it or it is done."""
        now = self.clock()
        with self.lock, self.database:
            self.database.execute(
                "INSERT OR IGNORE INTO pieces (piece, worker, until, deaths) VALUES (?, '', 0, "
                "COALESCE((SELECT deaths FROM suspects WHERE piece = ?), 0))",
                (piece, piece),
            )
            taken = self.database.execute(
                "UPDATE pieces SET worker = ?, until = ?, tries = tries + 1 "
                "WHERE piece = ? AND NOT done AND NOT deaths AND until < ?",
                (self.worker, now + LEASE_SECONDS, piece, now),
            )
            return taken.rowcount > 0

    def claim_suspect(self, piece: str) -> bool:
        """Take a piece that a worker died on, unless another worker has it or it is done."""
        now = self.clock()
        return self.change(
            "UPDATE pieces SET worker = ?, until = ?, tries = tries + 1 "
            "WHERE piece = ? AND NOT done AND deaths AND until < ?",
            (self.worker, now + LEASE_SECONDS, piece, now),
        )

    def renew(self) -> None:
        """Keep what this worker has claimed."""
        until = self.clock() + LEASE_SECONDS
        self.change(
            "UPDATE pieces SET until = ? WHERE worker = ? AND NOT done", (until, self.worker)
        )

    def finish(self, piece: str) -> None:
        """Say that all of a piece is in the journal."""
        self.change("UPDATE pieces SET done = 1 WHERE piece = ?", (piece,))

    def hold_alone(self, path: str) -> None:
        """Say that an article is all that this worker has at hand."""
        self.change(
            "INSERT INTO alone (path, worker) VALUES (?, ?) "
            "ON CONFLICT (path) DO UPDATE SET worker = excluded.worker",
            (path, self.worker),
        )

    def let_go(self, path: str) -> None:
        """Say that it is done, and the worker lives."""
        self.change("DELETE FROM alone WHERE path = ? AND NOT deaths", (path,))

    def release(self, worker: str) -> None:
        """Free what a worker that has ended had claimed."""
        self.change(
            "UPDATE pieces SET until = 0, worker = '' WHERE worker = ? AND NOT done", (worker,)
        )
        self.change("DELETE FROM alone WHERE worker = ? AND NOT deaths", (worker,))

    def blame(self, worker: str) -> None:
        """Note that a worker has died on what it had claimed, and free that."""
        self.change("UPDATE alone SET deaths = deaths + 1, worker = '' WHERE worker = ?", (worker,))
        self.change(
            "UPDATE pieces SET deaths = deaths + 1 WHERE worker = ? AND NOT done", (worker,)
        )
        self.release(worker)

    def deaths(self, piece: str) -> int:
        """Workers that died with a piece among what they had at hand."""
        return self.number("SELECT deaths FROM pieces WHERE piece = ?", (piece,))

    def tries(self, piece: str) -> int:
        """How often a piece was claimed in this run."""
        return self.number("SELECT tries FROM pieces WHERE piece = ?", (piece,))

    def deadly(self, path: str) -> bool:
        """Tell whether a worker died with an article and nothing else at hand."""
        return self.number("SELECT deaths FROM alone WHERE path = ?", (path,)) > 0

    def others_open(self) -> int:
        """Pieces that other workers have claimed and not finished."""
        return self.number(
            "SELECT COUNT(*) FROM pieces WHERE NOT done AND worker != ?", (self.worker,)
        )

    def free(self) -> int:
        """Pieces whose lease has ended."""
        return len(self.free_pieces())

    def free_pieces(self) -> list[str]:
        """The names of pieces whose lease has ended."""
        with self.lock:
            found = self.database.execute(
                "SELECT piece FROM pieces WHERE NOT done AND until < ?", (self.clock(),)
            ).fetchall()
        return [piece for (piece,) in found]

    def put_aside(self, gone: Iterable[str]) -> None:
        """Call pieces done that nobody can do, for the input has changed."""
        for piece in gone:
            self.change(
                "UPDATE pieces SET done = 1 WHERE piece = ? AND until < ?", (piece, self.clock())
            )

    def change(self, statement: str, values: tuple[object, ...] = ()) -> bool:
        """Execute in a transaction of its own; tell whether anything changed."""
        with self.lock, self.database:
            return self.database.execute(statement, values).rowcount > 0

    def number(self, statement: str, values: tuple[object, ...]) -> int:
        """The one number that a query finds; 0 if it finds none."""
        with self.lock:
            found = self.database.execute(statement, values).fetchone()
        return int(found[0]) if found else 0

"""Who of several workers does what: pieces of the input claimed in SQLite, on leases.

A worker claims a few articles at a time, so the work is split as it goes. What a worker has claimed
and not finished is free again when its lease ends, which is soon after it has died.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from threading import Lock

from corpora.document import Document
from corpora.reading import Failure, ReadingOptions, Source, documents, holds_many

LEASE_SECONDS = 60.0
WAIT_SECONDS = 0.5
BUSY_SECONDS = 60.0
MOST_TRIES = 3  # workers that may die on a piece before it is given up
FILES = 4  # in a piece: little is lost with it, and claiming costs nothing beside translating
ROWS = 16
TABLE = """
CREATE TABLE IF NOT EXISTS claims (
    piece TEXT PRIMARY KEY, worker TEXT NOT NULL, until REAL NOT NULL,
    done INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
"""


class Claims:
    """The claims of one worker, in the file of the run's journal; several threads may use them."""

    def __init__(self, path: Path, worker: str, clock: Callable[[], float] = time.time) -> None:
        """Open the table."""
        self.worker = worker
        self.clock = clock
        self.lock = Lock()
        self.database = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        with self.database:
            self.database.execute(TABLE)

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self.database.close()

    def begin(self) -> None:
        """Forget the claims of earlier runs."""
        self.change("DELETE FROM claims", ())

    def claim(self, piece: str) -> bool:
        """Take a piece, unless another worker has it or it is done."""
        now = self.clock()
        return self.change(
            "INSERT INTO claims (piece, worker, until) VALUES (?, ?, ?) ON CONFLICT (piece) "
            "DO UPDATE SET worker = excluded.worker, until = excluded.until, tries = tries + 1 "
            "WHERE done = 0 AND until < ?",
            (piece, self.worker, now + LEASE_SECONDS, now),
        )

    def renew(self) -> None:
        """Keep what this worker has claimed."""
        until = self.clock() + LEASE_SECONDS
        self.change(
            "UPDATE claims SET until = ? WHERE worker = ? AND done = 0", (until, self.worker)
        )

    def finish(self, piece: str) -> None:
        """Say that all of a piece is in the journal."""
        self.change("UPDATE claims SET done = 1 WHERE piece = ?", (piece,))

    def release(self, worker: str) -> None:
        """Free what a worker that has died had claimed."""
        self.change("UPDATE claims SET until = 0 WHERE worker = ? AND done = 0", (worker,))

    def tries(self, piece: str) -> int:
        """How often a piece was claimed."""
        return self.number("SELECT tries FROM claims WHERE piece = ?", (piece,))

    def others_open(self) -> int:
        """Pieces that other workers have claimed and not finished."""
        return self.number(
            "SELECT COUNT(*) FROM claims WHERE done = 0 AND worker != ?", (self.worker,)
        )

    def free(self) -> int:
        """Pieces whose lease has ended."""
        return self.number(
            "SELECT COUNT(*) FROM claims WHERE done = 0 AND until < ?", (self.clock(),)
        )

    def change(self, statement: str, values: tuple[object, ...]) -> bool:
        """Execute in a transaction of its own; tell whether anything changed."""
        with self.lock, self.database:
            return self.database.execute(statement, values).rowcount > 0

    def number(self, statement: str, values: tuple[object, ...]) -> int:
        """The one number that a query finds; 0 if it finds none."""
        with self.lock:
            found = self.database.execute(statement, values).fetchone()
        return int(found[0]) if found else 0


class Share:
    """The documents that a worker claims, and what of them is done."""

    def __init__(self, claims: Claims) -> None:
        """Begin with nothing claimed."""
        self.claims = claims
        self.piece_of: dict[str, str] = {}
        self.left: dict[str, int] = {}

    def documents(
        self, sources: Iterable[Source], options: ReadingOptions
    ) -> Iterator[Document | Failure]:
        """Yield what of the input can be claimed."""
        for piece, found in pieces(sources, options, self.claims.claim):
            yield from self.given(piece, list(found))

    def more(self) -> bool:
        """Wait for the other workers; tell whether one left something undone."""
        while self.claims.others_open() and not self.claims.free():
            time.sleep(WAIT_SECONDS)
        return self.claims.free() > 0

    def given(self, piece: str, found: list[Document | Failure]) -> Iterator[Document | Failure]:
        """Yield the documents of a claimed piece; one that workers die on is given up."""
        if not found:
            self.claims.finish(piece)
        self.left[piece] = len(found)
        deadly = self.claims.tries(piece) > MOST_TRIES
        for document in found:
            self.piece_of[document.path] = piece
            if deadly:
                reason = f"{document.path}: {MOST_TRIES} workers died with it; see the logs"
                yield Failure(document.path, reason)
            else:
                yield document

    def done(self, path: str) -> None:
        """Note that an article is in the journal."""
        piece = self.piece_of.pop(path, "")
        if piece not in self.left:
            return
        self.left[piece] -= 1
        if not self.left[piece]:
            del self.left[piece]
            self.claims.finish(piece)


def pieces(
    sources: Iterable[Source], options: ReadingOptions, claim: Callable[[str], bool]
) -> Iterator[tuple[str, Iterable[Document | Failure]]]:
    """The pieces that could be claimed: some files, or some rows of a table, each with its name.

    Files are read when they are claimed; a table is read by every worker, which keeps the rows
    that it could claim.
    """
    files: list[Source] = []
    for source in sources:
        if holds_many(source):
            rows = documents([source], options)
            for number in count():
                block = list(islice(rows, ROWS))
                if not block:
                    break
                piece = f"{source.path}\0{number}\0{block[0].path}"
                if claim(piece):
                    yield piece, block
            continue
        files.append(source)
        if len(files) == FILES:
            if claim(files[0].path):
                yield files[0].path, documents(files, options)
            files = []
    if files and claim(files[0].path):
        yield files[0].path, documents(files, options)

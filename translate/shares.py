"""The share of a worker: what it claims of the input, a few articles at a time, as the work goes.

A worker that dies had many articles at hand. All of them are suspects, and are done when the rest
is: a piece with nothing else at hand, and where a worker dies again, article by article. What one
dies on with nothing else at hand is given up.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from threading import Lock

from corpora.address import printable
from corpora.document import Document
from corpora.reading import Failure, ReadingOptions, Source, documents, holds_many
from translate.claims import Claims
from translate.pulse import beat

WAIT_SECONDS = 0.5
DEATHS_OF_A_PIECE = 2  # after these it is done article by article
FILES = 4  # in a piece: little is lost with it, and claiming costs nothing beside translating
ROWS = 16
Part = Source | Document | Failure


@dataclass(frozen=True, slots=True)
class Piece:
    """What is claimed together: some files, which are read when they are claimed, or some rows.

    Attributes:
        name: the same in every worker, and in every run over the same input.
        parts: files, or rows of a table.
    """

    name: str
    parts: tuple[Part, ...]


class Share:
    """The documents that a worker claims, and what of them is done."""

    def __init__(self, claims: Claims, options: ReadingOptions) -> None:
        """Begin with nothing claimed."""
        self.claims = claims
        self.options = options
        self.pieces_of: defaultdict[str, list[str]] = defaultdict(list)  # a name may come twice
        self.left: dict[str, int] = {}
        self.again: set[str] = set()  # pieces that another worker has begun in this run
        self.met: set[str] = set()  # pieces of the input as it was last gone through
        self.lock = Lock()  # one thread reads, another says what is done

    def fresh(self, sources: Iterable[Source]) -> Iterator[Document | Failure]:
        """Yield what of the input can be claimed and no worker died on."""
        self.met.clear()
        for piece in pieces(sources, self.options):
            beat()
            self.met.add(piece.name)
            if self.claims.claim(piece.name):
                yield from self.given(piece)

    def suspects(self, sources: Iterable[Source]) -> Iterator[Iterator[Document | Failure]]:
        """Yield what workers died on, bit by bit; each bit is to be done before the next is taken.

        What a worker died on with nothing else at hand comes as a failure.
        """
        for piece in pieces(sources, self.options):
            if not self.claims.claim_suspect(piece.name):
                continue
            if self.claims.deaths(piece.name) < DEATHS_OF_A_PIECE:
                yield self.given(piece)
            else:
                yield from self.one_by_one(piece)

    def more(self) -> bool:
        """Wait for the other workers; tell whether one left something undone.

        What the input had no more when it was last gone through is nobody's work.
        """
        self.claims.put_aside(set(self.claims.free_pieces()) - self.met)
        while self.claims.others_open() and not self.claims.free():
            beat()
            time.sleep(WAIT_SECONDS)
        return self.claims.free() > 0

    def given(self, piece: Piece) -> Iterator[Document | Failure]:
        """Yield the documents of a claimed piece."""
        self.take(piece)
        found = [document for part in piece.parts for document in self.read(piece, part)]
        self.less(piece.name)
        yield from found

    def one_by_one(self, piece: Piece) -> Iterator[Iterator[Document | Failure]]:
        """Yield the parts of a claimed piece, each to be done before the next is taken."""
        self.take(piece)
        for part in piece.parts:
            path = named(part.path)
            if self.claims.deadly(path):
                yield iter(self.read(piece, given_up(part)))
                continue
            self.claims.hold_alone(path)
            yield iter(self.read(piece, part))
            self.claims.let_go(path)
        self.less(piece.name)

    def take(self, piece: Piece) -> None:
        """Begin with a piece; it is not done before all of it is read."""
        self.left[piece.name] = 1
        if self.claims.tries(piece.name) > 1:
            self.again.add(piece.name)

    def read(self, piece: Piece, part: Part) -> list[Document | Failure]:
        """The documents of a part, noted as not yet done."""
        beat()
        found = list(documents([part], self.options)) if isinstance(part, Source) else [part]
        with self.lock:
            self.left[piece.name] += len(found)
            for document in found:
                self.pieces_of[document.path].append(piece.name)
        return found

    def done(self, path: str) -> bool:
        """Note that an article is in the journal; tell whether another worker began its piece."""
        with self.lock:
            waiting = self.pieces_of[path]
            piece = waiting.pop(0)
            if not waiting:
                del self.pieces_of[path]
            again = piece in self.again
        self.less(piece)
        return again

    def less(self, piece: str) -> None:
        """Note that something of a piece is done; with the last of it the piece is."""
        with self.lock:
            self.left[piece] -= 1
            if self.left[piece]:
                return
            del self.left[piece]
            self.again.discard(piece)
        self.claims.finish(piece)


def given_up(part: Part) -> Failure:
    """What is told of an article that workers die on."""
    path = printable(part.path)
    return Failure(path, f"{path}: workers died with it, one with nothing else at hand; see logs/")


def pieces(sources: Iterable[Source], options: ReadingOptions) -> Iterator[Piece]:
    """The pieces of an input; a table is read by every worker, which keeps the rows it claims."""
    files: list[Source] = []
    for source in sources:
        if holds_many(source):
            yield from blocks(source, options)
            continue
        files.append(source)
        if len(files) == FILES:
            yield Piece(named(files[0].path), tuple(files))
            files = []
    if files:
        yield Piece(named(files[0].path), tuple(files))


def blocks(table: Source, options: ReadingOptions) -> Iterator[Piece]:
    """The rows of a table in pieces."""
    rows = documents([table], options)
    for number in count():
        block = tuple(islice(rows, ROWS))
        if not block:
            return
        yield Piece(f"{named(table.path)}\0{number}\0{block[0].path}", block)


def named(path: str) -> str:
    r"""A path as SQLite can keep it; different ones stay different.

    >>> named("berita.txt"), named("caf\udce9.txt")
    ('berita.txt', "\x00'caf\\udce9.txt'")
    """
    return path if printable(path) == path else f"\0{path!a}"

"""Articles that say what an earlier article says, and sentences that an earlier article has.

Articles are compared by their runs of three words. The few earlier ones that are worth comparing
share a band of their MinHash signatures (Broder 1997, https://doi.org/10.1109/SEQUEN.1997.666900),
which are those of datasketch; the bands lie in a file. Articles go by in one pass, and the same
articles in the same order give the same answer. A story that is told in other words is no
duplicate; nor are two reports on one event.
"""

import hashlib
import re
import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpora.language import words

DIGIT = re.compile(r"\d")
RUN = 3  # words that are compared together
PERMUTATIONS, BANDS = 64, 16  # 4 rows a band: half of all pairs with similarity .5 are looked at
SIMILAR = 0.55  # share of all runs of two articles that both have, estimated (+- .06)
CONTAINED = 0.8  # share of the shorter article's runs that the longer one has
FEWEST_RUNS = 12  # of an article, before anything is concluded
FEWEST_WORDS = 5  # of a sentence: people often say the same in four
CACHE_KB = 16_000  # of the file, in memory
TABLES = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -{CACHE_KB};
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, path TEXT, runs INTEGER, signature BLOB
);
CREATE TABLE bands (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) WITHOUT ROWID;
CREATE TABLE sentences (hash INTEGER PRIMARY KEY);
"""
CANDIDATES = f"""
SELECT path, runs, signature FROM articles WHERE number IN (
    SELECT article FROM bands WHERE hash IN ({", ".join("?" * BANDS)})
) ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What of an article was there before.

    Attributes:
        of: path of the first article that says the same, or None.
        sentences: positions of sentences that stood in an earlier place of the corpus.
    """

    of: str | None = None
    sentences: frozenset[int] = frozenset()


class DuplicateFinder:
    """Remembers articles and sentences that went by, on disk; use it as a context manager.

    Memory does not grow with them. On disk an article of 20 sentences that repeats no other takes
    about 1 kB (its signature, 16 bands, hashes of its sentences), one that repeats another the
    hashes of new sentences alone.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Begin with nothing seen.

        Args:
            file: where to remember, gone in the end; without it, among the system's temporary ones.
        """
        self.file = file
        if file:
            file.unlink(missing_ok=True)
        self.database = sqlite3.connect(file or "", isolation_level=None)
        self.database.executescript(TABLES)
        self.database.execute("BEGIN")

    def __enter__(self) -> "DuplicateFinder":
        """Give the finder itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget all."""
        self.database.close()
        if self.file:
            self.file.unlink(missing_ok=True)

    def look(self, path: str, sentences: Sequence[str]) -> Duplicates:
        """What of the next article was there before; it is remembered.

        Args:
            path: of the article.
            sentences: its Indonesian, typography repaired, in order, its title among it.
        """
        twin = self.twin(path, sentences)
        return Duplicates(twin, frozenset(self.repeated(sentences)))

    def twin(self, path: str, sentences: Sequence[str]) -> str | None:
        """Path of the first article that says the same; one that has none is remembered."""
        runs = runs_of(sentences)
        if len(runs) < FEWEST_RUNS:
            return None
        own = signature(runs)
        bands = bands_of(own)
        for other, size, values in self.database.execute(CANDIDATES, bands):
            similarity = np.count_nonzero(own == np.frombuffer(values, np.uint32)) / PERMUTATIONS
            if same_story(similarity, len(runs), size):
                return str(other)
        done = self.database.execute(
            "INSERT INTO articles (path, runs, signature) VALUES (?, ?, ?)",
            (path, len(runs), own.tobytes()),
        )
        self.database.executemany(
            "INSERT INTO bands VALUES (?, ?)", [(band, done.lastrowid) for band in bands]
        )
        return None

    def repeated(self, sentences: Sequence[str]) -> list[int]:
        """Positions of sentences that went by before, now remembered."""
        found = []
        for position, sentence in enumerate(sentences):
            said = words(sentence)
            if len(said) < FEWEST_WORDS:
                continue
            key = short_hash((" ".join(said) + digits_of(sentence)).encode())
            new = self.database.execute("INSERT OR IGNORE INTO sentences VALUES (?)", (key,))
            if not new.rowcount:
                found.append(position)
        return found


def digits_of(sentence: str) -> str:
    """The digits of a sentence: results and prices are the news where the words are the same.

    >>> digits_of("Skor akhir 4-3.")
    '43'
    """
    return "".join(DIGIT.findall(sentence))


def runs_of(sentences: Sequence[str]) -> set[str]:
    """The runs of three words of a text, sentence borders ignored.

    >>> sorted(runs_of(["Harga beras naik.", "Warga mengeluh."]))
    ['beras naik warga', 'harga beras naik', 'naik warga mengeluh']
    """
    said = [word for sentence in sentences for word in words(sentence)]
    return {" ".join(said[at : at + RUN]) for at in range(len(said) - RUN + 1)}


def same_story(similarity: float, runs: int, others: int) -> bool:
    """Tell from the share of common runs and the sizes whether two articles are one story.

    >>> same_story(0.9, 100, 100), same_story(0.3, 100, 100)
    (True, False)
    >>> same_story(0.5, 50, 100)
    True
    """
    common = similarity / (1 + similarity) * (runs + others)
    return similarity >= SIMILAR or common >= CONTAINED * min(runs, others)


def short_hash(data: bytes) -> int:
    """A hash of 64 bits, as SQLite has numbers, that is the same in every process."""
    digest = hashlib.blake2b(data, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def signature(runs: set[str]) -> NDArray[np.uint32]:
    """The MinHash signature of an article: `(PERMUTATIONS,)`; datasketch has it in 64 bits."""
    found = no_signature().copy()
    found.update_batch([run.encode() for run in runs])
    return np.asarray(found.hashvalues, np.uint32)


def bands_of(own: NDArray[np.uint32]) -> list[int]:
    """A hash of each band of a signature; articles that share one are compared."""
    return [
        short_hash(bytes([n]) + band.tobytes()) for n, band in enumerate(own.reshape(BANDS, -1))
    ]


@cache
def no_signature() -> Any:
    """The signature of nothing, copied for each article."""
    from datasketch import MinHash

    return MinHash(PERMUTATIONS, seed=1, hashfunc=zlib.crc32)

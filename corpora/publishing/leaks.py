"""Overlap of a corpus with test sets: rows that would teach a model what it is tested on.

A row's overlap is the share of its words that stand in runs of five words which a test set has
too. A row leaks when that is half of it, when one run is of 13 words (the length that Brown et al.
2020, appendix C, take for contamination), or when a row of three or four words is a whole segment
of a test set.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.row import Row

WORD = re.compile(r"\w+")
RUN = 5  # words
LONG_RUN = 13  # words
SHORTEST = 3  # words of a segment that is compared as a whole
LEAST_OVERLAP = 0.5
TABLES = frozenset({".parquet", ".jsonl"})


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of a text a test set has.

    Attributes:
        test_set: its file name.
        share: of the words of the text, in [0, 1].
        longest: words of the longest run.
        whole: whether a short text is a segment of the test set.
    """

    test_set: str
    share: float
    longest: int
    whole: bool = False

    @property
    def leaks(self) -> bool:
        """The verdict."""
        return self.whole or self.share >= LEAST_OVERLAP or self.longest >= LONG_RUN


@dataclass(frozen=True, slots=True)
class TestSet:
    """The runs of words of a test set, by hash, and its short segments."""

    __test__ = False  # not a test of pytest

    name: str
    runs: frozenset[int]
    short: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, name: str, segments: Iterable[str]) -> "TestSet":
        """The test set of these segments."""
        runs: set[int] = set()
        short: set[tuple[str, ...]] = set()
        for segment in segments:
            words = words_of(segment)
            if SHORTEST <= len(words) < RUN:
                short.add(tuple(words))
            runs.update(hashed(words))
        return cls(name, frozenset(runs), frozenset(short))

    def overlap(self, words: list[str], runs: list[int]) -> Overlap | None:
        """How much of a text it has; None for nothing."""
        if len(words) < RUN:
            whole = tuple(words) in self.short
            return Overlap(self.name, 1.0, len(words), whole=True) if whole else None
        if self.runs.isdisjoint(runs):
            return None
        covered, longest = coverage([run in self.runs for run in runs])
        return Overlap(self.name, covered / len(words), longest)


def coverage(hits: list[bool]) -> tuple[int, int]:
    """Words that lie in a run which was hit, and words of the longest unbroken stretch of runs.

    >>> coverage([True, True, False, False, False, False, False, True])
    (11, 6)
    """
    covered = longest = stretch = 0
    free = 0  # first word that is not covered yet
    for place, hit in enumerate(hits):
        stretch = stretch + 1 if hit else 0
        if hit:
            covered += place + RUN - max(place, free)
            free = place + RUN
            longest = max(longest, stretch + RUN - 1)
    return covered, longest


def words_of(text: str) -> list[str]:
    """The words of a text, without case and punctuation.

    >>> words_of("Hujan, angin - dan LAUT.")
    ['hujan', 'angin', 'dan', 'laut']
    """
    return WORD.findall(text.casefold())


def hashed(words: list[str]) -> list[int]:
    """A hash for each run of `RUN` words, in order; equal only within one process."""
    return [hash(tuple(words[place : place + RUN])) for place in range(len(words) - RUN + 1)]


def read_test_sets(folder: Path) -> tuple[TestSet, ...]:
    """The test sets in a folder or file: every line, or every text of `.jsonl` and `.parquet`.

    Raises:
        UserError: there is none, or a file cannot be read.
    """
    if not folder.exists():
        raise UserError(f"{folder}: no such folder of test sets; name one that is there")
    files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    hidden = [file for file in files if file.is_file() and not file.name.startswith(".")]
    found = []
    for file in hidden:
        name = file.name if file == folder else file.relative_to(folder).as_posix()
        try:
            found.append(TestSet.of(name, segments(file)))
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:100]
            raise UserError(f"{file}: no test set that can be read ({reason})") from None
    if not found:
        raise UserError(f"{folder}: no file there; name a folder of test sets")
    return tuple(found)


def segments(file: Path) -> Iterator[str]:
    """Yield the texts of a test set: fields of lines, strings of JSON, text columns of Parquet."""
    if file.suffix == ".parquet":
        import pyarrow.parquet as pq

        with pq.ParquetFile(file) as opened:
            for batch in opened.iter_batches():
                for entry in batch.to_pylist():
                    yield from strings(entry)
        return
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if file.suffix == ".jsonl":
                yield from strings(json.loads(line))
            else:
                yield from line.rstrip("\n").split("\t")


def strings(value: Any) -> Iterator[str]:
    """Yield all texts in nested values."""
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from strings(inner)
        case list():
            for inner in value:
                yield from strings(inner)


def overlaps(row: Row, test_sets: Iterable[TestSet]) -> list[Overlap]:
    """The overlaps of a row, of both languages the worse for each test set, largest first."""
    sides = [row.source, row.translation]
    if row.reference and row.reference != row.translation:
        sides.append(row.reference)
    prepared = [(words, hashed(words)) for words in map(words_of, sides)]
    found = []
    for test_set in test_sets:
        each = [test_set.overlap(words, runs) for words, runs in prepared]
        if some := [overlap for overlap in each if overlap]:
            found.append(max(some, key=lambda each: (each.leaks, each.share, each.longest)))
    return sorted(found, key=lambda overlap: (-overlap.share, overlap.test_set))

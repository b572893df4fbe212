"""One row of the corpus: Indonesian as it stood, its machine English and the reference English."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence, or neighbouring sentences that one reference passage renders together.

    Attributes:
        id: hash of the article's path, the span and the raw text; the same in every run.
        article: path of the page in the input folder.
        position: 0-based place of its first sentence among the sentences of the page.
        line: 1-based line of the raw file in which it begins.
        start: offset of its first character in the raw text, a byte order mark not counted.
        end: offset after its last character.
        source_raw: its sentences as they stand in the raw text; those of a row with several are
            joined by one space, whatever white space stands between them there.
        source: Indonesian with its typography repaired.
        translation: machine English.
        translation_score: mean log probability per token, 0 is certain.
        reference: English of the original reporting, or None where no snippet matches.
        reference_id: the snippet that it is from, or None.
        alignment: numbers of sentences on both sides, "2-1"; "1-0" without a reference.
        alignment_score: confidence that the reference says the same, in (0, 1); None without one.
        flags: names of what looks wrong.
        model: name and revision of the model.
    """

    id: str
    article: str
    position: int
    line: int
    start: int
    end: int
    source_raw: str
    source: str
    translation: str
    translation_score: float
    reference: str | None
    reference_id: str | None
    alignment: str
    alignment_score: float | None
    flags: tuple[str, ...]
    model: str


def row_id(article: str, start: int, end: int, raw: str) -> str:
    """A stable identifier of 16 hexadecimal digits.

    >>> row_id("a.txt", 0, 5, "Halo.") == row_id("a.txt", 0, 5, "Halo.")
    True
    """
    key = "\0".join((article, str(start), str(end), raw))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of a corpus folder (see `corpora.publishing.shard_files.read_rows`)."""
    from corpora.publishing import shard_files  # which imports this module

    return shard_files.read_rows(folder)

"""What a finished run left on the disk: its rows, articles, dropped lines, scores and settings."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.publishing.shard_files import read_rows
from corpora.row import Row

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RunFiles:
    """The files of a run folder; those that may be absent read as empty.

    Attributes:
        path: the run folder.
        finished: what `run.json` will say, for a run whose `run.json` is written last; else None.
    """

    path: Path
    finished: Record | None = None

    def check(self) -> None:
        """Refuse what is no finished run.

        Raises:
            UserError: the folder is not there, or is not that of a finished run.
        """
        if not self.path.is_dir():
            raise UserError(f"{self.path}: no such run folder; name one that build has written")
        if self.finished is None and not (self.path / "run.json").is_file():
            raise UserError(f"{self.path}: no finished run (no run.json); build it first")
        corpus = self.path / "corpus"
        if not any(corpus.glob("*.parquet")) and not self.is_without_rows():
            raise UserError(f"{corpus}: no Parquet file; build the run again")

    def is_without_rows(self) -> bool:
        """Tell whether the corpus has no row by right: its manifest is there and names no file."""
        manifest = self.path / "corpus" / "manifest.json"
        return manifest.is_file() and not mapping(manifest).get("shards")

    def run(self) -> Record:
        """Settings, versions, counts and timings."""
        return self.finished if self.finished is not None else mapping(self.path / "run.json")

    def scores(self) -> Record:
        """Corpus scores; empty when there are none."""
        file = self.path / "scores.json"
        return mapping(file) if file.exists() else {}

    def rows(self) -> Iterator[Row]:
        """The rows, article by article.

        Raises:
            UserError: a Parquet file is damaged or has other columns.
        """
        from pyarrow import ArrowException

        corpus = self.path / "corpus"
        try:
            yield from read_rows(corpus)
        except (ArrowException, OSError) as error:
            reason = str(error).partition("\n")[0]
            raise UserError(f"{corpus}: damaged ({reason}); build the run again") from None
        except (TypeError, KeyError, AttributeError):
            raise UserError(
                f"{corpus}: not the columns of this version of selaras; build the run again"
            ) from None

    def articles(self) -> dict[str, Record]:
        """What is known of each article, by its path."""
        return {
            str(entry["article"]): entry
            for entry in self.lines("articles.jsonl")
            if "article" in entry
        }

    def unaligned(self) -> dict[str, list[Record]]:
        """Reference sentences that no row has, by the article or the name that they go by."""
        found: dict[str, list[Record]] = {}
        for entry in self.lines("unaligned.jsonl"):
            found.setdefault(str(entry.get("article") or ""), []).append(entry)
        return found

    def rejected(self) -> Iterator[Record]:
        """Every dropped line with its rule."""
        return self.lines("rejected.jsonl")

    def lines(self, name: str) -> Iterator[Record]:
        """The objects of a JSON Lines file; none when it is not there.

        Raises:
            UserError: a line is no JSON object.
        """
        file = self.path / name
        if not file.exists():
            return
        with file.open(encoding="utf-8", newline="\n") as lines:
            number = 1
            try:
                for line in lines:
                    yield record(line)
                    number += 1
            except ValueError:
                raise UserError(
                    f"{file}:{number}: expected a JSON object; build the run again"
                ) from None


def record(text: str) -> Record:
    """The JSON object that a text is.

    >>> record('{"a": 1}')
    {'a': 1}

    Raises:
        ValueError: it is something else.
    """
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def mapping(file: Path) -> Record:
    """The JSON object that a file holds.

    Raises:
        UserError: it holds something else.
    """
    try:
        return record(file.read_text(encoding="utf-8"))
    except ValueError:
        raise UserError(f"{file}: expected a JSON object; build the run again") from None

"""The output folder of `build`: what stands where, and whether a run may write into it."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.files import check_on_existing
from corpora.publishing.dataset_card import CARD, is_of_selaras, read_card
from translate.journal import FORMAT, Journal

LOCK = "lock.sqlite"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Paths inside a run folder."""

    path: Path

    @property
    def journal(self) -> Path:
        """State of the run."""
        return self.path / "journal.sqlite"

    @property
    def run(self) -> Path:
        """Settings, versions, counts; written last, so its presence says the run is finished."""
        return self.path / "run.json"

    @property
    def corpus(self) -> Path:
        """Folder of the Parquet files."""
        return self.path / "corpus"

    @property
    def english(self) -> Path:
        """Folder of the mirrored translations."""
        return self.path / "english"

    @property
    def articles(self) -> Path:
        """What is known of each article: title, date, author, site, address, dateline, outlets."""
        return self.path / "articles.jsonl"

    @property
    def rejected(self) -> Path:
        """Every dropped line with its rule."""
        return self.path / "rejected.jsonl"

    @property
    def unaligned(self) -> Path:
        """Reference sentences that no row has."""
        return self.path / "unaligned.jsonl"

    @property
    def links(self) -> Path:
        """The links as a table to correct; kept by `clear`, for a person may have worked on it."""
        return self.path / "links.tsv"

    @property
    def scores(self) -> Path:
        """Scores with signatures."""
        return self.path / "scores.json"

    @property
    def report(self) -> Path:
        """The page to look at."""
        return self.path / "report.html"

    @property
    def sentences(self) -> Path:
        """Sentences done, while a run that shares no translation memory goes on."""
        return self.path / "sentences.sqlite"

    @property
    def near_duplicates(self) -> Path:
        """What near-duplicates are found by, while a run is finished; `sweep` knows its name."""
        return self.path / ".near-duplicates.partial"

    @property
    def logs(self) -> Path:
        """What each worker of a run with several said."""
        return self.path / "logs"

    @contextmanager
    def held(self, *, afresh: bool) -> Iterator[None]:
        """Keep other runs out of the folder; the lock ends with the process, however that ends.

        Args:
            afresh: whether what an earlier run wrote is removed.

        Raises:
            UserError: another run is writing here.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        file = self.path / LOCK
        lock = sqlite3.connect(file, timeout=0, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            if "locked" in str(error):
                line = f"{self.path}: another run is writing here; wait for its end"
            else:
                line = f"{self.path}: cannot be written ({error}); name another folder"
            raise UserError(line) from None
        try:
            self.sweep()
            if afresh:
                self.clear()
            yield
            self.tidy()
        finally:
            file.unlink(missing_ok=True)  # before it is let go: who has opened it cannot lock it
            lock.close()

    def sweep(self) -> None:
        """Remove files that a run was writing when it was killed."""
        for file in self.path.rglob(".*.partial"):
            file.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what only an unfinished run needs."""
        for file in self.path.glob("sentences.sqlite*"):
            file.unlink(missing_ok=True)

    def settle(self) -> None:
        """Remove what a run has left that was killed after its end, in its last moment."""
        if (self.path / LOCK).exists() or any(self.path.glob("sentences.sqlite*")):
            with suppress(UserError), self.held(afresh=False):  # another one may be running
                pass

    def finished(self) -> bool:
        """Tell whether a run has ended here."""
        return self.run.exists()

    def failed(self) -> bool:
        """Tell whether the run that has ended here lists inputs that failed."""
        try:
            return bool(json.loads(self.run.read_text(encoding="utf-8"))["failures"])
        except (OSError, ValueError, KeyError):
            return False

    def clear(self) -> None:
        """Remove what a run writes, and nothing else; the journal, which tells it is ours, last."""
        for folder in (self.corpus, self.english, self.report.with_suffix(""), self.logs):
            shutil.rmtree(folder, ignore_errors=True)
        written = (self.scores, self.report, self.rejected, self.unaligned, self.articles, self.run)
        for file in written:
            file.unlink(missing_ok=True)
        self.tidy()
        for file in self.path.glob("journal.sqlite*"):
            file.unlink(missing_ok=True)


def may_write(folder: RunFolder, on_existing: str, *, again: bool = False) -> bool:
    """Tell whether a run may write here; False when a finished one is to be left alone.

    With `again` a finished run is done once more from its journal: its links were corrected.

    Nothing that a run is for is changed: an error that comes later must not have cost an old run
    its files.

    Raises:
        UserError: another run has ended here, or the folder holds something else.
    """
    check_on_existing(on_existing)
    path = folder.path
    if path.exists() and not path.is_dir():
        raise UserError(f"{path}: is a file; name a folder for the output")
    if folder.finished():
        folder.settle()
        if on_existing == "fail" and (again or folder.failed()):
            return True  # what failed is tried again; what was done is kept
        if on_existing == "fail":
            raise UserError(
                f"{path}: holds a finished run; name another folder, or use "
                "--on-existing overwrite to do it again (skip to leave it)"
            )
        if on_existing == "skip":
            return False
    ours = folder.finished() or folder.journal.exists() or has_our_card(path)
    if path.exists() and not ours and {each.name for each in path.iterdir()} - {LOCK}:
        raise UserError(f"{path}: not empty and no run folder of selaras; name another folder")
    return True


def has_our_card(path: Path) -> bool:
    """Tell whether a folder has the card of a run, which `clear` leaves to the humans in it."""
    with suppress(UserError, OSError):
        return is_of_selaras(read_card(path / CARD))
    return False


def resume(journal: Journal, settings: dict[str, Any], folder: RunFolder) -> None:
    """Go on with the run that the journal holds, or note the settings of a new one.

    One in which no article is done yet takes other settings.

    Raises:
        UserError: it holds one with other settings.
    """
    wanted = {"format": FORMAT, **settings}
    known = journal.fact("settings")
    if known is None or (known["format"] == FORMAT and not journal.is_begun()):
        journal.state("settings", wanted)
        return
    changed = [
        f"{name} {known.get(name)!r} -> {wanted.get(name)!r}"
        for name in sorted(known.keys() | wanted.keys())
        if known.get(name) != wanted.get(name)
    ]
    if changed:
        raise UserError(
            f"{folder.path}: holds an unfinished run with other settings ({'; '.join(changed)}); "
            "name another folder, or use --on-existing overwrite"
        )

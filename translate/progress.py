"""What a long job says of its way, to whoever listens: stages, steps, articles."""

import time
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Article:
    """What became of an article.

    Attributes:
        path: its address in the input.
        sentences: translated now.
        words: of these, Indonesian.
        failure: why it could not be used, or empty.
        before: whether an earlier run had done it.
    """

    path: str
    sentences: int = 0
    words: int = 0
    failure: str = ""
    before: bool = False


class Remembered(Protocol):
    """How often a translation memory was asked, and how often it knew."""

    asked: int
    hits: int


class Progress(Protocol):
    """What a long job tells of its way."""

    def begin(self, stage: str, total: int | None) -> None:
        """A stage of `total` steps (None: nobody knows) begins; the one before has ended."""
        ...

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the stage are done."""
        ...

    def article(self, article: Article) -> None:
        """An article is done, which is a step of the stage."""
        ...

    def watch(self, memory: Remembered) -> None:
        """The memory that the job asks."""
        ...


class Silence:
    """Tells nothing."""

    def begin(self, stage: str, total: int | None) -> None:
        """Tell nothing."""

    def advance(self, steps: int = 1) -> None:
        """Tell nothing."""

    def article(self, article: Article) -> None:
        """Tell nothing."""

    def watch(self, memory: Remembered) -> None:
        """Tell nothing."""


@dataclass(slots=True)
class Stage:
    """How far a stage of the job is.

    Attributes:
        name: of the stage.
        total: its steps, or None.
        started: reading of the monotonic clock.
        done: steps done.
        resumed: of these, those that an earlier run had done.
        sentences: translated.
        words: of these, Indonesian.
    """

    name: str
    total: int | None
    started: float
    done: int = 0
    resumed: int = 0
    sentences: int = 0
    words: int = 0

    def count(self, article: Article) -> None:
        """Take an article into account."""
        self.done += 1
        self.resumed += article.before
        self.sentences += article.sentences
        self.words += article.words

    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self.started

    def words_per_second(self) -> float:
        """Mean since it began."""
        return self.words / max(self.seconds(), 1e-9)

    def eta_seconds(self) -> float | None:
        """Until it ends at the mean speed of the steps that were work; None if nobody knows."""
        worked = self.done - self.resumed
        if self.total is None or not worked:
            return None
        return max(0, self.total - self.done) * self.seconds() / worked

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


@dataclass(frozen=True, slots=True)
class Portion:
    """Some of the work: steps, sentences and Indonesian words; parts of them where it is begun."""

    steps: float = 0.0
    sentences: float = 0.0
    words: float = 0.0

    def __add__(self, other: "Portion") -> "Portion":
        """Both together."""
        return Portion(
            self.steps + other.steps, self.sentences + other.sentences, self.words + other.words
        )

    def times(self, share: float) -> "Portion":
        """A share of it."""
        return Portion(self.steps * share, self.sentences * share, self.words * share)


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

    def under_way(self, portion: Portion) -> None:
        """So much more (less, if it is negative) is translated of articles not yet done.

        Any thread may tell.
        """
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

    def under_way(self, portion: Portion) -> None:
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
        ahead: what is translated of articles that are not done.
        furthest: the most that was ever done and ahead.
    """

    name: str
    total: int | None
    started: float
    done: int = 0
    resumed: int = 0
    sentences: int = 0
    words: int = 0
    ahead: Portion = Portion()
    furthest: Portion = Portion()

    def count(self, article: Article) -> None:
        """Take an article into account."""
        self.done += 1
        self.resumed += article.before
        self.sentences += article.sentences
        self.words += article.words

    def so_far(self) -> Portion:
        """All that is done, of articles not yet done, too; it never goes back."""
        now = Portion(self.done, self.sentences, self.words) + self.ahead
        self.furthest = Portion(
            max(now.steps, self.furthest.steps),
            max(now.sentences, self.furthest.sentences),
            max(now.words, self.furthest.words),
        )
        return self.furthest

    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self.started

    def words_per_second(self) -> float:
        """Mean since it began."""
        return self.so_far().words / max(self.seconds(), 1e-9)

    def eta_seconds(self) -> float | None:
        """Until it ends at the mean speed of the steps that were work; None if nobody knows."""
        steps = self.so_far().steps
        worked = steps - self.resumed
        if self.total is None or worked <= 0:
            return None
        return max(0.0, self.total - steps) * self.seconds() / worked

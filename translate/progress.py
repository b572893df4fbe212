"""Progress on a terminal, and silence anywhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """What a long job tells of its way."""

    def begin(self, stage: str, total: int | None) -> None:
        """A stage of `total` steps (None: nobody knows) begins; the one before has ended."""
        ...

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the stage are done."""
        ...


class Silence:
    """Tells nothing."""

    def begin(self, stage: str, total: int | None) -> None:
        """Tell nothing."""

    def advance(self, steps: int = 1) -> None:
        """Tell nothing."""


class Bars:
    """One bar a stage on standard error."""

    def __init__(self, bars: object) -> None:
        """Draw into a `rich.progress.Progress`."""
        from rich.progress import Progress as RichProgress

        assert isinstance(bars, RichProgress)
        self.bars = bars

    def begin(self, stage: str, total: int | None) -> None:
        """Begin the bar of a stage."""
        self.current = self.bars.add_task(stage, total=total)

    def advance(self, steps: int = 1) -> None:
        """Move the bar of the stage."""
        self.bars.advance(self.current, steps)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Bars on standard error if that is a terminal and the user has not asked for quiet."""
    if quiet or not sys.stderr.isatty():
        yield Silence()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=Console(stderr=True)) as bars:
        yield Bars(bars)

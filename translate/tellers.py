"""Who tells of a long job: bars on a terminal, events for machines, silence anywhere else.

Events are objects of JSON, one a line, each with its name in `event`:

- `begin`: a `stage` begins with so many steps in `total` (null: nobody knows).
- `article`: `path`, `sentences`, `words`, `failure` (empty: none), `before` (it was done before).
- `progress`, once a second: `stage`, `done`, `total`, `seconds`, `sentences`, `words`,
  `words_per_second`, `eta_seconds`, `memory_asked`, `memory_hits`, `host_bytes`, `gpu_percent`,
  `gpu_bytes` (the last two null without a GPU).
- `warning`: `message`.
- `end`: the summary. An error ends the events without it, and is a line on standard error.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import RLock
from typing import Any

from translate.gauges import usage
from translate.progress import Article, Progress, Remembered, Silence, Stage

EVERY_SECONDS = 1.0


class Teller:
    """Keeps count of a job and tells of it now and then; what telling is, its kinds say."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.stage = Stage("", None, time.monotonic())
        self.memory: Remembered | None = None
        self.told = 0.0
        self.lock = RLock()  # the thread that reads tells of what cannot be read

    def begin(self, stage: str, total: int | None) -> None:
        """Begin to count anew."""
        self.stage = Stage(stage, total, time.monotonic())

    def advance(self, steps: int = 1) -> None:
        """Count steps."""
        self.stage.done += steps
        self.now_and_then()

    def article(self, article: Article) -> None:
        """Count an article."""
        with self.lock:
            self.stage.count(article)
            self.now_and_then()

    def watch(self, memory: Remembered) -> None:
        """Tell of the memory, too."""
        self.memory = memory

    def now_and_then(self) -> None:
        """Tell, if it is a second since."""
        if time.monotonic() - self.told >= EVERY_SECONDS:
            self.told = time.monotonic()
            self.tell()

    def tell(self) -> None:
        """Say how far the stage is."""
        raise NotImplementedError


class Events(Teller):
    """Objects of JSON, one a line."""

    def __init__(self, write: Callable[[str], object]) -> None:
        """Write lines with a function."""
        super().__init__()
        self.write = write

    def emit(self, event: str, fields: dict[str, Any]) -> None:
        """Write an event."""
        with self.lock:
            self.write(json.dumps({"event": event, **fields}, ensure_ascii=False))

    def begin(self, stage: str, total: int | None) -> None:
        """Begin to count anew."""
        super().begin(stage, total)
        self.emit("begin", {"stage": stage, "total": total})

    def article(self, article: Article) -> None:
        """Tell of the article."""
        self.emit("article", asdict(article))
        super().article(article)

    def tell(self) -> None:
        """Write how far the stage is."""
        stage, memory = self.stage, self.memory
        eta = stage.eta_seconds()
        fields = {
            "stage": stage.name,
            "done": stage.done,
            "total": stage.total,
            "seconds": round(stage.seconds(), 3),
            "sentences": stage.sentences,
            "words": stage.words,
            "words_per_second": round(stage.words_per_second(), 1),
            "eta_seconds": None if eta is None else round(eta, 1),
            "memory_asked": memory.asked if memory else 0,
            "memory_hits": memory.hits if memory else 0,
            **asdict(usage()),
        }
        self.emit("progress", fields)


class Bars(Teller):
    """One bar a stage on standard error, and behind it what the job does and uses."""

    def __init__(self, bars: Any) -> None:
        """Draw into a `rich.progress.Progress` that shows the field `doing`."""
        super().__init__()
        self.bars = bars

    def begin(self, stage: str, total: int | None) -> None:
        """Begin the bar of a stage."""
        super().begin(stage, total)
        self.current = self.bars.add_task(stage, total=total, doing="")

    def advance(self, steps: int = 1) -> None:
        """Move the bar of the stage."""
        super().advance(steps)
        self.bars.update(self.current, completed=self.stage.done)

    def article(self, article: Article) -> None:
        """Move the bar of the stage."""
        super().article(article)
        self.bars.update(self.current, completed=self.stage.done)

    def tell(self) -> None:
        """Show what the job does and uses."""
        self.bars.update(self.current, doing=doing(self.stage, self.memory))


def doing(stage: Stage, memory: Remembered | None) -> str:
    """What stands behind a bar.

    >>> doing(Stage("align", 3, 0.0), None).split(" · ")[0].endswith("MB")
    True
    """
    parts = []
    if stage.words:
        parts = [f"{stage.sentences:,} sentences", f"{stage.words_per_second():,.0f} words/s"]
    if memory and memory.asked:
        parts.append(f"{100 * memory.hits / memory.asked:.0f} % from memory")
    used = usage()
    parts.append(f"{used.host_bytes / 1e6:,.0f} MB")
    if used.gpu_percent is not None:
        parts.append(f"GPU {used.gpu_percent} %, {(used.gpu_bytes or 0) / 1e9:.1f} GB")
    return " · ".join(parts)


@contextmanager
def progress(*, quiet: bool, events: Callable[[str], object] | None = None) -> Iterator[Progress]:
    """Bars on standard error if that is a terminal and the user has not asked for quiet.

    Args:
        quiet: tell nothing but warnings.
        events: writes a line for a machine, in place of bars.
    """
    if events and not quiet:
        teller = Events(events)
        with warnings_to(lambda message: teller.emit("warning", {"message": message})):
            yield teller
        return
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
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[doing]}"),
    )
    with RichProgress(*columns, console=Console(stderr=True)) as bars:
        yield Bars(bars)


class Warnings(logging.Handler):
    """Log records of warnings, given to a function one line each."""

    def __init__(self, say: Callable[[str], object]) -> None:
        """Listen to warnings and what is worse."""
        super().__init__(logging.WARNING)
        self.say = say

    def emit(self, record: logging.LogRecord) -> None:
        """Pass a warning on."""
        self.say(record.getMessage())


@contextmanager
def warnings_to(say: Callable[[str], object]) -> Iterator[None]:
    """Give the warnings of our packages to a function while the block lasts."""
    handler = Warnings(say)
    loggers = [logging.getLogger(name) for name in ("corpora", "translate", "eval")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)

"""Who tells of a long job: bars on a terminal, events for machines, silence anywhere else.

Events are objects of JSON, one a line, each with its name in `event`:

- `begin`: a `stage` begins with so many steps in `total` (null: nobody knows).
- `article`: `path`, `sentences`, `words`, `failure` (empty: none), `before` (it was done before).
- `progress`, once a second and at the end of a stage: `stage`, `done`, `total`, `seconds`,
  `sentences` and `words` (of articles not yet done, too), `words_per_second`, `eta_seconds`,
  `memory_asked`, `memory_hits`, `host_bytes`, `gpu_percent`, `gpu_bytes` (the last two null
  without a GPU).
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
from threading import Event, RLock, Thread
from typing import Any

from translate.gauges import usage
from translate.progress import Article, Portion, Progress, Remembered, Silence, Stage

EVERY_SECONDS = 1.0


class Teller:
    """Keeps count of a job and tells of it now and then; what telling is, its kinds say."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.stage = Stage("", None, time.monotonic())
        self.memory: Remembered | None = None
        self.told = 0.0
        self.lock = RLock()  # threads that read and decode tell of it, too

    def begin(self, stage: str, total: int | None) -> None:
        """Begin to count anew, after a last look at the stage before."""
        with self.lock:
            self.last()
            self.stage = Stage(stage, total, time.monotonic())

    def advance(self, steps: int = 1) -> None:
        """Count steps."""
        with self.lock:
            self.stage.done += steps
            self.now_and_then()

    def article(self, article: Article) -> None:
        """Count an article."""
        with self.lock:
            self.stage.count(article)
            self.now_and_then()

    def under_way(self, portion: Portion) -> None:
        """Count what is translated of articles not yet done."""
        with self.lock:
            self.stage.ahead += portion

    def watch(self, memory: Remembered) -> None:
        """Tell of the memory, too."""
        self.memory = memory

    def now_and_then(self) -> None:
        """Tell, if it is a second since."""
        with self.lock:
            if self.stage.name and time.monotonic() - self.told >= EVERY_SECONDS:
                self.told = time.monotonic()
                self.tell()

    def last(self) -> None:
        """Tell how the stage ends, if there is one."""
        if self.stage.name:
            self.tell()

    def tell(self) -> None:
        """Say how far the stage is."""
        raise NotImplementedError


@contextmanager
def ticking(teller: Teller) -> Iterator[None]:
    """Tell every second while the block lasts, whatever the job waits for, and when it is done."""
    over = Event()

    def tick() -> None:
        while not over.wait(EVERY_SECONDS):
            try:
                teller.now_and_then()
            except (OSError, ValueError):  # nobody listens any more: the job will notice, too
                return

    thread = Thread(target=tick, name="progress", daemon=True)
    thread.start()
    try:
        yield
        teller.last()
    finally:
        over.set()
        thread.join()


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
        with self.lock:
            super().begin(stage, total)
            self.emit("begin", {"stage": stage, "total": total})

    def article(self, article: Article) -> None:
        """Tell of the article."""
        self.emit("article", asdict(article))
        super().article(article)

    def tell(self) -> None:
        """Write how far the stage is."""
        stage, memory = self.stage, self.memory
        eta, so_far = stage.eta_seconds(), stage.so_far()
        fields = {
            "stage": stage.name,
            "done": stage.done,
            "total": stage.total,
            "seconds": round(stage.seconds(), 3),
            "sentences": int(so_far.sentences),
            "words": int(so_far.words),
            "words_per_second": round(stage.words_per_second(), 1),
            "eta_seconds": None if eta is None else round(eta, 1),
            "memory_asked": memory.asked if memory else 0,
            "memory_hits": memory.hits if memory else 0,
            **asdict(usage()),
        }
        self.emit("progress", fields)


@contextmanager
def progress(*, quiet: bool, events: Callable[[str], object] | None = None) -> Iterator[Progress]:
    """Bars on standard error if that is a terminal and the user has not asked for quiet.

    Args:
        quiet: tell nothing but warnings.
        events: writes a line for a machine, in place of bars.
    """
    if events and not quiet:
        teller = Events(events)
        with (
            warnings_to(lambda message: teller.emit("warning", {"message": message})),
            ticking(teller),
        ):
            yield teller
        return
    if quiet or not sys.stderr.isatty():
        yield Silence()
        return
    from rich.console import Console

    from translate.bars import bars_on

    with bars_on(Console(stderr=True)) as drawn, ticking(drawn):
        yield drawn


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
    """Give the warnings of our packages to a function while the block lasts, and to no other."""
    handler = Warnings(say)
    loggers = [logging.getLogger(name) for name in ("corpora", "translate", "eval")]
    before = {
        logger: [each for each in logger.handlers if isinstance(each, Warnings)]
        for logger in loggers
    }
    for logger in loggers:
        for other in before[logger]:
            logger.removeHandler(other)
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
            for other in before[logger]:
                logger.addHandler(other)

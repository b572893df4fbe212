"""The pulse of a process that translates: whether anything was decoded or read lately."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LAST = [time.monotonic()]
HEARERS = threading.local()


def beat(count: int = 0) -> None:
    """Say that something was done, so many sentences of it decoded; cheap, any thread may."""
    LAST[0] = time.monotonic()
    told: Callable[[int], object] | None = getattr(HEARERS, "told", None)
    if told and count:
        told(count)


@contextmanager
def heard_by(told: Callable[[int], object]) -> Iterator[None]:
    """While the block lasts, tell a function how many sentences this thread decodes, as it does."""
    HEARERS.told = told
    try:
        yield
    finally:
        HEARERS.told = None


def last_beat() -> float:
    """Reading of the monotonic clock when something was last done."""
    return LAST[0]

"""Items made by a thread of their own, some ahead of who wants them."""

from collections.abc import Callable, Generator, Iterable
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeVar

Item = TypeVar("Item")
Arrived = tuple[Item | None, BaseException | None]
POLL_SECONDS = 0.1


def arriving(
    items: Iterable[Item | None], most: int, moment: float = POLL_SECONDS
) -> Generator[Item | None, None, None]:
    """The same items, at most so many made before they are wanted; None when none came of late.

    An error of the thread is raised here; when the reader of the items stops, so does the thread,
    which is not waited for if it waits for others itself.

    Args:
        items: None among them are left out.
        most: that wait.
        moment: seconds without an item after which None is given.
    """
    queue: Queue[Arrived[Item]] = Queue(most)
    stopped = Event()
    thread = Thread(target=pour, args=(items, queue, stopped), name="ahead", daemon=True)
    thread.start()
    try:
        while True:
            item, error = taken(queue, thread.is_alive, moment)
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield item
    finally:
        stopped.set()
        thread.join(timeout=2 * POLL_SECONDS)


def taken(
    queue: "Queue[Arrived[Item]]", alive: Callable[[], bool], moment: float
) -> "Arrived[Item]":
    """The next of a queue; nothing if it does not come in a moment."""
    lives = alive()
    try:
        return queue.get(timeout=moment)
    except Empty:
        return None, None if lives else RuntimeError("the reading thread ended without a word")


def pour(items: Iterable[Item | None], queue: "Queue[Arrived[Item]]", stopped: Event) -> None:
    """Put items into a queue until they end, one fails, or nobody wants more."""

    def put(item: Item | None, error: BaseException | None) -> None:
        while not stopped.is_set():
            try:
                queue.put((item, error), timeout=POLL_SECONDS)
                return
            except Full:
                continue

    try:
        for item in items:
            if item is not None:
                put(item, None)
            if stopped.is_set():
                return
    except BaseException as error:
        put(None, error)
    else:
        put(None, StopIteration())

"""Threads that keep the decoder busy: some sentences are prepared or stored while others decode.

What decodes lets go of Python's lock, so a few threads are enough, each with a chunk of sentences,
and neither the decoder nor Python waits for the other.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeVar

from translate.translator import Translation, Translator
from translate.tuning import tuned

Item = TypeVar("Item")
CHARACTERS = 3.5  # of a token of Indonesian, to cut chunks before anything is tokenised
BATCHES = 4.0  # in a chunk, at least: with few of them the decoder waits at the end of each
CHUNK_TOKENS = 8192.0  # in a chunk, at least: enough to have many of one length
POLL_SECONDS = 0.1
WINDOW = 2048  # sentences, that lengths repeat: batches are then full and nothing is padded
FIRST_WINDOW = 512  # the decoder need not wait until thousands are read; fewer make small batches
AHEAD = 2  # windows that are translated while one is recorded


class Lanes:
    """A translator in several threads; see `lanes_of`."""

    def __init__(
        self, translator: Translator, first: ThreadPoolExecutor, second: ThreadPoolExecutor
    ) -> None:
        """Use threads that the caller ends: some for first looks, one for second looks."""
        self.translator = translator
        self.first = first
        self.second = second

    def begin(self, texts: Sequence[str]) -> Future[list[Translation]]:
        """Begin to translate; what is long goes first, so that the last to end is short.

        The suspects of all chunks are decoded again together: there are few of them in a chunk,
        and small batches are slow.
        """
        translator = self.translator
        most = max(translator.decoding.batch_tokens * BATCHES, CHUNK_TOKENS) * CHARACTERS
        looks = [self.first.submit(translator.first_look, chunk) for chunk in chunks(texts, most)]

        def rest() -> list[Translation]:
            return translator.second_look([look.result() for look in looks], texts)

        return self.second.submit(rest)


@contextmanager
def lanes_of(translator: Translator) -> Iterator[Lanes]:
    """Lanes for a translator; when the block ends early, what has not begun is not begun."""
    first = ThreadPoolExecutor(translator.engine.lanes, thread_name_prefix="lane")
    second = ThreadPoolExecutor(1, thread_name_prefix="second-look")
    try:
        yield Lanes(translator, first, second)
    finally:
        first.shutdown(wait=True, cancel_futures=True)
        second.shutdown(wait=True, cancel_futures=True)


def chunks(texts: Sequence[str], most_characters: float) -> list[list[str]]:
    """Distinct texts of like length in groups of about so many characters, longest first.

    >>> chunks(["aaa", "b", "cc", "b"], 3)
    [['aaa'], ['cc', 'b']]
    """
    groups: list[list[str]] = []
    room = 0.0
    for text in sorted(dict.fromkeys(texts), key=lambda text: -len(text)):
        if not groups or len(text) > room:
            groups.append([])
            room = most_characters
        groups[-1].append(text)
        room -= len(text)
    return groups


def windows(
    items: Iterable[Item], size: Callable[[Item], int], largest: int
) -> Iterator[list[Item]]:
    """Items in groups of so many sentences; the first groups are small.

    >>> list(windows("abcd", lambda each: 0, 3))
    [['a', 'b', 'c'], ['d']]
    """
    most = min(FIRST_WINDOW, largest)
    window: list[Item] = []
    room = most
    for item in items:
        window.append(item)
        room -= 1 + size(item)  # 1: what has no sentence takes memory, too
        if room <= 0:
            yield window
            most = min(4 * most, largest)
            window, room = [], most
    if window:
        yield window


def largest_window(translator: Translator, window: int) -> int:
    """Sentences of a window: more than `window` where batches are large."""
    return window * max(1, translator.decoding.batch_tokens // 4096)


def in_order(
    windows: Iterable[Item],
    texts: Callable[[Item], list[str]],
    translator: Translator,
    *,
    tune: bool = False,
) -> Iterator[tuple[Item, list[Translation]]]:
    """Each window with the English of its sentences, in order.

    Windows are made, translated and dealt with by the caller at the same time.

    Args:
        windows: of what there is to translate.
        texts: gives the sentences of a window.
        translator: the model.
        tune: whether to measure which size of batch is fastest, once a window is large enough.
    """
    waiting: deque[tuple[Item, Future[list[Translation]]]] = deque()

    def next_done() -> tuple[Item, list[Translation]]:
        window, pending = waiting.popleft()
        return window, pending.result()

    with lanes_of(translator) as lanes:
        for window in ahead(windows, 1):
            sentences = texts(window)
            if tune and len(sentences) >= WINDOW // 2:
                while waiting:  # else they would take the decoder from what is measured
                    yield next_done()
                lanes.translator, tune = tuned(translator, sentences), False
            waiting.append((window, lanes.begin(sentences)))
            while len(waiting) > AHEAD or (waiting and waiting[0][1].done()):
                yield next_done()
        while waiting:
            yield next_done()


def ahead(items: Iterable[Item], most: int) -> Generator[Item, None, None]:
    """The same items, made by a thread of their own, at most so many before they are wanted.

    An error of the thread is raised here; when the reader of the items stops, so does the thread.
    """
    queue: Queue[tuple[Item | None, BaseException | None]] = Queue(most)
    stopped = Event()
    thread = Thread(target=pour, args=(items, queue, stopped), name="ahead", daemon=True)
    thread.start()
    try:
        while True:
            item, error = taken(queue, thread.is_alive)
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield item  # type: ignore[misc]  # None only with an error, or where Item has it
    finally:
        stopped.set()
        thread.join()


def taken(
    queue: "Queue[tuple[Item | None, BaseException | None]]", alive: Callable[[], bool]
) -> tuple[Item | None, BaseException | None]:
    """The next of a queue; waits in short steps, so that Ctrl-C is heard on every system."""
    while True:
        lives = alive()
        try:
            return queue.get(timeout=POLL_SECONDS)
        except Empty:
            if not lives:
                return None, RuntimeError("the reading thread ended without a word")


def pour(
    items: Iterable[Item],
    queue: "Queue[tuple[Item | None, BaseException | None]]",
    stopped: Event,
) -> None:
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
            put(item, None)
            if stopped.is_set():
                return
    except BaseException as error:
        put(None, error)
    else:
        put(None, StopIteration())

"""Threads that keep the decoder busy: some sentences are prepared or stored while others decode.

What decodes lets go of Python's lock, so a few threads are enough, each with a chunk of sentences,
and neither the decoder nor Python waits for the other.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from translate.arrivals import arriving
from translate.progress import Portion, Progress, Silence
from translate.pulse import heard_by
from translate.translator import Look, Translation, Translator
from translate.tuning import tuned

Item = TypeVar("Item")
CHARACTERS = 3.5  # of a token of Indonesian, to cut chunks before anything is tokenised
BATCHES = 4.0  # in a chunk, at least: with few of them the decoder waits at the end of each
CHUNK_TOKENS = 8192.0  # in a chunk, at least: enough to have many of one length
WINDOW = 1024  # sentences, that lengths repeat and batches are full; more would fill the memory
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

    def begin(
        self, texts: Sequence[str], told: Callable[[float], object] = lambda _share: None
    ) -> Future[list[Translation]]:
        """Begin to translate; what is long goes first, so that the last to end is short.

        The suspects of all chunks are decoded again together: there are few of them in a chunk,
        and small batches are slow.

        Args:
            texts: sentences.
            told: is called, by several threads, with the further share of them that was decoded.
        """
        translator = self.translator
        most = max(translator.decoding.batch_tokens * BATCHES, CHUNK_TOKENS) * CHARACTERS
        cut = chunks(texts, most)
        whole = sum(len(text) for chunk in cut for text in chunk) or 1

        def look_at(chunk: list[str]) -> Look:
            part = Part(len(chunk), sum(map(len, chunk)) / whole, told)
            with heard_by(part.decoded):
                look = translator.first_look(chunk)
            part.ended()
            return look

        looks = [self.first.submit(look_at, chunk) for chunk in cut]

        def rest() -> list[Translation]:
            return translator.second_look([look.result() for look in looks], texts)

        return self.second.submit(rest)


@dataclass(slots=True)
class Part:
    """A chunk on its way.

    Attributes:
        sentences: of it.
        share: of all.
        told: hears of the further share of all that was decoded.
        done: share of the chunk that was told of.
    """

    sentences: int
    share: float
    told: Callable[[float], object]
    done: float = 0.0

    def decoded(self, count: int) -> None:
        """So many more sentences, or parts of long ones, are decoded."""
        self.reach(min(1.0, self.done + count / self.sentences))

    def ended(self) -> None:
        """All are; some may have been known before."""
        self.reach(1.0)

    def reach(self, done: float) -> None:
        """Tell of what is new."""
        if done > self.done:
            self.told((done - self.done) * self.share)
        self.done = done


@contextmanager
def lanes_of(translator: Translator) -> Iterator[Lanes]:
    """Lanes for a translator.

    When the block ends early, be it by an error, an interruption or a reader who wants no more,
    nothing more is decoded; what was is in the memory.
    """
    first = ThreadPoolExecutor(translator.engine.lanes, thread_name_prefix="lane")
    second = ThreadPoolExecutor(1, thread_name_prefix="second-look")
    stopped = translator.engine.stopped
    try:
        yield Lanes(translator, first, second)
    except BaseException:
        stopped.set()
        raise
    finally:
        first.shutdown(wait=True, cancel_futures=True)
        second.shutdown(wait=True, cancel_futures=True)
        stopped.clear()


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
    items: Iterable[Item],
    size: Callable[[Item], int],
    largest: int,
    first: int = FIRST_WINDOW,
) -> Iterator[list[Item]]:
    """Items in groups of so many sentences; the first groups are small.

    >>> list(windows("abcd", lambda each: 0, 3))
    [['a', 'b', 'c'], ['d']]
    """
    most = min(first, largest)
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
    return window * max(1, translator.decoding.batch_tokens // 2048)


@dataclass(slots=True)
class UnderWay:
    """A window that is being translated.

    Attributes:
        whole: all of its work.
        progress: told of what is done of it.
        share: that is done.
        lock: several threads decode.
    """

    whole: Portion
    progress: Progress
    share: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def more(self, share: float) -> None:
        """A further share is decoded."""
        with self.lock:
            self.share += share
        self.progress.under_way(self.whole.times(share))

    def over(self) -> None:
        """Its articles are told of one by one from now on."""
        self.progress.under_way(self.whole.times(-self.share))


def in_order(
    windows: Iterable[Sequence[Item] | None],
    texts: Callable[[Sequence[Item]], list[str]],
    translator: Translator,
    *,
    tune: bool = False,
    progress: Progress | None = None,
) -> Generator[tuple[Sequence[Item], list[Translation]], None, None]:
    """Each window with the English of its sentences, in order, as soon as it is there.

    Windows are made, translated and dealt with by the caller at the same time.

    Args:
        windows: of what there is to translate; None among them are left out.
        texts: gives the sentences of a window.
        translator: the model.
        tune: whether to measure which size of batch is fastest, once a window is large enough.
        progress: told of what is decoded before its window is done.
    """
    waiting: deque[tuple[Sequence[Item], UnderWay, Future[list[Translation]]]] = deque()
    progress = progress or Silence()

    def next_done() -> tuple[Sequence[Item], list[Translation]]:
        window, under_way, pending = waiting.popleft()
        english = pending.result()
        under_way.over()
        return window, english

    with lanes_of(translator) as lanes, closing(arriving(windows, 1)) as coming:
        failed = None
        while failed is None:
            try:
                window = next(coming)
            except StopIteration:
                break
            except Exception as error:  # what was read before it is not lost
                failed = error
                continue
            if window is not None:
                sentences = texts(window)
                if tune and len(sentences) >= WINDOW // 2:
                    while waiting:  # else they would take the decoder from what is measured
                        yield next_done()
                    lanes.translator, tune = tuned(translator, sentences), False
                words = sum(len(sentence.split()) for sentence in sentences)
                under_way = UnderWay(Portion(len(window), len(sentences), words), progress)
                waiting.append((window, under_way, lanes.begin(sentences, under_way.more)))
            while len(waiting) > AHEAD or (waiting and waiting[0][2].done()):
                yield next_done()
        while waiting:
            yield next_done()
        if failed is not None:
            raise failed

"""Batches under way: a few are handed to a decoder that goes on by itself, and awaited in turn.

So many are under way at once, of all threads together, that the decoder is never idle, and so few
that what is stopped ends soon.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore, Event
from typing import Any

from translate.engine import Decoded, Stopped
from translate.pulse import beat

FIRST_WAIT, LONGEST_WAIT = 0.001, 0.02  # seconds between two looks at a batch; they grow
Group = Sequence[int]  # positions of the sources of a batch


@dataclass(frozen=True, slots=True)
class Flight:
    """What hands batches to a decoder.

    Attributes:
        slots: one for each batch that may be under way.
        stopped: is set when nothing more shall be decoded.
    """

    slots: BoundedSemaphore
    stopped: Event

    def decoded(
        self,
        groups: Sequence[Group],
        begin: Callable[[Group], Sequence[Any]],
        end: Callable[[Group, Sequence[Any]], Sequence[Decoded]],
    ) -> dict[int, Decoded]:
        """What becomes of each position.

        Args:
            groups: batches, in order.
            begin: hands a batch to the decoder; gives futures that know whether they are `done`.
            end: gives the results of a batch that is done.

        Raises:
            Stopped: with what was decoded until then.
        """
        found: dict[int, Decoded] = {}
        waiting = deque(groups)
        under_way: deque[tuple[Group, Sequence[Any]]] = deque()

        def take() -> None:
            group, futures = under_way[0]
            found.update(zip(group, end(group, futures), strict=True))
            under_way.popleft()
            self.slots.release()
            beat(len(group))

        try:
            while waiting or under_way:
                if waiting and self.slots.acquire(timeout=0 if under_way else LONGEST_WAIT):
                    under_way.append((waiting[0], ()))  # its slot is given back if it fails
                    under_way[-1] = (waiting[0], begin(waiting.popleft()))
                elif under_way and self.awaited(under_way[0][1]):
                    take()
                if self.stopped.is_set():
                    while under_way and all(future.done() for future in under_way[0][1]):
                        take()
                    raise Stopped(found)
        finally:
            for _ in under_way:
                self.slots.release()
        return found

    def awaited(self, futures: Sequence[Any]) -> bool:
        """Wait until a batch is done (true) or nothing more is wanted (false)."""
        wait = FIRST_WAIT
        for future in futures:
            while not future.done():
                if self.stopped.wait(wait):
                    return False
                wait = min(2 * wait, LONGEST_WAIT)
        return True

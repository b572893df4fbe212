"""How fast a job went on its way: words a second, from the moments at which words were recorded."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_POINTS = 60
MOMENT_SECONDS = 0.1  # what is recorded this close together was translated together


@dataclass(slots=True)
class Pace:
    """Words and when they were recorded.

    Attributes:
        clock: in seconds.
        began: when the clock was first looked at.
        moments: seconds since then and words recorded, in order.
    """

    clock: Callable[[], float] = time.monotonic
    began: float = -1.0
    moments: list[tuple[float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin now."""
        self.began = self.clock()

    def note(self, words: int) -> None:
        """Note that words were recorded just now; none are no news."""
        if not words:
            return
        now = self.clock() - self.began
        if self.moments and now - self.moments[-1][0] < MOMENT_SECONDS:
            at, before = self.moments[-1]
            self.moments[-1] = (at, before + words)
        else:
            self.moments.append((now, words))

    def series(self) -> tuple[tuple[float, float], ...]:
        """Seconds since the start and the words a second until then, of at most 60 stretches.

        Words were translated between the moment before and that at which they were recorded.
        """
        least = self.moments[-1][0] / MOST_POINTS if self.moments else 0.0
        found, since, words = [], 0.0, 0
        for at, own in self.moments:
            words += own
            if at - since >= max(least, MOMENT_SECONDS) or at == self.moments[-1][0]:
                found.append((round(at, 1), round(words / max(at - since, MOMENT_SECONDS), 1)))
                since, words = at, 0
        return tuple(found)

"""Batches under way: how many at once, in which order, and what is left when they are stopped."""

from dataclasses import dataclass, field
from threading import BoundedSemaphore, Event, Thread

import pytest

from translate.engine import Decoded, Stopped
from translate.flight import Flight

GROUPS = [[0, 3], [1], [4, 2], [5], [6]]


@dataclass
class Decoder:
    """Does batches when it is asked to, one after the other."""

    most: int = 3
    stopped: Event = field(default_factory=Event)
    begun: list[list[int]] = field(default_factory=list)
    done: list[list[int]] = field(default_factory=list)
    at_once: int = 0
    stops_after: int = 99

    def __post_init__(self):
        self.flight = Flight(BoundedSemaphore(self.most), self.stopped)

    def begin(self, group):
        self.begun.append(list(group))
        self.at_once = max(self.at_once, len(self.begun) - len(self.done))
        return [self.Future(self, list(group))]

    @dataclass
    class Future:
        decoder: "Decoder"
        group: list[int]
        looks: int = 0

        def done(self):
            self.looks += 1
            if len(self.decoder.done) >= self.decoder.stops_after:
                self.decoder.stopped.set()
                return False
            return self.looks > 1

    def end(self, group, _futures):
        self.done.append(list(group))
        return [Decoded((str(position),), 0.0, False) for position in group]

    def decode(self, groups=GROUPS):
        return self.flight.decoded(groups, self.begin, self.end)


def free(flight, most):
    taken = [flight.slots.acquire(timeout=0) for _ in range(most)]
    for each in taken:
        if each:
            flight.slots.release()
    return sum(taken)


@pytest.mark.parametrize("most", [1, 2, 3, 9])
def test_all_are_decoded_and_never_too_many_at_once(most):
    decoder = Decoder(most)
    found = decoder.decode()
    assert {at: each.tokens for at, each in found.items()} == {n: (str(n),) for n in range(7)}
    assert decoder.at_once == min(most, len(GROUPS)) and decoder.done == GROUPS
    assert free(decoder.flight, most) == most


def test_threads_share_the_slots():
    decoder = Decoder(2)
    threads = [Thread(target=decoder.decode) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(decoder.done) == 4 * len(GROUPS) and decoder.at_once <= 2 + 1  # it counts late
    assert free(decoder.flight, 2) == 2


def test_when_stopped_what_is_done_is_given_and_nothing_more_is_begun():
    decoder = Decoder(2, stops_after=2)
    with pytest.raises(Stopped) as stopped:
        decoder.decode()
    assert sorted(stopped.value.found) == [0, 1, 3]
    assert len(decoder.begun) <= 4 and free(decoder.flight, 2) == 2
    decoder.stopped.clear()
    decoder.stops_after = 99
    assert len(decoder.decode()) == 7


@pytest.mark.parametrize("where", ["begin", "end"])
def test_an_error_gives_the_slots_back(where, monkeypatch):
    decoder = Decoder(2)

    def broken(*_):
        raise ValueError("broken")

    monkeypatch.setattr(decoder, where, broken)
    with pytest.raises(ValueError, match="broken"):
        decoder.decode()
    assert free(decoder.flight, 2) == 2

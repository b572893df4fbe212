"""Items that a thread makes ahead of who wants them."""

import threading
import time

import pytest

from translate.arrivals import arriving


def reading_threads():
    return [each for each in threading.enumerate() if each.name == "ahead"]


def test_all_come_in_order():
    assert [each for each in arriving(range(1000), 3) if each is not None] == list(range(1000))


def test_who_stops_early_stops_the_reading():
    made = []

    def items():
        for number in range(10_000):
            made.append(number)
            yield number

    for number in arriving(items(), 2):
        if number == 5:
            break
    assert len(made) < 20
    for _ in range(100):
        if not reading_threads():
            return
        time.sleep(0.01)
    pytest.fail("the reading thread goes on")


def test_reading_is_ahead_but_not_far():
    made = []

    def items():
        for number in range(100):
            made.append(number)
            yield number

    found = arriving(items(), 3)
    next(found)
    time.sleep(0.2)
    assert 2 <= len(made) <= 6
    found.close()


def test_nothing_comes_for_a_moment():
    more = threading.Event()

    def items():
        yield 1
        more.wait(10)
        yield 2

    found = arriving(items(), 1, moment=0.01)
    assert next(found) == 1
    assert next(found) is None
    more.set()
    assert next(each for each in found if each is not None) == 2


def test_a_reader_who_waits_for_others_is_not_waited_for():
    """Standard input that says nothing: an interruption must not hang on it."""
    never = threading.Event()

    def items():
        yield 1
        never.wait(30)

    found = arriving(items(), 1)
    assert next(found) == 1
    started = time.monotonic()
    found.close()
    assert time.monotonic() - started < 5
    never.set()

"""Threads that read ahead and translate: order, errors, and ends."""

import threading
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.engine import Decoding
from translate.lanes import ahead, chunks, in_order, windows
from translate.translator import Look, Translation

TEXTS = st.lists(st.text("abc ", max_size=12), max_size=40)


class Upper:
    """A translator that shouts, slowly for the long; it fails on request."""

    class engine:
        lanes = 3

    def __init__(self, batch_tokens=1):
        self.decoding = Decoding(batch_tokens=batch_tokens)
        self.threads = set()
        self.again = []

    def first_look(self, texts):
        self.threads.add(threading.current_thread().name)
        if "fail" in texts:
            raise ValueError("broken")
        time.sleep(0.001 * len(texts[0]))
        short = {text: Translation(text.upper(), 0.0, False) for text in texts if len(text) < 6}
        return Look(short, {text: None for text in texts if text not in short})

    def second_look(self, looks, texts):
        self.again.append(sum(len(look.suspects) for look in looks))
        if "fail again" in texts:
            raise ValueError("broken")
        done = {text: each for look in looks for text, each in look.done.items()}
        return [done.get(text) or Translation(text.upper(), 0.0, False) for text in texts]


def upper() -> Any:
    return Upper()


@given(TEXTS, st.integers(1, 100))
def test_chunks_hold_every_text_once(texts, most):
    found = chunks(texts, most)
    flat = [text for chunk in found for text in chunk]
    assert sorted(flat) == sorted(set(texts)) and flat == sorted(flat, key=len, reverse=True)
    assert all(len(chunk) == 1 or sum(map(len, chunk)) <= most for chunk in found if chunk[0])


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(1, 100))
def test_windows_join_to_the_items(sizes, largest):
    found = list(windows(sizes, lambda size: size, largest))
    assert [size for window in found for size in window] == sizes
    assert all(sum(window[:-1]) < largest for window in found)


@settings(max_examples=15, deadline=None)
@given(st.lists(TEXTS, max_size=8))
def test_the_order_is_restored(groups):
    found = list(in_order(groups, list, upper()))
    assert [window for window, _ in found] == groups
    assert [[each.text for each in english] for _, english in found] == [
        [text.upper() for text in group] for group in groups
    ]


def test_several_threads_translate():
    translator = upper()
    list(in_order([[f"{n} {m}" * 3 for m in range(20)] for n in range(20)], list, translator))
    assert len(translator.threads) > 1


def test_suspects_of_a_window_are_decoded_again_together():
    translator = upper()
    list(in_order([["short", "a longer one", "one more of those"]] * 2, list, translator))
    assert translator.again == [2, 2]


@pytest.mark.parametrize("where", ["reading", "translating", "translating again"])
def test_an_error_of_a_thread_is_the_one_error(where):
    def groups():
        yield ["a"]
        if where == "reading":
            raise ValueError("broken")
        yield ["fail"] if where == "translating" else ["fail again"]
        yield from (["a"] for _ in range(1000))

    before = threading.active_count()
    with pytest.raises(ValueError, match="broken"):
        list(in_order(groups(), list, upper()))
    assert threading.active_count() == before


def test_who_stops_early_stops_the_reading():
    made = []

    def items():
        for number in range(10_000):
            made.append(number)
            yield number

    before = threading.active_count()
    for number in ahead(items(), 2):
        if number == 5:
            break
    assert len(made) < 20
    for _ in range(100):
        if threading.active_count() == before:
            return
        time.sleep(0.01)
    pytest.fail("the reading thread goes on")


def test_reading_is_ahead_but_not_far():
    made = []

    def items():
        for number in range(100):
            made.append(number)
            yield number

    found = ahead(items(), 3)
    next(found)
    time.sleep(0.2)
    assert 2 <= len(made) <= 6
    found.close()

"""Threads that read ahead and translate: order, errors, and ends."""

import threading
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.engine import Decoding, Stopped
from translate.lanes import chunks, in_order, windows
from translate.progress import Portion, Silence
from translate.pulse import beat
from translate.translator import Look, Translation

TEXTS = st.lists(st.text("abc ", max_size=12), max_size=40)


class Upper:
    """A translator that shouts, slowly for the long; it fails on request."""

    class Engine:
        lanes = 3

        def __init__(self):
            self.stopped = threading.Event()

    def __init__(self, batch_tokens=1):
        self.engine = self.Engine()
        self.decoding = Decoding(batch_tokens=batch_tokens)
        self.threads = set()
        self.again = []

    def first_look(self, texts):
        self.threads.add(threading.current_thread().name)
        if "fail" in texts:
            raise ValueError("broken")
        if self.engine.stopped.wait(0.001 * len(texts[0])):
            raise Stopped({})
        beat(len(texts) // 2)
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


def test_what_was_read_before_the_reading_failed_is_translated():
    def groups():
        yield from (["a"], ["b"])
        raise ValueError("broken")

    found = []
    with pytest.raises(ValueError, match="broken"):
        for _, english in in_order(groups(), list, upper()):
            found.append(english[0].text)
    assert found == ["A", "B"]


def test_a_window_comes_though_the_next_is_not_there():
    """Somebody types: the answer to a line must not wait for the line after it."""
    answered = threading.Event()

    def groups():
        yield ["a"]
        assert answered.wait(10)
        yield ["b"]

    for _, english in in_order(groups(), list, upper()):
        assert english[0].text == "A" or answered.is_set()
        answered.set()


def test_who_stops_early_waits_for_nothing():
    """A second of work a window and many windows: the engine hears that it shall stop."""
    translator = upper()
    started = time.monotonic()
    for _ in in_order((["a"], *(["x" * 60_000] for _ in range(50))), list, translator):
        break
    assert time.monotonic() - started < 5
    assert not translator.engine.stopped.is_set()  # it can be used again


class Told(Silence):
    def __init__(self):
        self.lock, self.heard, self.total = threading.Lock(), [], Portion()

    def under_way(self, portion):
        with self.lock:
            self.heard.append(portion)
            self.total += portion


def test_what_is_decoded_is_told_before_its_window_is_done():
    progress = Told()
    texts = [f"{number} " + "word " * 9 for number in range(40)]
    ((_, english),) = in_order([texts], list, upper(), progress=progress)
    more = [each for each in progress.heard if each.sentences > 0]
    assert len(english) == 40 and len(more) >= 2
    assert sum(each.sentences for each in more) == pytest.approx(40)
    assert sum(each.words for each in more) == pytest.approx(400)
    assert progress.total.sentences == pytest.approx(0)  # taken back: its articles follow

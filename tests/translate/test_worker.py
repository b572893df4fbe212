"""What a worker tells: articles, what is under way, and that it lives as long as work is done."""

import io
import json
import sqlite3
import time
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any

import pytest

from corpora.errors import UserError
from translate import worker
from translate.memory import Counts
from translate.progress import Article, Portion
from translate.pulse import beat
from translate.worker import Telling, keep, packed, unpacked


@pytest.fixture
def telling():
    """Tells into a text; the articles whose names begin with `lagi` are of a piece begun before."""
    share: Any = SimpleNamespace(done=lambda path: path.startswith("lagi"))
    return Telling(share, Counts(5, 2), io.StringIO())


def told(telling):
    return [json.loads(line) for line in telling.out.getvalue().splitlines()]


def test_a_worker_that_does_nothing_gives_no_sign_of_life(telling, monkeypatch):
    """A driver that hangs leaves the other threads running: they alone are no sign."""
    monkeypatch.setattr(worker, "SIGN_SECONDS", 0.01)
    renewed: list[int] = []
    claims: Any = SimpleNamespace(renew=lambda: renewed.append(1))
    monkeypatch.setattr(worker, "LEASE_SECONDS", 0.0)
    stopped = Event()
    thread = Thread(target=keep, args=(claims, telling, stopped))
    thread.start()
    deadline = time.monotonic() + 30
    while not renewed and time.monotonic() < deadline:
        time.sleep(0.01)
    assert renewed and told(telling) == []
    beat()
    while not told(telling) and time.monotonic() < deadline:
        time.sleep(0.01)
    stopped.set()
    thread.join()
    assert told(telling) == [{"ahead": [0, 0, 0], "memory": [5, 2]}]


def test_leases_are_renewed_again_after_a_journal_that_was_busy(telling, monkeypatch):
    monkeypatch.setattr(worker, "SIGN_SECONDS", 0.01)
    monkeypatch.setattr(worker, "LEASE_SECONDS", 0.0)
    tries: list[int] = []

    def renew():
        tries.append(1)
        if len(tries) < 3:
            raise sqlite3.OperationalError("database is locked")

    stopped = Event()
    claims: Any = SimpleNamespace(renew=renew)
    thread = Thread(target=keep, args=(claims, telling, stopped))
    thread.start()
    deadline = time.monotonic() + 30
    while len(tries) < 4 and time.monotonic() < deadline:
        time.sleep(0.01)
    stopped.set()
    thread.join()
    assert len(tries) >= 4


def test_an_article_that_a_dead_worker_has_told_of_is_told_once(telling):
    before = Article("lagi.txt", before=True)
    for article in (before, Article("lagi-baru.txt"), Article("lama.txt", before=True)):
        telling.article(article)
    assert [each["article"]["path"] for each in told(telling)] == ["lagi-baru.txt", "lama.txt"]


def test_what_is_under_way_is_told_with_the_next_line(telling):
    telling.under_way(Portion(1, 10, 100))
    telling.under_way(Portion(0.5, 5, 50))
    telling.alive()
    telling.alive()
    assert [each["ahead"] for each in told(telling)] == [[1.5, 15, 150], [0, 0, 0]]


def test_an_error_leaves_the_process_as_it_is_or_by_its_words():
    class Local(Exception):
        """Nothing that another process knows."""

    assert type(unpacked(packed(OSError(28, "full", "a")))) is OSError
    (words,) = unpacked(packed(Local("words"))).args
    assert isinstance(unpacked(packed(Local("words"))), UserError) and words == "words"

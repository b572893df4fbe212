"""Pieces of the input claimed by several workers: each done once, none lost with a worker."""

import threading

import pytest

from corpora.reading import Failure, ReadingOptions, sources
from translate.claims import FILES, LEASE_SECONDS, MOST_TRIES, ROWS, Claims, Share


@pytest.fixture
def clock():
    class Clock:
        now = 1000.0

        def __call__(self):
            return self.now

    return Clock()


@pytest.fixture
def claims(tmp_path, clock):
    opened = []

    def make(worker):
        opened.append(Claims(tmp_path / "journal.sqlite", worker, clock))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def test_a_piece_is_claimed_once_until_its_lease_ends(claims, clock):
    one, other = claims("one"), claims("other")
    assert one.claim("a") and not other.claim("a") and not one.claim("a")
    clock.now += LEASE_SECONDS - 1
    one.renew()
    clock.now += LEASE_SECONDS - 1
    assert not other.claim("a") and other.others_open() == 1
    clock.now += 2
    assert other.free() == 1 and other.claim("a") and other.tries("a") == 2


def test_what_is_done_is_never_free_again(claims, clock):
    one, other = claims("one"), claims("other")
    one.claim("a")
    one.finish("a")
    clock.now += 2 * LEASE_SECONDS
    assert not other.claim("a") and other.free() == 0 and other.others_open() == 0
    other.begin()
    assert other.claim("a")


def test_a_dead_worker_is_released_at_once(claims):
    one, other = claims("one"), claims("other")
    one.claim("a")
    other.release("one")
    assert other.claim("a")


@pytest.fixture
def folder(tmp_path):
    """Files and a table, more than one piece of each."""
    articles = tmp_path / "in"
    articles.mkdir()
    for number in range(2 * FILES + 1):
        (articles / f"{number:02}.txt").write_text(f"Kalimat {number}.", "utf-8")
    rows = [f'{{"id": "r{number}", "isi": "Baris {number}."}}' for number in range(2 * ROWS + 3)]
    (articles / "tabel.jsonl").write_text("\n".join(rows), "utf-8")
    (articles / "kosong.txt").write_text("", "utf-8")
    return articles


EVERY = 2 * FILES + 1 + 2 * ROWS + 3 + 1


def share_out(share, folder, found, lock):
    for document in share.documents(sources(folder), ReadingOptions()):
        with lock:
            found.append(document.path)
        share.done(document.path)


def test_workers_share_all_of_the_input(claims, folder):
    found: list[str] = []
    lock = threading.Lock()
    shares = [Share(claims(f"worker-{number}")) for number in range(3)]
    threads = [
        threading.Thread(target=share_out, args=(share, folder, found, lock)) for share in shares
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found)) == EVERY
    assert not shares[0].more() and shares[0].claims.free() == 0


def test_another_worker_does_what_a_dead_one_left(claims, folder, clock):
    dead, heir = Share(claims("dead")), Share(claims("heir"))
    begun = dead.documents(sources(folder), ReadingOptions())
    held = [next(begun).path for _ in range(FILES + 1)]
    for path in held[:FILES]:
        dead.done(path)
    found: list[str] = []
    lock = threading.Lock()
    share_out(heir, folder, found, lock)
    assert len(found) == EVERY - 2 * FILES
    clock.now += 2 * LEASE_SECONDS
    assert heir.more()
    share_out(heir, folder, found, lock)
    assert len(found) == len(set(found)) == EVERY - FILES and not heir.more()
    dead.done(held[-1])  # it was not dead after all: no harm


def test_a_piece_that_workers_die_on_is_given_up(claims, folder, clock):
    for number in range(MOST_TRIES):
        worker = claims(f"worker-{number}")
        assert worker.claim("00.txt")
        worker.release(f"worker-{number}")
    share = Share(claims("last"))
    found = list(share.documents(sources(folder), ReadingOptions()))
    failed = [each.path for each in found if isinstance(each, Failure)]
    assert failed[:FILES] == [f"{number:02}.txt" for number in range(FILES)]
    assert len(failed) == FILES + 1 and len(found) == EVERY

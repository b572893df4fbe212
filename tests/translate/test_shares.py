"""An input shared out among workers: each article done once, what kills them given up."""

import threading

import pytest

from corpora.document import Document
from corpora.reading import Failure, ReadingOptions, sources
from translate.claims import LEASE_SECONDS
from translate.shares import DEATHS_OF_A_PIECE, FILES, ROWS, Share

EVERY = 2 * FILES + 1 + 2 * ROWS + 3 + 1


@pytest.fixture
def share(claims):
    """Make the share of a worker."""
    return lambda worker: Share(claims(worker), ReadingOptions())


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


def share_out(share, folder, found, lock):
    for document in share.fresh(sources(folder)):
        with lock:
            found.append(document.path)
        share.done(document.path)


def test_workers_share_all_of_the_input(share, folder):
    found: list[str] = []
    lock = threading.Lock()
    shares = [share(f"worker-{number}") for number in range(3)]
    threads = [
        threading.Thread(target=share_out, args=(each, folder, found, lock)) for each in shares
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found)) == EVERY
    assert not shares[0].more() and shares[0].claims.free() == 0


def test_a_name_that_no_text_can_hold_is_claimed_like_any_other(share, tmp_path):
    from corpora.source import Source

    names = ["berita\udce9.txt", "berita\\udce9.txt"]
    for name in names:
        found = list(share("worker").fresh([Source(tmp_path / name, name)]))
        assert len(found) == 1


def test_rows_of_one_name_are_counted_one_by_one(share, tmp_path):
    """However many articles and failures go by it, the piece is done with the last of them."""
    (tmp_path / "tabel.csv").write_text("id,isi\n2,Satu.\n3,\n4,Tiga.\n", "utf-8")
    worker, other = share("worker"), share("other")
    found = [each.path for each in worker.fresh(sources(tmp_path / "tabel.csv"))]
    assert len(found) == 3
    for path in found:
        assert other.claims.others_open() == 1
        worker.done(path)
    assert other.claims.others_open() == 0 and not other.more()


def test_another_worker_does_what_a_dead_one_left(share, folder, clock):
    dead, heir = share("dead"), share("heir")
    begun = dead.fresh(sources(folder))
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


@pytest.mark.parametrize("deadly", ["05.txt", "tabel.jsonl#r20"])
def test_only_what_workers_die_on_is_given_up(share, folder, deadly):
    """Each worker takes all it can, and dies on one article: in the end that alone is missing."""
    done: list[str] = []
    failed: list[Failure] = []
    lives = 0
    while (worker := share(f"worker-{lives}")).claims.free() or not lives:
        lives += 1
        assert lives <= DEATHS_OF_A_PIECE + 2, "it is never given up"
        try:
            lived(worker, folder, deadly, done, failed)
        except SystemExit:
            worker.claims.blame(worker.claims.worker)
    assert [each.path for each in failed if each.path != "kosong.txt"] == [deadly]
    assert len(set(done)) == EVERY - 1 and deadly not in done
    assert len(done) <= EVERY + ROWS  # what was done before a death is not all done again


def lived(worker, folder, deadly, done, failed):
    """The life of a worker, which translates all that it is given at once."""

    def translate(read):
        window = list(read)
        if any(isinstance(each, Document) and each.path == deadly for each in window):
            raise SystemExit
        done.extend(each.path for each in window if each.path != deadly)
        failed.extend(each for each in window if isinstance(each, Failure))
        for each in window:
            worker.done(each.path)

    translate(worker.fresh(sources(folder)))
    while worker.more():
        translate(worker.fresh(sources(folder)))
        for few in worker.suspects(sources(folder)):
            translate(few)


def test_a_piece_that_left_the_input_is_waited_for_by_nobody(share, folder):
    """A worker died with it, then its first file was taken away: it has another name now."""
    dead, heir = share("dead"), share("heir")
    next(dead.fresh(sources(folder)))
    dead.claims.blame("dead")
    (folder / "00.txt").unlink()
    rounds = 0
    while True:
        for document in heir.fresh(sources(folder)):
            heir.done(document.path)
        for few in heir.suspects(sources(folder)):
            for document in few:
                heir.done(document.path)
        rounds += 1
        if not heir.more():
            break
        assert rounds < 5
    assert heir.claims.free() == 0

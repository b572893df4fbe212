import errno

import pytest

from corpora.document import Document, LabelledLine, Line, Metadata
from corpora.errors import UserError
from corpora.page import Page
from corpora.sentence import Sentence
from translate.journal import Finished, Journal, Translated
from translate.translator import Translation

DOCUMENT = Document("a/b.txt", "Halo.\nIklan", "digest-1")
DROPPED = LabelledLine(Line(2, 6, 11, "Iklan"), "advert", "ad-marker", 0.95)
PAGE = Page(DOCUMENT, (), (DROPPED,))
HELLO = Translated(Sentence(1, "body", 0, 5, "Halo.", "Halo."), Translation("Hello.", -0.5, False))


def test_what_is_recorded_comes_back(tmp_path):
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record(PAGE, [HELLO])
    with Journal(tmp_path / "j.sqlite") as journal:
        assert list(journal.articles()) == [Finished("a/b.txt", (HELLO,), frozenset({2}))]
        (rejected,) = journal.rejected()
        assert rejected["label"] == "advert" and rejected["start"] == 6
        assert journal.digest("a/b.txt") == "digest-1"


def test_an_article_recorded_again_replaces_the_old_one(tmp_path):
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record(PAGE, [HELLO, HELLO])
        journal.record(Page(DOCUMENT, (), ()), [HELLO])
        assert journal.count("sentences") == 1 and journal.count("rejected") == 0
        journal.record_failure("a/b.txt", "gone")
        assert journal.failures() == [("a/b.txt", "gone")] and journal.digest("a/b.txt") is None


def test_a_failure_does_not_cost_an_article_that_this_run_has_done(tmp_path):
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record(PAGE, [HELLO])
        journal.meet("a/b.txt")
        journal.record_failure("a/b.txt", "its worker died")
        assert journal.failures() == [] and journal.count("sentences") == 1
        journal.begin()
        journal.record_failure("a/b.txt", "empty now")
        assert journal.failures() == [("a/b.txt", "empty now")] and not journal.is_begun()


def test_what_recurred_is_part_of_what_an_article_is_known_by(tmp_path):
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record(PAGE, [HELLO], "~recurs")
        with journal.digests() as digest:
            assert digest("a/b.txt") == journal.digest("a/b.txt") == "digest-1~recurs"
        known = journal.input_digest()
        journal.record(PAGE, [HELLO])
        assert journal.input_digest() == known  # the input is what it was


def test_articles_that_left_the_input_are_forgotten(tmp_path):
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record(PAGE, [HELLO])
        journal.record_failure("bad.txt", "empty")
        journal.meet("bad.txt")
        journal.forget_unmet()
        assert list(journal.articles()) == [] and journal.count("sentences") == 0
        assert list(journal.paths()) == ["bad.txt"]


def test_what_is_known_of_an_article_comes_back(tmp_path):
    known = Metadata("Judul", "2026-03-04", "Budi", "Situs", "https://contoh.id/1")
    with Journal(tmp_path / "j.sqlite") as journal:
        document = Document("a.html", "Halo.", "d", known, ("html",))
        journal.record(Page(document, (), (), "LIMA —", ("AFP", "AP")), [HELLO])
        found = next(journal.articles())
        assert (found.metadata, found.dateline, found.outlets) == (known, "LIMA —", ("AFP", "AP"))


def test_facts_come_back(tmp_path):
    with Journal(tmp_path / "j.sqlite") as journal:
        assert journal.fact("settings") is None
        journal.state("settings", {"beam": 4})
        assert journal.fact("settings") == {"beam": 4}


@pytest.mark.parametrize(("shared", "mode"), [(True, "delete"), (False, "wal")])
def test_no_write_ahead_logging_on_a_file_system_of_several_machines(
    tmp_path, monkeypatch, shared, mode
):
    monkeypatch.setattr("translate.journal.is_shared", lambda _: shared)
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record(PAGE, [HELLO])
        with journal.digests() as digest:
            assert digest("a/b.txt") == "digest-1"
        assert journal.database.execute("PRAGMA journal_mode").fetchone() == (mode,)


def test_a_file_that_is_no_journal_is_left_alone(tmp_path):
    file = tmp_path / "j.sqlite"
    file.write_bytes(b"a letter to my aunt, and not a database at all" * 30)
    with pytest.raises(UserError, match="not a journal"):
        Journal(file)
    assert file.read_bytes().startswith(b"a letter")


def test_what_ends_a_run_is_not_masked_by_the_closing(tmp_path):
    """A full disk while articles are read: the iterator over them is still open."""
    with pytest.raises(OSError, match="No space left"), Journal(tmp_path / "j.sqlite") as journal:
        for name in "abc":
            journal.record_failure(name, "empty")
        paths = journal.paths()
        next(paths)
        raise OSError(errno.ENOSPC, "No space left on device")
    with Journal(tmp_path / "j.sqlite") as journal:
        assert list(journal.paths()) == ["a", "b", "c"]

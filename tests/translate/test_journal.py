import pytest

from corpora.document import Document, LabelledLine, Line
from corpora.errors import UserError
from corpora.sentence import Sentence
from translate.journal import Finished, Journal, Translated
from translate.translator import Translation

DOCUMENT = Document("a/b.txt", "Halo.\nIklan", "digest-1")
DROPPED = LabelledLine(Line(2, 6, 11, "Iklan"), "advert", "ad-marker", 0.95)
HELLO = Translated(Sentence(1, "body", 0, 5, "Halo.", "Halo."), Translation("Hello.", -0.5, False))


def test_what_is_recorded_comes_back(tmp_path):
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record(DOCUMENT, [DROPPED], [HELLO])
    with Journal(tmp_path / "j.sqlite") as journal:
        assert list(journal.articles()) == [Finished("a/b.txt", (HELLO,), frozenset({2}))]
        (rejected,) = journal.rejected()
        assert rejected["label"] == "advert" and rejected["start"] == 6
        assert journal.digests() == {"a/b.txt": "digest-1"}


def test_an_article_recorded_again_replaces_the_old_one(tmp_path):
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record(DOCUMENT, [DROPPED], [HELLO, HELLO])
        journal.record(DOCUMENT, [], [HELLO])
        assert journal.count("sentences") == 1 and journal.count("rejected") == 0
        journal.record_failure("a/b.txt", "gone")
        assert journal.failures() == [("a/b.txt", "gone")] and journal.digests() == {}


def test_articles_that_left_the_input_are_forgotten(tmp_path):
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record(DOCUMENT, [DROPPED], [HELLO])
        journal.keep_only(["other.txt"])
        assert list(journal.articles()) == [] and journal.count("sentences") == 0


def test_facts_come_back(tmp_path):
    with Journal(tmp_path / "j.sqlite") as journal:
        assert journal.fact("settings") is None
        journal.state("settings", {"beam": 4})
        assert journal.fact("settings") == {"beam": 4}


def test_a_file_that_is_no_journal_is_left_alone(tmp_path):
    file = tmp_path / "j.sqlite"
    file.write_bytes(b"a letter to my aunt, and not a database at all" * 30)
    with pytest.raises(UserError, match="not a journal"):
        Journal(file)
    assert file.read_bytes().startswith(b"a letter")

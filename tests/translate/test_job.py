"""Articles are taken apart in groups; none gets lost, and one that cannot be spoils no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.document import Document
from corpora.page import Cleaning, Page, taken_apart_together
from corpora.source import Failure
from translate import job
from translate.engine import Decoding
from translate.job import grouped, taken_apart, translate_articles
from translate.journal import Journal
from translate.progress import Portion, Silence
from translate.translator import Translator


def article(name, text="Harga beras naik di pasar itu.", digest="d"):
    return Document(name, text, digest)


def take_apart(documents):
    if any("rusak" in document.text for document in documents):
        raise ValueError("broken\npage")
    return taken_apart_together(documents, Cleaning())


READ = [
    article("a"),
    article("b", "Halaman ini rusak."),
    Failure("c", "c: too large"),
    article("d", digest="done"),
    article("e"),
]


def test_every_article_comes_out_in_order_whatever_becomes_of_it():
    done = {"d": "done"}
    found = list(taken_apart(READ, done.get, take_apart))
    assert [each.path for each in found] == list("abcde")
    assert [type(each.page) for each in found] == [Page, type(None), type(None), type(None), Page]
    assert [each.failure for each in found] == [
        "",
        "b: cannot be taken apart (ValueError: broken); please report it",
        "c: too large",
        "",
        "",
    ]


def test_articles_that_are_done_are_not_taken_apart_again():
    def never(documents):
        assert not documents
        return []

    assert [each.path for each in taken_apart([article("a")], {"a": "d"}.get, never)] == ["a"]


def test_an_article_of_which_other_lines_recur_now_is_taken_apart_again():
    pages = [article("a"), article("b")]
    now = {"a": "", "b": "~1"}
    found = list(
        taken_apart(pages, {"a": "d", "b": "d"}.get, take_apart, lambda each: now[each.path])
    )
    assert [(each.page is None, each.recurring) for each in found] == [(True, ""), (False, "~1")]


def test_the_same_article_twice_comes_out_twice():
    one = article("a")
    done: dict[str, str] = {}
    assert len(list(taken_apart([one, one], done.get, take_apart))) == 2


class Told(Silence):
    """What was told, in order."""

    def __init__(self):
        self.heard = []

    def under_way(self, portion):
        self.heard.append(portion)

    def article(self, article):
        self.heard.append(article.path)


def test_what_is_decoded_is_told_before_its_articles_are(tmp_path):
    translator = Translator.load("bundled", device="cpu", decoding=Decoding(1), ladder=False)
    told = Told()
    with Journal(tmp_path / "journal.sqlite") as journal:
        translate_articles(journal, [article("a"), article("b")], take_apart, translator, told)
    *portions, one, other = told.heard
    assert (one, other) == ("a", "b")
    assert sum(each.sentences for each in portions if each != Portion()) == pytest.approx(0)
    assert sum(max(each.sentences, 0) for each in portions) == pytest.approx(2)


@given(st.lists(st.integers(0, 30)), st.integers(1, 4), st.integers(1, 60))
def test_groups_are_the_articles(sizes, most, characters):
    read = [article(str(number), "x" * size) for number, size in enumerate(sizes)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job, "TOGETHER", most)
        patch.setattr(job, "CHARACTERS", characters)
        groups = list(grouped(iter(read)))
    assert [each for group in groups for each in group] == read
    assert all(0 < len(group) <= most for group in groups)
    for group in groups:
        all_but_last = [each.text for each in group[:-1] if isinstance(each, Document)]
        assert len("".join(all_but_last)) < characters

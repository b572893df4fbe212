"""Snippets that name no article, in a run."""

from types import SimpleNamespace
from typing import Any

import pytest

from corpora.errors import UserError
from corpora.link_table import LinkLine
from corpora.references import UNASSIGNED, Snippet
from translate.assignment import gathered, matched, placed, unclaimed, without_article

RICE = "Rice prices fell sharply in the central market."
MOSCOW = "The president flew to Moscow on Monday morning."


def journal(**texts: list[str]) -> Any:
    """A journal that holds translated articles and nothing else."""
    articles = [
        SimpleNamespace(
            path=f"{name}.txt",
            sentences=[SimpleNamespace(translation=SimpleNamespace(text=each)) for each in said],
        )
        for name, said in texts.items()
    ]
    return SimpleNamespace(articles=lambda: articles, paths=lambda: [a.path for a in articles])


def test_a_snippet_goes_to_the_article_that_says_it():
    known, rice, oil = Snippet("a#1", "Known."), Snippet("r#1", RICE), Snippet("r#2", "Oil rose.")
    run = journal(a=[MOSCOW, RICE], b=[MOSCOW])
    found = matched(run, {"a.txt": (known,), UNASSIGNED: (rice, oil)})
    assert found == {"a.txt": (known, rice), UNASSIGNED: (oil,)}
    assert without_article(run, found) == ["r#2"]


def test_nothing_changes_when_all_name_their_article():
    references = {"a": (Snippet("a#1", RICE),), "gone": (Snippet("gone#1", RICE),)}
    run = journal(a=[RICE])
    assert matched(run, references) is references
    assert without_article(run, references) == ["gone"]


def test_a_folder_of_an_articles_name_holds_several_references_of_it():
    own, other, far = Snippet("a#1", RICE), Snippet("a/ap#1", MOSCOW), Snippet("b/ap#1", MOSCOW)
    found = gathered(journal(a=[RICE]), {"a": (own,), "a/ap": (other,), "b/ap": (far,)})
    assert found == {"a": (own, other), "b/ap": (far,)}


def test_sentences_of_references_without_an_article():
    rice, moscow = Snippet("r#1", f"{RICE} {MOSCOW}"), Snippet("r#2", MOSCOW)
    found = list(unclaimed(iter(["a.txt"]), {"a": (moscow,), "gone": (rice,)}))
    assert found == [("gone", rice, RICE), ("gone", rice, MOSCOW)]


def test_a_snippet_goes_where_a_corrected_table_has_it():
    rice, oil, moscow = Snippet("r#1", RICE), Snippet("r#2", "Oil rose."), Snippet("a#1", MOSCOW)
    references = {"a": (moscow,), UNASSIGNED: (rice, oil)}
    run = journal(a=[MOSCOW, RICE], b=[MOSCOW])
    table = {
        "b.txt": [LinkLine("b.txt", (0,), "a#1", (0,), where="l:2")],
        "": [LinkLine("", (), "r#1", where="l:3")],
    }
    assert placed(run, references, table) == {"b": (moscow,), UNASSIGNED: (oil, rice)}
    assert placed(run, references, {}) == matched(run, references)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (LinkLine("c.txt", (0,), "a#1", (0,), where="l:2"), "l:2: no article c.txt in this run"),
        (
            LinkLine("a.txt", (0,), "a#9", (0,), where="l:2"),
            "l:2: no snippet a#9 in the references",
        ),
    ],
)
def test_a_table_of_another_run_is_refused(line, complaint):
    with pytest.raises(UserError, match=complaint):
        placed(journal(a=[RICE]), {"a": (Snippet("a#1", RICE),)}, {line.article: [line]})

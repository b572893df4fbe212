"""Snippets that name no article, in a run."""

from types import SimpleNamespace
from typing import Any

from corpora.references import UNASSIGNED, Snippet
from translate.assignment import matched, without_article

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

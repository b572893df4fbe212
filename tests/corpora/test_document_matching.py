import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.document_matching import MatchOptions, assigned, match, nearest
from corpora.references import UNASSIGNED, Snippet

STORIES = {
    "flight": ["The president flew to Moscow on Monday morning.", "He will meet his ministers."],
    "rice": ["Rice prices fell sharply in the central market.", "Farmers blamed cheap imports."],
    "goal": ["Kofi Adjeman scored the winner in extra time.", "The keeper wept after the match."],
}
SAID = [
    Snippet("s#1", "Farmers blame cheap imports of rice."),
    Snippet("s#2", "On Monday morning the president flew to Moscow."),
    Snippet("s#3", "Oil futures in London ended unchanged."),
]


def of(stories):
    return stories.items


def ids(found):
    return {name: [snippet.id for snippet in snippets] for name, snippets in found.items()}


def test_snippets_find_their_article_and_strangers_stay():
    found = ids(match(of(STORIES), SAID))
    assert found == {"rice": ["s#1"], "flight": ["s#2"], UNASSIGNED: ["s#3"]}


@settings(max_examples=10, deadline=None)
@given(st.permutations(SAID), st.permutations(sorted(STORIES)))
def test_no_snippet_is_lost_and_no_order_matters(snippets, names):
    found = match(of({name: STORIES[name] for name in names}), snippets)
    assert {name: set(each) for name, each in ids(found).items()} == {
        "rice": {"s#1"},
        "flight": {"s#2"},
        UNASSIGNED: {"s#3"},
    }


def test_without_articles_all_stay_unassigned():
    assert ids(match(of({}), SAID)) == {UNASSIGNED: ["s#1", "s#2", "s#3"]}
    assert match(of(STORIES), []) == {}
    assert ids(match(of({"empty": []}), SAID[:1])) == {UNASSIGNED: ["s#1"]}


def test_assigned_snippets_join_those_that_were_there():
    known = Snippet("f#1", "Known.")
    found = assigned({"flight": (known,), UNASSIGNED: tuple(SAID)}, of(STORIES))
    assert ids(found) == {"flight": ["f#1", "s#2"], "rice": ["s#1"], UNASSIGNED: ["s#3"]}
    assert assigned({"flight": (known,)}, of(STORIES)) == {"flight": (known,)}


TINY = {
    "flood": ["Floods inundated forty houses near the river.", "Rice prices fell in the market."],
    "goal": ["Kofi Adjeman scored the winning goal in the 90th minute."],
    "oil": ["The minister said oil prices would not rise this year."],
}


@pytest.mark.parametrize(
    ("told", "home"),
    [
        ("Oil futures in London ended unchanged.", UNASSIGNED),
        ("Crude oil closed unchanged in London on Monday.", UNASSIGNED),
        ("Oil slipped to its lowest price since March as traders weighed supply.", UNASSIGNED),
        ("Nobody expected the minister to resign.", UNASSIGNED),
        ("The president met his ministers in Moscow.", UNASSIGNED),
        ("Xylophone lessons resume tomorrow.", UNASSIGNED),
        ("Fuel prices will not go up in 2024, the oil minister said.", "oil"),
        ("The winner came from Kofi Adjeman in the 90th minute.", "goal"),
        ("Forty homes by the river were inundated, and the price of rice fell.", "flood"),
    ],
)
def test_a_tiny_article_takes_what_it_says_and_no_stranger(told, home):
    assert ids(match(of(TINY), [Snippet("s#1", told)])) == {home: ["s#1"]}


def test_few_candidates_are_named_best_first():
    texts = [" ".join(each) for each in STORIES.values()]
    found = nearest(texts, ["rice imports from Moscow", "xyzzy"], MatchOptions(candidates=2))
    assert found[0][0] == 1 and len(found[0]) == 2 and found[1] == []

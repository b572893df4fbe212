import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.alignment import Link, align, align_snippets, block_borders, links, spans
from corpora.beads import LONGEST, Bead
from corpora.references import Snippet

MOSCOW = "The president flew to Moscow on Monday morning."
RICE = "Rice prices fell sharply in the central market."
FLOOD = "A flood destroyed forty houses near the river."
GOAL = "Kofi Adjeman scored the winner in extra time."

stories = st.lists(st.sampled_from([MOSCOW, RICE, FLOOD, GOAL, "He agreed.", "7", ""]), max_size=6)
borders = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(
    lambda sizes: [sum(sizes[:end]) for end in range(len(sizes) + 1)]
)
few = settings(max_examples=15, deadline=None)


def pairs(beads):
    return [(bead.source, bead.reference) for bead in beads]


@few
@given(stories, st.lists(stories, max_size=3))
def test_every_sentence_is_in_one_bead_at_most(translations, snippets):
    beads = align(translations, snippets)
    for side, size in [("source", len(translations)), ("reference", sum(map(len, snippets)))]:
        used = [index for bead in beads for index in getattr(bead, side)]
        assert len(used) == len(set(used)) and set(used) <= set(range(size))


@few
@given(stories, st.lists(stories, max_size=3))
def test_beads_hold_neighbours_in_the_order_of_the_source(translations, snippets):
    beads = align(translations, snippets)
    assert [bead.source for bead in beads] == sorted(bead.source for bead in beads)
    for bead in beads:
        for side in (bead.source, bead.reference):
            assert list(side) == list(range(side[0], side[0] + len(side)))
            assert len(side) <= LONGEST


@few
@given(stories, st.lists(stories, max_size=3))
def test_scores_are_above_0_and_at_most_1(translations, snippets):
    assert all(0 < bead.score <= 1 for bead in align(translations, snippets))


@few
@given(stories, st.lists(stories, max_size=3))
def test_the_same_input_gives_the_same_beads(translations, snippets):
    assert align(translations, snippets) == align(translations, snippets)


@few
@given(stories, stories)
def test_every_line_is_in_one_link(translations, references):
    found = links(translations, references)
    assert sorted(i for link in found for i in link.source) == list(range(len(translations)))
    assert sorted(i for link in found for i in link.reference) == list(range(len(references)))


@given(borders)
def test_spans_cross_no_border_and_are_all_there(places):
    expected = {
        (start, end)
        for start in range(places[-1])
        for end in range(start + 1, min(start + LONGEST, places[-1]) + 1)
        if not any(start < border < end for border in places)
    }
    found = spans(places)
    assert set(found) == expected and len(found) == len(expected)


@pytest.mark.parametrize(
    ("translations", "snippets"),
    [([], []), ([], [[RICE]]), ([RICE], []), ([RICE], [[]])],
)
def test_an_empty_side_has_no_beads(translations, snippets):
    assert align(translations, snippets) == []


def test_a_sentence_finds_itself_whatever_the_order():
    assert pairs(align([MOSCOW, RICE, FLOOD], [[FLOOD], [MOSCOW]])) == [((0,), (1,)), ((2,), (0,))]


def test_what_nothing_says_stays_alone():
    assert align([MOSCOW], [[GOAL]]) == []


def test_two_sentences_may_be_one():
    first, second = "The president flew to Moscow", "on a cold Monday morning in March"
    (bead,) = align([FLOOD, f"{first}.", f"{second}.", GOAL], [[f"{first} {second}."]])
    assert (bead.source, bead.reference, bead.kind) == ((1, 2), (0,), "2-1")


def test_no_bead_crosses_the_border_of_a_snippet():
    (bead,) = align([f"{MOSCOW} {RICE}"], [[MOSCOW], [RICE]])
    assert len(bead.reference) == 1


def test_no_bead_crosses_the_border_of_a_block():
    (bead,) = align([MOSCOW, RICE], [[f"{MOSCOW} {RICE}"]], blocks=[0, 1])
    assert len(bead.source) == 1


def test_one_block_unless_told():
    (bead,) = align([MOSCOW, RICE], [[f"{MOSCOW} {RICE}"]])
    assert bead.source == (0, 1)


def test_no_blocks():
    assert block_borders([]) == [0]


def test_a_bead_knows_its_kind():
    assert Bead((4,), (0, 1, 2), 0.5).kind == "1-3"


def test_reference_sentences_come_with_their_snippet():
    flight, goal = Snippet("a#1", f"{MOSCOW} {RICE}"), Snippet("a#2", GOAL)
    beads, sentences = align_snippets([GOAL], [flight, goal], [0])
    assert sentences == [(flight, MOSCOW), (flight, RICE), (goal, GOAL)]
    assert pairs(beads) == [((0,), (2,))]


def test_links_end_with_what_matches_nothing():
    linked, *alone = links([MOSCOW, RICE], [GOAL, RICE])
    assert (linked.source, linked.reference) == ((1,), (1,))
    assert alone == [Link((0,), (), 0.0), Link((), (0,), 0.0)]

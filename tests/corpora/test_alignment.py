import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import alignment
from corpora.alignment import (
    AlignOptions,
    align,
    align_snippets,
    all_candidates,
)
from corpora.beads import CROWD, Bead
from corpora.confidence import CLASSES
from corpora.linking import Link, links
from corpora.passages import LONGEST
from corpora.references import Snippet
from corpora.similarity import Rarity
from tests.conftest import SHARED

MOSCOW = "The president flew to Moscow on Monday morning."
RICE = "Rice prices fell sharply in the central market."
FLOOD = "A flood destroyed forty houses near the river."
GOAL = "Kofi Adjeman scored the winner in extra time."

stories = st.lists(st.sampled_from([MOSCOW, RICE, FLOOD, GOAL, "He agreed.", "7", ""]), max_size=6)
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
    whole = f"{MOSCOW[:-1]}, where he met his ministers for a whole day, and rice fell."
    parts = [f"{MOSCOW[:-1]}, where he met his ministers for a whole day.", "And rice fell.", GOAL]
    assert pairs(align(parts, [[whole]])) == [((0, 1), (0,))]
    assert pairs(align(parts, [[whole]], blocks=[0, 1, 1])) == [((0,), (0,))]


@few
@given(stories, st.lists(stories, max_size=3), st.lists(st.booleans(), min_size=6, max_size=6))
def test_no_bead_crosses_any_border(translations, snippets, begins):
    blocks = [sum(begins[: index + 1]) for index in range(len(translations))]
    units = [number for number, snippet in enumerate(snippets) for _ in snippet]
    for bead in align(translations, snippets, blocks):
        assert len({blocks[index] for index in bead.source}) == 1
        assert len({units[index] for index in bead.reference}) == 1


def test_a_border_between_two_halves_leaves_no_bead_of_both():
    whole = [[f"{MOSCOW} {RICE}"]]
    assert pairs(align([MOSCOW, RICE], whole)) == [((0, 1), (0,))]
    assert all(len(bead.source) == 1 for bead in align([MOSCOW, RICE], whole, blocks=[0, 1]))
    beads = align([MOSCOW, f"{RICE} {RICE}", GOAL], [[f"{RICE} {RICE} {MOSCOW}"]], blocks=[0, 1, 1])
    assert pairs(beads) == [((1,), (0,))]


def test_one_block_unless_told():
    (bead,) = align([MOSCOW, RICE], [[f"{MOSCOW} {RICE}"]])
    assert bead.source == (0, 1)


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


@few
@given(stories, st.lists(stories, max_size=3))
def test_beads_are_sure_between_0_and_1_and_have_a_class(translations, snippets):
    for bead in align(translations, snippets):
        assert 0 <= bead.confidence <= 1 and bead.label in CLASSES


@few
@given(stories, st.lists(stories, max_size=3))
def test_what_is_quoted_twice_is_still_one_reference_each(translations, snippets):
    beads = align(translations, snippets, options=AlignOptions(quote_twice=True))
    used = [index for bead in beads for index in bead.reference]
    assert len(used) == len(set(used))


def test_a_sentence_is_quoted_twice_only_when_asked():
    once = align([MOSCOW, FLOOD], [[MOSCOW], [GOAL], [MOSCOW]])
    twice = align(
        [MOSCOW, FLOOD], [[MOSCOW], [GOAL], [MOSCOW]], options=AlignOptions(quote_twice=True)
    )
    assert [len(beads) for beads in (once, twice)] == [1, 2]
    assert pairs(twice) == [((0,), (0,)), ((0,), (2,))]


def test_sentences_of_a_snippet_are_never_crossed():
    assert len(align([FLOOD, GOAL, RICE], [[RICE, FLOOD]])) == 1
    assert len(align([FLOOD, GOAL, RICE], [[RICE], [FLOOD]])) == 2


def test_the_rarity_of_a_batch_may_weigh_the_words():
    rarity = Rarity.of([MOSCOW, RICE, FLOOD, GOAL] * 3)
    beads = align([MOSCOW, RICE, FLOOD], [[RICE]], options=AlignOptions(rarity=rarity))
    assert pairs(beads) == [((1,), (0,))]


def test_a_number_that_differs_makes_a_bead_less_sure():
    told = "The storm killed 12 people in the north, Reuters reported."
    same, other = (
        align([told, RICE, GOAL], [[f"The storm killed {number} people in the north."]])[0]
        for number in (12, 45)
    )
    assert same.confidence > other.confidence
    assert (same.evidence.conflicts, other.evidence.conflicts) == ((), ("12/45",))
    assert (same.label, other.label) == ("parallel", "loose")


def test_a_thousand_equal_sentences_end():
    assert len(align([MOSCOW] * 1000, [[MOSCOW] * 3])) == 3
    found = links([MOSCOW] * 1000, [MOSCOW] * 1000)
    assert [(link.source, link.reference) for link in found] == [((n,), (n,)) for n in range(1000)]
    found = links([RICE, *[MOSCOW] * 100, FLOOD, GOAL], [*[MOSCOW] * 100, GOAL, RICE])
    assert {((0,), (101,)), ((102,), (100,)), ((101,), ())} < {
        (x.source, x.reference) for x in found
    }
    assert sum(bool(link.source and link.reference) for link in found) == 102


def test_equal_sentences_have_a_bounded_number_of_candidates():
    assert len(all_candidates([MOSCOW] * 200, [[MOSCOW]] * 200, AlignOptions()).odds) <= 200 * CROWD


def test_one_side_a_hundred_times_longer():
    many = [f"{RICE} It was day {number}." for number in range(600)]
    found = links([*many, MOSCOW], [MOSCOW, GOAL])
    (linked,) = (link for link in found if link.source and link.reference)
    assert (linked.source, linked.reference) == ((600,), (0,))
    assert (linked.score, linked.label) == (1.0, "parallel") and linked.confidence >= 0.99
    (turned,) = (x for x in links([MOSCOW, GOAL], [*many, MOSCOW]) if x.source and x.reference)
    assert (turned.source, turned.reference, turned.score) == ((0,), (600,), 1.0)


def test_an_indonesian_snippet_matches_nothing():
    assert align([MOSCOW, RICE], [["Presiden terbang ke ibu kota pada Senin pagi."]]) == []


def test_repeated_sentences_are_told_apart_by_their_order():
    beads = align(["A fox ran.", MOSCOW, RICE, MOSCOW], [["A fox ran."], [MOSCOW], [MOSCOW]])
    assert pairs(beads) == [((0,), (0,)), ((1,), (1,)), ((3,), (2,))]
    assert len(align([MOSCOW] * 60, [[MOSCOW]] * 60)) == 60


def test_a_bead_is_more_likely_right_than_wrong():
    beads = align([MOSCOW, RICE, FLOOD], [[FLOOD], ["Rice is dear.", GOAL], [MOSCOW]])
    assert beads and all(bead.confidence >= 0.5 and bead.label != CLASSES[-1] for bead in beads)


def test_blocks_and_sources_are_as_many_as_the_sentences():
    with pytest.raises(ValueError, match="different numbers"):
        align([MOSCOW, RICE], [[RICE]], sources=["Satu."])


def test_a_snippet_of_a_megabyte_ends():
    long = "word " * 200_000
    beads, sentences = align_snippets([MOSCOW, RICE], [Snippet("a#1", long)], [0, 0])
    assert beads == [] and sentences


def test_large_texts_are_compared_in_parts(monkeypatch):
    whole = align(
        [MOSCOW, RICE, FLOOD, GOAL], [[FLOOD], [MOSCOW], [RICE], ["Nobody knew."], [GOAL]]
    )
    monkeypatch.setattr(alignment, "CELLS", 16)
    part = align([MOSCOW, RICE, FLOOD, GOAL], [[FLOOD], [MOSCOW], [RICE], ["Nobody knew."], [GOAL]])
    assert pairs(part) == pairs(whole)


def test_lines_of_several_sentences_are_linked_whole():
    found = links([f"{MOSCOW} {RICE}", FLOOD], [RICE, GOAL, MOSCOW, FLOOD])
    assert [(link.source, link.reference) for link in found] == [
        ((0,), (0, 2)),
        ((1,), (3,)),
        ((), (1,)),
    ]


# Pinned floors: lowering one is an explicit act.
FLOORS = {"parallel": 0.985, "snippets": 0.975}
LEAST_ALONE = 0.97


@pytest.fixture(scope="module")
def gold():
    folder = SHARED / "testsets" / "alignment"
    if not folder.is_dir():
        pytest.skip(f"{folder}: no such data here")
    found = {}
    for file in sorted(folder.glob("*.gold.json")):
        name = file.name.removesuffix(".gold.json")
        english, references = (
            (folder / f"{name}.{side}.en").read_text("utf-8").splitlines() for side in ("mt", "ref")
        )
        beads = json.loads(file.read_text("utf-8"))
        wanted = {(i, j) for bead in beads for i in bead["source"] for j in bead["reference"]}
        found[name] = english, references, wanted
    return found


@pytest.mark.parametrize("kind", FLOORS)
def test_gold_links(gold, kind):
    right = total = alone = left_alone = 0
    for name, (english, references, wanted) in gold.items():
        if not name.startswith(kind):
            continue
        linked = links(english, references)
        got = {(i, j) for link in linked for i in link.source for j in link.reference}
        right, total = right + len(wanted & got), total + len(wanted) + len(got)
        for side, size in enumerate((len(english), len(references))):
            empty = set(range(size)) - {pair[side] for pair in wanted}
            alone += len(empty)
            left_alone += len(empty - {pair[side] for pair in got})
    assert 2 * right / total >= FLOORS[kind]
    assert left_alone / alone >= LEAST_ALONE

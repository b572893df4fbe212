import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.beads import Candidates
from corpora.chains import MOST, Order, Prefixes, chain, one_to_one

places = st.tuples(
    st.integers(0, 5), st.integers(1, 3), st.integers(0, 5), st.integers(1, 3), st.floats(-2, 5)
)


def made(*beads):
    """Candidates of `(start, end, first, stop, odds)`."""
    spans = np.array([bead[:4] for bead in beads], dtype=np.int64).reshape(-1, 4)
    return Candidates(
        spans, np.ones(len(beads)), np.array([bead[4] for bead in beads], dtype=float)
    )


def of_places(found):
    return made(*((a, a + p, c, c + q, odds) for a, p, c, q, odds in found))


def test_nothing_makes_no_chain():
    assert chain(made(), 3, [0, 0], Order()) == []


def test_a_snippet_may_begin_anywhere():
    found = made((2, 3, 0, 1, 1.0), (0, 1, 1, 2, 1.0))
    assert chain(found, 3, [0, 1], Order()) == [0, 1]


def test_inside_a_snippet_the_order_holds():
    found = made((2, 3, 0, 1, 1.0), (0, 1, 1, 2, 2.0))
    assert chain(found, 3, [0, 0], Order()) == [1]


def test_a_doubtful_bead_lives_by_its_neighbours():
    found = made((0, 1, 0, 1, 3.0), (1, 2, 1, 2, -0.5), (2, 3, 2, 3, 3.0))
    assert chain(found, 3, [0, 1, 2], Order()) == [0, 1, 2]
    assert chain(found, 3, [0, 1, 2], Order(onward=0)) == [0, 2]


@settings(deadline=None)
@given(st.lists(places, max_size=8))
def test_beads_of_a_chain_share_no_reference_sentence(found):
    candidates = of_places(found)
    path = chain(candidates, 8, [0, 0, 1, 1, 2, 3, 3, 3, 3], Order())
    ends = candidates.spans[path]
    assert (ends[1:, 2] >= ends[:-1, 3]).all()


@settings(deadline=None)
@given(st.lists(places, max_size=8), st.booleans())
def test_one_to_one(found, quote_twice):
    candidates = of_places(found)
    kept = one_to_one(candidates, [], [0, 0, 1, 1, 2, 3, 3, 3, 3], quote_twice=quote_twice)
    for side in ((2, 3), (0, 1))[: 1 if quote_twice else 2]:
        used = [i for row in kept for i in range(*candidates.spans[row, list(side)])]
        assert len(used) == len(set(used))
    assert all(candidates.odds[row] > 0 for row in kept)


@given(st.lists(st.tuples(st.integers(0, 9), st.floats(-5, 5)), max_size=12), st.integers(0, 9))
def test_prefixes(offers, place):
    prefixes = Prefixes(10)
    for owner, (position, value) in enumerate(offers):
        prefixes.put(position, value, owner)
    expected = max((value for position, value in offers if position <= place), default=-np.inf)
    assert prefixes.best(place)[0] == expected


def test_an_orderly_article_makes_the_order_worth_more():
    steps = np.arange(20)[:, None] + np.array([0, 1, 0, 1])
    shuffled = np.random.default_rng(1).permutation(steps)
    assert Order().learned(steps).onward == MOST
    assert Order().learned(shuffled).onward == 0
    assert Order().learned(steps[:0]).onward == 0

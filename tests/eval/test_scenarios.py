import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.alignment_scores import counts, distorted, f1, hypotheses, interval, left_alone
from eval.scenarios import SCENARIOS, Case, Pair, kept_of, scenario, weakened

PAIRS = [
    Pair(f"machine says number {n} here", f"reference tells number {n} there") for n in range(90)
]


@pytest.mark.parametrize("kind", SCENARIOS)
def test_gold_joins_the_halves_of_a_pair(kind):
    made = list(scenario(kind, PAIRS, size=9))
    assert made and [case.kind for case in made] == [kind] * len(made)
    for case in made:
        for (left,), (right,) in case.gold:
            wanted = case.references[right].split()[3]
            assert kind == "shortened" or case.translations[left].split()[3] == wanted
        rows = [right for _, (right,) in case.gold]
        assert len(set(rows)) == len(rows)


def test_scenarios_are_as_they_are_described():
    (single, *_), (parallel, *_), (noisy, *_) = (
        list(scenario(kind, PAIRS, size=9)) for kind in ("single", "parallel", "noisy")
    )
    assert len(single.references) == 2
    assert parallel.gold == tuple(((n,), (n,)) for n in range(len(parallel.references)))
    assert len(noisy.gold) < len(noisy.references) < len(noisy.translations)
    assert len(list(scenario("pooled", PAIRS, size=9))) < len(
        list(scenario("partial", PAIRS, size=9))
    )


def test_the_same_seed_makes_the_same_documents():
    assert list(scenario("shortened", PAIRS)) == list(scenario("shortened", PAIRS))
    assert list(scenario("shortened", PAIRS)) != list(scenario("shortened", PAIRS, seed=2))


def test_an_unknown_scenario_is_refused():
    with pytest.raises(ValueError, match="expected one of parallel, partial"):
        list(scenario("upside-down", PAIRS))


@given(st.floats(0, 1), st.integers(0, 5))
def test_weakened_pairs_keep_number_and_references(rate, seed):
    found = weakened(PAIRS[:5], rate, seed)
    assert [each.reference for each in found] == [each.reference for each in PAIRS[:5]]
    assert all(each.translation for each in found)


def test_something_is_always_kept():
    import random

    assert all(kept_of("shuffled", range(3, 5), random.Random(n)) for n in range(50))


CASE = Case("partial", ("one", "two", "three"), ("1", "2"), (((0,), (0,)),))


def test_counts_of_right_and_wrong_links():
    right = counts(CASE, CASE.gold)
    assert (right.links, right.groups, right.alone) == ((1, 1, 1), (1, 1, 1), (3, 3))
    wrong = counts(CASE, [((0, 1), (0,))])
    assert (wrong.links, wrong.groups, wrong.alone) == ((1, 2, 1), (0, 1, 1), (3, 2))
    assert f1([wrong.links]) == pytest.approx(2 / 3)
    assert left_alone([right, wrong]) == pytest.approx(5 / 6)
    assert left_alone([]) is None
    assert interval([right] * 9) == (1, 1)


def test_gold_does_not_distort_and_a_wrong_link_does():
    case = Case(
        "x", ("the cat sat on the mat", "no"), ("the cat sat on the mat", "yes"), (((0,), (0,)),)
    )
    assert distorted([case], [case.gold]) == (0, 0)
    assert min(distorted([case], [[]])) < 0
    assert hypotheses(case, [((1, 0), (1,))]) == ["", "the cat sat on the mat no"]

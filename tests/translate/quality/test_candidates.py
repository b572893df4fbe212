import pytest

from translate.quality.candidates import UNSAID, WEIGHTS, Candidate, value
from translate.quality.drafts import Output
from translate.quality.suspects import Suspicion


def test_what_is_wrong_is_taken_from_the_score():
    loop = (Suspicion("loop", 2.0), Suspicion("names-lost", 1.0), Suspicion("names-lost", 1.0))
    bad = Candidate("b", -0.9, False, loop, ("Kalousis",))
    assert bad.value == pytest.approx(-0.9 - WEIGHTS["loop"] - 2 * WEIGHTS["names-lost"] - UNSAID)
    assert bad.flags == {"loop", "names-lost"} and not bad.is_good
    good = Candidate("a", -1.0, False, ())
    assert good.is_good and good.value == -1.0 > bad.value


def test_a_name_spelt_wrong_is_no_flag_but_not_good_either():
    found = Candidate("a", -1.0, False, (), ("Kalousis",))
    assert found.flags == frozenset() and not found.is_good


def test_nothing_is_worth_less_than_a_loop_and_a_loop_less_than_a_wrong_number():
    source = "Sebanyak 10.000 orang pergi."
    texts = [
        "Some 10,000 people left.",
        "Some 1,000 people left.",
        "Some some some some some left.",
        "",
    ]
    worth = [value(source, Output(text, -0.5, False)) for text in texts]
    assert worth == sorted(worth, reverse=True) and len(set(worth)) == len(worth)

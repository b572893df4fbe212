from hypothesis import given
from hypothesis import strategies as st

from corpora.language import COUNTER, SORTS, words
from corpora.word_counts import FIELD_BITS, MOST, Packed, WordCounter, isin


def test_nothing_is_of_no_sort():
    assert WordCounter({"short": lambda word: len(word) < 4}).count([]) == (0,)


@given(st.lists(st.sampled_from(["yang", "the", "kerajaan", "pengumuman", "президент", "beras"])))
def test_counts_are_those_of_asking_every_word(found):
    assert COUNTER.count(found) == tuple(sum(map(test, found)) for test in SORTS.values())


def test_a_field_does_not_run_over_into_the_next():
    counter = WordCounter({"all": lambda word: True, "none": lambda word: False})
    for count in (2 * MOST + 3, 2000 * MOST):
        assert counter.count(["kata"] * count) == (count, 0)


def test_a_word_is_judged_once():
    asked: list[str] = []

    def is_noted(word: str) -> bool:
        asked.append(word)
        return False

    packed = Packed([is_noted])
    assert [packed["beras"], packed["beras"]] == [0, 0]
    assert asked == ["beras"]


def test_the_second_sort_has_a_field_of_its_own():
    assert Packed([isin(frozenset()), isin(frozenset({"beras"}))])["beras"] == 1 << FIELD_BITS


def test_words_of_a_line_are_counted_in_small_letters():
    assert COUNTER.count(words("Yang itu"))[0] == 2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.buckets import FATES, by_fate, by_frequency, by_length
from eval.metrics import score, statistics_of

HYPOTHESES = [
    "naik",
    "harga beras naik",
    "satu dua tiga empat lima enam tujuh delapan sembilan ten",
]
REFERENCES = [
    "naik",
    "harga beras turun",
    "one dua tiga empat lima enam tujuh delapan sembilan ten",
]


def test_buckets_hold_the_scores_of_their_pairs():
    short, long = by_length(statistics_of(HYPOTHESES, REFERENCES), [1, 3, 10])
    assert (short.name, short.segments, long.name, long.segments) == ("<10", 2, "10-19", 1)
    expected = {each.metric: each.value for each in score(HYPOTHESES[:2], REFERENCES[:2])}
    assert short.scores == pytest.approx(expected)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 99), min_size=1, max_size=8))
def test_every_pair_is_in_one_bucket(lengths):
    found = by_length(statistics_of(["a"] * len(lengths), ["b"] * len(lengths)), lengths)
    assert sum(each.segments for each in found) == len(lengths)


def test_buckets_of_facts():
    found = by_fate(statistics_of(HYPOTHESES, REFERENCES), ["all kept", "no facts", "all kept"])
    assert [(each.name, each.segments) for each in found] == [("no facts", 1), ("all kept", 2)]
    assert {each.name for each in found} <= set(FATES)


def test_words_by_frequency():
    found = by_frequency(["a a b", "c z"], ["a a b", "c d"])
    assert [(each.name, each.words, each.f1) for each in found] == [
        ("0", 0, None),  # z
        ("1", 3, pytest.approx(200 * 2 / 5)),  # b and c of b, c, d
        ("2", 2, 100),
    ]

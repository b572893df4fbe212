import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bootstrap import Resampling, Sample
from eval.coverage import as_untranslated, both_views, share
from eval.metrics import score
from eval.segments import statistics

PAIRS = [
    ("The volcano erupted again.", "The volcano erupted again."),
    ("Rice prices rise.", "The price of rice rose."),
]
UNALIGNED = ["Nobody was hurt in the fire."]


def views(pairs, unaligned, options=None):
    counted = statistics((hypothesis, [reference]) for hypothesis, reference in pairs)
    return both_views(Sample(counted, unaligned=as_untranslated(unaligned)), options)


def test_no_reference_has_no_scores():
    assert views([], []) == ([], [])


@given(st.integers(0, 9), st.integers(0, 9))
def test_coverage_is_a_share(aligned, unaligned):
    found = share(aligned, unaligned)
    assert 0 <= found <= 1
    assert (found == 1) == (aligned > 0 and not unaligned)
    assert (found == 0) == (not aligned)


def test_the_first_view_is_the_aligned_pairs_alone():
    alone, _ = views(PAIRS, UNALIGNED)
    hypotheses, references = zip(*PAIRS, strict=True)
    assert alone == score(hypotheses, references)


def test_the_second_view_counts_the_unaligned_as_empty():
    _, adjusted = views(PAIRS, UNALIGNED * 2)
    hypotheses, references = zip(*PAIRS, strict=True)
    assert adjusted == score([*hypotheses, "", ""], [*references, *UNALIGNED * 2])
    assert {each.segments for each in adjusted} == {4}


def test_both_views_agree_when_all_is_aligned():
    alone, adjusted = views(PAIRS, [])
    assert alone == adjusted


def test_nothing_aligned():
    alone, adjusted = views([], UNALIGNED)
    assert alone == []
    assert [each.value for each in adjusted] == [0, 0, 100]


@pytest.mark.parametrize("unaligned", [[], UNALIGNED])
def test_intervals_are_of_both_views(unaligned):
    for found in views(PAIRS, unaligned, Resampling(100)):
        assert all(each.low <= each.value <= each.high for each in found)

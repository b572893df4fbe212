import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.coverage import partial_scores
from eval.metrics import score

PAIRS = [
    ("The volcano erupted again.", "The volcano erupted again."),
    ("Rice prices rise.", "The price of rice rose."),
]
UNALIGNED = ["Nobody was hurt in the fire."]
sentences = st.lists(st.sampled_from(["One.", "Two three.", "Four five six."]), max_size=4)


def test_no_reference_has_no_scores():
    assert partial_scores([], []) is None


def test_coverage_is_the_share_of_reference_words():
    found = partial_scores(PAIRS, UNALIGNED)
    assert found is not None
    assert found.coverage == pytest.approx((4 + 5) / (4 + 5 + 6))


@settings(max_examples=25, deadline=None)
@given(sentences, sentences)
def test_coverage_is_a_share(aligned, unaligned):
    found = partial_scores([("One.", reference) for reference in aligned], unaligned)
    assert (found is None) == (not aligned and not unaligned)
    if found:
        assert 0 <= found.coverage <= 1
        assert (found.coverage == 1) == (not unaligned)
        assert (found.coverage == 0) == (not aligned)


def test_the_first_view_is_the_aligned_pairs_alone():
    found = partial_scores(PAIRS, UNALIGNED)
    assert found is not None
    hypotheses, references = zip(*PAIRS, strict=True)
    assert list(found.aligned) == score(hypotheses, references)


def test_the_second_view_counts_the_unaligned_as_empty():
    found = partial_scores(PAIRS, UNALIGNED)
    assert found is not None
    hypotheses, references = zip(*PAIRS, strict=True)
    assert list(found.adjusted) == score([*hypotheses, ""], [*references, *UNALIGNED])


def test_both_views_agree_when_all_is_aligned():
    found = partial_scores(PAIRS, [])
    assert found is not None
    assert found.coverage == 1 and found.aligned == found.adjusted


def test_nothing_aligned():
    found = partial_scores([], UNALIGNED)
    assert found is not None
    assert found.coverage == 0 and found.aligned == ()
    assert [entry.value for entry in found.adjusted] == [0, 0, 100]


def test_json_rounds_the_coverage_and_keeps_the_scores():
    found = partial_scores(PAIRS, UNALIGNED * 2)
    assert found is not None
    written = json.loads(json.dumps(found.as_json()))
    assert written["coverage"] == 0.4286
    assert [entry["value"] for entry in written["aligned"]] == [x.value for x in found.aligned]
    assert {entry["segments"] for entry in written["unaligned_counted_as_empty"]} == {4}

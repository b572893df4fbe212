import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.batching import batches


@given(st.lists(st.integers(1, 300)), st.integers(1, 1000))
def test_every_sentence_is_in_one_batch_and_batches_fit(lengths, most):
    groups = batches(lengths, most)
    assert sorted(position for group in groups for position in group) == list(range(len(lengths)))
    for group in groups:
        assert len(group) == 1 or max(lengths[position] for position in group) * len(group) <= most


def test_an_impossible_size_is_refused():
    with pytest.raises(ValueError, match="0 tokens"):
        batches([1], 0)

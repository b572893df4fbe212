import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.passages import LIKENESS, UNEVENNESS, Usual


def usual(likeness, lengths=(50, 50), count=20):
    table = np.full((count, count), 0.1, dtype=np.float32)
    np.fill_diagonal(table, likeness)
    left, right = (np.full(count, length) for length in lengths)
    return Usual.of(table, left, right)


def test_a_better_translation_is_more_alike():
    weak, fair, good = (usual(likeness).likeness for likeness in (0.25, 0.45, 0.7))
    assert weak < fair < good
    assert np.exp(good) == pytest.approx(0.7, abs=0.08)


def test_shortened_sentences_make_lengths_count_less():
    assert usual(0.6, (30, 50)).unevenness > usual(0.6).unevenness
    assert usual(0.12, (30, 50)).unevenness < usual(0.6, (30, 50)).unevenness  # pairs by chance


@given(st.floats(0.2, 1), st.floats(0.2, 1))
def test_one_pair_says_little(likeness, other):
    few, many = usual(likeness, count=1), usual(likeness, count=30)
    assert abs(few.likeness - np.log(LIKENESS)) <= abs(many.likeness - np.log(LIKENESS))
    assert 0 < few.unevenness <= UNEVENNESS

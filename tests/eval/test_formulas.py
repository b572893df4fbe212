"""Scores from sums are sacreBLEU's, for sums of any size."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.formulas import empty, mean, values
from eval.metrics import NAMES, metrics, value
from eval.segments import WIDTHS, counted

PEERS = dict(zip(NAMES, metrics(), strict=True))
small = st.integers(0, 6)


@pytest.mark.parametrize("metric", NAMES)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_sums(metric, data):
    row = data.draw(st.lists(small, min_size=WIDTHS[metric], max_size=WIDTHS[metric]))
    if metric == "BLEU":  # no more can be shared than there are
        row[2:6] = [min(pair) for pair in zip(row[2:6], row[6:], strict=True)]
    if metric == "chrF2++":
        row[2::3] = [min(each) for each in zip(row[0::3], row[1::3], row[2::3], strict=True)]
    found = values(metric, np.array([row]))[0]
    assert found == pytest.approx(PEERS[metric]._compute_score_from_stats(list(row)).score)
    assert value(metric, np.array(row)) == PEERS[metric]._compute_score_from_stats(row).score


@pytest.mark.parametrize("metric", NAMES)
def test_empty_is_what_an_empty_translation_counts(metric):
    said = counted([("harga naik lagi", ["harga beras naik."]), ("a", ["b c"])])
    unsaid = counted([("", ["harga beras naik."]), ("", ["b c"])])
    found = empty(metric, said.tables[metric].astype(float))
    assert found.tolist() == unsaid.tables[metric].tolist()


def test_another_program_has_a_mean():
    assert mean(np.array([[3.0, 2.0]])).tolist() == [1.5]
    assert empty("COMET", np.array([[1.5, 2.0]])).tolist() == [[0.0, 2.0]]
    assert np.isnan(values("COMET", np.zeros((1, 2)))[0])

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.beads import BeadWeights, candidates
from corpora.passages import LONGEST, Passages, Rivals, Side
from corpora.similarity import matrix, products

SENTENCES = ["The president flew.", "Rice prices fell sharply.", "He agreed.", "A flood came.", "7"]
texts = st.lists(st.sampled_from([*SENTENCES, ""]), min_size=1, max_size=7)
few = settings(max_examples=25, deadline=None)


def passages_of(left, right, blocks=None):
    across, near_left, near_right = products([left], right, LONGEST)
    return Passages(
        across,
        Side.of([left], near_left, blocks or [0] * len(left)),
        Side.of([right], near_right, [0] * len(right)),
    )


@few
@given(texts, texts)
def test_cosines_of_passages_are_those_of_summed_vectors(left, right):
    """The tables of products give what the vectors themselves give."""
    found = matrix([*left, *right]).toarray().astype(np.float64)
    first, second = found[: len(left)], found[len(left) :]
    for size, other, table in passages_of(left, right).tables():
        for row, column in np.ndindex(*table.shape):
            a, b = first[row : row + size].sum(axis=0), second[column : column + other].sum(axis=0)
            lengths = np.linalg.norm(a) * np.linalg.norm(b)
            assert table[row, column] == pytest.approx(a @ b / lengths if lengths else 0, abs=1e-4)


@few
@given(texts, texts)
def test_single_cosines_are_those_of_the_tables(left, right):
    passages = passages_of(left, right)
    for size, other, table in passages.tables():
        rows, columns = (each.ravel() for each in np.indices(table.shape))
        alike = passages.at(np.full(len(rows), size), np.full(len(rows), other), rows, columns)
        assert np.allclose(alike, np.clip(table.ravel(), 0, 1), atol=1e-4)


@given(st.integers(1, 6), st.integers(1, 9), st.integers(1, 4), st.integers(0, 99))
def test_rivals_are_the_best_apart(height, width, size, seed):
    table = np.random.default_rng(seed).random((height, width), dtype=np.float32)
    before = table.copy()
    rivals = Rivals(table, size)
    assert (table == before).all()
    rows, columns = (each.ravel() for each in np.indices(table.shape))
    expected = [
        max([table[i, k] for k in range(width) if abs(k - j) >= size], default=0)
        for i, j in zip(rows, columns, strict=True)
    ]
    assert np.allclose(rivals.at(rows, columns), expected)


def test_no_candidate_crosses_a_block():
    left = [*SENTENCES[:2], *SENTENCES[:2]]
    found = candidates(
        passages_of(left, [" ".join(SENTENCES[:2])], [0, 1, 1, 2]), -50, BeadWeights()
    )
    assert {(start, end) for start, end, _, _ in found.spans.tolist() if end - start > 1} == {
        (1, 3)
    }


def test_the_odds_reach_the_least_asked_for():
    found = candidates(passages_of(SENTENCES, SENTENCES), -1.0, BeadWeights())
    assert len(found.odds) and (found.odds >= -1.0).all()

import numpy as np
import pytest

from corpora.similarity import cosines, folded, vectors

PASSAGES = [
    "The president left for Moscow on Monday morning.",
    "On Monday morning, the president departed to Moscow.",
    "Rice prices fell by 4.8 percent in the central market.",
    "",
]


@pytest.fixture(scope="module")
def alike():
    found = vectors(PASSAGES)
    return cosines(found, found)


def test_a_passage_is_wholly_like_itself(alike):
    assert np.allclose(np.diag(alike)[:3], 1)


def test_an_empty_passage_is_like_nothing(alike):
    assert not alike[3].any()


def test_likeness_goes_both_ways(alike):
    assert np.allclose(alike, alike.T)


def test_likeness_is_a_share(alike):
    assert alike.min() >= 0 and alike.max() <= 1 + 1e-9


def test_a_paraphrase_is_more_alike_than_another_story(alike):
    assert alike[0, 1] > alike[0, 2] + 0.2


def test_the_shape_is_left_by_right():
    found = vectors(PASSAGES)
    assert cosines(found[:1], found[1:]).shape == (1, 3)


def test_passages_without_any_feature():
    found = vectors(["", " "])
    assert not cosines(found, found).any()


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [
        ("10.000 ton", "10,000 ton"),
        ("4,8 juta", "4.8 juta"),
        ("1.250.000", "1,250,000"),
        ("“Ya,” kata ‘dia’", "\"Ya,\" kata 'dia'"),
        ("NATO", "Nato"),
    ],
)
def test_both_notations_fold_into_one(indonesian, english):
    assert folded(indonesian) == folded(english)


def test_a_list_is_no_decimal():
    assert folded("7, 8 dan 9") == "7, 8 dan 9"

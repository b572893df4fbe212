"""How far lines are from the landmarks of their page."""

import numpy as np
import pytest

from corpora.lines.landmarks import landmarks
from corpora.lines.look import look
from corpora.lines.page_bounds import Bounds

TEXTS = ("Ekonomi", "Harga Beras Naik", "Oleh Rina", "JAKARTA - Harga beras naik.", "Sudah.")
FLAGS = {
    "text": [False, False, False, True, False],
    "title": [False, True, False, False, False],
    "byline": [False, False, True, False, False],
}


def found(texts, counts=None, **flags):
    bounds = Bounds.of(counts or [len(texts)])
    arrays = {name: np.array(flag, bool) for name, flag in flags.items()}
    return {
        name: values.tolist()
        for name, values in landmarks(bounds, [look(text) for text in texts], **arrays).items()
    }


def test_distances_are_counted_from_the_landmark():
    distances = found(TEXTS, **FLAGS)
    assert distances["to-title"] == [3, 4, 5, 6, 7]
    assert distances["to-byline"] == [2, 3, 4, 5, 6]
    assert distances["to-dateline"] == [2, 3, 4, 5, 6]
    assert distances["to-text"] == [2, 3, 4, 5, 6]
    assert distances["from-top"] == [0, 1, 2, 3, 3]
    assert distances["from-end"] == [3, 3, 2, 1, 0]


def test_what_is_not_there_is_no_landmark():
    nothing = {name: [False] for name in FLAGS}
    distances = found(["Sudah."], **nothing)
    assert distances["to-title"] == distances["to-byline"] == distances["to-dateline"] == [0]


def test_lengths_are_those_of_the_text():
    lengths = found(TEXTS, **FLAGS)
    assert lengths["relative"][3] == 3 and lengths["relative"][4] == 0
    assert lengths["length"] == [0, 1, 0, 2, 0]


def test_pages_have_their_own_landmarks():
    both = found(
        [*TEXTS, "Sudah."], [5, 1], **{name: [*flag, False] for name, flag in FLAGS.items()}
    )
    alone, one = found(TEXTS, **FLAGS), found(["Sudah."], **{name: [False] for name in FLAGS})
    assert both == {name: [*alone[name], *one[name]] for name in both}


@pytest.mark.parametrize("counts", [[0], [0, 0]])
def test_pages_of_nothing(counts):
    for values in found([], counts, **{name: [] for name in FLAGS}).values():
        assert values == []

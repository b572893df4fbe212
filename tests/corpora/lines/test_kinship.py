"""Whether lines of a page speak of the same, counted by hand on small pages."""

import numpy as np
import pytest

from corpora.lines.kinship import Pairs, kinship, likeness
from corpora.lines.lexicon import lexicon
from corpora.lines.page_bounds import Bounds

GEMPA = ("gempa", "mengguncang", "pesisir", "cianjur")
AGAIN = ("warga", "cianjur", "mengungsi", "sesudah", "gempa")
ADVERT = ("kulkas", "diskon", "cicilan", "ringan")


def found(*lines, counts=None, running=None, title=None):
    words = lexicon().words(lines)
    bounds = Bounds.of(counts or [len(lines)])
    nothing = np.zeros(len(lines), bool)
    running = np.ones(len(lines), bool) if running is None else np.array(running)
    return kinship(words, bounds, running, nothing if title is None else np.array(title))


def test_a_line_of_the_story_is_kin_and_an_advert_is_not():
    kin = found(GEMPA, AGAIN, ADVERT)["kin"].tolist()
    assert kin[0] > 2 and kin[1] > 2 and kin[2] == 1


def test_a_line_without_rare_words_is_no_kin_of_anything():
    kin = found(("yang", "di", "dan"), GEMPA)
    assert kin["kin"][0] == kin["kin-title"][0] == kin["kin-above"][0] == 0


def test_a_line_is_not_its_own_kin():
    assert found(GEMPA)["kin"].tolist() == [1]
    assert found(("gempa", "gempa", "gempa"))["kin"].tolist() == [1]


def test_kin_above_and_below():
    kin = found(GEMPA, ADVERT, AGAIN)
    assert kin["kin-above"].tolist()[2] > 1 == kin["kin-above"].tolist()[0]
    assert kin["kin-below"].tolist()[0] > 1 == kin["kin-below"].tolist()[2]


def test_lines_far_off_are_not_beside():
    kin = found(GEMPA, ADVERT, ADVERT[:3], ADVERT[:2], AGAIN)
    assert kin["kin-up"][4] == 1 and kin["kin-down"][0] == 1


def test_kin_of_the_title():
    kin = found(GEMPA, AGAIN, ADVERT, title=[True, False, False])["kin-title"].tolist()
    assert kin[1] > 1 == kin[2] == kin[0]


def test_furniture_makes_no_kin():
    assert found(GEMPA, AGAIN, running=[True, False])["kin"].tolist()[0] == 1


def test_pages_know_nothing_of_each_other():
    together = found(GEMPA, ADVERT, AGAIN, GEMPA, counts=[2, 2])
    apart = [found(GEMPA, ADVERT), found(AGAIN, GEMPA)]
    for name, values in together.items():
        assert values.tolist() == [*apart[0][name].tolist(), *apart[1][name].tolist()]


@pytest.mark.parametrize("lines", [[], [()], [("yang",)]])
def test_pages_of_little(lines):
    words, bounds = lexicon().words(lines), Bounds.of([len(lines)])
    running = np.ones(len(lines), bool)
    for values in (
        *kinship(words, bounds, running, running).values(),
        *likeness(words, lexicon().weighted, bounds, running).values(),
    ):
        assert len(values) == len(lines)
    assert len(Pairs.of(words, bounds).line) == 0


def test_an_advert_is_least_like_the_page():
    lines = [GEMPA, AGAIN, ("korban", "gempa", "bertambah"), ADVERT]
    words, bounds = lexicon().words(lines), Bounds.of([len(lines)])
    like = likeness(words, lexicon().weighted, bounds, np.ones(4, bool))
    assert like["unlike"].argmin() == like["like"].argmin() == 3

"""Lines that another line of the page says again."""

import pytest

from corpora.lines.echoes import ECHOES, echoes, near_echoes
from corpora.lines.lexicon import lexicon
from corpora.lines.look import folded
from corpora.lines.page_bounds import Bounds

LONG = "Warga memotret patung kelinci di simpang empat Banjar Teges"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([LONG, "Warga memotret patung kelinci di..."], ["", "opens-above"]),
        (["Warga memotret patung kelinci", LONG], ["opens-below", ""]),
        ([LONG, "patung kelinci di simpang empat"], ["", "inside-above"]),
        ([LONG, LONG], ["same-below", "same-above"]),
        ([LONG, "Warga"], ["", ""]),
        ([LONG, "Harga beras naik di pasar induk"], ["", ""]),
        ([], []),
    ],
    ids=["cut off below", "cut off above", "inside", "same", "short", "another", "nothing"],
)
def test_echoes(lines, expected):
    found = echoes(Bounds.of([len(lines)]), [folded(line) for line in lines])
    assert [ECHOES[each] for each in found] == expected


def test_pages_do_not_echo_each_other():
    assert echoes(Bounds.of([1, 1]), [folded(LONG)] * 2).tolist() == [0, 0]


def said(*lines, counts=None):
    words = lexicon().words(tuple(line.lower().split()) for line in lines)
    found = near_echoes(words, Bounds.of(counts or [len(lines)]))
    return found["said-above"].tolist(), found["said-below"].tolist()


def test_lines_that_nearly_say_the_same():
    above, below = said(LONG, "Harga beras naik lagi", f"Dua {LONG}")
    assert above[2] >= 3 and above[:2] == [0, 0]
    assert below[0] == 4 and below[1:] == [0, 0]


def test_a_line_that_repeats_itself_says_nothing_again():
    assert said("ayo ayo ayo ayo ayo") == ([0], [0])


def test_nothing_is_said_on_another_page():
    assert said(LONG, LONG, counts=[1, 1]) == ([0, 0], [0, 0])


@pytest.mark.parametrize("lines", [[], ["dua kata"], ["satu dua", "tiga"]])
def test_lines_of_few_words(lines):
    assert said(*lines) == ([0] * len(lines), [0] * len(lines))

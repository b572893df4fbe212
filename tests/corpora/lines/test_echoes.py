"""Lines that another line of the page says again."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.lines.echoes import ECHOES, LEAST, echoes, near_echoes, sayings, wholes_above
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
    assert [ECHOES[each] for each in echoed([folded(line) for line in lines])] == expected


def echoed(*pages):
    bounds = Bounds.of([*map(len, pages)])
    return echoes(bounds, sayings(bounds, [key for page in pages for key in page])).tolist()


def begun(*keys):
    bounds = Bounds.of([len(keys)])
    return wholes_above(bounds, sayings(bounds, keys)).tolist()


def test_pages_do_not_echo_each_other():
    assert echoed([folded(LONG)], [folded(LONG)]) == [0, 0]


def echo(page, index):
    """What `echoes` says of a line, looked for in each other line."""
    key = page[index]
    others = [*page[:index], *page[index + 1 :]]
    if len(key) < LEAST or not any(key in other for other in others):
        return ""
    ways = [
        ("same", key in others),
        ("opens", any(each.startswith(key) for each in others)),
        ("inside", True),
    ]
    side = "above" if any(key in other for other in page[:index]) else "below"
    return f"{next(way for way, holds in ways if holds)}-{side}"


KEYS = st.lists(
    st.sampled_from(
        ["", "a" * 15, "a" * 16, "a" * 17, "ab" * 8, "ab" * 12, "b" + "a" * 16, "é😀" * 9]
    )
    | st.text("ab", min_size=15, max_size=20)
)


@given(st.lists(KEYS, max_size=3))
def test_echoes_are_those_that_are_found_line_by_line(pages):
    expected = [echo(page, index) for page in pages for index in range(len(page))]
    assert [ECHOES[each] for each in echoed(*pages)] == expected


@given(KEYS)
def test_the_line_above_that_one_is_the_beginning_of(keys):
    for index, whole in enumerate(begun(*keys)):
        key = keys[index]
        longer = [
            above
            for above in range(index)
            if len(key) >= LEAST and keys[above].startswith(key) and keys.count(key) == 1
        ]
        assert whole == (longer[0] if longer else -1)


def test_a_line_inside_of_one_above_that_begins_one_below_was_not_cut_off():
    key = folded("Harga Beras Naik Sepuluh Persen")
    keys = [f"homeberita{key}dipasar", key, f"{key}dipasar"]
    assert [ECHOES[each] for each in echoed(keys)][1] == "opens-above"
    assert begun(*keys) == [-1, -1, -1]
    assert begun(keys[2], *keys) == [-1, -1, 0, -1]


def test_time_grows_as_the_text_does():
    """Every line begins as the others do; each was once looked for in all of the page."""

    def seconds(count):
        keys = [f"hargaberasdipasarnomor{number}naiklagi" for number in range(count)]
        start = time.process_time()
        echoed(keys)
        return time.process_time() - start

    assert min(seconds(16_000) for _ in range(3)) < 32 * min(seconds(2_000) for _ in range(3))


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

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report.blocks import (
    PAGE_BYTES,
    SIDE_NAME,
    Blocks,
    packed,
    placed,
    remove_others,
    side_name,
    unpacked,
    write_beside,
)

BASE64 = set(string.ascii_letters + string.digits + "+/=")
VALUES = st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner))


@given(VALUES)
def test_what_is_packed_can_be_unpacked(value):
    assert unpacked(packed(value)) == value


@given(st.lists(st.text("ab", max_size=4), max_size=6))
def test_blocks_come_back_by_their_number(found):
    blocks = Blocks()
    for data in found:
        blocks.add(data)
    blocks.first = "index"
    assert list(blocks) == ["index", *found] and len(blocks) == 1 + len(found)
    assert blocks[0:2] == ["index", *found[:1]] and blocks[-1] == ["index", *found][-1]


def test_large_blocks_wait_on_the_disk():
    blocks = Blocks()
    for number in range(3):
        blocks.add(str(number) * PAGE_BYTES)
    assert isinstance(blocks.others.fileno(), int)
    assert [blocks[number][0] for number in (3, 1, 2)] == ["2", "0", "1"]


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_packed_is_markup_or_script(text):
    assert set(packed(text)) <= BASE64


def test_everything_fits_inside_a_small_page():
    placement = placed(["a", "b"], 1000)
    assert placement.inline == ((0, "a"), (1, "b")) and placement.beside == ()


def test_a_page_that_does_not_fit_keeps_the_index_alone():
    placement = placed(["index", "x" * PAGE_BYTES, "y"], 1000)
    assert placement.inline == ((0, "index"),)
    assert [number for number, _ in placement.beside] == [1, 2]


def test_an_index_that_does_not_fit_stands_beside_as_well():
    assert placed(["x" * PAGE_BYTES], 1000).inline == ()


def test_no_block_at_all():
    placement = placed([], 1000)
    assert placement.inline == () and placement.beside == ()


@given(st.integers(0, 10**6), st.text("ab"))
def test_names_beside_say_what_they_hold(number, data):
    name = side_name(number, data)
    assert SIDE_NAME.fullmatch(name)
    assert name != side_name(number, data + "c")


def test_blocks_beside_are_one_call_each(tmp_path):
    data = packed(["</script><script>alert(1)</script>"])
    blocks = [packed(0), data, "x" * PAGE_BYTES]
    write_beside(tmp_path, placed(blocks, 0), blocks)
    text = (tmp_path / side_name(1, data)).read_text(encoding="utf-8")
    call, _, rest = text.partition("(")
    assert call == "selarasBlock" and json.loads(f"[{rest.removesuffix(');' + chr(10))}]") == [
        1,
        data,
    ]


@pytest.mark.parametrize("stranger", ["notes.txt", "0001.js"])
def test_old_blocks_go_and_strangers_stay(tmp_path, stranger):
    blocks = ["i", "x" * PAGE_BYTES]
    placement = placed(blocks, 0)
    write_beside(tmp_path, placement, blocks)
    old = tmp_path / side_name(7, "old")
    old.write_text("")
    (tmp_path / stranger).write_text("")
    remove_others(tmp_path, placement)
    assert not old.exists() and (tmp_path / stranger).exists()
    assert (tmp_path / placement.beside[0][1]).exists()


def test_a_folder_without_blocks_goes(tmp_path):
    beside = tmp_path / "report"
    beside.mkdir()
    (beside / side_name(7, "old")).write_text("")
    remove_others(beside, placed(["i"], 0))
    assert not beside.exists()

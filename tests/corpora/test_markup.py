"""Cases live in cases/markup.jsonl: pieces of HTML and what a browser would show of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.markup import holds_markup, is_page, running_text, without_table_marks, without_tags


def test_case(case):
    assert holds_markup(case["html"]) and without_tags(case["html"]) == case["text"]


@pytest.mark.parametrize(
    "text",
    [
        "Nilai a < b dan c > d.",
        "AT&T, R&B, dan Q&A.",
        "Tanda <ant> dan <3 serta ->.",
        "Buka https://contoh.id/?a=1&b=2.",
        "Ditulis dengan C++ <iostream>.",
    ],
)
def test_text_is_not_taken_for_markup(text):
    assert not holds_markup(text)


def test_tags_in_tags_without_end_lose_no_text():
    assert without_tags("<div>" * 250 + "<p>Satu.</p>" + "</div>" * 250) == "Satu."


def test_on_a_page_nothing_but_tags_ends_a_line():
    page = "<html><body>Satu\n\ndua\n<p>tiga\n\nempat</p>lima\nenam.</body></html>"
    assert without_tags(page) == "Satu dua\ntiga empat\nlima enam."


WORDS = ["<Rp 5", "<b", "Harga", "<area kota>", "&amp;", "a@b", "<!", "\n"]


@given(st.lists(st.sampled_from(WORDS)))
def test_no_word_is_lost_where_nothing_is_a_tag(words):
    text = " ".join([*words, "akhir"])
    assert "".join(without_tags(text).split()) == "".join(text.replace("&amp;", "&").split())


def test_pages_and_pieces():
    assert is_page("<!DOCTYPE html><p>Ya.") and is_page(" <html lang=id>")
    assert not is_page("<p>Ya.</p>")
    assert running_text("Harga beras di pasar naik lagi pekan ini, kata dia. " * 5)
    assert not running_text("Beranda\nEkonomi\n" + "menu " * 100)


def test_cells_of_tables_are_lines():
    assert without_table_marks("a\n| b | c | \n|---|---|\n|  | d | ") == "a\nb\nc\nd"
    assert without_table_marks("Skor 3 | 1\n|x|y") == "Skor 3 | 1\n|x|y"
    assert without_table_marks("| Solo \\| Sragen | 14 |") == "Solo | Sragen\n14"

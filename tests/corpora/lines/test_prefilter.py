"""A pattern that the prefilter leaves out would not have matched."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.lines.prefilter import Prefilter
from corpora.lines.rules import RuleBook, shipped_rules

CASES = Path(__file__).parents[1] / "cases"
BOOK = RuleBook(shipped_rules())


def test_capitals_of_the_pattern_are_found_in_small_letters():
    assert Prefilter([re.compile("(?-i:IKLAN)")]).candidates(
        "sebuah IKLAN", ["sebuah", "iklan"]
    ) == [0]


@pytest.mark.parametrize(
    ("pattern", "words", "may"),
    [
        (r"\(ap", ["apa"], True),
        (r"\(ap", ["tetap"], False),
        ("tidak boleh", ["bolehkah", "tidaknya"], True),
        ("tidak boleh ", ["bolehkah"], False),
        ("boleh-boleh ", ["boleh-boleh"], True),
    ],
)
def test_words_that_a_string_may_stand_in(pattern, words, may):
    known = Prefilter([re.compile(pattern)]).fragments
    assert any(known[word] for word in words) is may


def test_no_patterns():
    assert Prefilter([]).candidates("apa pun", ["apa", "pun"]) == []


def asked_one_by_one(text):
    return next((rule for rule in BOOK.rules if rule.matches(text)), None)


LINES = sorted(
    {
        line.strip()
        for file in [*CASES.glob("pages/develop/*.txt"), *CASES.glob("pages/varied/*.txt")]
        for line in file.read_text(encoding="utf-8").split("\n")
        if line.strip()
    }
)


def test_the_book_finds_what_asking_every_rule_finds():
    assert [BOOK.find(line) for line in LINES] == [asked_one_by_one(line) for line in LINES]


PIECES = [rule.example for rule in shipped_rules()] + [rule.counter_example for rule in BOOK.rules]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=3).map("".join))
def test_the_book_finds_the_same_in_anything(text):
    assert BOOK.find(text.strip()) == asked_one_by_one(text.strip())

"""A pattern that the prefilter leaves out would not have matched."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.literals import Prefilter, alternatives, openings, required
from corpora.rules import RuleBook, shipped_rules

CASES = Path(__file__).parent / "cases"
BOOK = RuleBook(shipped_rules())


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("iklan", {"iklan"}),
        ("(ya|tidak) pernah", {" pernah"}),
        ("^(baca|simak) juga$", {"baca", "simak"}),
        ("(iklan)?promo", {"promo"}),
        ("(iklan){2,}", {"iklan"}),
        ("(iklan)*", None),
        ("iklan|", None),
        (r"\w+", None),
        ("[>»]", {">", "»"}),
        (r"\d{4}", set("0123456789")),
        ("[a-z]+", None),
        ("", None),
    ],
)
def test_what_every_match_holds(pattern, strings):
    assert required(re.compile(pattern, re.IGNORECASE)) == strings


def test_capitals_of_the_pattern_are_found_in_small_letters():
    assert Prefilter([re.compile("(?-i:IKLAN)")]).candidates(
        "sebuah IKLAN", ["sebuah", "iklan"]
    ) == [0]


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a|b", ["a", "b"]),
        ("(a|b)c|d", ["(a|b)c", "d"]),
        ("[|]a|b", ["[|]a", "b"]),
        ("[]|]a", ["[]|]a"]),
        ("[^]|]a|b", ["[^]|]a", "b"]),
        (r"\|a", [r"\|a"]),
        (r"[\]|]a|b", [r"[\]|]a", "b"]),
        (r"(a)\1|b", [r"(a)\1|b"]),
        ("(?P<x>a)(?P=x)|b", ["(?P<x>a)(?P=x)|b"]),
        ("a|", ["a", ""]),
    ],
)
def test_alternatives(pattern, parts):
    assert [each.pattern for each in alternatives(re.compile(pattern))] == parts


def test_a_pattern_with_comments_stays_whole():
    pattern = re.compile("a | b # or | c", re.VERBOSE)
    assert alternatives(pattern) == (pattern,)


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("^iklan$", ("iklan",)),
        (r"^\W*((baca|simak) juga)+", ("baca", "simak")),
        (r"^\W*(\(opens|x)", ("opens", "x")),
        ("^[ab]c", ("a", "b")),
        ("^(a?b)", ()),
        ("^[a-z]", ()),
        (r"^\W*$", ()),
        ("iklan", ()),
        ("^", ()),
    ],
)
def test_openings(pattern, begins):
    assert openings(re.compile(pattern, re.IGNORECASE)) == begins


def test_openings_of_lines_inside_a_text_are_not_known():
    assert openings(re.compile("^iklan", re.MULTILINE)) == ()


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

"""What every match of a pattern holds, and how it begins."""

import re

import pytest

from corpora.lines.literals import alternatives, is_wordless, openings, required


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("iklan", {"iklan"}),
        ("(ya|tidak) pernah", {"ya pernah", "tidak pernah"}),
        ("(ya|tidak)? pernah", {" pernah"}),
        ("^(baca|simak) juga$", {"baca juga", "simak juga"}),
        (r"^(baca|simak)\s+juga$", {"baca", "simak"}),
        ("(aa|b)(c|de)", {"aac", "aade", "bc", "bde"}),
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


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a|b", ["a", "b"]),
        ("(a|b)c|d", ["(a)c", "(b)c", "d"]),
        ("^(a|b)c|d", ["^(a|b)c", "d"]),
        ("(a|b)+c", ["(a|b)+c"]),
        ("(?:a|b)c", ["(?:a|b)c"]),
        ("x((a|b)|c)", ["x((a|b))", "x(c)"]),
        (r"(?!a|b)c(d|[)|]e)", ["(?!a|b)c(d)", "(?!a|b)c([)|]e)"]),
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


@pytest.mark.parametrize(
    ("pattern", "wordless"),
    [
        (r"^\W*#?\d{1,6}\W*$", True),
        (r"^(\d:)+\d$", True),
        (r"^\d+", False),
        (r"\d+$", False),
        (r"^\w+$", False),
        ("^[0-9a]$", False),
        ("^12$|^a$", False),
    ],
)
def test_patterns_of_lines_without_a_letter(pattern, wordless):
    assert is_wordless(re.compile(pattern)) is wordless


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        (r"^\[?(iklan|ad)", ("ad", "iklan")),
        (r"^(\W*baca|\d\))", (*"0123456789", "baca")),
        ("^a?b", ()),
    ],
)
def test_signs_that_may_be_left_out_do_not_hide_the_beginning(pattern, begins):
    assert openings(re.compile(pattern)) == begins

"""Articles keep their split; near-duplicates share it."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import UserError
from corpora.publishing.splits import originals_of, split_of

names = st.sampled_from("abcdefgh")


@given(st.dictionaries(names, names))
def test_duplicates_share_a_split_whatever_chain_or_circle_they_form(originals):
    for article, original in originals.items():
        assert split_of(article, originals) == split_of(original, originals)


def test_the_shares_are_as_they_should_be():
    counts = Counter(split_of(f"artikel-{number}.txt", {}) for number in range(20_000))
    assert 0.04 < counts["test"] / 20_000 < 0.06
    assert 0.04 < counts["validation"] / 20_000 < 0.06


def test_a_split_is_for_ever():
    """Pinned: a change would move articles of published test sets into training."""
    found = [split_of(f"{number}.txt", {}) for number in range(40)]
    assert [n for n, split in enumerate(found) if split != "train"] == [1, 18, 20, 27, 39]


def test_originals_are_read_from_the_articles(tmp_path):
    file = tmp_path / "articles.jsonl"
    assert originals_of(file) == {}
    lines = [
        {"article": "a"},
        {"article": "b", "duplicate_of": "a"},
        {"article": "c", "duplicate_of": None},
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert originals_of(file) == {"b": "a"}
    file.write_text("[1]\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"articles\.jsonl:1"):
        originals_of(file)

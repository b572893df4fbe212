"""Addresses of rows: all different, and a good row's own whatever becomes of the others."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpora.document import Document
from corpora.reading import Failure, ReadingOptions, Source
from corpora.rows import Entry, articles

IDS = st.sampled_from(["1", "2", "3", "a", "B", "b", "a~2", "a~3", "a~3~3", " 2 ", ":2", "", None])
ROWS = st.lists(st.tuples(IDS, st.sampled_from(["Hujan turun.", ""])), min_size=1, max_size=6)


def found_in(rows):
    """What becomes of rows with these ids and texts."""
    entries = [
        Entry(str(number), {"id": label, "text": text})
        for number, (label, text) in enumerate(rows, start=1)
    ]
    return list(articles(entries, Source(Path("a.csv"), "a.csv"), ReadingOptions(), "csv"))


@given(ROWS)
def test_no_two_rows_have_one_address(rows):
    paths = [each.path for each in found_in(rows)]
    assert len(set(paths)) == len(paths) == len(rows)


@given(ROWS)
def test_a_row_keeps_its_id_if_no_good_row_before_has_it(rows):
    found = found_in(rows)
    seen = set()
    for number, (each, (label, text)) in enumerate(zip(found, rows, strict=True), start=1):
        own = f"a.csv#{(label or '').strip() or number}"
        assert isinstance(each, Document if text else Failure)
        if text:
            assert each.path == own or own in seen
            seen.add(each.path)


def test_a_row_that_failed_takes_no_name():
    found = found_in([("x", ""), ("x", "Hujan turun."), ("1", "Jalan macet.")])
    assert [each.path for each in found] == ["a.csv:1", "a.csv#x", "a.csv#1"]

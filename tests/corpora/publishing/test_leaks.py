"""Rows that a test set has are told from rows that only share a phrase with it."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import UserError
from corpora.publishing.leaks import RUN, TestSet, coverage, overlaps, read_test_sets
from tests.corpora.test_row import row

SEGMENT = (
    "Nelayan di pesisir utara menunda melaut karena gelombang setinggi tiga meter sejak "
    "kemarin sore."
)
SET = TestSet.of("ujian.id", [SEGMENT, "Hujan turun deras."])


def with_source(text):
    return replace(row(1), source=text, translation="", reference=None)


@pytest.mark.parametrize(
    ("text", "leaks"),
    [
        (SEGMENT, True),
        (SEGMENT.upper().replace(" ", "  "), True),
        (SEGMENT.replace("kemarin sore", "Senin pagi"), True),
        ("Kata ketua kelompok, " + SEGMENT, True),
        ("Hujan turun deras!", True),
        ("Hujan turun", False),
        ("Hujan turun deras di kota itu sejak pagi tadi.", False),
        (
            "Warga pindah karena gelombang setinggi tiga meter merusak tanggul yang baru dibangun.",
            False,
        ),
        ("", False),
    ],
    ids=["same", "case", "end", "longer", "short", "shorter", "short-inside", "phrase", "empty"],
)
def test_verdict(text, leaks):
    found = overlaps(with_source(text), [SET])
    assert any(each.leaks for each in found) == leaks


def test_a_long_run_in_a_longer_row_leaks():
    found = overlaps(with_source(SEGMENT + " " + " ".join(f"kata{n}" for n in range(60))), [SET])
    assert found[0].share < 0.5 and found[0].longest >= 13 and found[0].leaks


def test_the_english_side_is_looked_at_too():
    english = TestSet.of("test.en", ["The boats stayed in the harbour for three days."])
    text = "The boats stayed in the harbour for three days."
    for changed in ({"translation": text}, {"reference": text}):
        assert overlaps(replace(row(1), **changed), [SET, english])[0].test_set == "test.en"


@given(st.lists(st.booleans(), max_size=40))
def test_coverage_counts_each_word_once(hits):
    words = {place + step for place, hit in enumerate(hits) if hit for step in range(RUN)}
    assert coverage(hits)[0] == len(words)


def test_sets_are_read_from_a_folder(tmp_path):
    (tmp_path / "a.tsv").write_text(f"{SEGMENT}\tThe boats stayed.\n", encoding="utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.jsonl").write_text(
        '{"t": {"id": "satu dua tiga empat lima"}}\n', "utf-8"
    )
    pq.write_table(pa.table({"t": ["enam tujuh delapan sembilan sepuluh"]}), tmp_path / "c.parquet")
    sets = read_test_sets(tmp_path)
    assert [each.name for each in sets] == ["a.tsv", "c.parquet", "deep/b.jsonl"]
    assert all(each.runs for each in sets)


def test_bad_folders_are_named(tmp_path):
    with pytest.raises(UserError, match="no such folder"):
        read_test_sets(tmp_path / "none")
    with pytest.raises(UserError, match="no file there"):
        read_test_sets(tmp_path)
    (tmp_path / "x.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(UserError, match=r"x\.txt: no test set"):
        read_test_sets(tmp_path)

"""Runs over the same articles, of which each has its own rows and its own alignment."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpora.errors import UserError
from corpora.publishing.shard_files import write_rows
from eval.shared_alignment import contest_of_runs, names_of, stretches
from tests.eval.test_run_scores import ROW

FIRST = [
    replace(
        ROW,
        id="1",
        start=0,
        end=9,
        translation="The volcano erupted on Thursday morning.",
        reference="The volcano has erupted on Thursday morning.",
    ),
    replace(
        ROW,
        id="2",
        start=10,
        end=19,
        position=1,
        translation="Four hundred villagers fled to the coast.",
        reference="Some four hundred villagers fled to the coast.",
    ),
    replace(
        ROW,
        id="3",
        start=20,
        end=29,
        position=2,
        translation="Rice is now more expensive in every market.",
        reference=None,
    ),
    replace(
        ROW,
        id="4",
        start=30,
        end=39,
        position=3,
        translation="The minister of health declined to comment.",
        reference="Health minister Sari declined to comment.",
    ),
]
# the first two sentences in one row, and another alignment
SECOND = [
    replace(
        FIRST[0],
        end=19,
        translation="On Thursday the volcano erupted. Four hundred villagers ran to the coast.",
        reference=None,
    ),
    replace(FIRST[2], translation="Rice costs more in all markets now."),
    replace(FIRST[3], translation="The health minister did not comment.", reference=None),
]
LOST = [{"article": "a.txt", "reference_id": "a#1", "text": "Nobody watched the football match."}]


def run(folder: Path, rows, unaligned=()):
    write_rows(folder / "corpus" / "rows.parquet", rows)
    (folder / "run.json").write_text("{}", encoding="utf-8")
    lines = [json.dumps(each) for each in unaligned]
    (folder / "unaligned.jsonl").write_text(
        "".join(f"{line}\n" for line in lines), encoding="utf-8"
    )
    return folder


def test_stretches_are_the_smallest_that_no_row_leads_out_of():
    found = list(stretches([FIRST, SECOND]))
    assert [[len(own) for own in each.rows] for each in found] == [[2, 1], [1, 1], [1, 1]]


def test_a_sentence_of_one_run_alone_is_left_out():
    found = list(stretches([FIRST, SECOND[:1]]))
    assert [len(each.rows[0]) for each in found] == [2]


def test_a_contest_is_on_one_alignment(tmp_path):
    other = replace(ROW, article="b.txt")
    folders = [run(tmp_path / "one", [*FIRST, other], LOST), run(tmp_path / "two", SECOND)]
    found = contest_of_runs(folders)
    assert found.names == ("one", "two")
    assert found.hypotheses[0][0] == f"{FIRST[0].translation} {FIRST[1].translation}"
    assert found.hypotheses[1] == [SECOND[0].translation, SECOND[2].translation]
    assert [each for (each,) in found.references] == [
        f"{FIRST[0].reference} {FIRST[1].reference}",
        FIRST[3].reference,
    ]
    assert found.articles == ["a.txt", "a.txt"] and found.confidence is not None
    assert all(0 < each <= 1 for each in found.confidence)
    assert list(found.unaligned) == [("a.txt", LOST[0]["text"])]
    assert found.coverage == pytest.approx(21 / 26)
    assert "1 of 2 articles are not in all runs" in found.notes[0]


def test_the_order_of_the_runs_changes_nothing(tmp_path):
    one, two = run(tmp_path / "one", FIRST, LOST), run(tmp_path / "two", FIRST[:3], LOST)
    there, back = contest_of_runs([one, two]), contest_of_runs([two, one])
    assert there.references == back.references
    assert there.confidence == pytest.approx(back.confidence, abs=0.01)


def test_a_run_that_takes_part_twice_changes_little(tmp_path):
    one, two = run(tmp_path / "one", FIRST, LOST), run(tmp_path / "two", FIRST[:3], LOST)
    once, twice = contest_of_runs([one, two]), contest_of_runs([one, two, one])
    assert once.references == twice.references
    assert once.confidence == pytest.approx(twice.confidence, abs=0.01)


def test_runs_that_share_nothing_are_refused(tmp_path):
    other = [replace(row, article="b.txt") for row in FIRST]
    folders = [run(tmp_path / "one", FIRST), run(tmp_path / "two", other)]
    with pytest.raises(UserError, match="nothing to compare"):
        contest_of_runs(folders)


def test_a_folder_that_is_no_run_is_refused(tmp_path):
    with pytest.raises(UserError, match="no finished run"):
        contest_of_runs([tmp_path, tmp_path])


def test_names():
    assert names_of([Path("a/run"), Path("b/run")]) == ("a/run", "b/run")

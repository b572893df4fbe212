"""Runs over the same articles, of which each has its own rows and its own alignment."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpora.errors import UserError
from corpora.publishing.shard_files import write_rows
from eval.bootstrap import Resampling
from eval.gathering import Unaligned
from eval.run_scores import scored
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


ORPHANS = [
    {"article": "hantu", "reference_id": "hantu.txt#1", "text": "The ferry was late again."},
    {"article": "hantu", "reference_id": "hantu.txt#2", "text": "Nobody complained."},
    {"article": "", "reference_id": "refs.jsonl#7", "text": "Elsewhere it rained."},
    {"article": "", "reference_id": "refs.jsonl#8", "text": " "},
]


def test_references_of_no_article_count_as_not_aligned(tmp_path):
    folders = [run(tmp_path / name, FIRST, [*LOST, *ORPHANS]) for name in ("one", "two")]
    with_orphans = contest_of_runs(folders)
    said = [(each["article"], each["text"]) for each in (*LOST, *ORPHANS[:3])]
    assert list(with_orphans.unaligned) == said
    for each in folders:
        run(each, FIRST, LOST)
    without = contest_of_runs(folders)
    assert with_orphans.references == without.references
    words = sum(len(each.split()) for (each,) in without.references)
    assert without.coverage == pytest.approx(words / (words + 5))
    assert with_orphans.coverage == pytest.approx(words / (words + 5 + 5 + 2 + 3))


def test_coverage_is_that_of_the_run(tmp_path):
    """A run beside its copy: what `selaras score` says of it is what `selaras compare` says."""
    folders = [run(tmp_path / name, FIRST, [*LOST, *ORPHANS]) for name in ("one", "two")]
    entries = [*LOST, *ORPHANS]
    left = [Unaligned(each["article"], each["text"], each["reference_id"]) for each in entries]
    alone = scored(FIRST, left, options=Resampling(100))
    assert contest_of_runs(folders).coverage == pytest.approx(alone.coverage)


def test_references_of_an_article_that_is_left_out_are_left_out_with_it(tmp_path):
    other = replace(ROW, article="b.txt")
    lost = [{"article": "b.txt", "reference_id": "b#2", "text": "He left before noon."}]
    one = run(tmp_path / "one", [*FIRST, other], lost)
    own = {"article": "b", "reference_id": other.reference_id, "text": other.reference}
    two = run(tmp_path / "two", FIRST, [own, {**lost[0], "article": "b"}, ORPHANS[0]])
    for folders, left in (([one, two], []), ([two, one], [("hantu", ORPHANS[0]["text"])])):
        found = contest_of_runs(folders)
        assert list(found.unaligned) == left
        assert "1 of 2 articles" in found.notes[0]


def test_an_article_without_a_row_in_any_run_is_no_article(tmp_path):
    lost = [{"article": "kosong.txt", "reference_id": "k#1", "text": "All of it was dropped."}]
    folders = [run(tmp_path / name, FIRST, lost) for name in ("one", "two")]
    assert list(contest_of_runs(folders).unaligned) == [("kosong.txt", "All of it was dropped.")]


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

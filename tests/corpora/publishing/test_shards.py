"""The corpus is written once; what stays the same stays untouched, byte for byte."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.errors import UserError
from corpora.publishing import shard_files
from corpora.publishing.columns import CONFIGURATIONS, declared, schema
from corpora.publishing.manifest import changed, read_manifest
from corpora.publishing.shard_files import read_rows, rows_of_file, shard_name, write_rows
from corpora.publishing.shards import write_corpus
from corpora.publishing.splits import split_of
from corpora.row import Row
from tests.corpora.rows import made_row, made_rows


def split(article):
    return split_of(article, {})


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def ordered(rows):
    return sorted(rows, key=lambda row: (row.article, row.position))


def test_what_is_written_is_read_in_the_order_of_the_articles(tmp_path):
    rows = list(made_rows(80))
    manifest = write_corpus(tmp_path, iter(rows), split)
    assert list(read_rows(tmp_path)) == rows
    assert {shard.split for shard in manifest.shards} == {"train", "validation", "test"}
    assert sum(s.rows for s in manifest.shards if s.configuration == "machine") == len(rows)


def test_more_shards_than_a_process_may_open_are_read(tmp_path):
    """As many small builds leave them: every shard has articles of the whole alphabet."""
    resource = pytest.importorskip("resource")
    rows = [made_row(f"{n:03}.txt", 0) for n in range(240)]
    for shard in range(80):
        write_rows(tmp_path / shard_name("machine", "train", shard), rows[shard::80])
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_open() + 20, hard))
    try:
        assert list(read_rows(tmp_path)) == rows
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def most_open():
    """The highest number of an open file of this process."""
    return max(map(int, os.listdir("/dev/fd")))  # noqa: PTH208 - names are enough


def test_shards_are_read_when_their_turn_comes(tmp_path, monkeypatch):
    for shard in range(9):
        rows = [made_row(f"{shard}{n}.txt", 0) for n in range(2)]
        write_rows(tmp_path / shard_name("machine", "train", shard), rows)
    whole: list[Path] = []
    read = shard_files.rows_of_file

    def noted(file):
        whole.append(file)
        return read(file)

    monkeypatch.setattr(shard_files, "rows_of_file", noted)
    stream = read_rows(tmp_path)
    assert [next(stream).article for _ in range(3)] == ["00.txt", "01.txt", "10.txt"]
    assert len(whole) <= 2 and len(list(stream)) == 15


def test_either_configuration_gives_back_whole_rows(tmp_path):
    rows = list(made_rows(3))
    write_corpus(tmp_path, rows, lambda _: "train")
    assert list(rows_of_file(tmp_path / "machine-train-00000.parquet")) == rows
    aligned = [row for row in rows if row.reference]
    assert list(rows_of_file(tmp_path / "aligned-train-00000.parquet")) == aligned


def test_the_same_rows_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_corpus(tmp_path / name, made_rows(50), split)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_second_writing_touches_nothing(tmp_path):
    write_corpus(tmp_path, made_rows(50), split)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.parquet")}
    write_corpus(tmp_path, made_rows(50), split)
    assert before == {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.parquet")}


def test_new_articles_go_into_new_shards(tmp_path):
    write_corpus(tmp_path, made_rows(40), split)
    before = contents(tmp_path)
    rows = [*made_rows(40), *(made_row("0-first.txt", n) for n in range(3))]
    manifest = write_corpus(tmp_path, ordered(rows), split)
    after = contents(tmp_path)
    assert all(after[name] == data for name, data in before.items() if name.endswith("parquet"))
    assert len(manifest.shards) == len(before)  # one new, and the manifest is no shard
    assert list(read_rows(tmp_path)) == ordered(rows)


def test_an_article_that_goes_or_changes_costs_its_shard_alone(tmp_path):
    write_corpus(tmp_path, made_rows(30), lambda _: "train", largest_bytes=1)
    write_corpus(tmp_path, made_rows(60), lambda _: "train")
    old = read_manifest(tmp_path)
    rows = [row for row in made_rows(60) if row.article != "a00003.txt"]
    rows = [made_row(row.article, 0) if row.article == "a00004.txt" else row for row in rows]
    rows = [row for n, row in enumerate(rows) if row not in rows[:n]]
    before = contents(tmp_path)
    manifest = write_corpus(tmp_path, rows, lambda _: "train")
    after = contents(tmp_path)
    assert list(read_rows(tmp_path)) == rows
    second = [shard.name for shard in old.shards if "00001" in shard.name]
    assert second and all(before[name] == after[name] for name in second)
    assert not list(changed(tmp_path, manifest))


def test_shards_end_before_they_grow_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr("corpora.publishing.shard_files.ROWS_PER_GROUP", 10)
    manifest = write_corpus(tmp_path, made_rows(200), lambda _: "train", largest_bytes=90_000)
    machine = [shard for shard in manifest.shards if shard.configuration == "machine"]
    assert len(machine) > 1 and all(shard.size <= 90_000 for shard in manifest.shards)
    assert list(read_rows(tmp_path)) == list(made_rows(200))


def test_rows_that_break_off_leave_the_old_corpus(tmp_path):
    write_corpus(tmp_path, made_rows(5), split)
    before = contents(tmp_path)

    def breaking():
        yield from made_rows(7)
        raise RuntimeError("out of disk")

    with pytest.raises(RuntimeError, match="out of disk"):
        write_corpus(tmp_path, breaking(), split)
    assert contents(tmp_path) == before


def test_rows_of_one_article_stand_together(tmp_path):
    rows = [made_row("a", 0), made_row("b", 0), made_row("a", 1)]
    with pytest.raises(ValueError, match="stand apart"):
        write_corpus(tmp_path, rows, split)


def test_a_damaged_corpus_is_written_anew(tmp_path):
    write_corpus(tmp_path, made_rows(9), split)
    file = next(tmp_path.glob("machine-*.parquet"))
    good = file.read_bytes()
    file.write_bytes(good[:-1] + b"?")
    (tmp_path / "rows-00000.parquet").write_bytes(good)
    assert len(list(changed(tmp_path, read_manifest(tmp_path)))) == 2
    write_corpus(tmp_path, made_rows(9), split)
    assert file.read_bytes() == good and not (tmp_path / "rows-00000.parquet").exists()


def test_a_manifest_that_is_none_is_named(tmp_path):
    with pytest.raises(UserError, match="no corpus"):
        read_manifest(tmp_path)
    for content in ("[]", "{", json.dumps({"format": 1}), json.dumps({"format": 99})):
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
        with pytest.raises(UserError, match=r"manifest\.json"):
            read_manifest(tmp_path)


def test_an_empty_corpus_is_a_corpus(tmp_path):
    assert write_corpus(tmp_path, [], split).shards == ()
    assert list(read_rows(tmp_path)) == []


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
found = st.builds(
    made_row,
    st.sampled_from("abcdef"),
    st.integers(0, 50),
    reference=st.none() | text,
    source=text,
    source_raw=text,
    translation=text,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(found, max_size=8), min_size=1, max_size=4))
def test_any_history_ends_in_the_last_rows(tmp_path_factory, history):
    """However a corpus came to be, it holds the rows that were written last, and only those."""
    folder = tmp_path_factory.mktemp("corpus")
    for rows in history:
        unique = {(row.article, row.position): row for row in rows}
        wanted: list[Row] = [unique[key] for key in sorted(unique)]
        manifest = write_corpus(folder, wanted, split)
        assert list(read_rows(folder)) == wanted
        assert not list(changed(folder, manifest))


def test_the_features_are_those_that_datasets_reads():
    datasets = pytest.importorskip("datasets")
    for configuration in (*CONFIGURATIONS, "hashes"):
        features = datasets.Features.from_arrow_schema(schema(configuration))
        assert features._to_yaml_list() == declared(configuration)
        assert features.arrow_schema == schema(configuration)

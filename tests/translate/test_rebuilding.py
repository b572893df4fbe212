"""A corpus published as hashes is made again, and what cannot be is named."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from corpora.errors import UserError
from corpora.publishing.publication import PublicationOptions, publication
from corpora.publishing.splits import split_of
from corpora.row import read_rows
from tests.conftest import EXAMPLES
from translate.pipeline import build
from translate.rebuilding import RebuildOptions, rebuild


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A finished run over the example articles."""
    folder = tmp_path_factory.mktemp("run") / "out"
    build(EXAMPLES / "articles", folder, references=EXAMPLES / "references")
    return folder


@pytest.fixture(scope="module")
def dataset(run, tmp_path_factory):
    """The same, published as hashes."""
    folder = tmp_path_factory.mktemp("dataset")
    found = publication(run, folder / "corpus", PublicationOptions("hashes"))
    assert all(path.parent == folder / "corpus" for _, path in found.files)
    return folder


def without_flags(rows):
    from dataclasses import replace

    return [replace(row, translation="") for row in rows]


def test_owners_of_the_articles_get_the_same_corpus(run, dataset, tmp_path):
    options = RebuildOptions(EXAMPLES / "references", source_only=True)
    done = rebuild(str(dataset), EXAMPLES / "articles", tmp_path / "out", options)
    rows = without_flags(read_rows(run / "corpus"))
    assert without_flags(read_rows(tmp_path / "out" / "corpus")) == rows
    assert (done.rows, done.missing, done.references) == (len(rows), [], 0)
    for row in read_rows(tmp_path / "out" / "corpus"):
        split = split_of(row.article, {})
        assert list((tmp_path / "out" / "corpus").glob(f"machine-{split}-*.parquet"))
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["failures"] == []


def test_the_model_of_the_dataset_translates_again(run, dataset, tmp_path):
    done = rebuild(str(dataset), EXAMPLES / "articles", tmp_path / "out", RebuildOptions())
    again = [row.translation for row in read_rows(tmp_path / "out" / "corpus")]
    before = [row.translation for row in read_rows(run / "corpus")]
    assert sum(a == b for a, b in zip(again, before, strict=True)) >= 0.9 * len(before)
    assert done.english == sum(a != b for a, b in zip(again, before, strict=True))
    assert done.references == sum(row.reference is not None for row in read_rows(run / "corpus"))


def test_other_articles_are_told_from_the_same(dataset, tmp_path):
    articles = tmp_path / "articles"
    shutil.copytree(EXAMPLES / "articles", articles)
    first, second, third, *_ = sorted(articles.iterdir())
    first.unlink()
    third.write_bytes(b"\x00\xff\x00" * 50)
    second.write_text(second.read_text("utf-8").replace("a", "e"), encoding="utf-8")
    done = rebuild(str(dataset), articles, tmp_path / "out", RebuildOptions(source_only=True))
    reasons = {(entry["article"], entry["reason"]) for entry in done.missing}
    assert (first.name, "no such article in the input") in reasons
    assert (second.name, "the text there is another") in reasons
    assert all("binary" in reason for name, reason in reasons if name == third.name)
    kept = {row.article for row in read_rows(tmp_path / "out" / "corpus")}
    assert kept == {file.name for file in articles.iterdir()} - {second.name, third.name}
    published = pq.read_table(sorted((dataset / "corpus").glob("hashes-*.parquet")))
    assert done.rows + len(done.missing) == published.num_rows
    listed = (tmp_path / "out" / "missing.jsonl").read_text("utf-8").splitlines()
    assert len(listed) == len(done.missing)
    assert "cannot be made again" in list(done.lines())[-1]


def test_bad_input_is_one_line(run, dataset, tmp_path):
    options = RebuildOptions(source_only=True)
    with pytest.raises(UserError, match="no hashes in it"):
        rebuild(str(run), EXAMPLES / "articles", tmp_path / "o", options)
    with pytest.raises(UserError, match="not empty"):
        rebuild(str(dataset), EXAMPLES / "articles", run, options)
    with pytest.raises(UserError, match="expected USER/NAME"):
        rebuild("nowhere", EXAMPLES / "articles", tmp_path / "o", options)
    with pytest.raises(UserError):
        rebuild(str(dataset), Path("no-such-folder"), tmp_path / "o", options)

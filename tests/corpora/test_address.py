from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.address import Names, file_name, leads_out, output_name, reference_names

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


@given(names)
def test_every_id_gives_a_name_in_its_folder(name):
    path = output_name(f"a.jsonl#{name}")
    assert PurePosixPath(path).parent == PurePosixPath("a.jsonl")
    assert not leads_out(path) and len(PurePosixPath(path).name.encode()) < 200
    assert not PurePosixPath(path).name.startswith(".")


@given(names, names)
def test_different_ids_give_different_names(one, other):
    assert (file_name(one) == file_name(other)) == (one == other)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("berita #1.txt", "berita #1.txt"),
        ("a.berita", "a.berita"),
        ("a/b.HTM", "a/b.HTM.txt"),
        ("a.jsonl.gz#x#y", "a.jsonl.gz/x%23y.txt"),
        ("x.warc.gz#https://a.id/b?c=1", "x.warc.gz/https%3A%2F%2Fa.id%2Fb%3Fc=1.txt"),
        ("hf:siapa/berita:id#train-1", "siapa/berita-id/train-1.txt"),
    ],
)
def test_output_names(path, name):
    assert output_name(path) == name


def test_rows_do_not_share_the_references_of_their_file():
    assert not set(reference_names("a.jsonl#1")) & set(reference_names("a.jsonl#2"))


def test_names_are_taken_once():
    with Names() as taken:
        assert [taken.take(name) for name in ["a", "b", "a"]] == [True, True, False]

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.address import (
    Names,
    OutputNames,
    file_name,
    leads_out,
    output_name,
    reference_names,
)

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


ADDRESSES = st.builds("{}{}".format, st.sampled_from(["a.csv#", "A.csv#", "b/", "B/"]), names)


@given(st.lists(ADDRESSES | st.sampled_from(["a.csv#é", "a.csv#e\u0301", "a.csv#É"])))
def test_no_two_outputs_are_one_where_case_is_ignored(paths):
    with OutputNames() as taken:
        found = {path: taken.of(path) for path in paths}
        assert len({unicodedata.normalize("NFD", name).upper() for name in found.values()}) == len(
            found
        )
        assert [taken.of(path) for path in reversed(paths)] == [found[p] for p in reversed(paths)]
        assert not any(leads_out(taken.of(path)) for path in paths if "#" in path)


def test_a_clash_is_told_apart_by_a_digest_and_the_rest_keeps_its_name():
    with OutputNames() as taken:
        assert taken.of("Kabar.txt") == "Kabar.txt" and taken.of("warta.txt") == "warta.txt"
        other = taken.of("kabar.txt")
        assert other.startswith("kabar~") and other.endswith(".txt") and len(other) == 22
        assert taken.of("bad\udce9.txt") == "bad\udce9.txt"


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "aux", "lpt9"])
def test_no_name_is_that_of_a_device(name):
    assert file_name(name)[0] == "%" and file_name(name + "x")[0] == name[0]

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.publishing.shard_files import write_rows
from corpora.row import Row, read_rows, row_id

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
whole = st.integers(0, 2**40)
number = st.floats(allow_nan=False)
rows = st.builds(
    Row,
    id=text,
    article=text,
    position=whole,
    line=whole,
    start=whole,
    end=whole,
    source_raw=text,
    source=text,
    translation=text,
    translation_score=number,
    reference=st.none() | text,
    reference_id=st.none() | text,
    alignment=text,
    alignment_score=st.none() | number,
    flags=st.lists(text, max_size=3).map(tuple),
    model=text,
)


@settings(max_examples=20, deadline=None)
@given(found=st.lists(rows, max_size=5))
def test_rows_come_back_as_they_were(tmp_path_factory, found):
    folder = tmp_path_factory.mktemp("corpus")
    assert write_rows(folder / "train.parquet", found) == len(found)
    assert list(read_rows(folder)) == found


def row(position):
    return Row(
        *("id", "a.txt", position, 1, 0, 5, "Halo.", "Halo.", "Hello.", -0.5),
        *(None, None, "1-0", None, (), "model"),
    )


def test_groups_keep_the_order(tmp_path, monkeypatch):
    monkeypatch.setattr("corpora.publishing.shard_files.ROWS_PER_GROUP", 2)
    expected = [row(position) for position in range(5)]
    assert write_rows(tmp_path / "a.parquet", iter(expected)) == 5
    assert list(read_rows(tmp_path)) == expected


def test_files_are_read_in_the_order_of_their_names(tmp_path):
    write_rows(tmp_path / "b.parquet", [row(2)])
    write_rows(tmp_path / "a.parquet", [row(1)])
    assert [found.position for found in read_rows(tmp_path)] == [1, 2]


def test_rows_that_break_off_leave_no_file(tmp_path):
    def breaking():
        yield row(1)
        raise RuntimeError("out of disk")

    with pytest.raises(RuntimeError, match="out of disk"):
        write_rows(tmp_path / "a.parquet", breaking())
    assert not list(tmp_path.iterdir())


def test_an_empty_folder_has_no_rows(tmp_path):
    assert list(read_rows(tmp_path)) == []


@pytest.mark.parametrize(
    "other",
    [
        ("b.txt", 0, 5, "Halo."),
        ("a.txt", 1, 5, "Halo."),
        ("a.txt", 0, 6, "Halo."),
        ("a.txt", 0, 5, "Halo!"),
    ],
    ids=["article", "start", "end", "raw"],
)
def test_the_id_depends_on_everything_that_it_names(other):
    assert row_id("a.txt", 0, 5, "Halo.") != row_id(*other)


def test_the_id_is_the_same_in_every_run():
    """SHA-256 of the parts with zero bytes between, as `sha256sum` gives it."""
    assert row_id("a.txt", 0, 5, "Halo.") == "9a45389dff770f20"


def test_a_file_name_that_is_no_utf8_has_an_id():
    assert len(row_id(b"caf\xe9.txt".decode(errors="surrogateescape"), 0, 5, "Halo.")) == 16

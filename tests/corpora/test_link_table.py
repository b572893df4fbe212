import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.errors import UserError
from corpora.link_table import LinkLine, read_links, write_links

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
spans = st.tuples(st.integers(0, 9), st.integers(1, 4)).map(lambda at: tuple(range(at[0], sum(at))))
made = st.builds(
    LinkLine,
    st.just("a.txt"),
    spans,
    st.just("a.txt#1"),
    spans,
    st.just("loose"),
    st.just("0.5"),
    source_text=texts,
    translation=texts,
)
HEADER = "article\tsource\treference_id\tsentences\n"


@settings(deadline=None)
@given(made)
def test_a_line_comes_back_as_it_was(tmp_path_factory, line):
    file = tmp_path_factory.mktemp("table") / "links.tsv"
    write_links(file, [line])
    (found,) = read_links(file)["a.txt"]
    assert (found.source, found.sentences, found.reference_id) == (
        line.source,
        line.sentences,
        "a.txt#1",
    )
    assert found.translation.split() == line.translation.split()
    assert found.where.startswith(f"{file}:")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", r"links\.tsv:1: expected columns article, source"),
        ("article\tsource\n", r"links\.tsv:1: .*; reference_id is not there"),
        (
            HEADER + "a\t1\n\nb\t1\tr\tx\n",
            r"links\.tsv:4: expected numbers .* in `sentences`, got 'x'",
        ),
        (HEADER + "a\t-1\tr\t0\n", r"links\.tsv:2: expected numbers .* in `source`, got '-1'"),
        (HEADER + "a\t1 3\tr\t0\n", r"links\.tsv:2: expected neighbouring sentences in `source`"),
        (HEADER + "a\t1\tr\t2 1\n", r"links\.tsv:2: expected ascending `sentences`"),
        (HEADER + "a\t0 1 2 3 4\tr\t1\n", r"links\.tsv:2: expected 4 sentences a side at most"),
        (HEADER + "a\t0\t\t1\n", r"links\.tsv:2: expected a `reference_id`"),
        (HEADER + "\t0\tr\t1\n", r"links\.tsv:2: expected an `article`"),
        (HEADER + "a\t0\tr\t1\tx\n", r"links\.tsv:2: expected 4 columns, got 5"),
        (
            HEADER + "a\t0\tr\t1\na\t0\tr\t2\n",
            r"links\.tsv:3: sentence 0 of a is linked already in .*:2",
        ),
        (
            HEADER + "a\t0\tr\t1\na\t1\tr\t1\n",
            r"links\.tsv:3: sentence 1 of r is linked already in .*:2",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path, text, complaint):
    file = tmp_path / "links.tsv"
    file.write_text(text)
    with pytest.raises(UserError, match=complaint):
        read_links(file)


def test_a_table_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match=r"none\.tsv: cannot be read"):
        read_links(tmp_path / "none.tsv")

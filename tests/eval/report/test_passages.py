from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from eval.report.passages import passages
from tests.eval.report.conftest import ALONE, OTHER, ROW

FIRST = replace(ROW, article="a", start=0, end=10, source="Satu.", translation="One.")
SECOND = replace(
    ROW, article="a", start=11, end=20, source="Dua.", translation="Two.", reference="Second."
)
BOTH = replace(
    ROW,
    id="b" * 16,
    article="a",
    start=0,
    end=20,
    source="Satu. Dua.",
    translation="First and second.",
    alignment="2-1",
    flags=("loop",),
)


def texts(passage):
    return [version and version.text for version in passage.versions]


def test_one_run_keeps_its_rows():
    found = list(passages([[ROW, ALONE]]))
    assert [passage.id for passage in found] == [ROW.id, ALONE.id]
    assert [texts(passage) for passage in found] == [[ROW.translation], [ALONE.translation]]
    assert found[0].reference == ROW.reference and found[1].reference is None
    assert found[0].flags == ROW.flags and found[0].confidence == ROW.alignment_score


def test_rows_that_overlap_are_one_passage():
    (passage,) = passages([[FIRST, SECOND], [BOTH]])
    assert texts(passage) == ["One. Two.", "First and second."]
    assert passage.source == "Satu. Dua."
    assert passage.reference == f"{FIRST.reference} Second."
    assert passage.alignment == "2-2"
    assert passage.flags == ("numbers-differ", "loop")


def test_the_reference_is_that_of_the_first_run_that_has_one():
    bare = replace(FIRST, reference=None, reference_id=None, alignment_score=None)
    (passage,) = passages([[bare], [FIRST]])
    assert passage.reference == FIRST.reference
    assert passage.confidence == FIRST.alignment_score


def test_a_run_that_lacks_a_passage_has_no_version():
    (passage,) = passages([[FIRST], []])
    assert passage.versions[0] is not None and passage.versions[1] is None


def test_no_rows_make_no_passage():
    assert list(passages([[], []])) == []


def test_a_shape_that_is_no_shape_is_left_as_it_is():
    (passage,) = passages([[replace(FIRST, alignment="x"), replace(SECOND, alignment="y")], [BOTH]])
    assert passage.alignment == "x"


CUTS = st.lists(st.integers(1, 9), min_size=1, max_size=12)


def rows_of(lengths, name):
    rows, start = [], 0
    for number, length in enumerate(lengths):
        text = f"{name}{number}"
        rows.append(replace(OTHER, start=start, end=start + length, translation=text))
        start += length
    return rows


@given(CUTS, CUTS)
def test_no_row_is_lost_or_said_twice(one, two):
    found = list(passages([rows_of(one, "a"), rows_of(two, "b")]))
    for run, (lengths, name) in enumerate(((one, "a"), (two, "b"))):
        said = [version.text for passage in found if (version := passage.versions[run])]
        assert " ".join(said).split() == [f"{name}{number}" for number in range(len(lengths))]
    assert [passage.start for passage in found] == sorted(passage.start for passage in found)

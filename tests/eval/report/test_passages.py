from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from eval.report.passages import passages, references_of
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


def made(*runs, unaligned=None):
    """The passages of an article, and the reference sentences that none of them has."""
    references = references_of(runs, unaligned or [()] * len(runs))
    return list(passages(runs, references)), [each["text"] for each in references.left()]


def texts(passage):
    return [version and version.text for version in passage.versions]


def test_one_run_keeps_its_rows():
    found, _ = made([ROW, ALONE])
    assert [passage.id for passage in found] == [ROW.id, ALONE.id]
    assert [texts(passage) for passage in found] == [[ROW.translation], [ALONE.translation]]
    assert found[0].reference == ROW.reference and found[1].reference is None
    assert found[0].flags == ROW.flags and found[0].confidence == ROW.alignment_score


def test_rows_that_overlap_are_one_passage():
    ((passage,), _) = made([FIRST, SECOND], [BOTH])
    assert texts(passage) == ["One. Two.", "First and second."]
    assert passage.source == "Satu. Dua."
    assert passage.reference == f"{FIRST.reference} Second."
    assert passage.alignment == "2-2"
    assert passage.flags == ("numbers-differ", "loop")


def test_the_reference_is_that_of_the_first_run_that_has_one():
    ((passage,), _) = made([without(FIRST)], [FIRST])
    assert passage.reference == FIRST.reference
    assert passage.confidence == FIRST.alignment_score


def test_a_run_that_lacks_a_passage_has_no_version():
    ((passage,), _) = made([FIRST], [])
    assert passage.versions[0] is not None and passage.versions[1] is None


def test_no_rows_make_no_passage():
    assert made([], []) == ([], [])


def test_a_shape_that_is_no_shape_is_left_as_it_is():
    odd = [replace(FIRST, alignment="x"), replace(SECOND, alignment="y")]
    ((passage,), _) = made(odd, [BOTH])
    assert passage.alignment == "x"


def without(row):
    return replace(row, reference=None, reference_id=None, alignment="1-0", alignment_score=None)


def alone(*texts):
    return [{"article": "a", "reference_id": ROW.reference_id, "text": text} for text in texts]


def test_what_the_first_run_left_alone_stands_where_a_later_run_has_it():
    """It is aligned or it is not, never both."""
    said, other = str(FIRST.reference), "Nobody cried."
    (passage, second), left = made(
        [without(FIRST), SECOND], [FIRST, SECOND], unaligned=[alone(said, other), alone(other)]
    )
    assert passage.reference == said and second.reference == "Second."
    assert (passage.alignment, passage.confidence) == ("1-1", FIRST.alignment_score)
    assert left == [other]


def test_what_the_first_run_aligned_elsewhere_stands_there_alone():
    moved = [replace(FIRST, reference="Second."), without(SECOND)]
    (passage, second), left = made(
        [without(FIRST), SECOND], moved, unaligned=[alone("One."), alone("One.")]
    )
    assert (passage.reference, second.reference) == (None, "Second.")
    assert (passage.alignment, passage.confidence) == ("1-0", None)
    assert left == ["One."]


def test_of_two_later_runs_the_first_has_the_sentence():
    runs = [
        [without(FIRST), without(SECOND)],
        [without(FIRST), SECOND],
        [replace(FIRST, reference="Second."), without(SECOND)],
    ]
    left_alone = [alone("Second."), (), ()]
    found, left = made(*runs, unaligned=left_alone)
    assert [each.reference for each in found].count("Second.") == 1 and left == []


def test_a_reference_of_which_a_part_is_aligned_elsewhere_is_not_shown_twice():
    long = replace(FIRST, reference="He left at noon. Second.", alignment="1-2")
    (passage, second), left = made(
        [without(FIRST), SECOND], [long, without(SECOND)], unaligned=[alone("He left at noon."), ()]
    )
    assert (passage.reference, second.reference) == (None, "Second.")
    assert passage.alignment == "1-0" and left == ["He left at noon."]


def test_a_sentence_that_is_there_twice_is_counted_twice():
    again = [replace(FIRST, reference="He wept."), replace(SECOND, reference="He wept.")]
    bare = [without(FIRST), without(SECOND)]
    found, left = made(bare, again, unaligned=[alone("He wept.", "He wept."), ()])
    assert [each.reference for each in found] == ["He wept."] * 2 and left == []
    found, left = made(bare, again, unaligned=[alone("He wept."), alone()])
    assert [each.reference for each in found] == ["He wept.", None] and left == []


def test_an_article_without_references_in_the_first_run_has_those_of_the_next():
    runs = [[without(FIRST), without(SECOND)], [FIRST, without(SECOND)], [FIRST, SECOND]]
    found, left = made(*runs, unaligned=[(), alone("Second.", "More."), alone("More.")])
    assert [each.reference for each in found] == [FIRST.reference, "Second."]
    assert left == ["More."]


def test_a_blank_reference_is_taken_from_nobody():
    blank = replace(FIRST, reference=" ")
    (passage, _), left = made(
        [without(FIRST), SECOND], [blank, without(SECOND)], unaligned=[alone("More."), ()]
    )
    assert passage.reference is None and left == ["More."]


CUTS = st.lists(st.integers(1, 9), min_size=1, max_size=12)


def rows_of(lengths, name):
    rows, start = [], 0
    for number, length in enumerate(lengths):
        text = f"{name}{number}"
        rows.append(replace(OTHER, start=start, end=start + length, translation=text))
        start += length
    return rows


SENTENCES = ["Rice rose.", "He left at noon.", "Nobody cried.", "It rained.", "They won."]
LINKS = st.lists(st.sampled_from([None, *range(len(SENTENCES))]), min_size=4, max_size=4)


def linked(links):
    """A run in which some rows have a sentence of the references, and what is left of these."""
    rows, free = [], dict(enumerate(SENTENCES))
    for number, link in enumerate(links):
        row = replace(FIRST, start=11 * number, end=11 * number + 10)
        text = free.pop(link, None)
        rows.append(replace(row, reference=text) if text else without(row))
    return rows, alone(*free.values())


@given(st.lists(LINKS, min_size=1, max_size=3))
def test_every_sentence_of_the_references_stands_on_the_page_once(links):
    runs, unaligned = zip(*map(linked, links), strict=True)
    found, left = made(*runs, unaligned=unaligned)
    shown = [each.reference for each in found if each.reference]
    assert sorted([*shown, *left]) == sorted(SENTENCES)
    for passage, row in zip(found, runs[0], strict=True):
        assert row.reference in (None, passage.reference)


@given(CUTS, CUTS)
def test_no_row_is_lost_or_said_twice(one, two):
    found, _ = made(rows_of(one, "a"), rows_of(two, "b"))
    for run, (lengths, name) in enumerate(((one, "a"), (two, "b"))):
        said = [version.text for passage in found if (version := passage.versions[run])]
        assert " ".join(said).split() == [f"{name}{number}" for number in range(len(lengths))]
    assert [passage.start for passage in found] == sorted(passage.start for passage in found)

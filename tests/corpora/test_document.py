from hypothesis import given
from hypothesis import strategies as st

from corpora.document import lines_of

pages = st.text(st.sampled_from("ab \t\r\n\u2028\u0085\ufeff"))


@given(pages)
def test_offsets_find_the_line_again(text):
    assert all(text[line.start : line.end] == line.text for line in lines_of(text))


@given(pages)
def test_numbers_are_those_of_an_editor(text):
    in_editor = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert {line.number: line.text for line in lines_of(text)} == {
        number: line for number, line in enumerate(in_editor, start=1) if line.strip()
    }


def test_an_empty_page_has_no_lines():
    assert list(lines_of("")) == []

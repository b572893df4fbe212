from hypothesis import given
from hypothesis import strategies as st

from corpora.document import LabelledLine, Line, lines_of
from corpora.sentence import sentences_of

pages = st.text(st.sampled_from('ab AB1 .,!?“”"()-\u00a0\u200b\n'), max_size=60)


def sentences(text):
    labelled = (LabelledLine(line, "body", "prose", 0.9) for line in lines_of(text))
    return [sentence for line in labelled for sentence in sentences_of(line)]


@given(pages)
def test_offsets_find_the_raw_sentence_again(text):
    assert all(text[found.start : found.end] == found.raw for found in sentences(text))


@given(pages)
def test_sentences_stand_in_order_and_do_not_overlap(text):
    borders = [place for found in sentences(text) for place in (found.start, found.end)]
    assert borders == sorted(borders)


@given(pages)
def test_only_white_space_is_in_no_raw_sentence(text):
    inside = {place for found in sentences(text) for place in range(found.start, found.end)}
    outside = "".join(sign for place, sign in enumerate(text) if place not in inside)
    assert not outside.replace("\u200b", "").strip()  # which is white space to the eye


@given(pages)
def test_raw_and_repaired_sentence_have_the_same_letters(text):
    for found in sentences(text):
        assert list(filter(str.isalnum, found.raw)) == list(filter(str.isalnum, found.text))


def test_raw_is_as_it_stands_and_text_is_repaired():
    (found,) = sentences("\n  Anak- anak membawa 10. 000 bendera .  ")
    assert found.raw == "Anak- anak membawa 10. 000 bendera ."
    assert found.text == "Anak-anak membawa 10.000 bendera."
    assert (found.line, found.start) == (2, 3)


def test_what_a_repair_drops_stays_in_the_raw_sentence():
    (found,) = sentences("Rapat selesai .,")
    assert (found.raw, found.text) == ("Rapat selesai .,", "Rapat selesai.")


def test_the_label_of_the_line_is_the_role_of_its_sentences():
    line = LabelledLine(Line(1, 0, 26, "Harga naik. Petani senang."), "title", "headline", 0.8)
    assert [found.role for found in sentences_of(line)] == ["title", "title"]


def test_invisible_characters_behind_the_last_word_are_in_its_sentence():
    (found,) = sentences("Hujan turun. \u200b \ufeff\n\u200b")
    assert (found.raw, found.text) == ("Hujan turun. \u200b \ufeff", "Hujan turun.")

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.quality.drafts import (
    Draft,
    Output,
    apart,
    calmed,
    halves,
    masked,
    put_back,
    squeezed,
    unwrapped,
)


def said(*texts):
    return {text: Output(text.upper(), -1.0, False) for text in texts}


def test_pieces_are_joined_by_a_space_and_any_cut_is_told():
    english = {"a": Output("One", -1.0, False), "b": Output("", -3.0, True)}
    assert Draft((("a", "b", "a"),)).rendered(english) == Output("One One", -5 / 3, True)


def test_a_draft_without_pieces_is_certain():
    assert Draft(("***",)).rendered({}) == Output("***", 0.0, False)


@pytest.mark.parametrize(
    ("english", "text"),
    [
        ("Obama came.", "Kalousis came."),
        ("He came.", None),
        ("Obama and Obama came.", None),
        ("Obama's car", "Kalousis's car"),
    ],
)
def test_a_mask_must_come_once(english, text):
    changed, undo = masked("Kalousis datang.", [(0, 8, "Obama", "Kalousis")])
    assert changed == "Obama datang."
    draft = Draft((("x",),), undo.masks)
    found = draft.rendered({"x": Output(english, -1.0, False)})
    assert (found and found.text) == text


def test_words_between_tags_are_wrapped_again_or_given_up():
    bare, wrapped = unwrapped("Ia membaca <b>Kompas</b> dan [i]Tempo[/i].")
    assert bare == "Ia membaca Kompas dan Tempo."
    draft = Draft((("x",),), (), wrapped)
    good = draft.rendered({"x": Output("He reads Kompas and Tempo.", -1.0, False)})
    assert good is not None
    assert good.text == "He reads <b>Kompas</b> and [i]Tempo[/i]."
    assert draft.rendered({"x": Output("He reads the compass.", -1.0, False)}) is None


@pytest.mark.parametrize(
    ("english", "text"),
    [
        ("Jokowi met him, Jokowi said.", "<b>Jokowi</b> met him, <b>Jokowi</b> said."),
        ("Jokowi met him, he said.", None),
        ("Jokowi, Jokowi and Jokowi", None),
    ],
)
def test_a_word_that_is_tagged_twice_is_wrapped_where_it_stands(english, text):
    _, wrapped = unwrapped("<b>Jokowi</b> menemuinya, ujar <b>Jokowi</b>.")
    found = Draft((("x",),), (), wrapped).rendered({"x": Output(english, -1.0, False)})
    assert (found and found.text) == text


@pytest.mark.parametrize(
    ("text", "mask", "original", "wanted"),
    [
        ("Obama rose.", "Obama", "paddy rice", "Paddy rice rose."),
        ("“Obama rose.”", "Obama", "rice", "“Rice rose.”"),
        ("Obama rose.", "Obama", "a.b@c.id", "a.b@c.id rose."),
        ("the Obama", "Obama", r"\1", r"the \1"),
    ],
)
def test_what_a_mask_stands_for_is_put_back(text, mask, original, wanted):
    assert put_back(text, mask, original) == wanted


def test_what_is_between_placeholders_is_translated():
    draft = apart("{nama}, tulis ke a@b.id: 10.000!", lambda text: [text])
    assert draft.pieces == ("tulis ke",)
    found = draft.rendered(said("tulis ke"))
    assert found is not None and found.text == "{nama}, TULIS KE a@b.id: 10,000!"


@pytest.mark.parametrize("text", ["<b>a</b>", "{x}{y}", "a {x} b, {y}.", "x", "  {x} ", "{x} 1,5"])
def test_all_placeholders_stand_in_a_text_taken_apart(text):
    draft = apart(text, lambda words: [words])
    found = draft.rendered({words: Output(words, -1.0, False) for words in draft.pieces})
    assert found is not None
    assert found.text == text.strip().replace("1,5", "1.5")


@given(st.text(alphabet="aBC DE.,!", max_size=80))
def test_calming_keeps_every_place(text):
    assert len(calmed(text)) == len(text)
    assert calmed(text).lower() == text.lower()


def test_capitals_inside_a_line_are_calmed_and_names_are_not():
    assert calmed("Judul: PEMERINTAH AKAN MEMBANGUN JALAN DI DESA INI, kata Budi.") == (
        "Judul: Pemerintah akan membangun jalan di desa ini, kata Budi."
    )
    assert calmed("Saham PT BANK CENTRAL ASIA TBK naik.") == "Saham PT BANK CENTRAL ASIA TBK naik."


def test_repetitions_are_squeezed():
    assert squeezed("ya ya ya ya sudah") == "ya ya sudah"
    assert squeezed("ya, ya, sudah 10 10") == "ya, ya, sudah 10 10"
    assert squeezed("wkwkwkwkwkwk lucu") == "wkwkwk lucu"


def test_halves_give_the_sentence_back():
    text = "Harga naik karena hujan, dan warga desa menunggu bantuan dari kota."
    assert len(halves(text)) == 2 and " ".join(halves(text)) == text
    assert halves("Harga naik lagi.") == ("Harga naik lagi.",)

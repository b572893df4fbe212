import pytest

from translate.quality.masks import CARRIERS, KINDS, Masks, kind_of_name, times


def test_only_what_is_always_copied_is_a_mask():
    asked = []

    def translate(texts):
        asked.append(len(texts))
        return [text.replace("Obama", "the president") for text in texts]

    masks = Masks()
    masks.ask(translate)
    masks.ask(translate)
    assert asked == [sum(len(KINDS[kind]) * len(CARRIERS[kind]) for kind in KINDS)]
    assert "Obama" not in masks.found["person"] and "Trump" in masks.found["person"]


def test_no_mask_is_taken_twice_or_stands_in_the_text():
    masks = Masks(dict(KINDS))
    chosen = list(masks.chosen("Obama di London.", ["person", "person", "place"]))
    assert chosen == ["Trump", "Smith", "Jakarta"]


def test_another_kind_helps_out_and_in_the_end_there_is_none():
    masks = Masks({"person": ("Obama",), "place": ("London",), "thing": ()})
    assert list(masks.chosen("", ["person"] * 3)) == ["Obama", "London", ""]


@pytest.mark.parametrize(
    ("text", "count"), [("Obama", 1), ("Obamas", 0), ("“Obama’s”", 1), ("Obama Obama", 2), ("", 0)]
)
def test_a_mask_is_a_word_of_its_own(text, count):
    assert times("Obama", text) == count


def test_places_are_known_by_what_stands_before():
    assert kind_of_name("Warga Desa ") == "place"
    assert kind_of_name("Menurut ") == kind_of_name("") == "person"

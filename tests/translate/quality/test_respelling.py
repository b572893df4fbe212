import pytest

from translate.quality.respelling import likeness, respelt, unsaid
from translate.quality.suspects import Suspicion


@pytest.mark.parametrize(
    ("source", "english", "missing"),
    [
        (
            "Menurut Evangelos Kalousis, hujan.",
            "According to Evangelos Calousis, rain.",
            ["Kalousis"],
        ),
        ("Presiden Rusia bertemu Perdana Menteri Jepang.", "He met Japan's prime minister.", []),
        ("Hujan turun di Skarvik.", "It rained in Skarvik.", []),
        ("Hujan turun.", "It rained.", []),
        ("Tobias Renninger pulang.", "He went home.", ["Tobias", "Renninger"]),
        ("Ia membaca “Renninger” lagi.", "He read it again.", []),
        ("", "", []),
    ],
)
def test_names_that_are_not_there_letter_by_letter(source, english, missing):
    assert list(unsaid(source, english)) == missing


@pytest.mark.parametrize(
    ("source", "english", "name", "wanted"),
    [
        ("kata Kalousis.", "said Calousis.", "Kalousis", "said Kalousis."),
        ("kata Wabiser.", "said the man.", "Wabiser", "said the man."),
        ("kata Wabiser.", "said Wabiser.", "Wabiser", "said Wabiser."),
        ("di Mekzik.", "a Mexican said.", "Mekzik", "a Mexican said."),
        ("Prasasti dan Prasetya", "Prasti and Prasetya", "Prasasti", "Prasasti and Prasetya"),
    ],
)
def test_a_name_replaces_what_looks_like_it(source, english, name, wanted):
    assert respelt(source, english, [], [name]) == wanted


@pytest.mark.parametrize(
    ("source", "english", "number", "instead", "wanted"),
    [
        ("pada 1992.", "in 192.", "1992", "192", "in 1992."),
        ("naik 4,75 persen", "rose 4.5 percent", "4,75", "4.5", "rose 4.75 percent"),
        ("ada 37 dari 52", "are 52", "37", "", "are 52"),
        ("ada 37", "are eight", "37", "eight", "are eight"),
        ("ada tiga", "are 4", "tiga", "4", "are 4"),
    ],
)
def test_a_number_replaces_what_looks_like_it(source, english, number, instead, wanted):
    wrong = [Suspicion("numbers-differ", 1.0, number, instead)]
    assert respelt(source, english, wrong) == wanted


def test_likeness_is_a_share():
    assert likeness("abc", "abc") == 1.0 and likeness("abc", "xyz") == 0.0

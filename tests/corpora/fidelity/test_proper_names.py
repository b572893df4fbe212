import pytest

from corpora.fidelity.level_text import LevelText
from corpora.fidelity.proper_names import compared


def found(source, english):
    both = LevelText.of(source), LevelText.of(english)
    return [(each.text, each.got) for each in compared(*both).findings]


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("", ""),
        ("Presiden Rusia tiba.", "The Russian president has arrived."),
        ("Menhan Shin Wonsik hadir.", "Defence Minister Shin Won-sik attended."),
        ("Joko Widodo pulang.", "Widodo went home."),
        ("Ia lahir di Moskwa.", "He was born in Moscow."),
        ("Kementerian Luar Negeri membantah.", "The Foreign Ministry denied it."),
        ("Ilmuwan menemukan air.", "Scientists found water."),
        ("PRESIDEN TIBA DI KOTA KEDIRI.", "THE PRESIDENT ARRIVED IN KEDIRI."),
        ("Anak-anak Kediri menari.", "The children of Kediri danced."),
    ],
)
def test_kept(source, english):
    assert found(source, english) == []


@pytest.mark.parametrize(
    ("source", "english", "text", "got"),
    [
        ("Ia tiba di Iran.", "He arrived in Iraq.", "Iran", "Iraq"),
        ("Ia bertemu Widya Kusnadi.", "He met her.", "Widya Kusnadi", ""),
        ("Ia bertemu menteri.", "He met Sri Mulyani.", "", "Sri Mulyani"),
        ("Ia bertemu Joko Widodo.", "He met Joko Susilo.", "Joko Widodo", "Joko Susilo"),
    ],
)
def test_changed(source, english, text, got):
    assert found(source, english) == [(text, got)]

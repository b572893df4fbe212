from itertools import product

import pytest

from corpora.fidelity import name_spelling
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
        ("Pesawat TNI AU tiba.", "An Indonesian Air Force plane arrived."),
        ("Santri pesantren itu menang.", "The Islamic boarding school students won."),
        ("Mobil buatan Tiongkok.", "A Chinese-made car."),
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
        ("TNI tiba.", "The Malaysian military arrived.", "", "Malaysian"),
        ("Pemerintah hadir.", "The Indonesian government was there.", "", "Indonesian"),
        ("Warga Indonesia pulang.", "The TNI went home.", "Indonesia", "TNI"),
    ],
)
def test_changed(source, english, text, got):
    assert found(source, english) == [(text, got)]


def test_a_name_is_not_compared_with_every_other():
    syllables = ["ba", "di", "ko", "lu", "me", "ni", "po", "ra", "su", "ti", "wa", "yo"]
    names = [f"{''.join(each).capitalize()}k" for each in product(syllables, repeat=3)][:1500]
    source, english = ", ".join(names[:700]), ", ".join(names[700:1400])
    name_spelling.is_one_name.cache_clear()
    found(f"Hadir {source}.", f"Present were {english}.")
    assert name_spelling.is_one_name.cache_info().misses < 700 * 700 / 10

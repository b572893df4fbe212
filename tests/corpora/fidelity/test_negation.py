import pytest

from corpora.fidelity.level_text import LevelText
from corpora.fidelity.negation import compared


def found(source, english):
    both = LevelText.of(source), LevelText.of(english)
    return [(each.text, each.got) for each in compared(*both).findings]


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("", ""),
        ("Ia tidak tahu.", "He doesn't know."),
        ("Ia belum tahu.", "He has yet to learn of it."),
        ("Itu tidak adil.", "That is unfair."),
        ("Bukan hanya petani.", "Not only farmers."),
        ("Ia tidak makan dan tidak minum.", "He did not eat or drink."),
        ("Rumah No. 5 itu dijual.", "House No. 5 is for sale."),
        ("Bukankah itu mahal?", "Isn't that dear?"),
        ("Baik Iran maupun AS tidak hadir.", "Neither Iran nor the U.S. attended."),
        ("Ia tidak makan. Ia tidak minum.", "He neither ate nor drank."),
        ("Pesawat tanpa awak itu jatuh.", "The drone crashed."),
        ("Ia di Downing Street Nomor 10.", "He is at No 10 Downing Street."),
        ("Pelabuhan itu tak jauh dari kota.", "The port is near the city."),
        ("Bantuan baru tiba tiga hari kemudian.", "Aid did not arrive until three days later."),
    ],
)
def test_kept(source, english):
    assert found(source, english) == []


@pytest.mark.parametrize(
    ("source", "english", "text", "got"),
    [
        ("Ia tidak tahu.", "He knows.", "tidak", ""),
        ("Ia tahu.", "He does not know.", "", "not"),
        ("Bukan dia dan bukan saya.", "He and I.", "Bukan", ""),
        ("Pesawat tanpa awak itu jatuh.", "The drone did not crash.", "", "not"),
        ("Pemain nomor 1 tidak tiba.", "The No. 1 player arrived.", "tidak", ""),
        ("Pelabuhan itu tak jauh dari kota.", "The port is in the city.", "tak", ""),
    ],
)
def test_changed(source, english, text, got):
    assert found(source, english) == [(text, got)]

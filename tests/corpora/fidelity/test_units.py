import pytest

from corpora.fidelity.units import ENGLISH, INDONESIAN, UNITS, agree, is_conversion


def named(text, language):
    found = language.behind(text, text.index(" "))
    return (found[0].name, found[0].weak) if found else None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2 ons", INDONESIAN, ("hectogram", False)),
        ("2 ons emas", INDONESIAN, ("ounce", False)),
        ("2 ounces", ENGLISH, ("ounce", False)),
        ("10 are", INDONESIAN, ("are", False)),
        ("10 are", ENGLISH, None),
        ("5 perak", INDONESIAN, ("rupiah", True)),
        ("500 perak", INDONESIAN, ("rupiah", False)),
        ("7 won", ENGLISH, ("won", True)),
        ("dua kaki", INDONESIAN, ("foot", True)),
        ("100 kaki", INDONESIAN, ("foot", False)),
        ("54 persennya", INDONESIAN, ("percent", False)),
        ("12 hanya", INDONESIAN, None),
    ],
)
def test_what_a_word_behind_a_number_measures(text, language, expected):
    assert named(text, language) == expected


def test_what_else_a_name_means_is_a_unit():
    assert {name for unit in UNITS.values() for name in unit.also} <= UNITS.keys()


def test_pounds_are_money_too_and_miles_nautical():
    assert agree(UNITS["pound"], UNITS["sterling"])
    assert agree(UNITS["nautical_mile"], UNITS["mile"])
    assert not agree(UNITS["hectogram"], UNITS["ounce"])


@pytest.mark.parametrize(
    ("value", "unit", "other_value", "other"),
    [
        (2, "hectogram", 200, "gram"),
        (10, "are", 1000, "square_metre"),
        (2, "pon", 1, "kilogram"),
        (12, "mile", 22, "kilometre"),
        (10, "bottle_gallon", 190, "litre"),
        (10, "bottle_gallon", 38, "litre"),
        (100, "tumbak", 1400, "square_metre"),
        (2, "windu", 16, "year"),
    ],
)
def test_conversions(value, unit, other_value, other):
    assert is_conversion(value, UNITS[unit], other_value, UNITS[other])
    assert not is_conversion(value, UNITS[unit], 3 * other_value, UNITS[other])

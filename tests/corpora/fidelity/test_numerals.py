import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.fidelity.figures import readings
from corpora.fidelity.numerals import ENGLISH, INDONESIAN, numerals

ID_DIGITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
EN_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
EN_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def indonesian(number):
    """The words of a number from 1 to 999,999,999."""
    for size, name in ((10**6, "juta"), (1000, "ribu"), (100, "ratus")):
        if number >= size:
            head = (
                f"se{name}"
                if number // size == 1 and size < 10**6
                else f"{indonesian(number // size)} {name}"
            )
            return f"{head} {indonesian(number % size)}".strip()
    if number >= 20:
        return f"{ID_DIGITS[number // 10]} puluh {indonesian(number % 10)}".strip()
    if number >= 10:
        return {10: "sepuluh", 11: "sebelas"}.get(number, f"{ID_DIGITS[number - 10]} belas")
    return ID_DIGITS[number] if number else ""


def english(number):
    """The words of a number from 1 to 999,999,999, in the British manner."""
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = english(number % size)
            joint = " and " if rest and (number % size < 100) else " "
            return f"{english(number // size)} {name}{joint}{rest}".strip()
    if number >= 20:
        unit = f"-{EN_SMALL[number % 10]}" if number % 10 else ""
        return f"{EN_TENS[number // 10]}{unit}"
    return EN_SMALL[number] if number else ""


@given(st.integers(1, 999_999_999))
def test_indonesian_words_are_read(number):
    assert [found.values for found in numerals(indonesian(number), INDONESIAN)] == [(number,)]


@given(st.integers(1, 999_999_999))
def test_english_words_are_read(number):
    assert [found.values for found in numerals(english(number), ENGLISH)] == [(number,)]


@given(st.integers(0, 10**12))
def test_figures_are_read_in_both_notations(number):
    written = f"{number:,}"
    assert readings(written, ",")[0] == number
    assert readings(written.replace(",", "."), ".")[0] == number


@given(st.integers(0, 999), st.integers(1, 99))
def test_decimals_are_read_in_both_notations(whole, hundredths):
    written = f"{whole}.{hundredths:02}"
    assert readings(written, ",") == (float(written),)
    assert readings(written.replace(".", ","), ".") == (float(written),)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", []),
        ("satu sama lain", [1]),
        ("2,5 triliun", [2.5e12]),
        ("rp 2 m", [2e9]),
        ("30 m", [30]),
        ("2 juta 500 ribu", [2.5e6]),
        ("dua pertiga dan tiga perempat", [2 / 3, 0.75]),
        ("dua per tiga", [2 / 3]),
        ("setengah juta", [5e5]),
        ("satu setengah juta", [1.5e6]),
        ("dua koma lima persen", [2.5]),
        ("selusin, dua lusin", [12, 24]),
        ("tahun 2024 dua orang", [2024, 2]),
        ("ratusan ribu, beberapa ratus", [1e5, 100]),
        ("kedua belas, ke-17", [12, 17]),
        ("usia dua puluhan", [20]),
        ("10 ribu-15 ribu", [1e4, 1.5e4]),
        ("500 ribu-1 juta", [5e5, 1e6]),
        ("dua juta-tiga juta", [2e6, 3e6]),
        ("seratus-dua ratus", [100, 200]),
        ("dua puluh-tiga puluh", [20, 30]),
        ("500rb-1jt", [5e5, 1e6]),
        ("dua-pertiga", [2 / 3]),
        ("2/3 suara, 1 1/2 jam, 1/4 juta", [2 / 3, 1.5, 2.5e5]),
        ("pasal 3/4, nomor 1/2", [3, 4, 1, 2]),
        ("2024/2025, 2024/25, 1999/00, 2024/12", [2024, 2025, 2024, 2025, 1999, 2000, 2024, 12]),
        ("naik ke 81,50 dari ke-17", [81.5, 17]),
        ("naik ke 5 juta", [5e6]),
        ("2x24 jam, abc123", [2, 24]),
    ],
)
def test_indonesian(text, values):
    assert [found.values[0] for found in numerals(text, INDONESIAN)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("half a million", [5e5]),
        ("half a dozen", [6]),
        ("one and a half million", [1.5e6]),
        ("two-thirds, one-fifth, three quarters", [2 / 3, 0.2, 0.75]),
        ("3bn, 1.5tn, 10k", [3e9, 1.5e12, 1e4]),
        ("hundreds of thousands, tens of millions", [1e5, 1e7]),
        ("several hundred thousand", [1e5]),
        ("the twenty-first, the 21st, the one hundred and first", [21, 21, 101]),
        ("the 1990s, the nineties", [1990, 90]),
        ("a quarter of a million", [250_000]),
        ("two million-three million", [2e6, 3e6]),
        ("$2 billion-3 billion", [2e9, 3e9]),
        ("two hundred-three hundred", [200, 300]),
        ("three hundred and four hundred", [300, 400]),
        ("two-hundred-thousand, a hundred-thousand", [2e5, 1e5]),
        ("one-hundred-twenty, twenty-five", [120, 25]),
        ("2/3rds, 3/4 of it", [2 / 3, 0.75]),
        ("the 2024-25 season, 2019-24", [2024, 2025, 2019, 2024]),
    ],
)
def test_english(text, values):
    assert [found.values[0] for found in numerals(text, ENGLISH)] == pytest.approx(values)


def test_a_third_of_them_or_the_third_of_them():
    assert [found.values for found in numerals("third", ENGLISH)] == [(3, 1 / 3)]

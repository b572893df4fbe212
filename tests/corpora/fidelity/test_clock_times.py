import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.fidelity.clock_times import ENGLISH, INDONESIAN, clock_times

times = st.tuples(st.integers(0, 23), st.integers(0, 59))


def indonesian(hour, minute):
    return f"{hour:02}.{minute:02}"


def english(hour, minute):
    return f"{hour % 12 or 12}:{minute:02} {'a.m.' if hour < 12 else 'p.m.'}"


def minutes(text, pattern):
    return [time.minutes for time in clock_times(text, pattern)]


def hours(text, pattern):
    return [[at / 60 for at in each] for each in minutes(text, pattern)]


@given(times, times)
def test_a_range_is_read_in_both_languages(start, end):
    source = f"pukul {indonesian(*start)}-{indonesian(*end)} wib"
    translation = f"from {english(*start)} to {english(*end)}"
    expected = [60 * hour + minute for hour, minute in (start, end)]
    assert minutes(translation, ENGLISH) == [(each,) for each in expected]
    assert minutes(source, INDONESIAN) == [(each,) for each in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("pukul 22.00 hingga 05.00", [[22], [5]]),
        ("pukul 07.00, 12.00, dan 19.00 wib", [[7], [12], [19]]),
        ("07.00-22.00 wib", [[7], [22]]),
        ("antara pukul 9 dan 11 pagi", [[9], [11]]),
        ("antara pukul 9 dan 11", [[9, 21], [11, 23]]),
        ("pukul tiga hingga lima pagi, ketika", [[3], [5]]),
        ("jam 10 malam hingga 5 pagi", [[22], [5]]),
        ("jam 11 sampai 3 sore", [[11, 23], [15]]),
        ("pukul 07.00 dan 19.00 malam", [[7], [19]]),
        ("pukul 15.00, melukai 12 orang", [[15]]),
        ("pukul 09.00, 12 orang tewas", [[9]]),
        ("pukul 07.00 dan 12 orang luka", [[7]]),
        ("pukul 9, dua pelaku", [[9, 21]]),
        ("selama 2 jam 30 menit, dua jam lima menit", []),
    ],
)
def test_indonesian(text, expected):
    assert hours(text, INDONESIAN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("7 a.m., noon and 7 p.m.", [[7], [12], [19]]),
        ("between 9 and 11 a.m.", [[9], [11]]),
        ("9-11 a.m., 5-7pm", [[9], [11], [17], [19]]),
        ("11 to 3 p.m.", [[11, 23], [15]]),
        ("at 7, 9 and 11 p.m.", [[19], [21], [23]]),
        ("at half past seven he left", [[7.5, 19.5]]),
        ("a quarter to eight, police said", [[7.75, 19.75]]),
        ("from a quarter to two thirds", []),
        ("a quarter to three-quarters", []),
        ("between three and five in the morning", [[3], [5]]),
        ("about ten at night", [[22]]),
        ("it killed five in the morning", []),
        ("12 midnight, 12 noon", [[0], [12]]),
        ("they won 3-2 on a penalty", []),
    ],
)
def test_english(text, expected):
    assert hours(text, ENGLISH) == expected

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.fidelity.calendar_dates import calendar
from corpora.fidelity.date_matching import compared
from corpora.fidelity.level_text import LevelText

ID_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
ID_DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def indonesian(day):
    return (
        f"Pada {ID_DAYS[day.weekday()]}, {day.day} {ID_MONTHS[day.month - 1]} {day.year}, ia tiba."
    )


def in_figures(day):
    return f"Ia tiba pada {ID_DAYS[day.weekday()]} ({day.day}/{day.month}/{day.year})."


def english(day):
    return f"He arrived on {day:%A}, {day:%B} {day.day}, {day.year}."


def found(source, translation):
    return compared(
        calendar(LevelText.of(source), english=False),
        calendar(LevelText.of(translation), english=True),
    ).findings


@given(days, st.sampled_from([indonesian, in_figures]))
def test_a_day_is_the_same_in_both_languages(day, written):
    assert found(written(day), english(day)) == ()


@given(days, st.integers(1, 400), st.sampled_from([indonesian, in_figures]))
def test_another_day_is_another(day, later, written):
    other = day + timedelta(days=later)
    assert any(finding.text and finding.got for finding in found(written(day), english(other)))


@given(days)
def test_english_figures_may_have_the_month_first(day):
    source = f"Ia tiba pada {day.day}/{day.month}/{day.year}."
    for first, second in ((day.day, day.month), (day.month, day.day)):
        assert found(source, f"He arrived on {first}/{second}/{day.year}.") == ()


@given(days.filter(lambda day: day.day <= 12 and day.day != day.month))
def test_english_words_may_not(day):
    other = day.replace(day=day.month, month=day.day)
    source = f"Ia tiba pada {day.day}/{day.month}/{day.year}."
    assert found(source, f"He arrived on {other:%B} {other.day}, {other.year}.")


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("", ""),
        ("Minggu lalu ia pulang.", "He went home last week."),
        ("Malam Minggu ramai.", "Saturday night is busy."),
        ("Ia datang pada Mei.", "He came in May."),
        ("Ia mungkin datang.", "May he come."),
        ("Rapat 17-19 Mei.", "The meeting is on May 17-19."),
        ("Rapat 17 hingga 19 Mei.", "The meeting runs from 17 to 19 May."),
        ("Upacara (17/8).", "The ceremony was on August 17."),
        ("Libur Sabtu-Minggu.", "A weekend holiday."),
        ("Rapat Selasa, 3/6, batal.", "The meeting on Tuesday, June 3, was called off."),
        ("Ia ke Pasar Minggu.", "He went to Pasar Minggu."),
    ],
)
def test_kept(source, translation):
    assert found(source, translation) == ()


@pytest.mark.parametrize(
    ("source", "translation", "text", "got"),
    [
        ("Pada Senin ia pulang.", "He went home on Sunday.", "Senin", "Sunday"),
        ("Pada Senin ia pulang.", "He went home.", "Senin", ""),
        ("Ia pulang.", "He went home on Monday.", "", "Monday"),
        ("Ia pulang pada Minggu.", "He went home on Minggu.", "Minggu", ""),
        ("Selasa (3/6), ia tiba.", "On Tuesday, March 6, he came.", "3/6", "March 6"),
        ("Lahir 6 Juni 1901.", "Born on June 6.", "6 Juni 1901", "June 6"),
        ("Pada 6 Juni ia pulang.", "He went home in June.", "6 Juni", "June"),
    ],
)
def test_changed(source, translation, text, got):
    assert [(finding.text, finding.got) for finding in found(source, translation)] == [(text, got)]

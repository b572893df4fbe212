"""Dates and weekdays of a sentence, in Indonesian or English.

Read are `17 Agustus 2024`, `(17/8/2024)`, `August 17-19`, months that stand alone, and weekdays.
Not read are days without a name (kemarin, lusa, last week), holidays, and years that stand alone:
those are numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpora.fidelity.level_text import LevelText, longest_first

ID_MONTHS = {
    "januari": 1,
    "februari": 2,
    "pebruari": 2,
    "maret": 3,
    "april": 4,
    "mei": 5,
    "juni": 6,
    "juli": 7,
    "agustus": 8,
    "september": 9,
    "oktober": 10,
    "november": 11,
    "nopember": 11,
    "desember": 12,
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "agu": 8,
    "agt": 8,
    "ags": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "nov": 11,
    "nop": 11,
    "des": 12,
}
EN_MONTHS = {
    "january": 1,
    "february": 2,
    "march": 3,
    "april": 4,
    "may": 5,
    "june": 6,
    "july": 7,
    "august": 8,
    "september": 9,
    "october": 10,
    "november": 11,
    "december": 12,
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sept": 9,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
ID_DAYS = {
    "senin": 0,
    "selasa": 1,
    "rabu": 2,
    "kamis": 3,
    "jumat": 4,
    "jum'at": 4,
    "sabtu": 5,
    "minggu": 6,
    "ahad": 6,
}
EN_DAYS = {
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
    "saturday": 5,
    "sunday": 6,
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
DAY_BEFORE = "|".join(
    rf"(?<={day}{sign})"
    for day in (*ID_DAYS, *EN_DAYS, "tanggal")
    if len(day) > 4
    for sign in (" ", ", ")
)
NUMERIC = (
    r"(?<![\d/.,])(?P<a>\d{1,2})(?P<sign>[/.-])(?P<b>\d{1,2})(?P=sign)(?P<c>(?:19|20)\d\d|(?<=/)\d\d)(?![\d/])"
    r"|(?<![\d/-])(?P<iso>(?:19|20)\d\d)-(?P<isom>\d\d)-(?P<isod>\d\d)(?!\d)"
    r"|(?<=\()(?P<d3>\d{1,2})/(?P<m3>\d{1,2})(?=\)|,)|(?<![\d/])(?P<d5>9)/(?P<m5>11)(?![\d/])"
    rf"|(?=\d\d?/)(?:{DAY_BEFORE})(?P<d6>\d{{1,2}})/(?P<m6>\d{{1,2}})(?![\d/-])"
)
ID_MONTH, EN_MONTH = longest_first(ID_MONTHS), longest_first(EN_MONTHS)
ID_LONG = longest_first(
    month for month in ID_MONTHS if len(month) > 4 or month in ("juni", "juli", "mei")
)
EN_LONG = longest_first(
    month for month in EN_MONTHS if len(month) > 4 or month in ("june", "july", "may")
)
TO_ID = r"(?: ?- ?| hingga | sampai | sampai dengan | dan | s/d | s\.d\. )"
TO_EN = r"(?:(?:st|nd|rd|th)?(?: ?- ?| to | through | and | until ))"
YEAR = r"(?:1[5-9]|20)\d\d"
ID_DATE = re.compile(
    rf"{NUMERIC}|(?<![\d.,/])(?:(?P<d0>\d{{1,2}}){TO_ID})?(?P<d>\d{{1,2}})"
    rf"(?: |-)(?P<m>{ID_MONTH})\b\.?"
    rf"(?:(?:,? (?:tahun )?|-)(?P<y>{YEAR})\b|(?!\w))"
    rf"|\b(?P<m2>{ID_MONTH})(?:,? (?:tahun )?)(?P<y2>{YEAR})\b|\b(?P<m4>{ID_LONG})\b"
)
EN_DATE = re.compile(
    rf"{NUMERIC}"
    rf"|\b(?P<m>{EN_MONTH})\b\.? (?:the )?(?P<d>\d{{1,2}})(?![\d:%]|[.,]\d)"
    rf"(?:{TO_EN}(?P<d0>\d{{1,2}})(?!\d))?"
    rf"(?:st|nd|rd|th)?\b(?:,? (?:in )?(?P<y>{YEAR})\b)?"
    rf"|(?<![\d.,/])(?:(?P<d01>\d{{1,2}}){TO_EN})?(?:the )?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?: of | |-)(?P<m1>{EN_MONTH})\b\.?"
    rf"(?:,? (?P<y1>{YEAR})\b)?"
    rf"|\b(?P<m2>{EN_MONTH})\b\.?(?:,? (?:of )?)(?P<y2>{YEAR})\b|\b(?P<m4>{EN_LONG})\b"
)
ID_WEEKDAY = re.compile(rf"\b(?P<night>malam )?(?P<day>{longest_first(ID_DAYS)})\b", re.IGNORECASE)
EN_WEEKDAY = re.compile(
    r"\b(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri)(?=\.|, ?\w+ \d| \()|(?:Sat|Sun)(?=,? \w+\.? \d| \())"
)
MAYBE = re.compile(
    r"(?:\b(?:in|on|since|of|by|until|last|next|this|early|late|mid|from|through|to|between"
    r"|and|during|for) |^|-|\()$"
)
WEEK = re.compile(r" (?:lalu|ini|depan|kemarin|pertama|kedua|ketiga|keempat|terakhir|yang)\b")


FIGURES = re.compile(r"\d[/.-]\d")
MONTH_WORDS = frozenset(ID_MONTHS) | frozenset(EN_MONTHS)
ID_WORDS = frozenset(ID_DAYS) | {"jum"}
EN_WORDS = frozenset(EN_DAYS) | {f"{day}s" for day in EN_DAYS}


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date: where it stands and what it says; what it leaves out is 0 or empty."""

    start: int
    end: int
    days: frozenset[int]
    month: int
    year: int
    swapped: bool = False  # day and month may be the other way round, as English figures may be
    firm: bool = True  # surely a date: "May" alone may be none


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday, or two that it may mean ("malam Minggu" is Saturday night)."""

    start: int
    end: int
    days: frozenset[int]
    firm: bool = True


@dataclass(slots=True)
class Calendar:
    """What a sentence with level signs says of days."""

    text: str
    dates: list[CalendarDate] = field(default_factory=list)
    weekdays: list[Weekday] = field(default_factory=list)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where the dates stand that have figures."""
        return [(date.start, date.end) for date in self.dates if date.days or date.year]

    @property
    def numbers(self) -> frozenset[float]:
        """The numbers that the dates are made of."""
        parts = ({*date.days, date.month, date.year} for date in self.dates)
        return frozenset(float(part) for each in parts for part in each if part)


def dates_of(text: str, lowered: str, *, english: bool) -> Iterator[CalendarDate]:
    """The dates of a text, whose small letters are given too.

    >>> (date,) = dates_of("17-19 Mei 2024", "17-19 mei 2024", english=False)
    >>> sorted(date.days), date.month, date.year
    ([17, 19], 5, 2024)
    """
    pattern, months = (EN_DATE, EN_MONTHS) if english else (ID_DATE, ID_MONTHS)
    for match in pattern.finditer(lowered):
        found = {name: value for name, value in match.groupdict().items() if value}
        start, end = match.span()
        if "a" in found:
            year = int(found["c"]) + (2000 if len(found["c"]) == 2 else 0)
            date = in_figures(start, end, int(found["a"]), int(found["b"]), year, english=english)
        elif "iso" in found:
            day, month, year = (int(found[part]) for part in ("isod", "isom", "iso"))
            date = in_figures(start, end, day, month, year)
        elif "d5" in found:  # the attacks of 2001 are called by the American way of writing a day
            date = in_figures(start, end, int(found["m5"]), int(found["d5"]), 0)
        elif "d3" in found or "d6" in found:
            day, month = (int(found.get(f"{part}3") or found[f"{part}6"]) for part in "dm")
            date = in_figures(start, end, day, month, 0, english=english)
        else:
            date = in_words(match, text, found, months)
        if date and all(1 <= day <= 31 for day in date.days):
            yield date


def in_figures(
    start: int, end: int, day: int, month: int, year: int, *, english: bool = False
) -> CalendarDate | None:
    """A date like 17/8, or an American one like 8/17; in `english` 3/6 may be either."""
    if month > 12 >= day:
        day, month = month, day
    if not 1 <= month <= 12:
        return None
    return CalendarDate(start, end, frozenset({day}), month, year, swapped=english and day <= 12)


def in_words(
    match: re.Match[str], text: str, found: dict[str, str], months: dict[str, int]
) -> CalendarDate | None:
    """A date that names its month."""
    start, end = match.span()
    name = next(found[group] for group in ("m", "m1", "m2", "m4") if group in found)
    days = frozenset(int(found[group]) for group in ("d", "d0", "d1", "d01") if group in found)
    year = int(next((found[group] for group in ("y", "y1", "y2") if group in found), 0))
    at = match.start("m4")
    if "m4" in found and not text[at].isupper():
        return None
    firm = "m4" not in found or is_month(text, at, end, name)
    return CalendarDate(start, end, days, months[name], year, firm=firm)


def is_month(text: str, start: int, end: int, name: str) -> bool:
    """Tell whether what may be a month's name is one: "in May", not "May I" nor "Mei Ling"."""
    before, after = text[:start].rstrip("- "), text[end:].lstrip()
    if re.match(r"[A-Z][a-z]", after) and not re.match(r" (?:19|20)\d\d", text[end:]):
        return name in ("agustus", "oktober", "august", "october") or text[end : end + 1] != " "
    if name in ("may", "march", "april", "august", "mar"):
        return MAYBE.search(text[max(start - 12, 0) : start].lower()) is not None and bool(before)
    if name in ("mei", "april", "juli", "juni", "agustus", "maret"):
        return not re.search(
            r"\b(?!Pada|Hingga|Sejak|Bulan|Akhir|Awal|Sampai|Antara|Dari|Selama|Per)[A-Z][a-z]+$",
            before,
        )
    return True


def weekdays_of(text: str, *, english: bool) -> Iterator[Weekday]:
    """The weekdays of a text; `Minggu` only where it is not a week."""
    if english:
        for match in EN_WEEKDAY.finditer(text):
            yield Weekday(*match.span(), frozenset({EN_DAYS[match["day"].lower()]}))
        return
    for match in ID_WEEKDAY.finditer(text):
        name = match["day"]
        day = ID_DAYS[name.lower()]
        firm = True
        if name.lower() == "minggu":
            before = text[: match.start("day")].rstrip()
            if name == "minggu" and not before.lower().endswith(("hari", "malam")):
                continue
            firm = not WEEK.match(text, match.end()) or before.lower().endswith(
                ("hari", "malam", "pada")
            )
        days = {day, (day - 1) % 7} if match["night"] else {day}
        yield Weekday(match.start("day"), match.end(), frozenset(days), firm)


def calendar(sentence: LevelText, *, english: bool) -> Calendar:
    """What a sentence says of days."""
    text = sentence.text
    has_month = sentence.may_have(MONTH_WORDS)
    has_figures = sentence.has_digit and FIGURES.search(text)
    found = dates_of(text, sentence.low, english=english) if has_month or has_figures else ()
    has_day = sentence.may_have(EN_WORDS if english else ID_WORDS)
    weekdays = weekdays_of(text, english=english) if has_day else ()
    return Calendar(text, list(found), list(weekdays))

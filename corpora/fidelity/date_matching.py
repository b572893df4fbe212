"""What a translation makes of the dates and weekdays of a sentence."""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from corpora.fidelity.calendar_dates import Calendar, CalendarDate, Weekday
from corpora.fidelity.comparison import NOTHING, Comparison, Finding, comparison

NAME = re.compile(r"\b[A-Z]\w+ $")


def agreement(left: CalendarDate, right: CalendarDate) -> int:
    """How many parts of two dates agree; -1 if some do not.

    Day and month may be the other way round where the English writes figures.
    """
    same = [left.month == right.month]
    if left.days and right.days:
        same.append(left.days == right.days)
    if left.year and right.year:
        same.append(left.year == right.year)
    if all(same):
        return len(same)
    if left.swapped or right.swapped:
        (day,) = left.days if left.swapped else right.days
        other = right if left.swapped else left
        month = left.month if left.swapped else right.month
        years = {left.year, right.year} - {0}
        if other.month == day and other.days == {month} and len(years) < 2:
            return len(same)
    return -1


def compared(source: Calendar, english: Calendar) -> Comparison:
    """Compare dates and weekdays of a sentence with those of its translation."""
    if not (source.dates or english.dates or source.weekdays or english.weekdays):
        return NOTHING
    found = [*date_findings(source, english), *weekday_findings(source, english)]
    total = sum(date.firm for date in source.dates) + sum(day.firm for day in source.weekdays)
    return comparison(total, found, "date")


def date_findings(source: Calendar, english: Calendar) -> Iterator[Finding]:
    """Dates that were changed, cut, lost or invented."""
    left, right = distinct(source.dates), distinct(english.dates)
    pairs = []
    for date in tuple(left):
        best = max(right, key=partial(agreement, date), default=None)
        if best is not None and agreement(date, best) > 0:
            pairs.append((date, best))
            left.remove(date)
            right.remove(best)
    for date, other in pairs:
        day_differs = bool(date.days) != bool(other.days)
        year_lost = date.year and not other.year and str(date.year) not in english.text
        year_new = other.year and not date.year and str(other.year) not in source.text
        if (
            (day_differs and not day_elsewhere(date, other, source.text, english.text))
            or year_lost
            or year_new
        ):
            yield Finding("date", text_of(source, date), text_of(english, other))
    known = [date for pair in pairs for date in pair]
    left = [date for date in left if date.firm and not is_in_name(source, date, english.text)]
    right = [date for date in right if date.firm and not is_in_name(english, date, source.text)]
    for date in left:
        rival = right.pop(0) if right else None
        if rival is not None or not any(agreement(date, other) > 0 for other in known):
            got = text_of(english, rival) if rival is not None else ""
            yield Finding("date", text_of(source, date), got)
    for date in right:
        if not any(agreement(date, other) > 0 for other in known):
            yield Finding("date", "", text_of(english, date))


def distinct(dates: Iterable[CalendarDate]) -> list[CalendarDate]:
    """Dates without those that say what an earlier one does."""
    return list({(d.days, d.month, d.year): d for d in reversed([*dates])}.values())[::-1]


def day_elsewhere(date: CalendarDate, other: CalendarDate, source: str, english: str) -> bool:
    """Tell whether the day that one side lacks stands there apart: "tanggal 17 bulan Agustus"."""
    days, text = (date.days, english) if date.days else (other.days, source)
    return all(re.search(rf"(?<!\d){day}(?!\d)", text) for day in days)


def text_of(calendar: Calendar, date: CalendarDate | Weekday) -> str:
    """A date as it stands in its sentence."""
    return calendar.text[date.start : date.end]


def is_in_name(calendar: Calendar, date: CalendarDate | Weekday, other: str) -> bool:
    """Tell whether a day or month ends a name that both sides have: Pasar Minggu, Good Friday."""
    before = NAME.search(calendar.text, max(date.start - 40, 0), date.start)
    return before is not None and calendar.text[before.start() : date.end] in other


def weekday_findings(source: Calendar, english: Calendar) -> Iterator[Finding]:
    """Weekdays that were changed, lost or invented."""
    weekend = "weekend" in english.text.lower()
    right = [day for day in english.weekdays if not any(day.days & d.days for d in source.weekdays)]
    for day in source.weekdays:
        if any(day.days & other.days for other in english.weekdays) or (
            weekend and day.days & {5, 6}
        ):
            continue
        if is_in_name(source, day, english.text):
            continue
        rival = right.pop(0) if right else None
        if rival is not None or day.firm:
            got = text_of(english, rival) if rival is not None else ""
            yield Finding("date", text_of(source, day), got)
    for day in right:
        if not is_in_name(english, day, source.text):
            yield Finding("date", "", text_of(english, day))

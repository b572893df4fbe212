"""Times of day in a sentence: `pukul 10.30 WIB`, `jam tiga sore`, `10:30 a.m.`, "noon"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HALF_DAY = 720  # minutes
ZONE = r"wib|wita|wit|gmt|utc|waktu|local time|western|eastern|central|jakarta time"
TIME = r"(?P<hour>\d{1,2})(?:[.:](?P<minute>[0-5]\d)(?:[.:][0-5]\d)?)?(?![\d,]|[.:]\d)"
HOURS = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
    "sepuluh": 10,
    "sebelas": 11,
    "dua belas": 12,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
WORD = "|".join(sorted(HOURS, key=len, reverse=True))
INDONESIAN = re.compile(
    rf"(?<![\w/])(?<!\d )(?<!per )(?:pukul|jam|pkl?\.?) ?"
    rf"(?:{TIME}|(?P<half>setengah )?(?P<word>{WORD})\b)"
    rf"(?! ?(?:menit|persen|ribu|juta|belas|puluh))(?: ?(?P<zone>{ZONE})\b(?: setempat)?)?"
    r"(?: (?P<part>pagi|siang|sore|petang|malam|dini hari))?"
    rf"|(?<![\w.,])(?P<hour2>\d{{1,2}})[.:](?P<minute2>[0-5]\d) ?(?P<zone2>{ZONE})\b"
    r"|(?<![\w.,:])(?P<hour3>[01]?\d|2[0-4]):(?P<minute3>[0-5]\d)(?![\w:])"
)
ENGLISH = re.compile(
    rf"(?<![\w.,$]){TIME} ?(?P<part>[ap]\.?m\b\.?|o'clock|noon\b|midnight\b)"
    rf"|\b(?P<word>{WORD}) (?P<part4>[ap]\.?m\b\.?|o'clock)"
    rf"|(?<![\w.,$])(?P<hour2>\d{{1,2}})[.:](?P<minute2>[0-5]\d) ?(?P<zone2>{ZONE})\b"
    r"|(?<![\w.,:$])(?P<hour3>[01]?\d|2[0-4]):(?P<minute3>[0-5]\d)(?![\w:])"
    r"|\b(?P<noon>noon|midday|midnight)\b"
)
INDONESIAN_WORDS = frozenset(
    ["pukul", "jam", "pk", "pkl", "wib", "wita", "wit", "gmt", "utc", "waktu"]
)
ENGLISH_WORDS = frozenset(
    [
        "am",
        "pm",
        "a",
        "p",
        "clock",
        "noon",
        "midday",
        "midnight",
        "wib",
        "wita",
        "wit",
        "gmt",
        "utc",
        "local",
        "western",
        "eastern",
        "central",
    ]
)
LATE = {"sore", "petang", "malam"}


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day: where it stands, the minutes since midnight it may mean, its figures."""

    start: int
    end: int
    minutes: tuple[float, ...]
    figure: str


def clock_times(text: str, pattern: re.Pattern[str]) -> Iterator[ClockTime]:
    """The times of day of a text in small letters.

    >>> [t.minutes for t in clock_times("pukul 15.00 wib", INDONESIAN)]
    [(900.0,)]
    >>> [t.minutes for t in clock_times("at 3 p.m. or at 10:30", ENGLISH)]
    [(900.0,), (630.0, 1350.0)]
    >>> [t.minutes for t in clock_times("jam setengah tiga sore", INDONESIAN)]
    [(870.0,)]
    """
    for match in pattern.finditer(text):
        found = match.groupdict()
        if found.get("noon"):
            minutes = 0.0 if found["noon"] == "midnight" else 720.0
            yield ClockTime(*match.span(), (minutes,), "")
            continue
        hour = found["hour"] or found["hour2"] or found["hour3"]
        minute = found["minute"] or found["minute2"] or found["minute3"] or "0"
        at = float(hour) * 60 + float(minute) if hour else HOURS[found["word"]] * 60.0
        if found.get("half"):
            at -= 30
        if at > 1440:
            continue
        zone = found.get("zone") or found.get("zone2")
        part = (found.get("part") or found.get("part4") or "").replace(".", "")
        figure = f"{int(hour)}" + (f".{minute}" if minute != "0" else "") if hour else ""
        is_exact = bool(hour) and (hour.startswith("0") or (bool(zone) and minute != "0"))
        yield ClockTime(*match.span(), minutes_of(at, part, is_exact=is_exact), figure)


def minutes_of(at: float, part: str, *, is_exact: bool) -> tuple[float, ...]:
    """The minutes since midnight that a time on the dial may mean with a part of the day.

    >>> minutes_of(180, "sore", is_exact=False), minutes_of(180, "", is_exact=False)
    ((900,), (180, 900))
    """
    if at > HALF_DAY + 59 or part in ("noon", "midnight"):
        return (at % 1440,)
    dial = at % HALF_DAY
    if part in ("am", "pagi", "dini hari"):
        return (dial,)
    if part == "pm" or (part in LATE and not (part == "malam" and (dial < 240))):
        return (dial + HALF_DAY,)
    if part == "malam":
        return (dial,)
    if part == "siang":
        return (dial if dial >= 540 else dial + HALF_DAY,)
    return (at % 1440,) if is_exact else (dial, dial + HALF_DAY)

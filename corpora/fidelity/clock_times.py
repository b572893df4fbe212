"""Times of day in a sentence: `pukul 10.30 WIB`, `jam tiga sore`, `10:30 a.m.`, "noon".

Several are read together, for the last may say of which half of the day all are: `pukul 9 dan 11
pagi`, "from 9 to 11 a.m.". Not read are times without any sign that they are: "he came at seven".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpora.fidelity.level_text import longest_first

HALF_DAY = 720  # minutes
ZONE = r"wib|wita|wit|gmt|utc|waktu|local time|western|eastern|central|jakarta time"
MINUTE = r"[.:][0-5]\d(?:[.:][0-5]\d)?(?!\d|[.,:]\d)"
TIME = rf"\d{{1,2}}(?:{MINUTE}|(?!\d|[.,:]\d))"
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
MINUTES = {
    "lima": 5,
    "sepuluh": 10,
    "lima belas": 15,
    "seperempat": 15,
    "dua puluh": 20,
    "setengah": 30,
    "half": 30,
    "quarter": 15,
    "five": 5,
    "ten": 10,
    "twenty": 20,
}
WORD = longest_first(HOURS)
FEW = rf"\d{{1,2}}|{longest_first(MINUTES)}"
TO = r"(?: ?- ?| ?s/d ?| hingga | sampai(?: dengan)? | till? | to | until | through )"
AND = r"(?:, ?(?:dan |serta |atau |and |or )?| dan | serta | atau | maupun | and | or )"

KEYWORD = r"(?:pukul|jam|pkl?\.?)"
ID_PART = r" (?:pagi|siang|sore|petang|malam|dini hari|subuh)\b"
ID_TIME = (
    rf"(?:{TIME}|(?:setengah )?(?:{WORD})\b)"
    r"(?! ?(?:menit|persen|%|ribu|juta|belas|puluh|orang|hari\b|km\b|kilometer))"
    rf"(?: (?:lewat|lebih|kurang) (?:{FEW})\b(?: menit)?)?"
    rf"(?: ?(?:{ZONE})\b(?: setempat)?)?(?:{ID_PART})?"
)
# Of a list only what has minutes is surely a time, or what stands before the part of the day.
ID_LISTED = (
    rf"(?=\d{{1,2}}{MINUTE}"
    rf"|(?:(?:{TIME}|{WORD}){AND}){{0,4}}(?:{TIME}|{WORD})(?: ?(?:{ZONE})\b|{ID_PART}))"
)
INDONESIAN = re.compile(
    rf"(?<![\w/])(?<!\d )(?<!per )(?:antara {KEYWORD} ?{ID_TIME} dan (?:{KEYWORD} ?)?{ID_TIME}"
    rf"|{KEYWORD} ?{ID_TIME}"
    rf"(?:(?:{TO}(?:{KEYWORD} ?)?|{AND}(?:{KEYWORD} ?)?{ID_LISTED}){ID_TIME}){{0,8}})"
    rf"|(?<![\w.,])(?:\d{{1,2}}{MINUTE}(?:{TO}|{AND})){{0,8}}\d{{1,2}}{MINUTE} ?(?:{ZONE})\b"
    r"|(?<![\w.,:])(?:[01]?\d|2[0-4]):[0-5]\d(?![\w:])"
)

AM = r"(?: ?[ap]\.?m\b\.?| ?o'clock| ?noon\b| ?midnight\b)"
EN_PART = (
    r"(?: in the (?:early |late )?(?:morning|afternoon|evening)| at night"
    r"| this (?:morning|afternoon|evening)| tonight)\b"
)
EN_WORD = rf"(?:{TIME}|(?:{WORD})\b)"
AT = r"at|by|around|about|until|till|before|after|since|from|between|past|exactly|nearly|almost"
EN_HOUR = rf"(?:{WORD}|noon|midnight)\b"
# What may stand behind "a quarter to two"; "thirds" may not.
EN_END = (
    r"(?=$|[.,;:!?)\"']"
    r"| (?:in|on|at|this|local|when|as|and|before|[ap]\.?m|o'clock|gmt|wib)\b)"
)
ENGLISH = re.compile(
    rf"(?<![\w.,$/])"
    rf"(?:(?<=between ){TIME} and |(?<=at )(?:{TIME}, ){{0,4}}{TIME},? and |{TIME}{TO})?{TIME}{AM}"
    rf"|\b(?:(?:{WORD})(?: and |{TO}| or ))?(?:{WORD})(?: [ap]\.?m\b\.?| o'clock)"
    rf"|\b(?:{AT}) (?:{EN_WORD}(?: and | or |{TO}))?{EN_WORD}{EN_PART}"
    rf"|\b(?:half past|quarter past|(?:{FEW}) minutes past|(?:at|by|until|before) a quarter to)"
    rf" (?:{TIME}|{EN_HOUR})(?:{AM}|{EN_PART})?"
    rf"|\bquarter to (?:{TIME}|{EN_HOUR}){EN_END}(?:{AM}|{EN_PART})?"
    rf"|(?<![\w.,$])\d{{1,2}}{MINUTE} ?(?:{ZONE})\b"
    r"|(?<![\w.,:$])(?:[01]?\d|2[0-4]):[0-5]\d(?![\w:])"
    r"|\b(?:noon|midday|midnight)\b"
)

# One time of those that belong together, with all that is said of it.
ONE = re.compile(
    rf"(?:{KEYWORD} ?)?"
    rf"(?:\b(?:(?P<ahead>half|quarter)|(?P<few>{FEW}) minutes) (?P<way>past|to) )?"
    rf"(?:(?P<half>setengah )?(?:(?P<hour>\d{{1,2}})(?:[.:](?P<minute>[0-5]\d)(?:[.:][0-5]\d)?)?"
    rf"|\b(?P<word>{WORD})\b)|\b(?P<noon>noon|midday|midnight)\b)"
    rf"(?: (?P<shift>lewat|lebih|kurang) (?P<by>{FEW})\b(?: menit)?)?"
    rf"(?: ?(?P<zone>{ZONE})\b(?: setempat)?)?"
    r"(?: (?P<part>pagi|siang|sore|petang|malam|dini hari|subuh)\b"
    r"| ?(?P<am>[ap])\.?m\b\.?| ?o'clock| ?(?P<twelve>noon|midnight)\b"
    r"| (?:in the (?:early |late )?|this |at |to)(?P<english>morning|afternoon|evening|night)\b)?"
)
INDONESIAN_WORDS = frozenset(
    ["pukul", "jam", "pk", "pkl", "wib", "wita", "wit", "gmt", "utc", "waktu"]
)
ENGLISH_WORDS = frozenset(
    [
        *("am", "pm", "m", "clock", "noon", "midday", "midnight", "past", "quarter"),
        *("morning", "afternoon", "evening", "night", "tonight"),
        *("wib", "wita", "wit", "gmt", "utc", "local", "western", "eastern", "central"),
    ]
)
EARLY = {"am", "pagi", "dini hari", "subuh", "morning", "midnight"}
LATE = {"pm", "sore", "petang", "malam", "afternoon", "evening", "night"}
NIGHT = {"malam", "night"}  # 2 at night is early


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
    >>> [t.minutes for t in clock_times("pukul 22.00 hingga 05.00", INDONESIAN)]
    [(1320.0,), (300.0,)]
    >>> [t.minutes for t in clock_times("between 9 and 11 a.m., at a quarter to eight", ENGLISH)]
    [(540.0,), (660.0,), (465.0, 1185.0)]
    """
    for match in pattern.finditer(text):
        series = list(ONE.finditer(text, *match.span()))
        in_zone = any(one["zone"] for one in series)
        part, following = "", 0.0
        times = []
        for one in reversed(series):
            at, own, exact = dial(one), part_of(one), is_exact(one, in_zone=in_zone)
            # From 9 to 11 p.m. is evening, but from 11 to 3 p.m. may begin in the morning.
            part = own or (part if at % HALF_DAY <= following % HALF_DAY else "")
            following = at
            if at <= 2 * HALF_DAY:
                said = own or ("" if exact else part)
                times.append(
                    ClockTime(*one.span(), minutes_of(at, said, is_exact=exact), figure_of(one))
                )
        yield from reversed(times)


def dial(time: re.Match[str]) -> float:
    """The minutes since midnight that a time says, as it stands."""
    if time["noon"]:
        at = 0.0 if time["noon"] == "midnight" else 720.0
    elif time["hour"]:
        at = float(time["hour"]) * 60 + float(time["minute"] or 0)
    else:
        at = HOURS[time["word"]] * 60.0
    if time["half"]:
        at -= 30
    if time["way"]:
        shift = minutes_in(time["ahead"] or time["few"])
        at += -shift if time["way"] == "to" else shift
    if time["shift"]:
        at += -minutes_in(time["by"]) if time["shift"] == "kurang" else minutes_in(time["by"])
    return at % (2 * HALF_DAY) if at < 0 else at


def minutes_in(word: str) -> float:
    """The minutes of a word or figure: a quarter is 15."""
    return float(word) if word.isdigit() else float(MINUTES[word])


def part_of(time: re.Match[str]) -> str:
    """What a time says of the part of the day: `pagi`, `pm`, `noon`; empty if nothing."""
    if time["noon"]:
        return "noon"
    half = f"{time['am']}m" if time["am"] else ""
    return time["part"] or time["english"] or time["twelve"] or half


def is_exact(time: re.Match[str], *, in_zone: bool) -> bool:
    """Tell whether a time is one of 24 hours: it has a leading 0, or minutes and a time zone."""
    hour, minute = time["hour"] or "", time["minute"] or "0"
    return hour.startswith("0") or (bool(hour) and in_zone and minute != "0")


def figure_of(time: re.Match[str]) -> str:
    """The figures of a time without a leading 0; empty for words."""
    if not time["hour"] or time["way"] or time["shift"]:
        return ""
    return f"{int(time['hour'])}" + (f".{time['minute']}" if time["minute"] else "")


def minutes_of(at: float, part: str, *, is_exact: bool) -> tuple[float, ...]:
    """The minutes since midnight that a time on the dial may mean with a part of the day.

    >>> minutes_of(180, "sore", is_exact=False), minutes_of(180, "", is_exact=False)
    ((900,), (180, 900))
    """
    if at > HALF_DAY + 59 or part == "noon":
        return (at % 1440,)
    dial = at % HALF_DAY
    if part in EARLY or (part in NIGHT and dial < 240):
        return (dial,)
    if part in LATE:
        return (dial + HALF_DAY,)
    if part == "siang":
        return (dial if dial >= 540 else dial + HALF_DAY,)
    return (at % 1440,) if is_exact else (dial, dial + HALF_DAY)

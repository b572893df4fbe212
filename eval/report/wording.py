"""Numbers, times and durations as people say them."""

from datetime import datetime


def moment(stamp: str) -> str:
    """A time for people.

    >>> moment("2026-11-22T04:19:58+00:00")
    '22 November 2026, 04:19 UTC'
    """
    try:
        return f"{datetime.fromisoformat(stamp):%-d %B %Y, %H:%M %Z}".strip()
    except ValueError:
        return stamp


def duration(seconds: float) -> str:
    """How long something took, in the unit that fits.

    >>> duration(4.61), duration(75), duration(7300)
    ('4.6 s', '1 min 15 s', '2 h 1 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes} min {left} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "row"), counted(2000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{number:,} {plural(number, noun)}"


def plural(number: int, noun: str) -> str:
    """The noun as it stands behind a number.

    >>> plural(1, "row"), plural(0, "row")
    ('row', 'rows')
    """
    return noun if number == 1 else f"{noun}s"

"""Tests whether a quantity of a sentence and one of its translation may be the same."""

import re
from collections.abc import Callable

from corpora.fidelity.quantities import Quantity
from corpora.fidelity.units import agree, is_conversion, is_rounded

HEDGE = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|more than|over|at least|under"
    r"|less than|up to|close to|fewer than|an estimated|just|sekitar|hampir|lebih dari"
    r"|kurang lebih|kira-kira|setidaknya|sedikitnya|kurang dari|nyaris|mendekati)"
    r"\W+(?:\w*\$ ?|rp ?)?$",
    re.IGNORECASE,
)
# Shapes that may stand for each other where the value is the same: "abad 17", "the 17th century".
LOOSE = {"cardinal", "ordinal", "share", "soft", "code"}


def equal(left: float, right: float) -> bool:
    """Tell whether two values are the same but for the rounding of a fraction."""
    return left == right or abs(left - right) <= 1e-6 * max(abs(left), abs(right))


def same_value(left: Quantity, right: Quantity) -> bool:
    """The likely values agree."""
    return bool(left.values and right.values) and equal(left.values[0], right.values[0])


def any_value(left: Quantity, right: Quantity) -> bool:
    """Some readings agree."""
    return any(equal(a, b) for a in left.values for b in right.values)


def alike(left: Quantity, right: Quantity) -> bool:
    """Shape and value agree, or the names with figures are the same."""
    if left.shape != right.shape:
        return False
    if left.shape == "code":
        return left.figure == right.figure
    if left.shape in ("clock", "cardinal", "ordinal"):
        return any_value(left, right)
    return same_value(left, right)


def loosely(left: Quantity, right: Quantity) -> bool:
    """The values agree, one counting, the other ranking or naming."""
    if left.shape in LOOSE and right.shape in LOOSE:
        return any_value(left, right) and not (left.shape == right.shape == "code")
    shapes = {left.shape, right.shape}
    if "decade" in shapes:
        return decades(left, right)
    if "vague" in shapes:
        return vaguely(left, right)
    return "clock" in shapes and (same_figure(left, right) or same_hour(left, right))


def same_hour(left: Quantity, right: Quantity) -> bool:
    """A time of day and a bare number, on whichever side: "pukul lima sore", "at five"."""
    time, other = (left, right) if left.shape == "clock" else (right, left)
    if other.shape != "cardinal" or other.unit or not other.values or other.values[0] > 24:
        return False
    return any((minute - 60 * other.values[0]) % 720 == 0 for minute in time.values)


def decades(left: Quantity, right: Quantity) -> bool:
    """The 90s are the 1990s; thirty-odd men are "30-an orang"."""
    a, b = left.values[0], right.values[0] if right.values else -1
    if left.shape == right.shape:
        return a % 100 == b % 100 and min(a, b) < 100
    return a == b < 1000


def vaguely(left: Quantity, right: Quantity) -> bool:
    """A dozen or so is "belasan"; everything else that is vague has its order of magnitude."""
    if not left.values or not right.values:
        return False
    if left.shape == right.shape:
        return equal(left.values[0], right.values[0])
    exact, amount = (right, left) if left.shape == "vague" else (left, right)
    if left.number.startswith("belasan"):
        return amount.values[0] <= exact.values[0] < 2 * amount.values[0]
    return exact.shape == "cardinal" and exact.number.endswith("dozen") and left.values[0] == 10


def same_figure(left: Quantity, right: Quantity) -> bool:
    """The same digits, in whatever notation: what was copied was not changed.

    But 11.20 in the morning is no 11:20 p.m.
    """
    return (
        bool(left.figure)
        and not left.shape == right.shape == "clock"
        and left.scaled == right.scaled
        and left.figure.replace(":", ".").lstrip("0") == right.figure.replace(":", ".").lstrip("0")
    )


def measures_the_same(left: Quantity, right: Quantity) -> bool:
    """A right conversion: 80 km, 50 miles; 25 persen, a quarter."""
    if not left.values or not right.values:
        return False
    a, b = left.values[0], right.values[0]
    if left.unit and right.unit:
        return is_conversion(a, left.unit, b, right.unit)
    if left.unit and left.unit.name == "percent" and right.shape in ("share", "soft"):
        return equal(a / 100, b)
    if right.unit and right.unit.name == "percent" and left.shape == "share":
        return equal(a, b / 100)
    return False


def rounded(source: str, english: str) -> Callable[[Quantity, Quantity], bool]:
    """A test of rounding: "4.806 orang" may be "about 4,800 people", where one side says about."""

    def same(left: Quantity, right: Quantity) -> bool:
        if left.shape != "cardinal" or right.shape != "cardinal" or not left.values:
            return False
        if not right.values or min(left.values[0], right.values[0]) <= 20:
            return False
        if not (is_hedged(source, left) or is_hedged(english, right)):
            return False
        return is_rounded(left.values[0], right.values[0]) and agree(left.unit, right.unit)

    return same


def is_hedged(text: str, quantity: Quantity) -> bool:
    """Tell whether "about" or the like stands before a quantity."""
    return HEDGE.search(text, max(quantity.start - 30, 0), quantity.start) is not None

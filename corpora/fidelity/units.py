"""Units of measure beside a number, in Indonesian and in English, and what they convert to.

The names stand in `data/units.toml`. Money is converted by nobody: rates change.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from math import floor, log10
from typing import Any

# A converted figure is right within this share, or within half of its last significant digit:
# 100 km are "60 miles" in a newspaper (62.1).
ROUGHLY = 0.05
EXACTLY = 0.01
GAP = re.compile(r" of |[\s-]")
NO_UNITS: tuple[re.Pattern[str], tuple["Unit", ...]] = (re.compile(r"(?!)"), ())
FAHRENHEIT = {"celsius": (1.0, 0.0), "fahrenheit": (5 / 9, -160 / 9)}  # to degrees Celsius


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure, as a text names it.

    Attributes:
        name: how it is called in `data/units.toml`.
        dimension: what it measures.
        size: in base units of the dimension.
        weak: it may come or go without harm, or its name is often another word.
        also: other units that are called the same.
    """

    name: str
    dimension: str
    size: float
    weak: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Units:
    """The units as one language names them: behind a number, in front of it, anywhere."""

    after: dict[str, tuple[re.Pattern[str], tuple[Unit, ...]]]
    before: re.Pattern[str]
    ahead: tuple[Unit, ...]
    each: dict[str, re.Pattern[str]]

    def behind(self, text: str, end: int) -> tuple[Unit, int] | None:
        """The unit that follows a number that ends at `end`, and where its name ends."""
        gap = GAP.match(text, end)
        start = gap.end() if gap else end
        pattern, named = self.after.get(text[start : start + 1], NO_UNITS)
        match = pattern.match(text, start)
        if match is None or match.lastgroup is None:
            return None
        return named[int(match.lastgroup[1:])], match.end()

    def says(self, unit: Unit, text: str) -> bool:
        """Tell whether a text in small letters names a unit anywhere."""
        return self.each[unit.name].search(text) is not None

    def in_front(self, text: str, start: int) -> tuple[Unit, int] | None:
        """The unit that stands in front of a number that begins at `start`, and its own start."""
        match = self.before.search(text, max(start - 12, 0), start)
        if match is None or match.lastgroup is None:
            return None
        return self.ahead[int(match.lastgroup[1:])], match.start()


Named = tuple[str, Unit]  # a pattern of what a unit is called, and the unit


def load() -> tuple[Units, Units, dict[str, Unit]]:
    """The names of units in Indonesian and in English, and all units by name."""
    raw = tomllib.loads(files("corpora").joinpath("data").joinpath("units.toml").read_text("utf-8"))
    units = {
        name: Unit(
            name, table["of"], table["is"], table.get("weak", False), tuple(table.get("also", ()))
        )
        for name, table in raw.items()
    }
    pattern, ahead = pattern_of(named(raw, units, "before"))
    before = re.compile(rf"(?<![^\W_])(?:{pattern})\s?$")
    languages = []
    for language, ending in (("indonesian", r"(?:(?<=\w{4})nya)?"), ("english", "")):
        names = named(raw, units, language)
        each = {
            unit: anywhere(
                pair
                for place in (language, "before")
                for pair in named({unit: table}, units, place)
            )
            for unit, table in raw.items()
        }
        languages.append(Units(by_first(names, ending), before, ahead, each))
    return languages[0], languages[1], units


def named(raw: dict[str, dict[str, Any]], units: dict[str, Unit], place: str) -> list[Named]:
    """What the units are called behind a number of a language, or `before` one."""
    return [
        (name, each)
        for unit, table in raw.items()
        for names, each in (
            (table.get(place, ()), units[unit]),
            (table.get("doubtful", {}).get(place, ()), replace(units[unit], weak=True)),
        )
        for name in names
    ]


def anywhere(names: Iterable[Named]) -> re.Pattern[str]:
    """What finds a unit in a text, behind a number or not."""
    return re.compile("|".join(rf"(?<![^\W\d_]){name}(?!\w)" for name, _ in names))


def by_first(
    names: Sequence[Named], ending: str
) -> dict[str, tuple[re.Pattern[str], tuple[Unit, ...]]]:
    """Patterns of those names that begin with a sign, by the sign: most words begin no unit."""
    signs = {sign for name, _ in names for sign in firsts(name)}
    found = {}
    for sign in signs:
        pattern, owners = pattern_of([pair for pair in names if sign in firsts(pair[0])])
        found[sign] = (re.compile(rf"(?:{pattern}){ending}(?!\w)"), owners)
    return found


def firsts(name: str) -> set[str]:
    """The signs with which a text can begin that a name of a unit matches.

    >>> sorted(firsts("(?:us |american )?dollars?")), firsts("° ?c")
    (['a', 'd', 'u'], {'°'})
    """
    if not name.startswith("(?:"):
        sign = name.replace("\\", "")[0]
        return {sign, *firsts(name[len(sign) + 1 :])} if name[1:2] == "?" else {sign}
    inside, _, rest = name[3:].partition(")")
    found = {sign for each in inside.split("|") for sign in firsts(each)}
    return found | firsts(rest[1:]) if rest.startswith("?") else found


def pattern_of(names: Sequence[Named]) -> tuple[str, tuple[Unit, ...]]:
    """One pattern of all names, the longest first, each in a group; whose each group is."""
    pairs = sorted(names, key=lambda pair: -len(pair[0]))
    groups = "|".join(f"(?P<u{number}>{name})" for number, (name, _) in enumerate(pairs))
    return groups, tuple(unit for _, unit in pairs)


INDONESIAN, ENGLISH, UNITS = load()


def converted(value: float, unit: Unit, other: Unit) -> float | None:
    """A value in another unit of the same dimension, or None.

    >>> round(converted(80, UNITS["kilometre"], UNITS["mile"]), 1)
    49.7
    >>> round(converted(30, UNITS["celsius"], UNITS["fahrenheit"]), 6)
    86.0
    >>> converted(1, UNITS["metre"], UNITS["gram"]) is None
    True
    """
    if unit.dimension != other.dimension:
        return None
    if unit.dimension == "temperature":
        (scale, shift), (other_scale, other_shift) = FAHRENHEIT[unit.name], FAHRENHEIT[other.name]
        return (value * scale + shift - other_shift) / other_scale
    return value * unit.size / other.size


def meanings(unit: Unit) -> list[Unit]:
    """The units that a name may mean: a mile at sea is a nautical one."""
    return [unit, *(UNITS[name] for name in unit.also)]


def agree(left: Unit | None, right: Unit | None) -> bool:
    """Tell whether two units are no contradiction.

    >>> agree(UNITS["sterling"], UNITS["pound"]), agree(UNITS["metre"], UNITS["foot"])
    (True, False)
    """
    if left is None or right is None or left.name == right.name:
        return True
    if right.name in left.also or left.name in right.also:
        return True
    return {left.dimension, right.dimension} == {"degree", "temperature"}


def is_conversion(value: float, unit: Unit, other_value: float, other: Unit) -> bool:
    """Tell whether two measures in different units are the same, as a newspaper rounds.

    >>> is_conversion(80, UNITS["kilometre"], 50, UNITS["mile"])
    True
    >>> is_conversion(83, UNITS["metre"], 80, UNITS["foot"])
    False
    """
    return any(
        one.name != another.name
        and (exact := converted(value, one, another)) is not None
        and (is_rounded(exact, other_value) or is_rounded(other_value, exact))
        for one in meanings(unit)
        for another in meanings(other)
    )


def is_rounded(exact: float, rounded: float) -> bool:
    """Tell whether a figure is another one rounded to its own significant digits.

    >>> is_rounded(4806, 4800), is_rounded(4806, 5000), is_rounded(4806, 4700)
    (True, True, False)
    """
    if exact == rounded:
        return True
    if not exact or not rounded:
        return False
    gap = abs(exact - rounded) / abs(exact)
    if gap <= EXACTLY:
        return True
    last = 10.0 ** floor(log10(abs(rounded)))
    while round(rounded / last, 9) != round(rounded / last) and last > 1e-6:
        last /= 10
    return gap <= ROUGHLY and abs(exact - rounded) <= last / 2 * 1.0001

"""Units of measure beside a number, in Indonesian and in English, and what they convert to.

The names stand in `data/units.toml`. Money is converted by nobody: rates change.
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from math import floor, log10

# A converted figure is right within this share, or within half of its last significant digit:
# 100 km are "60 miles" in a newspaper (62.1).
ROUGHLY = 0.05
EXACTLY = 0.01
GAP = re.compile(r" of |[\s-]")
NO_UNITS: tuple[re.Pattern[str], tuple["Unit", ...]] = (re.compile(r"(?!)"), ())
FAHRENHEIT = {"celsius": (1.0, 0.0), "fahrenheit": (5 / 9, -160 / 9)}  # to degrees Celsius


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name, what it measures, its size in base units, whether it is often left out."""

    name: str
    dimension: str
    size: float
    weak: bool = False


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


def load() -> tuple[Units, Units, dict[str, Unit]]:
    """The names of units in Indonesian and in English, and all units by name."""
    raw = tomllib.loads(files("corpora").joinpath("data").joinpath("units.toml").read_text("utf-8"))
    units = {
        name: Unit(name, table["of"], table["is"], table.get("weak", False))
        for name, table in raw.items()
    }
    ahead = [(name, unit) for unit in raw for name in raw[unit].get("before", [])]
    pattern, owners = pattern_of(ahead)
    before = re.compile(rf"(?<![^\W_])(?:{pattern})\s?$")
    in_front = tuple(units[unit] for unit in owners)
    languages = []
    for language in ("indonesian", "english"):
        names = [(name, unit) for unit in raw for name in raw[unit][language]]
        each = {unit: anywhere(raw[unit], language) for unit in raw}
        languages.append(Units(by_first(names, units), before, in_front, each))
    return languages[0], languages[1], units


def anywhere(table: dict[str, list[str]], language: str) -> re.Pattern[str]:
    """What finds a unit in a text, behind a number or not."""
    names = [*table[language], *table.get("before", [])]
    return re.compile("|".join(rf"(?<![^\W\d_]){name}(?!\w)" for name in names))


def by_first(
    names: list[tuple[str, str]], units: dict[str, Unit]
) -> dict[str, tuple[re.Pattern[str], tuple[Unit, ...]]]:
    """Patterns of those names that begin with a sign, by the sign: most words begin no unit."""
    signs = {sign for name, _ in names for sign in firsts(name)}
    found = {}
    for sign in signs:
        pattern, owners = pattern_of([pair for pair in names if sign in firsts(pair[0])])
        named = tuple(units[unit] for unit in owners)
        found[sign] = (re.compile(rf"(?:{pattern})(?!\w)"), named)
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


def pattern_of(names: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """One pattern of all names, the longest first, each in a group; whose each group is."""
    pairs = sorted(names, key=lambda pair: -len(pair[0]))
    groups = "|".join(f"(?P<u{number}>{name})" for number, (name, _) in enumerate(pairs))
    return groups, [unit for _, unit in pairs]


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


def is_conversion(value: float, unit: Unit, other_value: float, other: Unit) -> bool:
    """Tell whether two measures in different units are the same, as a newspaper rounds.

    >>> is_conversion(80, UNITS["kilometre"], 50, UNITS["mile"])
    True
    >>> is_conversion(83, UNITS["metre"], 80, UNITS["foot"])
    False
    """
    exact = converted(value, unit, other)
    if exact is None or unit.name == other.name:
        return False
    return is_rounded(exact, other_value) or is_rounded(other_value, exact)


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

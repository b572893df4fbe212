"""Which quantity of a sentence is which of its translation, and which have no counterpart."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpora.fidelity.calendar_dates import Calendar
from corpora.fidelity.comparison import NOTHING, Comparison, Finding, comparison
from corpora.fidelity.level_text import SOURCES, LevelText
from corpora.fidelity.number_likeness import (
    alike,
    loosely,
    measures_the_same,
    rounded,
    same_figure,
)
from corpora.fidelity.quantities import ENGLISH, INDONESIAN, Quantity, Spoken, quantities
from corpora.fidelity.units import UNITS, Unit, agree, is_conversion

A_SINGLE = re.compile(r"\b(?:an?|one|single|sole|per|each|every|first|the)\b", re.IGNORECASE)
SE = re.compile(
    r"\b(?:satu|se(?:buah|orang|ekor|jam|hari|minggu|pekan|bulan|tahun|abad|menit|detik|kali"
    r"|kilo\w*|meter|ton|liter|butir|lembar|batang|potong|unit|gelas|porsi|persen\w*))\b",
    re.IGNORECASE,
)
NONE = re.compile(r"\b(?:no|none|nil|zero|without|goalless|scoreless|nothing|nobody)\b")
NIHIL = re.compile(r"\b(?:nol|nihil|tanpa|kosong|tidak|tak|belum)\b")
# Vague ages in years that English says without a number.
AGES = {
    10.0: re.compile(r"\b(?:decades?|teen\w*)\b"),
    100.0: re.compile(r"\bcentur(?:y|ies)\b"),
    1000.0: re.compile(r"\bmillenni\w+"),
}
NAME_BEFORE = re.compile(r"(?:\b[A-Z]\w+ |\b\d+-)$")
NAME_BEHIND = re.compile(r",? [A-Z]\w+")
MANY = 100_000  # pairs of quantities of a sentence beyond which only those that agree are paired


Said = tuple[str, tuple[float, ...], Unit | None, str]


@dataclass(slots=True)
class Sides:
    """What is still without a counterpart, and what found which."""

    source: list[Quantity]
    english: list[Quantity]
    pairs: list[tuple[Quantity, Quantity]] = field(default_factory=list)

    def pair_identical(self) -> None:
        """Pair those that agree in shape, value and unit, which most do."""
        waiting: dict[Said, list[Quantity]] = {}
        for right in reversed(self.english):
            waiting.setdefault(said(right), []).append(right)
        alone = []
        for left in self.source:
            if left.values and (found := waiting.get(said(left))):
                self.pairs.append((left, found.pop()))
            else:
                alone.append(left)
        paired = {id(right) for _, right in self.pairs}
        self.source = alone
        self.english = [right for right in self.english if id(right) not in paired]

    def pair(self, same: Callable[[Quantity, Quantity], bool]) -> None:
        """Pair those that a test calls the same, each with the first that is left."""
        for left in tuple(self.source):
            for right in self.english:
                if same(left, right):
                    self.pairs.append((left, right))
                    self.source.remove(left)
                    self.english.remove(right)
                    break


def matched(
    source: str, english: str, left: Sequence[Quantity], right: Sequence[Quantity]
) -> Sides:
    """Pair the quantities, those first that agree in all, those last that only may be the same."""
    sides = Sides(list(left), list(right))
    sides.pair_identical()
    if len(sides.source) * len(sides.english) > MANY:
        return sides
    tests = (alike, loosely, measures_the_same, same_figure, rounded(source, english))
    for test in tests:
        if not sides.source or not sides.english:
            break
        sides.pair(test)
    return sides


def compared(
    source: LevelText, english: LevelText, days: Calendar, english_days: Calendar
) -> Comparison:
    """Compare the numbers and units of a sentence with those of its translation.

    What dates were read from is taken, and their numbers excuse a number of the other side that
    is part of a date there.
    """
    left = source_quantities(source, tuple(days.spans))
    right = quantities(english, ENGLISH, english_days.spans)
    if not left and not right:
        return NOTHING
    total = sum(must_be_kept(quantity) for quantity in left)
    units = sum(quantity.unit is not None and quantity.firm for quantity in left)
    sides = matched(source.text, english.text, left, right)
    answered = {said(quantity) for pair in sides.pairs for quantity in pair}
    lost = left_over(sides.source, answered, english_days.numbers, english.low, (A_SINGLE, NONE))
    added = left_over(sides.english, answered, days.numbers, source.low, (SE, NIHIL))
    lost = [
        each
        for each in lost
        if not is_age(each, english.low) and not is_copied(each, source.text, english.text)
    ]
    added = [each for each in added if not is_copied(each, english.text, source.text)]
    found = [
        *number_findings(lost, added, sides.pairs),
        *unit_findings(sides.pairs, source.low, english.low),
    ]
    return replace(comparison(total, found, "number"), units=units)


@lru_cache(maxsize=SOURCES)
def source_quantities(
    source: LevelText, taken: tuple[tuple[int, int], ...]
) -> tuple[Quantity, ...]:
    """The quantities of a source, read once for all its translations."""
    return tuple(quantities(source, INDONESIAN, taken))


def left_over(
    found: Iterable[Quantity],
    answered: set[Said],
    dates: frozenset[float],
    other: str,
    words: tuple[re.Pattern[str], re.Pattern[str]],
) -> list[Quantity]:
    """What has no counterpart, once each, and nothing in the other sentence explains it.

    Args:
        found: quantities of one side that were not paired.
        answered: what those said that were.
        dates: numbers that are part of a date on the other side.
        other: the other sentence in small letters.
        words: what may stand for one there, and what for zero.
    """
    left = {said(each): each for each in found if said(each) not in answered}
    one, zero = (pattern.search(other) is not None for pattern in words)
    doubled = {values for shape, values, _, _ in answered if shape == "soft"}  # "two twins"
    return [
        each
        for each in left.values()
        if not (each.values and each.values[0] in dates)
        and not (each.shape == "cardinal" and not each.unit and each.values[:1] in doubled)
        and not (one and each.values == (1.0,) and each.shape != "ordinal")
        and not (zero and each.values == (0.0,))
    ]


def is_copied(quantity: Quantity, here: str, other: str) -> bool:
    """Tell whether a number word is part of a name that both sides have: "Bali Nine"."""
    if quantity.figure or not quantity.number[:1].isupper():
        return False
    end = quantity.start + len(quantity.number)
    before = NAME_BEFORE.search(here, max(quantity.start - 30, 0), quantity.start)
    behind = NAME_BEHIND.match(here, end)
    return bool(
        (before and here[before.start() : end] in other)
        or (behind and here[quantity.start : behind.end()] in other)
    )


def is_age(quantity: Quantity, english: str) -> bool:
    """Tell whether English says a vague number of years in a word: "puluhan tahun", decades."""
    unit = quantity.unit
    if quantity.shape != "vague" or unit is None or unit.name != "year":
        return False
    word = AGES.get(quantity.values[0])
    return word is not None and word.search(english) is not None


def said(quantity: Quantity) -> Said:
    """What a quantity says: who says it twice need not be answered twice."""
    figure = quantity.figure if quantity.shape == "code" else ""
    return quantity.shape, quantity.values[:1], quantity.unit, figure


def must_be_kept(quantity: Quantity) -> bool:
    """Tell whether a source's quantity that has no counterpart at all is lost."""
    if not quantity.firm:
        return False
    if quantity.shape == "ordinal" and not quantity.figure:
        return quantity.values[0] > 2
    return True


def must_be_founded(quantity: Quantity) -> bool:
    """Tell whether a translation's quantity that has no counterpart at all is invented."""
    if not quantity.firm or (quantity.shape == "clock" and not quantity.figure):
        return False
    if quantity.shape == "ordinal" and not quantity.figure:
        return quantity.values[0] > 3
    return not (quantity.shape == "share" and quantity.number in ("half", "quarter"))


def number_findings(
    lost: list[Quantity], added: list[Quantity], pairs: Sequence[tuple[Quantity, Quantity]]
) -> Iterator[Finding]:
    """What was changed for something else, then what was lost, then what was invented."""
    for quantity in list(lost):
        rival = min(
            (other for other in added if may_replace(quantity, other)),
            key=lambda other: (other.unit != quantity.unit, other.shape != quantity.shape),
            default=None,
        )
        if rival is not None:
            added.remove(rival)
            yield Finding("number", quantity.text, rival.text)
        elif must_be_kept(quantity):
            yield Finding("number", quantity.text, "")
    for quantity in filter(must_be_founded, added):
        conversion = any(is_conversion_of(quantity, left) for left, _ in pairs)
        measures = any(left.unit and is_same_dimension(quantity, left) for left, _ in pairs)
        if not conversion:
            yield Finding("number", "", quantity.text)
        if conversion or measures:
            yield Finding("unit", "", quantity.text)


def may_replace(quantity: Quantity, other: Quantity) -> bool:
    """Tell whether one without a counterpart is what the other was turned into."""
    if must_be_founded(other):
        return must_be_kept(quantity) or quantity.shape in ("soft", "ordinal", "cardinal")
    if other.shape == "soft" or quantity.shape == "soft":
        return False
    return quantity.shape == other.shape == "ordinal" or must_be_kept(quantity)


def is_conversion_of(quantity: Quantity, other: Quantity) -> bool:
    """Tell whether a quantity is another one in another unit."""
    if not quantity.unit or not other.unit or not quantity.values or not other.values:
        return False
    return is_conversion(other.values[0], other.unit, quantity.values[0], quantity.unit)


def is_same_dimension(quantity: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities measure the same, money, shares and time left aside."""
    unit = quantity.unit
    return bool(
        unit
        and other.unit
        and unit.dimension == other.unit.dimension
        and not unit.weak
        and unit.name != other.unit.name
    )


def unit_findings(
    pairs: Iterable[tuple[Quantity, Quantity]], source: str, english: str
) -> Iterator[Finding]:
    """Numbers that were kept with another unit, or without one."""
    for left, right in pairs:
        unit, other = left.unit, right.unit
        if unit == other or {"soft", "share", "code"} & {left.shape, right.shape}:
            continue
        if unit and other:
            differs = not agree(unit, other) and not measures_the_same(left, right)
        elif unit:
            is_metres = right.number.endswith("m") and right.scaled == 1e6
            differs = not unit.weak and not is_metres and not names_unit(unit, english, ENGLISH)
        else:
            differs = (
                other is not None and not other.weak and not names_unit(other, source, INDONESIAN)
            )
        if differs:
            yield Finding("unit", left.text, right.text)


def names_unit(unit: Unit, text: str, language: Spoken) -> bool:
    """Tell whether a sentence names a unit, or another of what it measures, anywhere."""
    return any(
        language.units.says(other, text)
        for other in UNITS.values()
        if other.dimension == unit.dimension
        or {other.dimension, unit.dimension} == {"degree", "temperature"}
    )

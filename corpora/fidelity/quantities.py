"""Quantities of a sentence: its numbers with their units, times of day, and names with figures."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpora.fidelity import clock_times as clock
from corpora.fidelity import numerals as numbers
from corpora.fidelity import units
from corpora.fidelity.level_text import LevelText
from corpora.fidelity.number_words import Language
from corpora.fidelity.numerals import Numeral, numerals
from corpora.fidelity.units import Unit, Units

# Prefixes that look like the name of a code but are none: "Rp10.000", "Mid-2024".
NO_CODE = "Rp|Rs|RM|US|USD|IDR|SGD|AUD|EUR|Ke|KE|Mid|Pre|Post|Sub|Pasca|Pra|Se|No|Pukul|Di|Pada"
CODE = re.compile(
    rf"(?<![\w.,-])(?!(?:{NO_CODE})-?\d)"
    r"(?:[A-Z][A-Za-z]{0,9}-?\d{1,4}(?:-?[A-Z]{1,3}\d*|[a-z](?![a-z]))?|[2-6]G|[234]D|[248]K)"
    r"(?!\w|[.,]\d|-an\b)"
)
CODED = re.compile(r"[A-Za-z-]\d|\d[GDK]")  # without which there is no code
ROMAN = re.compile(
    r"(?<![\w'-])(?:(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})"
    r"|(?<=[a-z]{3} )[VX](?= |$|[,.)])|(?<=War )I(?![\w'-])|(?<=Dunia )I|(?<=Wilayah )I)(?![\w'-])"
)
ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
ROMANS = frozenset(
    f"{tens}{digit}"
    for tens in ("", "x", "xx", "xxx")
    for digit in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
)
PHONE = re.compile(
    r"(?<![\w.,])(?:\+\d{1,3}[ -]?|\(0\d{2,3}\) ?|0\d{2,4}[ -])\d{2,5}(?:[ -]\d{2,5}){0,3}\b"
)
RANGE = re.compile(
    r" ?(?:-|to|hingga|sampai|sampai dengan|menjadi|ke|and|dan|or|atau|s/d)(?: |(?<=-))"
    r"(?:rp\.? ?|us\$ ?|\$)?"
)
MASK = "\0"
AN = re.compile(r" (?:of )?(?=an? )an?")
INITIAL = re.compile(r"(?:^|[.!?:\"]\s*)\W*$")
AND_A_HALF = re.compile(r"(?<![,;]) (?:and a|dan) $")
TIMES = re.compile(r" ?[x×] ?| kali | times ")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text.

    Attributes:
        text: as it stands there, with its unit.
        start: where its number begins.
        values: what the number may mean, the likely one first; minutes for a time of day.
        shape: cardinal, ordinal, vague, decade, share, soft, clock or code.
        unit: of measure, or None.
        figure: its digits, or how a code is written without hyphens; empty for words.
        firm: it must have a counterpart on the other side.
        number: the text of the number alone.
        scaled: by what a scale word behind the figure multiplies it, else 1.
    """

    text: str
    start: int
    values: tuple[float, ...]
    shape: str
    unit: Unit | None = None
    figure: str = ""
    firm: bool = True
    number: str = ""
    scaled: float = 1.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is known of a language: numbers, units, times of day."""

    numbers: Language
    units: Units
    clock: re.Pattern[str]
    clock_words: frozenset[str]


INDONESIAN = Spoken(numbers.INDONESIAN, units.INDONESIAN, clock.INDONESIAN, clock.INDONESIAN_WORDS)
ENGLISH = Spoken(numbers.ENGLISH, units.ENGLISH, clock.ENGLISH, clock.ENGLISH_WORDS)


def roman(text: str) -> int:
    """The value of a Roman numeral up to XXXIX.

    >>> roman("XVII"), roman("IX")
    (17, 9)
    """
    digits = [ROMAN_DIGITS[sign] for sign in text]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-here if here < following else here for here, following in pairs)


def codes(text: str) -> Iterator[Quantity]:
    """Names with figures and phone numbers of a text; they may overlap."""
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0]).lstrip("0").removeprefix("62")
        if len(digits) >= 7:
            yield Quantity(match[0], match.start(), (), "code", figure=digits)
    for match in CODE.finditer(text) if CODED.search(text) else ():
        number = re.search(r"\d+", match[0])
        values = (float(number[0]),) if number else ()
        written = match[0].removesuffix("s").replace("-", "").upper()  # two F-16s
        yield Quantity(match[0], match.start(), values, "code", figure=written)


def romans(text: str) -> Iterator[Quantity]:
    """Roman numerals of a text."""
    for match in ROMAN.finditer(text):
        value = float(roman(match[0]))
        yield Quantity(match[0], match.start(), (value,), "ordinal", firm=len(match[0]) > 1)


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with what was read already made unreadable, as long as before."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end > at:
            parts += [text[at : max(start, at)], MASK * (end - max(start, at))]
            at = end
    return "".join([*parts, text[at:]])


def quantities(
    sentence: LevelText, language: Spoken, taken: Iterable[tuple[int, int]] = ()
) -> list[Quantity]:
    """The quantities of a sentence; `taken` are spans that something else read.

    >>> found = quantities(LevelText.of("Rp 2,5 triliun untuk F-16"), INDONESIAN)
    >>> [(quantity.text, quantity.values[0]) for quantity in found]
    [('F-16', 16.0), ('Rp 2,5 triliun', 2500000000000.0)]
    """
    found: list[Quantity] = []
    text, lowered = sentence.text, sentence.low
    if spans := list(taken):
        text, lowered = masked(text, spans), masked(lowered, spans)
    if sentence.has_digit:
        covered: set[int] = set()
        for code in codes(text):
            if code.start not in covered:
                covered.update(range(code.start, code.start + len(code.text)))
                found.append(code)
    if sentence.may_have(ROMANS):
        found += romans(text)
    if found:
        lowered = masked(lowered, spans_of(found))
    if sentence.may_have(language.clock_words) or (sentence.has_digit and ":" in text):
        times = [
            Quantity(
                text[time.start : time.end], time.start, time.minutes, "clock", None, time.figure
            )
            for time in clock.clock_times(lowered, language.clock)
        ]
        lowered = masked(lowered, spans_of(times))
        found += times
    if language.numbers.may_be_in(sentence):
        found += measured(text, lowered, language)
    return found


def spans_of(found: Iterable[Quantity]) -> list[tuple[int, int]]:
    """Where quantities without a unit stand."""
    return [(each.start, each.start + len(each.text)) for each in found]


def measured(text: str, lowered: str, language: Spoken) -> list[Quantity]:
    """Numbers with their units; the numbers of a range share scale word and unit."""
    found: list[Quantity] = []
    earlier: Numeral | None = None
    for number in numerals(lowered, language.numbers):
        quantity = with_unit(text, lowered, number, language.units)
        if quantity.firm and not number.figure and language.numbers.is_loose(lowered, number.start):
            quantity = replace(quantity, firm=False)
        if number.shape == "share" and found and is_half_more(lowered, found[-1], quantity):
            first = found[-1]
            half = first.values[0] + quantity.values[0]
            found[-1] = replace(first, values=(half,), shape="cardinal", firm=True)
            continue
        if found and earlier:
            between = lowered[earlier.end : number.start]
            if is_days(quantity) and TIMES.fullmatch(between):
                quantity = days(text, found.pop(), quantity)
            elif RANGE.fullmatch(between):
                found[-1] = shared(found[-1], earlier, quantity, number)
        found.append(quantity)
        earlier = number
    return found


def is_days(quantity: Quantity) -> bool:
    """Tell whether a quantity is 24 hours, which Indonesian counts days of grace in: 2x24 jam."""
    unit = quantity.unit
    return unit is not None and unit.name == "hour" and quantity.values == (24.0,)


def days(text: str, times: Quantity, day: Quantity) -> Quantity:
    """So many times 24 hours."""
    end = day.start + len(day.text)
    values = tuple(24 * value for value in times.values)
    whole = text[times.start : end]
    return replace(day, text=whole, start=times.start, values=values, figure="", number=whole)


def is_half_more(lowered: str, first: Quantity, half: Quantity) -> bool:
    """Tell whether a half belongs to the number before it: "a year and a half"."""
    between = lowered[first.start : half.start]
    return bool(first.unit and first.values and AND_A_HALF.search(between)) and len(between) < 30


def shared(first: Quantity, number: Numeral, second: Quantity, following: Numeral) -> Quantity:
    """The first number of a range, which may leave scale word and unit to the second."""
    if first.shape in ("soft", "ordinal"):
        return first
    values = first.values
    if following.scaled > 1 and number.scaled == 1 and values and number.figure:
        values = (*values, values[0] * following.scaled)
    return replace(first, values=values, unit=first.unit or second.unit)


def with_unit(text: str, lowered: str, number: Numeral, names: Units) -> Quantity:
    """The quantity that a number makes with the unit before or behind it."""
    start, end, unit = number.start, number.end, None
    written = text[start:end]
    if number.shape not in ("ordinal", "decade") and number.values:
        a_unit = AN.match(lowered, end) if number.shape == "share" else None
        if found := names.behind(lowered, a_unit.end() if a_unit else end):
            unit, end = found
        found = names.in_front(lowered, start)
        if found and not (unit and found[0].weak):
            unit, start = found
    values = number.values
    if written.endswith("m") and number.scaled == 1e6 and unit is None:
        values = (*values, values[0] / 1e6)  # "30m" are metres too
    is_one = not values or values[0] != 1 or bool(number.figure)
    firm = number.shape != "soft" and is_one and not is_title(text, number)
    return Quantity(
        text[start:end],
        number.start,
        values,
        number.shape,
        unit,
        number.figure,
        firm,
        written,
        number.scaled,
    )


def is_title(text: str, number: Numeral) -> bool:
    """Tell whether a number word belongs to a name: "Six Flags", "Seven Samurai"."""
    if number.figure or not text[number.start].isupper() or INITIAL.search(text[: number.start]):
        return False
    return text[number.end + 1 : number.end + 2].isupper() and number.shape == "cardinal"

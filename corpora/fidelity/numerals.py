"""Numbers of a text, in figures and in words, in Indonesian or English.

Read are cardinals and ordinals, scale words (`4,8 juta`, `3bn`), fractions, vague amounts (`puluhan
ribu`) and decades (`1990-an`). The words and figures of a sentence become a row of signs, one for
each by its role (`dua ratus lima puluh ribu` is `dhdpk`), on which a pattern per language finds the
numbers. Not read are numbers of words outside of `data/numerals.toml`, such as `tujuhbelas`.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from math import floor, log10

from corpora.fidelity.figures import readings
from corpora.fidelity.level_text import LevelText

SIGNS = {
    "digit": "d",
    "solid": "s",
    "teen": "b",
    "ten": "p",
    "tens": "t",
    "hundred": "h",
    "one_hundred": "H",
    "scale": "k",
    "one_scale": "K",
    "dozen": "z",
    "half": "v",
    "share": "q",
    "part": "/",
    "part_or_ordinal": "y",
    "ordinal": "o",
    "nth": "n",
    "decade": "e",
    "vague": "V",
    "some": "B",
    "point": ".",
    "figure": "f",
    "suffix": "x",
    "soft": "~",
}
# Between two words: nothing for a space or a hyphen, or one of these; anything else parts numbers.
AND, OF, PER, APART = "&", "@", "%", "|"
JOINTS = {
    "": "",
    " ": "",
    "-": "",
    " and ": AND,
    "-and-": AND,
    " dan ": APART,
    " of ": OF,
    " a ": "~",
    " an ": "~",
    "-a-": "~",
    " and a ": f"{AND}~",
    "-and-a-": f"{AND}~",
    " of a ": f"{OF}~",
    " per ": PER,
}

ID_HUNDRED = r"(?:db|dpd?|s|d)"
ID_THOUSAND = rf"(?:(?:dh|H){ID_HUNDRED}?|{ID_HUNDRED})"
ID_WHOLE = rf"(?:(?:{ID_THOUSAND}k|K)+{ID_THOUSAND}?|{ID_THOUSAND})"
EN_HUNDRED = r"(?:td?|s|d)"
EN_THOUSAND = rf"(?:{EN_HUNDRED}?h(?:&?{EN_HUNDRED})?|{EN_HUNDRED})"
EN_WHOLE = rf"(?:(?:{EN_THOUSAND}?k)(?:{EN_THOUSAND}k)*(?:&?{EN_THOUSAND}(?![khz]))?|{EN_THOUSAND})"
ID_NUMBER = re.compile(
    rf"(?P<tens>dV(?![kz]))|(?P<vague>B[phkz]k?|V[kz]?)|(?P<ordinal>n|o(?:b|pd?|h)?)|(?P<decade>e)"
    rf"|(?P<share>d/|d%d|q|v)(?![kz])"
    rf"|(?P<cardinal>fx|f(?:[hp]?[kzV])(?:f?k)*|f[hp]|f|[vq][kz]|{ID_WHOLE}(?:\.[ds]+)?(?:v?[kz]|v|(?:\.[ds]+)k)?)"
    rf"|(?P<soft>~)"
)
EN_NUMBER = re.compile(
    rf"(?P<vague>B(?:[hz]k?|k)|V(?:@?[Vk])?)|(?P<ordinal>n|(?:{EN_WHOLE}&?)?(?:to|ty)|{EN_WHOLE}&?[oy](?<![ds]o)(?<![ds]y)|o)"
    rf"|(?P<decade>e)|(?P<share>d(?:/|y|q|v)|[vq](?!@?~?[khz]))|(?P<split>y)"
    rf"|(?P<cardinal>fx|f[hz]?k?(?:&~?[vq])?|f|[vq]@?~?[hz]?k|[vq]@?~?[hz]|{EN_WHOLE}(?:&~?[vq])?[kz]?|[dst]+z|z)"
    rf"|(?P<soft>~)"
)
# One of a unit, without a number word: "sejam", "a mile".
MEASURES = frozenset(
    [
        *("second", "minute", "hour", "day", "week", "month", "year", "decade", "century"),
        *("meter", "metre", "kilometer", "kilometre", "mile", "foot", "inch", "yard"),
        *("kilo", "kilogram", "pound", "ounce", "ton", "tonn", "tone", "tonne"),
        *("liter", "litre", "gallon", "acre", "hectare"),
    ]
)
ONE = {
    "indonesian": r"se(?=(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun|abad|dekade|meter|ton"
    r"|kilo\w*|liter)\b)",
    "english": rf"an?(?= (?:{'|'.join(sorted(MEASURES))})\b)",
}
ARTICLES = frozenset({"a", "an"})
SINGLE = {
    "indonesian": frozenset(
        f"se{unit}"
        for unit in [
            "detik",
            "menit",
            "jam",
            "hari",
            "minggu",
            "pekan",
            "bulan",
            "tahun",
            "abad",
            "dekade",
            "meter",
            "kilo",
            "kilometer",
            "kilogram",
            "ton",
            "liter",
        ]
    ),
    "english": ARTICLES,
}
# No figure is the 2 of "km2", but money may stand before one without a space.
CURRENCIES = ("rp", "idr", "usd", "rm", "eur", "sgd", "aud", "gbp", "rs")
BEHIND_MONEY = "|".join(f"(?<={currency})" for currency in CURRENCIES)
FIGURE = rf"(?:(?<![^\W\d_])|{BEHIND_MONEY})\d+(?:[.,]\d+)*|(?<![\w.])\.\d+"
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
FRACTION_SIGNS = frozenset(FRACTIONS)
# Where a number may begin: a look at these alone is faster than a search at every letter.
BEGINNING = re.compile(rf"[\d.{''.join(FRACTIONS)}]|[a-z]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A number word or figure: the sign of its role, its value, where it stands."""

    sign: str
    value: float
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number of a text.

    Attributes:
        start: where it begins.
        end: where it ends.
        values: what it may mean, the likely one first; none for what is no quantity (`1.2.3`).
        shape: cardinal, ordinal, vague, decade, share or soft.
        figure: how it begins in figures, else empty.
        scaled: by what a scale word behind a figure multiplies it, else 1.
    """

    start: int
    end: int
    values: tuple[float, ...]
    shape: str
    figure: str = ""
    scaled: float = 1.0


@dataclass(frozen=True, slots=True)
class Language:
    """How a language writes numbers.

    Attributes:
        thousands: the sign between thousands.
        words: role and value of each number word.
        suffixes: what letters behind a figure multiply it by.
        word: finds a word or figure in small letters.
        number: finds a number in a row of signs.
        letters: with which letters number words begin; without one of them there is none.
    """

    thousands: str
    words: dict[str, tuple[str, float]]
    suffixes: dict[str, float]
    word: re.Pattern[str]
    number: re.Pattern[str]
    letters: frozenset[str]

    def may_be_in(self, sentence: LevelText) -> bool:
        """Tell whether a sentence may have a number; an article is one only before a unit."""
        if sentence.has_digit or not FRACTION_SIGNS.isdisjoint(sentence.low):
            return True
        there = sentence.words & self.letters
        return not there <= ARTICLES or (bool(there) and sentence.may_have(MEASURES))

    def opens(self, run: str) -> bool:
        """Tell whether a number may begin with a run of letters."""
        return run in self.letters or run == "ke" or run.startswith("sekilo")

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """The words and figures of numbers in a text in small letters, in their order.

        What `word.finditer` finds, tried only where `BEGINNING` and `letters` let one begin.
        """
        done = 0
        for beginning in BEGINNING.finditer(text):
            run = beginning[0]
            if beginning.start() < done or ("a" <= run < "{" and not self.opens(run)):
                continue
            match = self.word.match(text, beginning.start())
            if match is not None:
                done = match.end()
                yield match


def load(name: str, figures: str, ordinals: str, suffixes: dict[str, float]) -> dict[str, object]:
    """The number words of a language out of `data/numerals.toml`, and a pattern of all."""
    text = files("corpora").joinpath("data").joinpath("numerals.toml").read_text("utf-8")
    tables = tomllib.loads(text)[name]
    every = "|".join(
        sorted((word for table in tables.values() for word in table), key=len, reverse=True)
    )
    words = {
        word.partition("(")[0]: (SIGNS[role], float(value))
        for role, table in tables.items()
        for word, value in table.items()
    }
    signs = "".join(FRACTIONS)
    word = re.compile(
        rf"(?=[\d.{signs}])(?:{figures}|(?<![^\W\d])[{signs}](?!\w))"
        rf"|(?<!\w)(?=[a-z])(?:{ordinals}|(?:{every})(?!\w)|{ONE[name]})"
    )
    letters = frozenset(re.split(r"[^a-z]", each)[0] for each in words) | SINGLE[name]
    return {"words": words, "suffixes": suffixes, "word": word, "letters": letters}


INDONESIAN = Language(
    thousands=".",
    number=ID_NUMBER,
    **load(  # type: ignore[arg-type]
        "indonesian",
        r"(?P<decade>\b\d{1,4}-?an\b)"
        rf"|(?P<figure>{FIGURE})(?P<suffix>\s?(?:rb|jt)\b| ?[mt]\b)?",
        r"(?P<nth>ke[- ]?\d+\b)",
        {"rb": 1e3, "jt": 1e6, "m": 1e9, "t": 1e12},
    ),
)
ENGLISH = Language(
    thousands=",",
    number=EN_NUMBER,
    **load(  # type: ignore[arg-type]
        "english",
        r"(?P<nth>\b\d+(?:,\d{3})*(?:st|nd|rd|th)\b)|(?P<decade>\b\d{1,3}0'?s\b)"
        rf"|(?P<figure>{FIGURE})(?P<suffix>\s?(?:bn|mn|mln|trn|tn|mio)\b|[kmbt]\b)?",
        r"(?!)",
        {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "bn": 1e9, "b": 1e9}
        | {"tn": 1e12, "trn": 1e12, "t": 1e12},
    ),
)
MONEY = re.compile(r"(?:rp\.?|\$|idr) ?$")
DIGITS = re.compile(r"\d+")


def words_of(text: str, language: Language) -> Iterator[Word]:
    """The words and figures of numbers in a text in small letters, in their order."""
    for match in language.found(text):
        start, end = match.span()
        match match.lastgroup:
            case "nth" | "decade" as role:
                digits = DIGITS.search(match[0])
                value = match[0].replace(",", "") if digits is None else digits[0]
                if role == "nth":
                    value = re.sub(r"\D", "", match[0])
                yield Word(SIGNS[role], float(value), start, end)
            case "figure" | "suffix":
                start, middle = match.span("figure")
                values = readings(match["figure"], language.thousands)
                yield Word("f", values[0] if values else 0.0, start, middle)
                if match["suffix"] and is_suffix(text, start, match["suffix"], language):
                    yield Word("x", language.suffixes[match["suffix"].strip()], middle, end)
            case _ if match[0] in FRACTIONS:
                yield Word("q", FRACTIONS[match[0]], start, end)
            case _:
                yield Word(*language.words.get(match[0], ("~", 1.0)), start, end)


def is_suffix(text: str, start: int, suffix: str, language: Language) -> bool:
    """Tell whether a letter behind a figure is a scale: Rp 2 M is a miliard, 30 m are metres."""
    lone = language.thousands == "." and suffix.strip() in ("m", "t")
    return not lone or MONEY.search(text, max(start - 5, 0), start) is not None


def numerals(text: str, language: Language) -> Iterator[Numeral]:
    """The numbers of a text in small letters with level signs, in their order.

    >>> [n.values[0] for n in numerals("dua ratus lima puluh ribu dari 4,8 juta", INDONESIAN)]
    [250000.0, 4800000.0]
    >>> [n.values[0] for n in numerals("half a million, one hundred and five, $3bn", ENGLISH)]
    [500000.0, 105.0, 3000000000.0]
    >>> [(n.values[0], n.shape) for n in numerals("ke-17, 1990-an, puluhan ribu", INDONESIAN)]
    [(17.0, 'ordinal'), (1990.0, 'decade'), (10000.0, 'vague')]
    """
    words = list(words_of(text, language))
    if not words:
        return
    signs, owners = row_of_signs(text, words)
    for match in language.number.finditer(signs):
        found = [words[owners[at]] for at in range(*match.span()) if owners[at] >= 0]
        if found:
            yield numeral(text, found, str(match.lastgroup), language)


def row_of_signs(text: str, words: Sequence[Word]) -> tuple[str, list[int]]:
    """The signs of words and of what stands between them, and for each the word it is of, or -1."""
    signs: list[str] = []
    owners: list[int] = []
    end = words[0].start
    for number, word in enumerate(words):
        joint = JOINTS.get(text[end : word.start], APART) if number else ""
        signs.append(joint + word.sign)
        owners += [-1] * len(joint) + [number]
        end = word.end
    return "".join(signs), owners


def numeral(text: str, words: Sequence[Word], shape: str, language: Language) -> Numeral:
    """The number that words make together."""
    start, end = words[0].start, words[-1].end
    first = words[0]
    figure = text[first.start : first.end] if first.sign == "f" else ""
    if first.sign in "en":
        figure = "".join(DIGITS.findall(text[start:end]))
    if shape == "tens":  # "usia dua puluhan", in one's twenties
        return Numeral(start, end, (first.value * 10,), "decade", figure)
    if shape == "split":
        return Numeral(start, end, (first.value, 1 / first.value), "ordinal", figure)
    if not figure or shape in ("ordinal", "decade"):
        return Numeral(start, end, (folded(words, shape),), shape, figure)
    if len(words) == 1:
        return Numeral(start, end, readings(figure, language.thousands), shape, figure)
    values = tuple(
        folded([replace(first, value=value), *words[1:]], shape)
        for value in readings(figure, language.thousands)
    )
    scaling = [replace(first, value=1.0), *words[1:2]]
    scale = folded(scaling, shape) if len(words) > 1 and words[1].sign in "xkzh" else 1.0
    return Numeral(start, end, values, shape, figure, scale)


def folded(words: Sequence[Word], shape: str) -> float:
    """The value of the words of one number.

    >>> folded([Word("d", 2), Word("h", 100), Word("d", 5), Word("p", 10), Word("k", 1000)], "")
    250000.0
    """
    if shape == "share" and len(words) == 2:
        part = words[1]
        return words[0].value * (part.value if part.sign in "vq" else 1 / part.value)
    total, group, digit, decimals = 0.0, 0.0, 0.0, 1.0
    empty = True
    for word in words:
        value, sign = word.value, word.sign
        if sign in "kxzK" or (sign == "V" and not empty) or (sign == "o" and value >= 100):
            total += (1.0 if empty or sign == "K" else group) * value
            group, empty = 0.0, True
            continue
        match sign:
            case ".":
                decimals = 0.1
            case _ if decimals < 1:
                group += value * decimals
                decimals /= 10
            case "p":  # lima puluh: the five is there already
                group += 9 * digit if digit else 9 * group + 10 * empty
            case "h" | "H":
                group = (1.0 if empty or sign == "H" else group) * 100
            case "B" | "~" if len(words) > 1:
                continue
            case _:
                group += value
        digit = value if sign in "do" else 0.0
        empty = False
    found = total + group
    return 10.0 ** floor(log10(found)) if shape == "vague" and found else found

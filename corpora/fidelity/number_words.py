"""The words and figures that numbers are made of, and a row of signs that says how they stand.

Each word of a number has a role, and each role a sign: `dua ratus lima puluh ribu` is `dhdpk`. The
words are those of `data/numerals.toml`; what they make together, `numerals.py` says.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from corpora.fidelity.figures import readings
from corpora.fidelity.level_text import LevelText, longest_first

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
    "fraction": "Q",
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
HEAPS, MULTIPLIERS = frozenset("phHkKxz"), frozenset("hkzV/")
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
# No figure is the 2 of "km2", but money may stand before one without a space, and 2x24 are two.
CURRENCIES = ("rp", "idr", "usd", "rm", "eur", "sgd", "aud", "gbp", "rs")
BEHIND_MONEY = "|".join(f"(?<={currency})" for currency in CURRENCIES)
FIGURE = rf"(?:(?<![^\W_])|{BEHIND_MONEY}|(?<=\dx))\d+(?:[.,]\d+)*|(?<![\w.])\.\d+"
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
FRACTION_SIGNS = frozenset(FRACTIONS)
# 2/3 of the votes; behind these words it is a day, or two classes, articles, wards.
NO_SHARE_BEHIND = (
    *("pada ", "on ", "nomor ", "no ", "no. ", "pasal ", "ayat ", "kelas ", "rt ", "rw "),
    *("article ", "articles ", "grade ", "grades ", "class ", "section ", "room ", "rooms "),
)
NOT_BEHIND = "".join(rf"(?<!\b{words})" for words in NO_SHARE_BEHIND)
SHARE = (
    rf"(?=[1-9]/)(?<![\w/.,-]){NOT_BEHIND}"
    r"(?:1/(?:10|[2-9])|2/[3579]|3/(?:10|[4578])|4/[579]|5/[6-9]|7/(?:10|[89])|8/9|9/10)"
    r"(?:rds|ths)?(?![\w/]|[.,-]\d)"
)
# The second year of a season or a term: 2024/25, 2019-24.
FIRST_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d[/-]$")
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
class Language:
    """How a language writes numbers.

    Attributes:
        thousands: the sign between thousands.
        words: role and value of each number word.
        suffixes: what letters behind a figure multiply it by.
        word: finds a word or figure in small letters.
        number: finds a number in a row of signs.
        letters: with which letters number words begin; without one of them there is none.
        loose: phrases whose numbers may be left out ("empat mata" is face to face).
    """

    thousands: str
    words: dict[str, tuple[str, float]]
    suffixes: dict[str, float]
    word: re.Pattern[str]
    number: re.Pattern[str]
    letters: frozenset[str]
    loose: re.Pattern[str]

    def may_be_in(self, sentence: LevelText) -> bool:
        """Tell whether a sentence may have a number; an article is one only before a unit."""
        if sentence.has_digit or not FRACTION_SIGNS.isdisjoint(sentence.low):
            return True
        there = sentence.words & self.letters
        return not there <= ARTICLES or (bool(there) and sentence.may_have(MEASURES))

    def opens(self, run: str) -> bool:
        """Tell whether a number may begin with a run of letters."""
        return run in self.letters or run == "ke" or run.startswith("sekilo")

    def is_loose(self, text: str, start: int) -> bool:
        """Tell whether the number word at a place belongs to a phrase that may leave it out."""
        near = self.loose.finditer(text, max(start - 20, 0), start + 30)
        return any(match.start() <= start < match.end() for match in near)

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
    every_table = tomllib.loads(text)
    tables, loose = every_table[name], every_table["loose"][name]
    every = longest_first(word for table in tables.values() for word in table)
    words = {
        word.partition("(")[0]: (SIGNS[role], float(value))
        for role, table in tables.items()
        for word, value in table.items()
    }
    signs = "".join(FRACTIONS)
    word = re.compile(
        rf"(?=[\d.{signs}])(?:(?P<fraction>{SHARE}|(?<![^\W\d])[{signs}](?!\w))|{figures})"
        rf"|(?<!\w)(?=[a-z])(?:{ordinals}|(?:{every})(?!\w)|{ONE[name]})"
    )
    letters = frozenset(re.split(r"[^a-z]", each)[0] for each in words) | SINGLE[name]
    return {
        "words": words,
        "suffixes": suffixes,
        "word": word,
        "letters": letters,
        "loose": re.compile(rf"(?<!\w)(?:{'|'.join(loose)})(?!\w)"),
    }


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
                values = figure_values(text, start, middle, language.thousands)
                yield Word("f", values[0] if values else 0.0, start, middle)
                if match["suffix"] and is_suffix(text, start, match["suffix"], language):
                    yield Word("x", language.suffixes[match["suffix"].strip()], middle, end)
            case "fraction":
                part, _, whole = match[0].rstrip("rdths").partition("/")
                share = float(part) / float(whole) if whole else FRACTIONS[part]
                yield Word("Q", share, start, end)
            case _:
                yield Word(*language.words.get(match[0], ("~", 1.0)), start, end)


def figure_values(text: str, start: int, end: int, thousands: str) -> tuple[float, ...]:
    """What the figure between two places may mean; two digits behind a year may be the next one.

    >>> figure_values("2024/25", 5, 7, "."), figure_values("2024/12", 5, 7, ".")
    ((2025.0, 25.0), (12.0,))
    """
    values = readings(text[start:end], thousands)
    if end - start != 2 or text[start - 1 : start] not in ("/", "-"):
        return values
    if not FIRST_YEAR.search(text, max(start - 6, 0), start) or text[end : end + 1] in ("/", "-"):
        return values
    year, short = int(text[start - 5 : start - 1]), int(values[0])
    later = (short - year) % 100
    return (float(year + later), *values) if 0 < later <= 40 else values


def is_suffix(text: str, start: int, suffix: str, language: Language) -> bool:
    """Tell whether a letter behind a figure is a scale: Rp 2 M is a miliard, 30 m are metres."""
    lone = language.thousands == "." and suffix.strip() in ("m", "t")
    return not lone or MONEY.search(text, max(start - 5, 0), start) is not None


def row_of_signs(text: str, words: Sequence[Word]) -> tuple[str, list[int]]:
    """The signs of words and of what stands between them, and for each the word it is of, or -1.

    >>> from corpora.fidelity.numerals import ENGLISH
    >>> words = list(words_of("two hundred-three hundred", ENGLISH))
    >>> row_of_signs("two hundred-three hundred", words)[0]
    'dh|dh'
    """
    signs: list[str] = []
    owners: list[int] = []
    end, is_tied = words[0].start, False
    for number, word in enumerate(words):
        gap = text[end : word.start]
        joint = JOINTS.get(gap, APART) if number else ""
        if number and gap == "-" and is_range(words[number - 1].sign, word.sign, is_tied=is_tied):
            joint = APART
        signs.append(joint + word.sign)
        owners += [-1] * len(joint) + [number]
        end, is_tied = word.end, gap[:1] == "-"
    return "".join(signs), owners


def is_range(sign: str, following: str, *, is_tied: bool) -> bool:
    """Tell whether a hyphen stands between two numbers rather than inside of one.

    Inside it follows tens ("twenty-five"), or a heap that a hyphen ties to its own number
    ("two-hundred-fifty") or that is multiplied ("a hundred-thousand"); "10 ribu-15 ribu" are two.
    """
    return following == "f" or (sign in HEAPS and following not in MULTIPLIERS and not is_tied)

"""Numbers of a text, in figures and in words, in Indonesian or English.

Read are cardinals and ordinals, scale words (`4,8 juta`, `3bn`), fractions, vague amounts (`puluhan
ribu`) and decades (`1990-an`). The words and figures of a sentence become a row of signs, on which
a pattern per language finds the numbers. Not read are numbers of words outside of
`data/numerals.toml`, such as `tujuhbelas`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor, log10

from corpora.fidelity.number_words import (
    DIGITS,
    FIGURE,
    Language,
    Word,
    figure_values,
    load,
    row_of_signs,
    words_of,
)

ID_HUNDRED = r"(?:db|dpd?|s|d)"
ID_THOUSAND = rf"(?:(?:dh|H){ID_HUNDRED}?|{ID_HUNDRED})"
ID_WHOLE = rf"(?:(?:{ID_THOUSAND}k|K)+{ID_THOUSAND}?|{ID_THOUSAND})"
EN_HUNDRED = r"(?:td?|s|d)"
EN_THOUSAND = rf"(?:{EN_HUNDRED}?h(?:&?{EN_HUNDRED}(?!h))?|{EN_HUNDRED})"
EN_WHOLE = rf"(?:(?:{EN_THOUSAND}?k)(?:{EN_THOUSAND}k)*(?:&?{EN_THOUSAND}(?![khz]))?|{EN_THOUSAND})"
ID_NUMBER = re.compile(
    rf"(?P<tens>dV(?![kz]))|(?P<vague>B[phkz]k?|V[kz]?)|(?P<ordinal>n|o(?:b|pd?|h)?)|(?P<decade>e)"
    rf"|(?P<share>d/|d%d|q|v|Q)(?![kz])"
    rf"|(?P<cardinal>fQ[kz]?|Q[kz]|fx|f(?:[hp]?[kzV])(?:f?k)*|f[hp]|f|[vq][kz]|{ID_WHOLE}(?:\.[ds]+)?(?:v?[kz]|v|(?:\.[ds]+)k)?)"
    rf"|(?P<soft>~)"
)
EN_NUMBER = re.compile(
    rf"(?P<vague>B(?:[hz]k?|k)|V(?:@?[Vk])?)|(?P<ordinal>n|(?:{EN_WHOLE}&?)?(?:to|ty)|{EN_WHOLE}&?[oy](?<![ds]o)(?<![ds]y)|o)"
    rf"|(?P<decade>e)|(?P<share>d(?:/|y|q|v)|[vqQ](?!@?~?[khz]))|(?P<split>y)"
    rf"|(?P<cardinal>fQ[hz]?k?|fx|f[hz]?k?(?:&~?[vq])?|f|[vqQ]@?~?[hz]?k|[vqQ]@?~?[hz]|{EN_WHOLE}(?:&~?[vq])?[kz]?|[dst]+z|z)"
    rf"|(?P<soft>~)"
)


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


INDONESIAN = Language(
    thousands=".",
    number=ID_NUMBER,
    **load(  # type: ignore[arg-type]
        "indonesian",
        r"(?P<decade>\b\d{1,4}-?an\b)"
        rf"|(?P<figure>{FIGURE})(?P<suffix>\s?(?:rb|jt)\b| ?[mt]\b)?",
        r"(?P<nth>ke-?\d+(?:\.\d{3})*\b(?!,?\d)|ke \d+\b(?![.,]\d| ?%| (?:persen|ribu|juta|mili?ar"
        r"|milyar|triliun|ratus|puluh|derajat|dolar|rupiah)\b))",
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
    likely = figure_values(text, start, first.end, language.thousands)
    if len(words) == 1:
        return Numeral(start, end, likely, shape, figure)
    values = tuple(folded([replace(first, value=value), *words[1:]], shape) for value in likely)
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

"""Repairs of typography that scraping and "spinning" broke; correct text comes out unchanged.

Each repair is a pattern and what takes its place, named for what it mends. They run in the order
of `REPAIRS`; every one keeps track of where its characters stood in the raw text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from corpora.abbreviations import ABBREVIATIONS
from corpora.language import INDONESIAN
from corpora.spans import Replacement, SpannedText

SCALE = (
    "ribu|juta|miliar|milyar|triliun|persen|kali|poin|derajat|sen|meter|kilometer|km|kg|ton|hektare"
)


@dataclass(frozen=True, slots=True)
class Repair:
    """A named pattern and its replacement."""

    name: str
    pattern: re.Pattern[str]
    replacement: Replacement


def join_pair(match: re.Match[str]) -> str:
    """The halves of a reduplicated word or of a Korean given name come together.

    Words are reduplicated whole or with an affix on one half (`berlari-lari`, `orang-orangan`), so
    one half contains the other. Anything else may be a dash: `Tiririca- sama seperti`.
    """
    first, second = match[1].lower(), match[2].lower()
    shorter, longer = sorted((first, second), key=len)
    is_pair = len(shorter) >= 3 and shorter in longer
    is_name = (
        match[1].istitle()
        and match[2].islower()
        and len(first) <= 6
        and len(second) <= 4
        and second not in INDONESIAN
    )
    return f"{match[1]}-{match[2]}" if is_pair or is_name else match[0]


def drop_link_scar(match: re.Match[str]) -> str:
    """A full stop before a small letter goes, unless an abbreviation ends there."""
    return match[0] if match[1] in ABBREVIATIONS else f"{match[1]} "


def space_after_stop(match: re.Match[str]) -> str:
    """A space comes between a full stop and a sentence, but not into a domain name."""
    is_name = match[3].lower() in {"com", "co", "id", "net", "org", "tv", "go", "ac", "js"}
    return match[0] if is_name else f"{match[1]}{match[2]} {match[3]}"


REPAIRS = tuple(
    Repair(name, re.compile(pattern), replacement)
    for name, pattern, replacement in (
        ("no-break space", r"[\u00a0\u2007\u2009\u202f]", " "),
        ("invisible character", r"[\u200b\u2060\ufeff\u00ad]", ""),
        ("space in a word pair", r"\b([^\W\d_]{2,})- ([^\W\d_]{2,})\b", join_pair),
        (
            "space in a double name",
            r"(?<=[A-Z][a-z])- (?=[A-Z][a-z])|(?<=[a-z]{3})- (?=[A-Z][a-z])",
            "-",
        ),
        (
            "space in thousands",
            r"(?<![\d.,])(\d{1,3})((?:\. \d{3})+)(?![\d.,]*\d)",
            lambda match: match[1] + match[2].replace(" ", ""),
        ),
        (
            "space in a decimal",
            rf"(?<![\d,])(?<!\d )(?<!, )(\d{{1,3}}), (\d{{1,2}})(?= (?:{SCALE})\b| ?%)",
            r"\1,\2",
        ),
        ("space in a date", r"\b(\d{1,2})/ ?(\d{1,2})/ ?(\d{4})\b", r"\1/\2/\3"),
        ("stray stops", r"(?<=\w)\. \.,(?= )", ","),
        ("stray stop and comma", r" ?\.,(?=\s*$)", "."),
        ("doubled stop", r"(?<=\w)\. \.(?= |$)", "."),
        (
            "space before a sign",
            r"(?<=[\w)”\"’]) +([,;?!](?=[\s”\"’)]|$)|\.(?=\s|$)(?! ?\.))",
            r"\1",
        ),
        ("space in brackets", r"(?<=\() +(?=\w)|(?<=[\w.]) +(?=\))", ""),
        ("bracket without space", r"(?<=[a-z]{2})([\[(])(?=[A-Za-z]{2}|\d{1,2}/)", r" \1"),
        ("scar of a link", r"\b([^\W\d_]{4,})\. (?=[a-z]{3})", drop_link_scar),
        ("stop without space", r"([a-z]{2})([.!?])([A-Z][a-z]+)(?=[ ,])", space_after_stop),
        ("many spaces", r"(?<=\S)[ \t]{2,}(?=\S)", " "),
    )
)

QUOTE = re.compile(r"[“”]")
MISPLACED_OPENING = re.compile(r"(?:^|(?<=\s))” +(?=\w)|(?<=[a-z])” ?(?=\w)")


def turn_quotes(spanned: SpannedText) -> SpannedText:
    """Turn and space the quotation marks of a text whose marks all look to the left.

    >>> turn_quotes(SpannedText.of("” Kami siap,” tutur Shin.")).text
    '“Kami siap,” tutur Shin.'
    >>> turn_quotes(SpannedText.of("sudah menolong Rusia” bangun balik”.")).text
    'sudah menolong Rusia “bangun balik”.'
    >>> turn_quotes(SpannedText.of("Ia menyebutnya “hebat” sekali.")).text
    'Ia menyebutnya “hebat” sekali.'
    """
    text = spanned.text
    marks = QUOTE.findall(text)
    if "“" in marks or not MISPLACED_OPENING.search(text):
        return spanned
    opening = True

    def turned(match: re.Match[str]) -> str:
        nonlocal opening
        was_opening, opening = opening, not opening
        before, after = match.start() > 0, match.end() < len(text)
        if was_opening:
            return (" " if before else "") + "“"
        return "”" + (" " if after and text[match.end()].isalnum() else match[2])

    return spanned.sub(re.compile(r"(\s*)”(\s*)"), turned)


def straight_quotes(spanned: SpannedText) -> SpannedText:
    r"""Pull straight quotation marks to the words they enclose.

    >>> straight_quotes(SpannedText.of('"Kita hidup damai, " kata Shoigu.')).text
    '"Kita hidup damai," kata Shoigu.'
    """
    if spanned.text.count('"') % 2:
        return spanned
    spanned = spanned.sub(re.compile(r'(?<=[,.!?]) "(?= \w)'), '"')
    return spanned.sub(re.compile(r'^" (?=\w)'), '"')


@cache
def steps() -> tuple[tuple[str, Callable[[SpannedText], SpannedText]], ...]:
    """All repairs in order, by name."""

    def pattern_step(repair: Repair) -> Callable[[SpannedText], SpannedText]:
        return lambda spanned: spanned.sub(repair.pattern, repair.replacement)

    named = [(repair.name, pattern_step(repair)) for repair in REPAIRS]
    return (*named, ("quotes turned round", turn_quotes), ("straight quotes", straight_quotes))


def repair_line(raw: str, start: int = 0) -> SpannedText:
    """Repair one line, which begins at offset `start` of the raw text; outer white space goes.

    >>> repair_line("Negara- negara itu mengirim 10. 000 ton, ataupun 4, 8 juta biji.").text
    'Negara-negara itu mengirim 10.000 ton, ataupun 4,8 juta biji.'
    >>> repair_line("Ekspedisi[oleh Putin] ke tujuan tersebut. meningkatkan produksi.").text
    'Ekspedisi [oleh Putin] ke tujuan tersebut meningkatkan produksi.'
    >>> repair_line("Rapat pra- dan pascapanen dipimpin dr. soetomo.").text
    'Rapat pra- dan pascapanen dipimpin dr. soetomo.'
    """
    left = len(raw) - len(raw.lstrip())
    spanned = SpannedText.of(raw.strip(), start + left)
    for _, step in steps():
        spanned = step(spanned)
    return spanned


def repair(text: str) -> str:
    """The repaired text of one line, without its map."""
    return repair_line(text).text

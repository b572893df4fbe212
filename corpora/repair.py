"""Repairs of typography that scraping and "spinning" broke; correct text comes out unchanged.

A repair is a small function from text to text that keeps track of where its characters stood in
the raw text. They run in the order of `REPAIRS`, only on a line that shows a sign of what they
mend, so a correct line costs little more than the search for signs.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpora.brackets import fit_brackets
from corpora.broken_addresses import has_torn_address, join_addresses
from corpora.broken_numbers import join_numbers
from corpora.hyphens import join_words
from corpora.loose_signs import LEADING, drop_stray_stops, pull_signs
from corpora.odd_characters import (
    drop_invisible,
    has_odd_character,
    narrow_signs,
    plain_hyphens,
    plain_letters,
    plain_spaces,
)
from corpora.spans import SpannedText
from corpora.stray_stops import heal_scars, space_sentences
from corpora.turned_quotes import (
    close_quotes,
    join_apostrophes,
    lead_into_speech,
    pair_marks,
    part_quotes,
    part_straight_quotes,
    plain_marks,
    pull_straight_quotes,
    space_speech,
    swap_quotes,
    turn_quotes,
)

SPACES = re.compile(r"(?<=[^\s.!?\"”)])[ \t]{2,}(?=\S)|(?<=\S)(?:[ \t]{3,}|\t+)(?=\S)")


def single_spaces(text: SpannedText) -> SpannedText:
    """Make one space of many; two behind a sentence are a typist's habit, and stay.

    >>> single_spaces(SpannedText.of("Harga  beras   naik.  Petani senang.")).text
    'Harga beras naik.  Petani senang.'
    """
    return text.sub(SPACES, " ")


# Every sign begins with a character that is rare, so that the search hurries over the letters.
ODD_SIGN = re.compile(
    r"""
      \.(?:(?<=\ \.)|\ (?:[a-z]{3}|\.|(?<=\d..)\d)|,       # "Kirby ." "itu. naik" ". ." "10. 000"
        |(?<=[a-z)\d]\.)[“"]?[A-Z][a-z])                    # "selesai.Peserta"
    | ,(?:(?<=\ ,)|(?<=\d,)\ [\d-]|(?<=[a-z)”],)[A-Za-z\d]{2}|(?<=[A-Z]{2},)[A-Z][a-z]
        |(?<=\ \d{4},)[a-z]|(?<=[a-z],)\d|[,.])               # "4, 8" "beras,gula"
    | -(?:\ (?:(?<=[^ ]..)[^\W_]                            # "negara- negara"
          |(?<=[^\W_]\ ..)[^\W_])                           # "orang - orang"
        |(?<=[^\W_]\ -)[^\W_])                              # "negara -negara"
    | \((?:\ |(?<=[A-Za-z].))  | \[(?:\ |(?<=[a-z].))       # "( kiri" "ekspedisi[oleh"
    | \)(?:(?<=\ .)|[a-z]{3}|[A-Z][a-z]{2})  | \][a-z]{3}   # "Reuters )" "[oleh Putin]datang"
    | \?(?:(?<=\ .)|(?<=[a-z)\d].)[“"]?[A-Z][a-z])
    | !(?:(?<=\ .)|(?<=[a-z)\d].)[“"]?[A-Z][a-z])
    | /(?:(?<=\ .)|(?<=\d.)\ \d)
    | /\ (?:(?<=dan..)atau|(?<=[A-Z]..)[A-Z])
    | :(?:(?<=\ .)|(?<=[a-z].)[a-z]{3}|(?<=\d.)\ \d)  | ;(?:(?<=\ .)|(?<=[a-z].)[A-Za-z]{2})
    """,
    re.VERBOSE,
)
ODD_MARK = re.compile(
    r"\"(?:(?<!\S\")(?!\S)|(?<=[,.!?] \")[a-z]|(?<=[a-z][,:.!?]\")\w"  # 'damai, " kata' 'kata,"Ya'
    r"|(?<=[a-z][,:]\")\ [A-Z]|(?<=[a-z]{2}\")\w)"
    r"|“(?:[\s.,]|$|(?<=[a-z][,:]“)\w)"  # "siap,“ kata" or "kata:“Ya"
    r"|”(?:(?<!\S”)|[^\W\d_]|(?<=[(\[]”))"  # "siap ” kata" "siap,”kata"
    r"|“(?<=[a-z]“)\w|‘ |’(?<= ’)|\"\"|''|``|\?(?<=[a-z]\?)[a-z]"
    r"|'(?:(?<=[a-z] ') ?[a-z]|(?<=[a-z]')\ [a-z])"
)


def has_wide_gap(text: str) -> bool:
    """Tell whether a text has more than a space between two words."""
    return "  " in text or "\t" in text


def has_odd_sign(text: str) -> bool:
    """Tell whether a hyphen, a stop, a comma or a bracket stands where it mostly should not."""
    return LEADING.match(text) is not None or ODD_SIGN.search(text) is not None


def has_odd_mark(text: str) -> bool:
    """Tell whether a quotation mark has its space on the wrong side, or may look the wrong way."""
    if text.isascii() and not ('"' in text or "'" in text or "`" in text or "?" in text):
        return False
    is_mixed = "“" in text or "”" in text
    if is_mixed and ("“" not in text or '"' in text):
        return True
    return ODD_MARK.search(text) is not None


@dataclass(frozen=True, slots=True)
class Repairs:
    """Repairs in their order, and a test that finds the signs without which they change nothing."""

    has_sign: Callable[[str], bool]
    steps: tuple[Callable[[SpannedText], SpannedText], ...]


REPAIRS = (
    Repairs(has_torn_address, (join_addresses,)),
    Repairs(
        has_odd_character,
        (plain_spaces, drop_invisible, plain_letters, plain_hyphens, narrow_signs),
    ),
    Repairs(has_wide_gap, (single_spaces,)),
    Repairs(
        has_odd_sign,
        (
            *(join_words, join_numbers, drop_stray_stops, pull_signs),
            *(fit_brackets, heal_scars, space_sentences),
        ),
    ),
    Repairs(
        has_odd_mark,
        (
            *(plain_marks, join_apostrophes, pair_marks, swap_quotes, close_quotes, turn_quotes),
            *(lead_into_speech, pull_straight_quotes, space_speech, part_quotes),
            part_straight_quotes,
        ),
    ),
)
MOST_PASSES = 6  # what one repair mends may be a sign for one before it; two passes are the rule


def repair_line(raw: str, start: int = 0) -> SpannedText:
    """Repair one line, which begins at offset `start` of the raw text; outer white space goes.

    >>> repair_line("Negara- negara itu mengirim 10. 000 ton, ataupun 4, 8 juta biji.").text
    'Negara-negara itu mengirim 10.000 ton, ataupun 4,8 juta biji.'
    >>> repair_line("Ekspedisi[oleh Putin] ke tujuan tersebut. meningkatkan produksi.").text
    'Ekspedisi [oleh Putin] ke tujuan tersebut meningkatkan produksi.'
    >>> repair_line("Rapat pra- dan pascapanen dipimpin dr. soetomo.").text
    'Rapat pra- dan pascapanen dipimpin dr. soetomo.'
    """
    text = SpannedText.of(raw, start).strip()
    for _ in range(MOST_PASSES):
        mended = repaired_once(text)
        if mended is text or (mended := mended.strip()).text == text.text:
            break
        text = mended
    return text


def repaired_once(text: SpannedText) -> SpannedText:
    """The text after all repairs that it shows signs of; itself when there is nothing to mend."""
    for repairs in REPAIRS:
        if repairs.has_sign(text.text):
            for step in repairs.steps:
                text = step(text)
    return text


def repair(text: str) -> str:
    """The repaired text of one line, without its map."""
    return repair_line(text).text

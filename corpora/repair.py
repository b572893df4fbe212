"""Repairs of typography that scraping and "spinning" broke; correct text comes out unchanged.

A repair is a small function from text to text that keeps track of where its characters stood in
the raw text. They run in the order of `REPAIRS`, only on a line that shows a sign of what they
mend, so a correct line costs little more than the search for signs.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpora.abbreviations import ABBREVIATIONS, is_vowelless
from corpora.broken_addresses import has_torn_address, join_addresses
from corpora.broken_numbers import join_numbers
from corpora.broken_words import (
    AFFIXES,
    ARTICLES,
    MORPHEMES,
    PREFIXES,
    SUFFIXES,
    is_name_pair,
    is_one_word,
    is_place,
    is_spaced_word,
    is_torn_word,
    is_word_pair,
)
from corpora.language import AFFIXED, INDONESIAN
from corpora.odd_characters import (
    drop_invisible,
    has_odd_character,
    narrow_signs,
    plain_hyphens,
    plain_letters,
    plain_spaces,
)
from corpora.quotation import MarkCounts
from corpora.spans import SpannedText
from corpora.turned_quotes import (
    close_quotes,
    join_apostrophes,
    lead_into_speech,
    pair_marks,
    part_quotes,
    plain_marks,
    pull_straight_quotes,
    space_speech,
    swap_quotes,
    turn_quotes,
)

# Patterns begin with what they look for and look behind it: the search then hurries over the rest.
LOOSE_HYPHEN = re.compile(r"- (?=([^\W_]+))")
EARLY_HYPHEN = re.compile(r" -(?<=[^\W_] -) ?(?=([^\W_]+))")
CENTURY = re.compile(
    r"\b[Aa]bad ke$"
)  # other numbers behind a space and a hyphen may be below zero
STRAY_COMMA = re.compile(r"(?<=\w)\. \.,(?= )|(?<=\w) \.,(?= )")
LAST_COMMA = re.compile(r"(?<![A-Z]) ?\.,(?=\s*$)")
DOUBLED_COMMA = re.compile(r",(?: ?,)+")
LAST_PAIR = re.compile(r",\.(?=\s*$)")
LEADING = re.compile(r"^[.,;] +(?=[A-Z])")
AND_OR = re.compile(r"(?<=\bdan)(?: / ?|/ )(?=atau\b)")
SPACED_INITIALS = re.compile(r"(?<![A-Za-z.] )\b[A-Z] \.(?: [A-Z] \.)+(?: (?=,))?")
TIGHT_CLOSING = re.compile(
    r"\)(?:(?<=[a-z]{4}\))|(?<=\d\)))(?=[a-z]{3})(?!(?:nya|kan|lah|kah|pun)\b)"
)
DOUBLED = re.compile(r"(?<=\w)\. \.(?=\s|$)(?! \.)|(?<=\w) \. \.(?=\s|$)(?! ?\.)")
EARLY_SPACE = re.compile(
    r" (?<=[\w)”\"’\]] )(?<!tanda )(?<!simbol )(?<!tombol ) *"
    r"(?:(?=[,;?!](?:[\s”\"’]|$))|(?=\.(?:\s|$)(?! ?\.))|(?=: [“\"]))"
)
EARLY_COLON = re.compile(
    r" (?<=[a-z]{3} )(?<!tanda )(?<!simbol )(?<!karakter ) *(?=: (?!dan |atau )[a-z])"
)
EARLY_SIGN = re.compile(r" ([,;])(?<=[\w)”] .)(?=[^\W\d_]{2})")
TIGHT_SIGN = re.compile(
    r",(?<=[a-z]{2},)(?=[A-Za-z]{2})|,(?<=[a-z][)”],)(?=[A-Za-z]{2})|;(?<=[a-z]{2};)(?=[A-Za-z]{2})"
    r"|:(?<=[a-z]{3}:)(?=[a-z]{3})"
)
ADDRESSED = re.compile(r"[/@_=&<>\\|#]|\.[a-z]|::")  # what stands in no word of running text
BRACKET = re.compile(r"[\[()]")
LOOSE_BRACKET = re.compile(r" (?:(?<=\( )(?<![:;=]\( )(?<![:;=]-\( ) *(?=\w)|(?<=[\w.] ) *(?=\)))")
GLUED_BRACKETS = re.compile(r"\((?<=[A-Za-z]{2}\()(?=([^()]{2,80})\)[a-z]{2})")
TIGHT_BRACKET = re.compile(
    r"(?<=[a-z]{2})(?=\((?!(?:nya|kan|an|ku|mu|lah|kah|pun|pen|per|ber|di)\))(?:[A-Za-z]{2}|\d{1,2}/)"
    r"[^()]*\)(?!\w)|\[(?!(?:nya|kan|an|ku|mu|lah|kah|pun|pen|per|ber|ter|di|ke)\])[A-Za-z]{2})"
)
INSERTED = re.compile(r"\[[A-Za-z]+(?: [^\[\]]*)?\](?=[a-z]{3})")
SCAR = re.compile(r"\. (?=[a-z]{3})")
TIGHT_STOP = re.compile(
    r"[.!?](?:(?<=[a-z]{2}.)|(?<=[a-z]\).)|(?<=[A-Z]\).)|(?<= 20\d\d.))(?=[“\"]?([A-Z][a-z]+)[ ,])"
)
EARLY_STOP = re.compile(r" [.?!](?<=[a-z]{2} .)(?=[“\"]?([A-Z][a-z]+)[ ,])")
SMALL_OUTLETS = ("detik", "kumparan", "tirto", "narasi")  # they begin so in the best of sentences
DOMAINS = frozenset(["com", "co", "id", "net", "org", "tv", "go", "ac", "js"])
SPACES = re.compile(r"(?<=[^\s.!?\"”)])[ \t]{2,}(?=\S)|(?<=\S)(?:[ \t]{3,}|\t+)(?=\S)")
LONGEST_TOKEN = 2000  # characters of a word or an address that are looked at before a sign


def token_before(match: re.Match[str]) -> str:
    """What stands between the last space before a match and the match, or the end of it.

    >>> token_before(re.compile("- ").search("Kim Jong- un"))
    'Jong'
    """
    text, end = match.string, match.start()
    start = max(0, end - LONGEST_TOKEN)
    return text[text.rfind(" ", start, end) + 1 or start : end]


def token_behind(match: re.Match[str]) -> str:
    """What stands between the end of a match and the next space, or the end of the text."""
    text, start = match.string, match.end()
    end = text.find(" ", start, start + LONGEST_TOKEN)
    return text[start : end if end >= 0 else start + LONGEST_TOKEN]


def join_words(text: SpannedText) -> SpannedText:
    """Close the space in a reduplicated word, in a name of two parts, behind a bound prefix.

    Machines that rewrite articles take hyphenated words apart and put a space behind the hyphen.
    A hyphen that is a dash, or that waits for the second half of a compound, keeps its space.

    >>> join_words(SpannedText.of("Negara- negara itu dan Kim Jong- un, pro- Rusia, ke- 20")).text
    'Negara-negara itu dan Kim Jong-un, pro-Rusia, ke-20'
    >>> join_words(SpannedText.of("Rapat pra- dan pascapanen. Partai itu- sama saja- kalah.")).text
    'Rapat pra- dan pascapanen. Partai itu- sama saja- kalah.'

    A hyphen at which a printed line was broken goes.

    >>> join_words(SpannedText.of("Kebijakan peme- rintah itu.")).text
    'Kebijakan pemerintah itu.'
    """

    def closed(match: re.Match[str]) -> str:
        if is_broken(match):
            return "-"
        return "" if was_at_line_end(match) else match[0]

    text = text.sub(LOOSE_HYPHEN, closed)
    if " -" not in text.text:
        return text
    return text.sub(EARLY_HYPHEN, lambda match: "-" if is_doubled(match) else match[0])


def is_broken(match: re.Match[str]) -> bool:
    """Tell whether what stands on both sides of a loose hyphen is one word."""
    token = token_before(match).lstrip("“\"'(")
    return is_one_word(token, match[1], is_first=len(token) == match.start())


def was_at_line_end(match: re.Match[str]) -> bool:
    """Tell whether a printed line ended at a loose hyphen, inside a word."""
    token = token_before(match).lstrip("“\"'(")
    before = match.string[: max(match.start() - len(token), 0)].split()[-1:]
    return is_torn_word(token, match[1]) and not MORPHEMES.intersection(map(str.lower, before))


def is_doubled(match: re.Match[str]) -> bool:
    """Tell whether a hyphen behind a space stands in a word that is written twice, or in a name.

    A hyphen with a space on either side is a dash, unless the very same word is on both sides.

    >>> line = "Negara -negara itu - kata dia - dan orang - orang."
    >>> [is_doubled(match) for match in EARLY_HYPHEN.finditer(line)]
    [True, False, False, True]
    """
    token = token_before(match).lstrip("“\"'(")
    second = match[1]
    if match[0].endswith(" "):
        before = match.string[: max(match.start() - len(token), 0)].rstrip()
        is_group = token == "B" and not before.endswith("vitamin")
        return is_spaced_word(token, second) and not is_group
    is_bound = (token.isdigit() and second == "an") or (token.isupper() and second in SUFFIXES)
    if is_bound or is_word_pair(token, second) or is_name_pair(token, second):
        return True
    if second.isdigit():
        return CENTURY.search(match.string, 0, match.start()) is not None
    is_bound = token.lower() in PREFIXES | ARTICLES and second.istitle()
    return is_bound or (is_place(token) and is_place(second) and match.string.count(" -") == 1)


def drop_stray_stops(text: SpannedText) -> SpannedText:
    """Drop the sign that a cut-out link or picture left beside the right one.

    A spaced ellipsis is left alone.

    >>> drop_stray_stops(SpannedText.of("kata Kirby. ., bersumpah. . Rapat usai .,")).text
    'kata Kirby, bersumpah. Rapat usai.'
    >>> drop_stray_stops(SpannedText.of(", Ia, , Rudi, S . H . , dan kami pulang,.")).text
    'Ia, Rudi, S.H., dan kami pulang.'
    >>> drop_stray_stops(SpannedText.of("Ia diam. . . lalu pergi.")).text
    'Ia diam. . . lalu pergi.'
    """
    text = text.sub(LEADING, "").sub(DOUBLED_COMMA, ",").sub(LAST_PAIR, ".")
    text = text.tightened(SPACED_INITIALS)
    if ".," not in text.text and ". ." not in text.text:
        return text
    return text.sub(STRAY_COMMA, ",").sub(LAST_COMMA, ".").sub(DOUBLED, ".")


def pull_signs(text: SpannedText) -> SpannedText:
    """Pull a comma or a stop to the word before it.

    Indonesian sets no space there; one is left where a link was unwrapped. A space that slipped
    before the sign goes behind it.

    >>> pull_signs(SpannedText.of("Ia pulang , lalu tidur . Benarkah ? Ia berkata : “Ya.”")).text
    'Ia pulang, lalu tidur. Benarkah? Ia berkata: “Ya.”'
    >>> pull_signs(SpannedText.of("Ia pulang ,lalu tidur.")).text
    'Ia pulang, lalu tidur.'
    >>> pull_signs(SpannedText.of("Beras,gula;minyak habis. Syaratnya tiga : jujur, rajin.")).text
    'Beras, gula; minyak habis. Syaratnya tiga: jujur, rajin.'
    >>> pull_signs(SpannedText.of("Saya . . . tidak tahu ;) Skor 3 : 1. Nama : Budi")).text
    'Saya . . . tidak tahu ;) Skor 3 : 1. Nama : Budi'
    """

    def parted(match: re.Match[str]) -> str:
        before, behind = token_before(match), token_behind(match)
        is_address = ADDRESSED.search(before + match[0] + behind) is not None
        is_word = "-" not in behind and (AFFIXED.match(behind) or behind in INDONESIAN)
        is_code = match[0] == ":" and (":" in before or not is_word)
        return match[0] if is_address or is_code else match[0] + " "

    text = text.sub(EARLY_SPACE, "").sub(EARLY_COLON, "").sub(EARLY_SIGN, r"\1 ").sub(AND_OR, "/")
    return text.sub(TIGHT_SIGN, parted)


def fit_brackets(text: SpannedText) -> SpannedText:
    """Close the space inside brackets, and open one before them.

    An editor's insertion sticks to its word when its mark-up goes. Brackets around a part of a word
    (`mahasiswa(i)`, `mem(per)baiki`) and inside web addresses stay as they are.

    >>> fit_brackets(SpannedText.of("ekspedisi[oleh Putin] (Menurut Reuters )")).text
    'ekspedisi [oleh Putin] (Menurut Reuters)'
    >>> fit_brackets(SpannedText.of("Ketua KPK(nonaktif)itu diperiksa Kamis( 12/3 )pagi.")).text
    'Ketua KPK (nonaktif) itu diperiksa Kamis (12/3) pagi.'
    >>> fit_brackets(SpannedText.of("mahasiswa(i) mem(per)baiki anggota(nya)")).text
    'mahasiswa(i) mem(per)baiki anggota(nya)'
    """

    def opened(match: re.Match[str]) -> str:
        token = token_before(match)
        return "" if "/" in token or "_" in token or "@" in token else " "

    def parted(match: re.Match[str]) -> str:
        token, inside = token_before(match), match[1]
        is_part = (len(inside) < 5 and inside.isalpha()) or inside.lower() in AFFIXES
        is_code = ADDRESSED.search(token) or "=" in inside or "_" in inside
        return "(" if is_part or is_code else " ("

    def closed(match: re.Match[str]) -> str:
        opening = match.string.rfind("(", 0, match.start())
        is_apart = opening == 0 or (opening > 0 and match.string[opening - 1] == " ")
        inside = match.string[opening + 1 : match.start()].lower()
        return ") " if is_apart and inside not in AFFIXES else ")"

    if not BRACKET.search(text.text):
        return text
    text = text.sub(LOOSE_BRACKET, "").sub(GLUED_BRACKETS, parted).sub(TIGHT_BRACKET, opened)
    text = text.sub(TIGHT_CLOSING, closed)
    return text.sub(INSERTED, lambda match: match[0] + " " if len(match[0]) > 7 else match[0])


def heal_scars(text: SpannedText) -> SpannedText:
    """Drop a full stop before a small letter, where a link was cut out of a sentence.

    Not behind an abbreviation, not in a line whose writer begins in small letters, not before the
    outlets that do so in their names.

    >>> heal_scars(SpannedText.of("Demi tujuan tersebut. meningkatkan produksi.")).text
    'Demi tujuan tersebut meningkatkan produksi.'
    >>> heal_scars(SpannedText.of("Menurut telp. rumah, drg. rahma pergi. detikcom bertanya.")).text
    'Menurut telp. rumah, drg. rahma pergi. detikcom bertanya.'
    """
    if text.text[:1].islower():
        return text

    marks = MarkCounts(text.text)

    def healed(match: re.Match[str]) -> str:
        word = token_before(match)
        is_scar = word.isalpha() and len(word) > 3 and word not in ABBREVIATIONS
        is_outlet = match.string.startswith(SMALL_OUTLETS, match.end())
        return match[0] if not is_scar or is_outlet or marks.inside(match.start()) else " "

    return text.sub(SCAR, healed)


def space_sentences(text: SpannedText) -> SpannedText:
    """Put a space between a full stop and the sentence behind it, but none into a domain name.

    One that slipped before the stop goes behind it.

    >>> space_sentences(SpannedText.of("Rapat selesai.Peserta pulang ke Kompas.Com lagi.")).text
    'Rapat selesai. Peserta pulang ke Kompas.Com lagi.'
    """

    def spaced(match: re.Match[str]) -> str:
        if match[1].lower() in DOMAINS or is_vowelless(token_before(match)):  # "PN Jkt.Pst"
            return match[0]
        return match[0].strip() + " "

    return text.sub(TIGHT_STOP, spaced).sub(EARLY_STOP, spaced)


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
    | ,(?:(?<=\ ,)|(?<=\d,)\ [\d-]|(?<=[a-z)”],)[A-Za-z]{2}|[,.])  # "4, 8" "beras,gula"
    | -(?:\ (?:(?<=[^ ]..)[^\W_]                            # "negara- negara"
          |(?<=[^\W_]\ ..)[^\W_])                           # "orang - orang"
        |(?<=[^\W_]\ -)[^\W_])                              # "negara -negara"
    | \((?:\ |(?<=[A-Za-z].))  | \[(?:\ |(?<=[a-z].))       # "( kiri" "ekspedisi[oleh"
    | \)(?:(?<=\ .)|[a-z]{3})  | \][a-z]{3}                  # "Reuters )" "[oleh Putin]datang"
    | \?(?:(?<=\ .)|(?<=[a-z)\d].)[“"]?[A-Z][a-z])
    | !(?:(?<=\ .)|(?<=[a-z)\d].)[“"]?[A-Z][a-z])
    | /(?:(?<=\ .)|(?<=\d.)\ \d)
    | /\ (?:(?<=dan..)atau)
    | :(?:(?<=\ .)|(?<=[a-z].)[a-z]{3}|(?<=\d.)\ \d)  | ;(?:(?<=\ .)|(?<=[a-z].)[A-Za-z]{2})
    """,
    re.VERBOSE,
)
ODD_MARK = re.compile(
    r"\"(?:(?<!\S\")(?!\S)|(?<=[,.!?] \")[a-z]|(?<=[a-z][,:.!?]\")\w)"  # 'damai, " kata' 'kata,"Ya'
    r"|“(?:[\s.,]|$|(?<=[a-z][,:]“)\w)"  # "siap,“ kata" or "kata:“Ya"
    r"|”(?:(?<!\S”)|[^\W\d_]|(?<=[(\[]”))"  # "siap ” kata" "siap,”kata"
    r"|“(?<=[a-z]“)\w|‘ |’(?<= ’)|\"\"|''|``|'(?<=[a-z] ') ?[a-z]|\?(?<=[a-z]\?)[a-z]"
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

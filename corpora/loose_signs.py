"""Commas, stops and their like that stand away from their words, too near the next, or twice."""

import re

from corpora.language import AFFIXED, INDONESIAN
from corpora.spans import SpannedText
from corpora.surroundings import ADDRESSED, token_before, token_behind

STRAY_COMMA = re.compile(r"(?<=\w)\. \.,(?= )|(?<=\w) \.,(?= )")
LAST_COMMA = re.compile(r"(?<![A-Z]) ?\.,(?=\s*$)")
DOUBLED_COMMA = re.compile(r",(?: ?,)+")
LAST_PAIR = re.compile(r",\.(?=\s*$)")
LEADING = re.compile(r"^[.,;] +(?=[A-Z])")
AND_OR = re.compile(
    r"(?<=\bdan)(?: / ?|/ )(?=atau\b)|/ (?<=[A-Z]{2}/ )(?=[A-Z])|(?<=\d) / (?=\d{1,2}\))"
)
SPACED_INITIALS = re.compile(r"(?<![A-Za-z.] )\b[A-Z] \.(?: [A-Z] \.)+(?: (?=,))?")
DOUBLED = re.compile(r"(?<=\w)\. \.(?=\s|$)(?! \.)|(?<=\w) \. \.(?=\s|$)(?! ?\.)")
EARLY_SPACE = re.compile(
    r" (?<=[\w)”\"’\]] )(?<!tanda )(?<!simbol )(?<!tombol ) *"
    r"(?:(?=[,;?!](?:[\s”\"’]|$))|(?=\.(?:[\s”]|$)(?! ?\.))|(?=: [“\"]))"
)
EARLY_COLON = re.compile(
    r" (?<=[a-z]{3} )(?<!tanda )(?<!simbol )(?<!karakter ) *(?=: (?!dan |atau )[a-z])"
)
EARLY_SIGN = re.compile(r" ([,;])(?<=[\w)”\"] .)(?=[^\W\d_]{2})")
TIGHT_SIGN = re.compile(
    r",(?:(?<=[a-z]{2},)(?=[A-Za-z]{2}|\d{1,2} [A-Z])|(?<=[\w][)”],)(?=[A-Za-z]{2})"
    r"|(?<=[A-Z]{2},)(?=[A-Z][a-z]{2})|(?<= \d{4},)(?=[a-z]{3}))|;(?<=[a-z]{2};)(?=[A-Za-z]{2})"
    r"|:(?<=[a-z]{3}:)(?=[a-z]{3})"
)
LEADING_WORDS = frozenset(["lain", "yaitu", "yakni", "ialah", "adalah", "berikut", "meliputi"])


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
        is_code = match[0] == ":" and (":" in before or not (is_word or before in LEADING_WORDS))
        return match[0] if is_address or is_code else match[0] + " "

    text = text.sub(EARLY_SPACE, "").sub(EARLY_COLON, "").sub(EARLY_SIGN, r"\1 ").sub(AND_OR, "/")
    return text.sub(TIGHT_SIGN, parted)

"""Brackets that stand away from what they enclose, or touch the words around them."""

import re

from corpora.broken_words import AFFIXES
from corpora.spans import SpannedText
from corpora.surroundings import ADDRESSED, token_before

LONGEST = 200  # characters that brackets enclose
BRACKET = re.compile(r"[\[()]")
LOOSE_BRACKET = re.compile(
    r" (?:(?<=\( )(?<![:;=]\( )(?<![:;=]-\( )(?<!['’]\( ) *(?=\w)|(?<=[\w.] ) *(?=\)))"
)
GLUED_BRACKETS = re.compile(r"\((?<=[A-Za-z]{2}\()(?=([^()]{2,80})\)[a-z]{2})")
TIGHT_BRACKET = re.compile(
    r"(?<=[a-z]{2})(?=\((?:(?!(?:nya|kan|an|ku|mu|lah|kah|pun|pen|per|ber|di)\))"
    r"(?:[A-Za-z]{2}|\d{1,2}/)[^()]*|\d{1,3})\)(?!\w)"
    r"|\[(?!(?:nya|kan|an|ku|mu|lah|kah|pun|pen|per|ber|ter|di|ke)\])[A-Za-z]{2})"
)
TIGHT_CLOSING = re.compile(
    r"\)(?:(?<=[a-z]{4}\))|(?<=[A-Z]{2}\))|(?<=\d\)))(?=[a-z]{3}|[A-Z][a-z]{2})"
    r"(?!(?:nya|kan|lah|kah|pun)\b)"
)
INSERTED = re.compile(r"\[[A-Za-z]+(?: [^\[\]]*)?\](?=[a-z]{3})")


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
        is_part = token.lower().lstrip("“\"'") in AFFIXES
        is_code = match.string[match.end() + 1].isdigit() and not token.istitle()  # no age
        is_code = is_code and "/" not in match.string[match.end() : match.end() + 4]
        return "" if is_part or is_code or "/" in token or "_" in token or "@" in token else " "

    def parted(match: re.Match[str]) -> str:
        token, inside = token_before(match), match[1]
        is_short = len(inside) < 5 and inside.isalpha() and not inside.isupper()
        is_part = is_short or inside.lower() in AFFIXES
        is_code = ADDRESSED.search(token) or "=" in inside or "_" in inside
        return "(" if is_part or is_code else " ("

    def closed(match: re.Match[str]) -> str:
        opening = match.string.rfind("(", max(match.start() - LONGEST, 0), match.start())
        is_apart = opening == 0 or (opening > 0 and match.string[opening - 1] == " ")
        inside = match.string[opening + 1 : match.start()].lower()
        return ") " if is_apart and inside not in AFFIXES else ")"

    if not BRACKET.search(text.text):
        return text
    text = text.sub(LOOSE_BRACKET, "").sub(GLUED_BRACKETS, parted).sub(TIGHT_BRACKET, opened)
    text = text.sub(TIGHT_CLOSING, closed)
    return text.sub(INSERTED, lambda match: match[0] + " " if len(match[0]) > 7 else match[0])

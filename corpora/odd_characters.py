"""Characters that no keyboard has: spaces, hyphens, signs of typesetters and other scripts."""

import re
from unicodedata import normalize

from corpora.broken_words import is_word_pair
from corpora.spans import SpannedText

ODD_SPACE = re.compile(r"[\u00a0\u2007\u2009\u202f]")
INVISIBLE = re.compile(
    r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
    r"|(?<=[^\W\d_])(?<![ÂÃ])\u00ad(?=[^\W\d_])"
)
TYPESETTERS_HYPHEN = re.compile(r"(?<=[a-z])¬ ?(?=[a-z])")  # a soft hyphen of old programs
LIGATURE = re.compile(r"[\ufb00-\ufb06]")
HYPHEN = re.compile(r"[\u2010\u2011]")
TIGHT_DASH = re.compile(r"(?:(?<=[a-z])|(?<=[a-z] ))(?:--|[–—−])(?=([a-z]+|\d))")
WIDE = re.compile(r"([，。：；！？]) ?|(?<=\S) ?（ ?|（ ?| ?）(?=\S) ?| ?）")
NARROW = dict(zip("，。：；！？（）", ",.:;!?()", strict=True))
ODD_CHARACTER = re.compile(
    r"[\u00a0\u2007\u2009\u202f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad¬\u2010\u2011"
    r"\ufb00-\ufb06，。：；！？（）–—−](?:(?<![–—−])|(?<=[a-z].)[a-z\d])"
)


def has_odd_character(text: str) -> bool:
    """Tell whether a text has a character that no keyboard has, where one could stand."""
    if text.isascii():
        return "--" in text and TIGHT_DASH.search(text) is not None
    return ODD_CHARACTER.search(text) is not None or "--" in text


def plain_spaces(text: SpannedText) -> SpannedText:
    r"""Turn no-break and thin spaces into spaces.

    Web pages set them to keep "Rp" and its number on one line; models and rules expect a space.

    >>> plain_spaces(SpannedText.of("Rp\u00a025.000")).text
    'Rp 25.000'
    """
    return text.sub(ODD_SPACE, " ")


def drop_invisible(text: SpannedText) -> SpannedText:
    r"""Drop zero-width characters and marks of direction, and soft hyphens inside words.

    They mark where a browser may break a word. A soft hyphen behind "Ã" is a piece of a letter that
    was decoded wrongly, and is left to those who can put it together again.

    >>> drop_invisible(SpannedText.of("Pre\u200bsiden di Ma\u00adkassar, Ta\u00c3\u00adnos")).text
    'Presiden di Makassar, TaÃ\xadnos'
    >>> drop_invisible(SpannedText.of("padi me¬ningkat di kabu¬ paten")).text
    'padi meningkat di kabupaten'
    """
    return text.sub(INVISIBLE, "").sub(TYPESETTERS_HYPHEN, "")


def plain_letters(text: SpannedText) -> SpannedText:
    r"""Take ligatures apart.

    >>> plain_letters(SpannedText.of("mengidenti\ufb01kasi")).text
    'mengidentifikasi'
    """
    return text.sub(LIGATURE, lambda match: normalize("NFKC", match[0]))


def plain_hyphens(text: SpannedText) -> SpannedText:
    r"""Make hyphens of their typesetters' kinds, and of dashes in words that are written twice.

    >>> plain_hyphens(SpannedText.of("negara\u2010negara, anak–anak, kios--kios, ke–478")).text
    'negara-negara, anak-anak, kios-kios, ke-478'
    >>> plain_hyphens(SpannedText.of("ia datang–kata dia–lalu pergi--begitu")).text
    'ia datang–kata dia–lalu pergi--begitu'
    """

    def hyphen(match: re.Match[str]) -> str:
        before = re.search(r"[^\W\d_]+$", match.string[max(match.start() - 40, 0) : match.start()])
        if not before:
            return match[0]
        is_ordinal = match[1].isdigit() and before[0].lower() == "ke"
        is_twice = min(len(before[0]), len(match[1])) > 3 and is_word_pair(before[0], match[1])
        return "-" if is_ordinal or is_twice or before[0].lower() == match[1] else match[0]

    return text.sub(HYPHEN, "-").sub(TIGHT_DASH, hyphen)


def narrow_signs(text: SpannedText) -> SpannedText:
    """Turn the wide signs of Chinese and Japanese into ours, in a line of Latin letters.

    >>> narrow_signs(SpannedText.of("Badan SAR（Basarnas）tiba，kata petugas。")).text.strip()
    'Badan SAR (Basarnas) tiba, kata petugas.'
    """
    if not WIDE.search(text.text) or 2 * sum(map(str.isascii, text.text)) < len(text.text):
        return text

    def narrow(match: re.Match[str]) -> str:
        sign = match[0].strip()
        if sign == "（":
            return " (" if match.start() else "("
        return NARROW[sign] + (" " if match.end() < len(match.string) else "")

    return text.sub(WIDE, narrow)

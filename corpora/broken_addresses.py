"""Addresses of the web and of mail, and names that begin with a sign, torn at their spaces."""

import re

from corpora.spans import SpannedText

FOREIGN = "com|net|org"  # endings of domains
DOMESTIC = "co|go|or|ac|sch"  # before `.id`
TORN = re.compile(
    rf"@ |# |ww\. |: //|\.(?: (?:{FOREIGN}|id|{DOMESTIC})|(?<= \.)(?:{FOREIGN}|co\.id))\b"
)
EARLY_DOT = re.compile(rf" (?<=[A-Za-z]{{3}} )(?=\.(?:{FOREIGN}|co\.id)\b)")
# No name has more parts than eight: a line of nothing but "www. " costs no more than others.
SITE = re.compile(
    rf"\bwww\.(?: ?[a-z0-9-]{{1,63}}\.){{1,8}} ?(?:{FOREIGN}|id|(?:{DOMESTIC})\. ?id)\b"
)
SCHEME = re.compile(r"(?:(?<=\bhttp:)|(?<=\bhttps:)) (?=//)")
OUTLET = re.compile(
    rf"(?<=[A-Za-z]{{3}})\. (?:{FOREIGN}|(?:{DOMESTIC})\. ?id)\b(?!\.\w)"
    r"|\b[a-z]*[A-Z][A-Za-z]{2,}\. id\b(?!\.\w)"
)
MAIL = re.compile(r"(?<=[a-z\d]) @ (?=[\w-]+\.[a-z])")
NAME = re.compile(r"(?<= [@#]) (?=[a-z]\w{2})")
LONGEST_NAMING = 20  # characters of a word that a handle or a tag stands behind
NAMED = re.compile(r"\b(?:tagar|hashtag|akun|instagram|twitter|tiktok|ig) [@#]$", re.IGNORECASE)


def has_torn_address(text: str) -> bool:
    """Tell whether a text may have an address with a space in it."""
    return TORN.search(text) is not None


def join_addresses(text: SpannedText) -> SpannedText:
    """Close the spaces in addresses and behind the signs of handles and tags.

    >>> join_addresses(SpannedText.of("www. contoh. go. id, https: //a.id, kata detik. com.")).text
    'www.contoh.go.id, https://a.id, kata detik.com.'
    >>> join_addresses(SpannedText.of("Surel hrd @ contoh.id, akun @ contoh, tagar # siaga.")).text
    'Surel hrd@contoh.id, akun @contoh, tagar #siaga.'
    >>> join_addresses(SpannedText.of("Lima buah @ Rp10.000. Identitas. # 1")).text
    'Lima buah @ Rp10.000. Identitas. # 1'
    """

    def pulled(match: re.Match[str]) -> str:
        near = max(match.start() - LONGEST_NAMING, 0)
        return "" if NAMED.search(match.string, near, match.start()) else " "

    text = text.tightened(SITE).sub(SCHEME, "").tightened(OUTLET).sub(EARLY_DOT, "")
    return text.sub(MAIL, "@").sub(NAME, pulled)

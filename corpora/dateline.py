"""Datelines: the place and the outlet that open a report, and who the story is attributed to."""

import re
from dataclasses import dataclass

DASH = r"\s*(?:--+|[-–—])\s*"
SUFFIX = r"com|co|co\.id|id|net|tv|go\.id"
PLACE = r"(?:[A-Z][\w.'’-]+(?:[ ][A-Z][\w.'’-]+){0,3})"
DATE = r"(?:,?[ ]\d{1,2}[ ](?:[A-Z][a-z]{2,8})\.?)"
OUTLET = (
    rf"(?:[A-Z][\w.]*\.(?i:{SUFFIX})|Antara|Reuters|(?:CNN|BBC|VOA)(?:[ ]Indonesia)?|"
    r"[A-Z]{2,}[A-Z0-9.]*(?:[ ][A-Z0-9.]{2,}){0,2}|[A-Z]\w+[ ](?:TV|News)(?:[ ]Indonesia)?)"
)
DATELINE = re.compile(
    rf"""
      {PLACE}(?:/{PLACE})?,\s+{OUTLET}{DATE}?{DASH}          # JAKARTA, KABAR.com -
    | {OUTLET},\s+{PLACE}{DATE}?(?:{DASH}|\s+(?=[A-Z]))     # KABAR.CO.ID, JAKARTA --
    | {PLACE}\s+\({OUTLET}\){DATE}?{DASH}                  # Jakarta (ANTARA) -
    | \({OUTLET}\){DASH}                                   # (CNN) -
    | [A-Z][A-Z.'’\ ]{{2,30}}{DATE}?[ ](?:--+|[-–—])[ ]      # SEOUL -
    """,
    re.VERBOSE,
)
OUTLETS = """
    Reuters|AFP|AP|Associated Press|CNN|BBC|NBC News|CBS News|ABC News|Sky News|Fox News|Bloomberg|
    Guardian|New York Times|Washington Post|Wall Street Journal|Financial Times|
    Daily Mail|Xinhua|Kyodo|Yonhap|Interfax|TASS|KCNA|Anadolu|Al Jazeera|Straits Times|
    South China Morning Post|Deutsche Welle|VnExpress|Nikkei|Antara
"""
NAMES = "|".join(name.strip() for name in OUTLETS.split("|"))
SOURCE = rf"(?:{NAMES}|[\w-]+(?:\.[\w-]+)*\.(?:com|co\.uk|co\.id|id|net|org|vn|my))"
CREDITS = (
    r"menurut|dikutip(?: dari| oleh)?|mengutip|dilansir(?: dari| oleh)?|melansir|disadur dari|"
    r"(?:seperti )?dilaporkan(?: oleh)?|sumber\s*:|kantor berita|kepada"
)
MEDIUM = r"(?:laporan |kantor berita |surat kabar |media |laman |situs |harian )?(?:the )?"
CREDITED = re.compile(
    rf"\b(?:{CREDITS})\s+{MEDIUM}({SOURCE})\b|({SOURCE}) via \S+|\(({NAMES})\s*\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a report.

    Attributes:
        text: as it stands, the dash included.
        end: offset behind it in the line.
    """

    text: str
    end: int


def dateline_of(line: str) -> Dateline | None:
    """The dateline that opens a line, if one does.

    >>> dateline_of("JAKARTA, KABAR.com - Harga beras naik.").text
    'JAKARTA, KABAR.com - '
    >>> dateline_of("(CNN) — Rusia mengirim utusan.").text
    '(CNN) — '
    >>> dateline_of("Jakarta - Bandung ditempuh dalam 36 menit.") is None
    True
    """
    found = DATELINE.match(line)
    if not found or found.end() >= len(line) or not line[found.end()].isprintable():
        return None
    opens = line[found.end() :].lstrip("\"“'‘(")
    return Dateline(found[0], found.end()) if opens[:1].isupper() or opens[:1].isdigit() else None


def outlets_of(text: str) -> tuple[str, ...]:
    """Outlets that a text says it has its story from, in order, each once.

    >>> outlets_of("Hal itu dikutip dari Reuters, kata dia, menurut AFP.")
    ('Reuters', 'AFP')
    """
    found = (next(name for name in match.groups() if name) for match in CREDITED.finditer(text))
    return tuple(dict.fromkeys(found))

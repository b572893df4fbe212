"""What stands around a match: the words it touches, and whether they are running text."""

import re

from corpora.abbreviations import ABBREVIATIONS, is_vowelless

LONGEST_TOKEN = 2000  # characters of a word or an address that are looked at before a sign
ADDRESSED = re.compile(r"[/@_=&<>\\|#]|\.[a-z]|::")  # what stands in no word of running text
# What ends the names of domains and of files, and opens no sentence: "Kompas.Com", "laporan.Pdf"
ENDINGS = frozenset(
    [
        *("com", "co", "id", "net", "org", "tv", "go", "ac", "sch", "edu", "gov", "js", "py"),
        *("pdf", "doc", "docx", "xls", "xlsx", "csv", "ppt", "pptx", "txt", "rtf", "zip", "rar"),
        *("jpg", "jpeg", "png", "gif", "svg", "mp", "mov", "avi", "exe", "apk", "psd", "pst"),
        *("html", "htm", "aspx", "asp", "jsp", "php", "xml", "json", "css", "sql"),
    ]
)
ENDED = re.compile(r"[\w.-]+\.(?:com|co\.id|[a-z]+\.id|id|net|org)", re.IGNORECASE)
TAG = re.compile(r"#\w+")
EITHER = re.compile(r"[A-Za-z]+/[A-Za-z]+")  # "siswa/siswi"
DEGREE = re.compile(r"[A-Z][A-Za-z]?\.(?:[A-Za-z]+\.)*[A-Z][a-z]+")  # "S.Kep", "Sp.Onk"
LONGEST_DEGREE = 4  # letters of a part of one: "S.Kep.Ners"


def parts_name(before: str, behind: str) -> bool:
    """Tell whether the stop between two tokens without a space stands in a name or an address.

    A domain that is whole, a hashtag and two words with a slash end a sentence as words do.

    >>> pairs = [("laporan", "Pdf"), ("@budi", "Santoso"), ("https://a.id/Kabar", "Kota"),
    ...          ("S.Kep", "Ners"), ("Jkt", "Pst"), ("pulang", "Polisi"), ("#Damai", "Polisi"),
    ...          ("detik.com", "Polisi"), ("siswa/siswi", "Mereka")]
    >>> [parts_name(*pair) for pair in pairs]
    [True, True, True, True, True, False, False, False, False]
    """
    if behind.lower() in ENDINGS or is_vowelless(before):  # "PN Jkt.Pst"
        return True
    if DEGREE.fullmatch(before):
        return len(behind) <= LONGEST_DEGREE or behind in ABBREVIATIONS
    if any(pattern.fullmatch(before) for pattern in (TAG, EITHER, ENDED)):
        return False
    return ADDRESSED.search(before) is not None


def token_before(match: re.Match[str]) -> str:
    """What stands between the last space before a match and the match, or the end of it.

    >>> token_before(re.compile("- ").search("Kim Jong- un"))
    'Jong'
    """
    text, end = match.string, match.start()
    start = max(0, end - LONGEST_TOKEN)
    return text[text.rfind(" ", start, end) + 1 or start : end]


def word_before(match: re.Match[str]) -> str:
    """The same without the marks and brackets that open it."""
    return token_before(match).lstrip("“\"'(")


def token_behind(match: re.Match[str]) -> str:
    """What stands between the end of a match and the next space, or the end of the text."""
    text, start = match.string, match.end()
    end = text.find(" ", start, start + LONGEST_TOKEN)
    return text[start : end if end >= 0 else start + LONGEST_TOKEN]

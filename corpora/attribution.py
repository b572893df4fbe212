"""Which outlets a story is credited to: `menurut Reuters`, `dikutip AFP`, `contoh.co.uk via ...`.

A name counts where a credit leads to it, where it is what reports, or where it stands in brackets
of its own; who is only mentioned is not credited, nor who took a photograph.
"""

import re
import string
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from corpora.lines.literals import required
from corpora.word_counts import word_list

FIRST_WORD = re.compile(r"[A-Za-z]+")
ENDING = re.compile(r"\.(?:com|co\.(?:id|uk|jp|kr)|co|net|org|news|id|vn|my|sg|tv)\b(?!\.?\w)")
ONLY_LETTERS = bytes(byte if chr(byte) in string.ascii_letters else ord(" ") for byte in range(256))
DOMAIN_CHARACTERS = string.ascii_letters + string.digits + "-."
DOMAIN_TAIL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]|\.(?=[A-Za-z0-9])){0,80}\Z")
LOOK_BACK = 120  # characters in which a credit and the words between it and a name stand
KINDS = "|".join(
    [
        *(
            "laporan",
            "berita",
            "kantor berita",
            "surat kabar",
            "koran",
            "majalah",
            "media",
            "laman",
        ),
        *(
            "situs",
            "harian",
            "mingguan",
            "tabloid",
            "stasiun",
            "televisi",
            "tv",
            "saluran",
            "portal",
        ),
        *("kanal", "pemberitaan", "investigasi", "khusus", "artikel", "artikel di", "web"),
        *("website", "resmi", "milik", "asal", "negara"),
        *("pemerintah", "lokal", "setempat", "asing", "internasional", "nasional", "ternama"),
        *("terkemuka", "inggris", "amerika", "serikat", "as", "rusia", "jepang", "korea", "utara"),
        *("selatan", "korut", "korsel", "china", "prancis", "jerman", "israel", "australia"),
        *("malaysia", "singapura", "india", "iran", "arab", "saudi", "qatar", "turki", "ukraina"),
        *("vietnam", "thailand", "indonesia", "filipina", "italia", "spanyol", "suriah", "irak"),
        *("mesir", "lebanon", "yordania", "pakistan", "bangladesh", "taiwan", "hong kong"),
        *("kanada", "meksiko", "brasil", "argentina", "swiss", "swedia", "norwegia", "radio"),
    ]
)
CREDIT = re.compile(
    rf"""
    \b(?: menurut | mengutip | (?:di)?kutip | kutipan | disitat | (?:me|di)lansir | lansir | disadur
        | menyadur | (?:di|me)lapor(?:kan)? | diberitakan | dikabarkan | diwartakan | diungkapkan
        | dimuat | dirilis | laporan | lapor | tulis | ditulis | (?:di)?sitat | sumber\s*:
        | kantor\ berita | kepada | wawancara (?:\ khusus|\ eksklusif)? | diwawancara(?:i)?
        | tayang | melalui | terbit | dinukil | menukil | nukil | dihimpun | dirangkum | diperoleh
        | diungkap | pantauan | mengacu | merujuk | klaim | demikian | disiarkan
    )
    (?: \s+(?:dari|oleh|di|pada|dengan|bersama|ke|sebelumnya|langsung|pertama\ kali) )*
    (?: [\s,:]+(?:{KINDS.replace(" ", "[ ]")}) )*
    [\s,:]+ (?:the\s+)? (?:https?://)? (?:www\.)? \Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
CREDITING = required(CREDIT) or frozenset([""])  # small letters of which a credit has some
PHOTO_AGENCIES = "Getty|EPA|Shutterstock"
REPORTS = re.compile(
    r"\s*,?\s+(?:juga\s+)?(?:melaporkan|memberitakan|mewartakan|mengabarkan|menulis|melansir"
    r"|menyiarkan|menyebut|mengutip)\b|\s+via\s"
    rf"(?!{PHOTO_AGENCIES})"
)
# Who and what a picture comes from, in the brackets behind its caption: "(AFP/Getty Images)"
PICTURED = re.compile(
    rf"\b(?:{PHOTO_AGENCIES}|iStock|Unsplash|Pool|Handout|HO|File|(?i:foto|photo|images|dok))\b"
)
FULL_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)+")
JOINED = re.compile(r"\s*(?:,|/|dan|&|serta|dari)\s*(?:the\s+)?\Z", re.IGNORECASE)
NOT_A_NAME = re.compile(
    r"\s+(?:I{1,3}\b|[A-Z]\w+\s+(?:Research|Economics)\b)"
)  # "AP II", an airport


@cache
def outlets() -> dict[str, tuple[tuple[str, str], ...]]:
    """The ways to write each outlet and its name, by their first letters up to another sign."""
    text = files("corpora").joinpath("data").joinpath("outlets.txt").read_text("utf-8")
    found: dict[str, dict[str, str]] = {}
    for line in (line.strip() for line in text.splitlines()):
        if not line or line[0] == "#":
            continue
        name, _, others = line.partition("=")
        name = name.strip()
        for way in (name, *filter(None, map(str.strip, others.split(",")))):
            for written in (way, way.upper()):
                first = FIRST_WORD.match(written)
                key = first[0] if first else written
                found.setdefault(key, {}).setdefault(written, name.removeprefix("The "))
    longest_first = {key: sorted(ways, key=len, reverse=True) for key, ways in found.items()}
    return {key: tuple((way, found[key][way]) for way in longest_first[key]) for key in found}


@cache
def outlet_names() -> frozenset[str]:
    """The names of outlets however they are written, in small letters."""
    return frozenset(way.lower() for ways in outlets().values() for way, _ in ways)


@cache
def first_words() -> frozenset[bytes]:
    """The letters that the names begin with, up to another sign."""
    return frozenset(first.encode() for first in outlets())


def letter_runs(text: str) -> list[bytes]:
    """The runs of letters of a text, those beyond ASCII not counted; no pattern is as fast.

    >>> letter_runs("(CNN/AFP) é la carte")
    [b'CNN', b'AFP', b'la', b'carte']
    """
    return text.encode("utf-8", "surrogatepass").translate(ONLY_LETTERS).split()


def outlets_of(text: str) -> tuple[str, ...]:
    """Outlets that a text says it has its story from, in order, each once.

    >>> outlets_of("Hal itu dikutip dari Reuters, kata dia, menurut AFP.")
    ('Reuters', 'AFP')
    >>> outlets_of("Ia menonton CNN. Foto: Reuters. Demikian dilaporkan media Inggris, The Sun.")
    ('Sun',)
    >>> outlets_of("Haaretz dan The Guardian melaporkan hal itu. Ia membaca Bild.")
    ('Haaretz', 'Guardian')
    """
    found: dict[str, str] = {}
    done = credited_end = -1  # behind the last one: "dilansir AFP dan Reuters" credits both
    waiting: list[str] = []  # names that what stands behind the next one may credit
    names = sorted({*named_outlets(text), *domains(text)}, key=lambda each: (each[0], -each[1]))
    for start, end, name in names:
        if start < done:
            continue  # "Tempo" in "Koran Tempo"
        if done < 0 or not JOINED.fullmatch(text, done, start):
            waiting = []
        before, done = text[max(0, start - LOOK_BACK) : start], end
        is_next = credited_end >= 0 and JOINED.fullmatch(text, credited_end, start) is not None
        if is_next or is_credited(before, text[end : end + 60]):
            others = waiting if REPORTS.match(text, end) else []
            for each in (*others, name):
                found.setdefault(each.casefold(), each)
            credited_end, waiting = end, []
        else:
            waiting.append(name)
    return tuple(found.values())


def is_credited(before: str, behind: str) -> bool:
    """Tell from what stands around a name whether the story comes from there.

    >>> is_credited("hal itu dikutip dari laman ", ", Senin"), is_credited("Ia menonton ", " lagi.")
    (True, False)
    >>> is_credited("(", ") - Presiden"), is_credited("", " melaporkan bahwa")
    (True, True)
    >>> [is_credited("(", behind) for behind in ("/AFP)", "/Getty Images)", "/Budi Adi)")]
    [True, False, False]
    """
    if (may_credit(before) and CREDIT.search(before)) or REPORTS.match(behind):
        return True
    if not before.endswith(("(", "(The ")) or not behind.startswith((")", "/", " )")):
        return False
    inside = behind.partition(")")[0]
    return not any(is_pictured(part.strip()) for part in inside.split("/"))


def is_pictured(name: str) -> bool:
    """Tell whether a name beside that of an outlet is of who took or sent a picture.

    >>> names = ("Getty Images", "Budi Adi", "Media Indonesia", "Radar Kota", "OL-3", "fer")
    >>> [name for name in names if is_pictured(name)]
    ['Getty Images', 'Budi Adi']
    """
    if PICTURED.search(name):
        return True
    first, *_ = words = name.split() or [""]
    is_outlet = name in dict(outlets().get(first, ()))
    is_named = is_outlet or not word_list("outlet_words").isdisjoint(name.lower().split())
    return len(words) > 1 and FULL_NAME.fullmatch(name) is not None and not is_named


def may_credit(before: str) -> bool:
    """Tell whether a text has a word that credits; the pattern itself takes ten times as long.

    >>> may_credit("Demikian dilansir "), may_credit("Ia menonton ")
    (True, False)
    """
    small = before.lower()
    return any(word in small for word in CREDITING) or not before.isascii()


def named_outlets(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of every outlet that is in the list."""
    known = outlets()
    for first in map(bytes.decode, first_words().intersection(letter_runs(text))):
        start = text.find(first)
        while start >= 0:
            end = start + len(first)
            if not text[max(0, start - 1) : start].isalnum():
                for way, name in known[first]:
                    if text.startswith(way, start) and is_whole(text, start + len(way)):
                        end = start + len(way)
                        yield start, end, name
                        break
            start = text.find(first, end)


def is_whole(text: str, end: int) -> bool:
    """Tell whether a name that ends here is no part of a longer name or of an address."""
    if text[end : end + 1].isalnum() or NOT_A_NAME.match(text, end):
        return False
    return ENDING.match(text, end) is None


def domains(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of every domain of the web; those of mail addresses are none."""
    for match in ENDING.finditer(text):
        start = max(0, match.start() - LOOK_BACK)
        before = text[start : match.start()]
        start += len(before.rstrip(DOMAIN_CHARACTERS))
        name = DOMAIN_TAIL.search(text, start, match.start())
        if not name:
            continue
        start = name.start()
        if text[max(0, start - 1) : start] not in ("@", ".", "-", "_"):
            bare = name[0].removeprefix("www.")
            yield start + len(name[0]) - len(bare), match.end(), bare + match[0]

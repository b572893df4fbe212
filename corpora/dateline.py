"""Datelines: the place and the outlet that open a report.

Patterns tell what has the shape of one; what is known of places, of outlets and of common words
tells whether it is one, and what stands behind it, whether two places are the ends of a road.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpora.attribution import outlet_names
from corpora.towns import (
    begins_with_town,
    is_common_word,
    is_known_place,
    may_be_place,
    regions,
    sections,
    towns,
)
from corpora.word_counts import word_list

# Repeats are bounded, so that a line of nothing but capitals costs no more than others.
DASH = r"(?:\s{0,9}(?:-{2,9}|[–—])\s{0,9}|\s{1,9}-\s{0,9}|-\s{1,9})"
LOOSE_DASH = r"\s{1,9}(?:-{2,9}|[-–—])\s{1,9}"
SUFFIX = r"com|co|co\.id|id|net|tv|go\.id"
DOMAIN = rf"[A-Za-z][\w-]{{0,40}}\.(?i:{SUFFIX})"
WORD = r"[A-Z][\w.'’-]{1,40}"
PLACE = rf"(?:{WORD}(?:[ ]{WORD}){{0,3}})"
CAPITALS = r"[A-Z]{2}[A-Z0-9.]{0,38}(?:[ ][A-Z0-9.]{2,40}){0,2}"
SLASHED = r"\d{1,2}/\d{1,2}(?:/\d{4})?"
DATE = rf"(?:,?[ ](?:{SLASHED}|\d{{1,2}}[ ](?:[A-Z][a-z]{{2,8}})\.?(?:[ ]\d{{4}})?))"
AGENCIES = (
    "Antara(?:[ ][A-Z][a-z]{1,20})?|Reuters|Yonhap|Xinhua|Kyodo|Interfax|Bernama|"
    "Anadolu(?:[ ]Agency)?|Kompas|Tempo|Republika|Beritasatu|Okezone|Media[ ]Indonesia|kumparan|"
    "detikcom|(?:detik|kumparan)[A-Z][A-Za-z]{1,20}"
)
OFFICES = r"(?:Humas|Kominfo|Diskominfo|InfoPublik)(?:[ ][A-Z]\w{1,40}){0,3}"
DAYS = "(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu|Ahad)"
OUTLET = (
    rf"(?:{DOMAIN}|{AGENCIES}|(?:CNN|CNBC|BBC|VOA)(?:[ ]Indonesia)?|{CAPITALS}|"
    r"[A-Z]\w{1,40}[ ](?:TV|News|Interaktif)(?:[ ]Indonesia)?)"
)
CITY = rf"(?:{'|'.join(map(re.escape, sections()['capitals']))})"
FIRST_WORD = re.compile(r"\w*")
SURE_OUTLET = re.compile(rf"{DOMAIN}|[A-Z][A-Z-]+\.[A-Z]{{2,6}}|{AGENCIES}|(?i:{DAYS})")
BODIES, NEWSY = map(word_list, ("bodies", "outlet_words"))
# What is said of a road or a flight, behind its other end
ROAD = re.compile(
    rf"{PLACE} (?:(?:kini|hanya|cuma|dapat|bisa|kembali|akan|masih|mulai|juga|sudah) ){{0,3}}"
    r"(?:ditempuh|dilayani|berjarak|terhubung|dihubungkan|tersambung|macet|tersendat|lancar|padat|PP)\b"
)
WEATHER = re.compile(
    r"(?:Hujan|Cerah|Berawan|Mendung|Gerimis|Kabut|Asap|Petir|Badai|Udara kabur)\b"
    r"(?! [a-z]+ me[lmnrwy])(?! me[lmnrwy])"
)
VERB = re.compile(
    r"\b(?:me[lmnrwy]|di[a-z]|ber|ter)[a-z]{3,}|\b(?:akan|tiba|telah|sudah|tidak|masih|kembali|naik|turun"
    r"|tewas|kata|jadi|bakal|mulai|ingin|minta|buka|tutup|gelar|ada|bisa|batal|usai)\b"
)
FEWEST_WORDS = 4  # behind the colon of a place that a report begins with
SIGN = re.compile("[-–—:|]| NU Online ")  # of which all datelines but one shape have some
LONGEST = 200  # characters of a dateline
LONGEST_OPENING = 200  # characters behind a dateline that are looked at


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
    >>> dateline_of("TRENGGALEK - Bupati tiba."), dateline_of("ASN - Pegawai negeri.")
    (Dateline(text='TRENGGALEK - ', end=13), None)
    """
    if SIGN.search(line, 0, LONGEST):
        for pattern, is_dateline in SHAPES:
            found = pattern.match(line)
            if found and is_opening(opening(found)) and is_dateline(found):
                return Dateline(found[0], found.end())
    return undashed(line)


def opening(found: re.Match[str]) -> str:
    """What stands behind what may be a dateline."""
    return found.string[found.end() : found.end() + LONGEST_OPENING]


def is_opening(text: str) -> bool:
    """Tell whether a text begins as a sentence does."""
    bare = text.lstrip("\"“'‘(")
    return text[:1].isprintable() and (bare[:1].isupper() or bare[:1].isdigit())


def is_outlet(name: str) -> bool:
    """Tell whether a name is a domain, an outlet of the list, or a day, which stands in its place.

    >>> [is_outlet(name) for name in ("KABAR.com", "ANTARA", "BATU POST", "SENIN", "KABAR DUKA")]
    [True, True, True, True, False]
    """
    if SURE_OUTLET.fullmatch(name):
        return True
    words = name.lower().split()
    others = [word for word in words if word not in NEWSY]
    names = outlet_names()
    is_named = any(word in names or word in towns() or not is_common_word(word) for word in others)
    return (is_named and len(others) < len(words)) or " ".join(words) in names


def is_body(name: str) -> bool:
    """Tell whether the acronym of what reports speak of, rather than of who reports, opens a name.

    >>> is_body("KPK"), is_body("COVID-19"), is_body("KOMPAS")
    (True, True, False)
    """
    return FIRST_WORD.match(name.lower())[0] in BODIES  # type: ignore[index]


def is_nobody(name: str) -> bool:
    """Tell whether a name is of a body that reports speak of, or is made of common words.

    >>> [is_nobody(name) for name in ("KPK", "Jaringan Pribadi", "BATU", "KOMPAS", "KABARKITA")]
    [True, True, False, False, False]
    """
    if is_body(name):
        return True
    words = name.lower().split()
    is_known = is_known_place(name) or is_outlet(name) or not NEWSY.isdisjoint(words[:-1])
    return not is_known and all(map(is_common_word, words))


def is_place(name: str) -> bool:
    """Tell whether a name is that of a place, or may be that of a small one.

    >>> [is_place(name) for name in ("KAB. BANDUNG", "PANGALENGAN", "SMA NEGERI", "COVID")]
    [True, True, False, False]
    """
    return is_known_place(name) or (not is_body(name) and may_be_place(name))


def is_pair(found: re.Match[str]) -> bool:
    """Tell whether a place and an outlet, in either order, stand before a dash."""
    first, second = found["first"].split("/")[0], found["second"]
    if re.fullmatch(DOMAIN, first) or re.fullmatch(DOMAIN, second):
        return True
    if is_known_place(first) and is_known_place(second):
        return second.lower() in regions()  # "Bandung, Jawa Barat"
    for place, other in ((first, second), (second, first)):
        if is_known_place(place):
            return not is_body(other) and (other.isupper() or place.isupper() or is_outlet(other))
    if is_nobody(first) or is_nobody(second):
        return False
    is_written = first.isupper() or second.isupper()
    return is_outlet(first) or is_outlet(second) or (is_place(first) and is_written)


def is_bracketed(found: re.Match[str]) -> bool:
    """Tell whether a place stands before an outlet in brackets, not a name before its acronym."""
    place, parts = found["place"].split("/")[0], re.split("[/-]", found["outlet"])
    if any(map(is_outlet, parts)):
        return True
    if any(map(is_body, parts)) or is_known_place(parts[0]):
        return False
    initials = "".join(word[0] for word in place.split())
    return is_known_place(place) or not (is_nobody(place) or initials == parts[0])


def is_agency(found: re.Match[str]) -> bool:
    """Tell whether an agency stands before a dash; not "antara", which means "between"."""
    first, _, branch = found["outlet"].partition(" ")
    return first != "Antara" or not branch or (is_known_place(branch) and not ends_road(found))


def is_in_capitals(found: re.Match[str]) -> bool:
    """Tell whether a place or an outlet in capitals stands before a dash."""
    name = found["name"].strip()
    if is_place(name):
        return not ends_road(found)
    return not is_body(name) and is_outlet(name)


def ends_road(found: re.Match[str]) -> bool:
    """Tell whether a place stands behind a dash, to which a road or a flight leads.

    >>> lines = ["Tokyo - Osaka padat.", "Tokyo - Kota Lama macet.", "Tokyo - Kaisar tiba."]
    >>> [ends_road(re.match("Tokyo - ", line)) for line in lines]
    [True, True, False]
    """
    text = opening(found)
    return begins_with_town(text) or ROAD.match(text) is not None


def is_told(found: re.Match[str]) -> bool:
    """Tell whether a report stands behind the colon of a place, not its weather or a list.

    >>> lines = ["Medan: Hujan ringan pada siang hari.", "Medan: Ribuan warga menonton karnaval."]
    >>> [is_told(re.match("Medan: ", line)) for line in lines]
    [False, True]
    """
    text = opening(found)
    is_long = len(text.split()) >= FEWEST_WORDS
    return is_long and VERB.search(text) is not None and not WEATHER.match(text)


def undashed(line: str) -> Dateline | None:
    """The outlet and the place before a report without a dash between, if they open a line.

    >>> undashed("Warta9.com, Kuala Lumpur Perdana Menteri Malaysia tiba.").text
    'Warta9.com, Kuala Lumpur '
    """
    found = NAMED.match(line)
    if not found or not is_outlet(found["outlet"]):
        return None
    words = opening(found).split(" ")
    for count in (3, 2, 1):
        name = " ".join(words[:count]).removesuffix(":")
        is_last = count == 1 and re.fullmatch(DOMAIN, found["outlet"]) and not is_nobody(name)
        if re.fullmatch(PLACE, name) and (is_known_place(name) or is_last):
            end = found.end() + len(" ".join(words[:count])) + 1
            return Dateline(line[:end], end) if line[end : end + 1].isupper() else None
    return None


NAMED = re.compile(rf"(?P<outlet>{OUTLET}),\s{{1,9}}(?={WORD})")
ALWAYS: Callable[[re.Match[str]], bool] = bool
SHAPES = tuple(
    (re.compile(pattern), is_dateline)
    for pattern, is_dateline in (
        # JAKARTA, KABAR.com -    KABAR.CO.ID, JAKARTA --
        (
            rf"(?P<first>{PLACE}(?:/{PLACE})?|{DOMAIN}),\s{{1,9}}"
            rf"(?P<second>{OUTLET}|{PLACE}){DATE}?{DASH}",
            is_pair,
        ),
        # Jakarta (ANTARA) -    MEDAN (KABAR):
        (
            rf"(?P<place>{PLACE}(?:/{PLACE})?)(?:,[ ]{PLACE})?{DATE}?,?\s{{1,9}}"
            rf"\((?P<outlet>{OUTLET}(?:[/-]{OUTLET})?)\)(?:{DATE}?\.?{DASH}|:\s{{1,9}})",
            is_bracketed,
        ),
        # JAKARTA, Senin (4/8/2025) -
        (
            rf"(?P<name>{PLACE}),[ ](?:{DAYS}[ ]\([\d/]{{3,10}}\)|{SLASHED}){DASH}",
            lambda found: is_known_place(found["name"]) or is_in_capitals(found),
        ),
        (rf"(?!Solo:){CITY}:\s{{1,9}}(?=[A-Z])", is_told),  # Jakarta: Presiden tiba
        # KABAR.CO.ID - JAKARTA.
        (
            rf"(?:[A-Z]{{2,20}} )?{DOMAIN}\s{{0,9}}[-–—|]\s{{0,9}}"
            rf"(?P<name>[A-Z]{{4,40}}(?: [A-Z]{{4,40}})?)(?:\.\s{{1,9}}|{DASH})",
            lambda found: is_place(found["name"]),
        ),
        (rf"{DOMAIN}—(?=[A-Z])", ALWAYS),  # Kabar.com—Presiden tiba
        (rf"(?P<outlet>{DOMAIN}|{AGENCIES}){LOOSE_DASH}", is_agency),  # Kabar.com -
        (
            rf"(?:KBRN|(?i:RRI\.co\.id)),\s{{1,9}}{PLACE}\s{{0,9}}(?::\s|{DASH})",
            ALWAYS,
        ),  # KBRN, Jakarta:
        (
            rf"\((?P<outlet>{OUTLET})\){DASH}",
            lambda found: not is_nobody(found["outlet"]),
        ),  # (CNN) -
        # SEOUL -    TAWAU, 7 Des -
        (
            rf"(?P<name>[A-Z][A-Z.'’ ]{{2,30}}){DATE}?[ ](?:-{{2,9}}|[-–—])[ ](?![A-Z]{{3,40}}:)",
            is_in_capitals,
        ),
        # Bandung, Humas -
        (rf"{OFFICES},\s{{1,9}}{PLACE}{DASH}|{PLACE},\s{{1,9}}{OFFICES}{DASH}", ALWAYS),
        (rf"{CITY}(?:[ ][-–—][ ]?|[-–—][ ])", lambda found: not ends_road(found)),  # Jakarta -
        (rf"{PLACE},[ ]NU[ ]Online[ ](?=[A-Z])", ALWAYS),
    )
)

"""Datelines: the place and the outlet that open a report."""

import re
from dataclasses import dataclass

DASH = r"\s*(?:--+|[-–—])\s*"
SUFFIX = r"com|co|co\.id|id|net|tv|go\.id"
DOMAIN = rf"[A-Za-z]\w*\.(?i:{SUFFIX})"
PLACE = r"(?:[A-Z][\w.'’-]+(?:[ ][A-Z][\w.'’-]+){0,3})"
SLASHED = r"\d{1,2}/\d{1,2}(?:/\d{4})?"
DATE = rf"(?:,?[ ](?:{SLASHED}|\d{{1,2}}[ ](?:[A-Z][a-z]{{2,8}})\.?(?:[ ]\d{{4}})?))"
# Acronyms of what reports speak of rather than of those that report
BODIES = (
    r"(?:KPK|TNI|POLRI|DPRD?|MPR|MK|MA|PDIP|PKS|PKB|PAN|PPP|PSI|OJK|BUMN|PBB|AS|PT|KPU|BMKG|BPS|"
    r"PSSI|FIFA|UEFA|AFC|AFF|PBSI|KONI|IOC|ISIS|NATO|ASEAN|OPEC|WHO|IMF|WTO|UE|RI|BI|MUI|NU|IDI|PGRI|"
    r"BNPB|BPOM|BPJS|BIN|BNN|LPSK|ICW|YLKI|HMI|KSPI|OPM|GAM|UU|RUU|PLN|KAI|PSBB|UMKM)\b"
)
AGENCIES = (
    "Antara(?:[ ][A-Z][a-z]+)?|Reuters|Yonhap|Xinhua|Kyodo|Interfax|Bernama|Anadolu(?:[ ]Agency)?|"
    "Kompas|Tempo|Republika|Beritasatu|Okezone|Media[ ]Indonesia|kumparan|detikcom"
)
OFFICES = r"(?:Humas|Kominfo|Diskominfo|InfoPublik)(?:[ ][A-Z]\w+){0,3}"
# What stands in headings, not in the names of places: "HARGA EMAS HARI INI - "
HEADS = (
    r"(?![A-Z ]*\b(?:INI|HARI|HARGA|UNITED|FC|CARA|TIPS|LINK|JADWAL|HASIL|SKOR|VIDEO|FOTO|"
    r"UPDATE|TERBARU|TERKINI|VIRAL|HEBOH|LIVE|REKAP|PROFIL|BREAKING|NEWS)\b)"
)
DAYS = "(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu|Ahad)"
OUTLET = (
    rf"(?:(?!{BODIES})(?:{DOMAIN}|{AGENCIES}|(?:CNN|CNBC|BBC|VOA)(?:[ ]Indonesia)?|"
    r"[A-Z]{2,}[A-Z0-9.]*(?:[ ][A-Z0-9.]{2,}){0,2}|"
    r"[A-Z]\w+[ ](?:TV|News|Interaktif)(?:[ ]Indonesia)?))"
)
# Places before whose reports some sites set no outlet: "Jakarta - Presiden tiba"
CITIES = "|".join(
    [
        *("Jakarta", "Bandung", "Surabaya", "Semarang", "Yogyakarta", "Medan", "Makassar", "Solo"),
        *("Palembang", "Denpasar", "Malang", "Bogor", "Depok", "Tangerang", "Bekasi", "Serang"),
        *(
            "Cirebon",
            "Banda[ ]Aceh",
            "Padang",
            "Pekanbaru",
            "Jambi",
            "Bengkulu",
            "Bandar[ ]Lampung",
        ),
        *("Pontianak", "Banjarmasin", "Balikpapan", "Samarinda", "Manado", "Palu", "Kendari"),
        *("Ambon", "Jayapura", "Mataram", "Kupang", "Batam", "Banyuwangi", "Kediri", "Tasikmalaya"),
        *("Sukabumi", "Garut", "Karawang", "Tegal", "Kudus", "Magelang", "Klaten", "Sleman"),
        *("Jember", "Gresik", "Sidoarjo", "Mojokerto", "Madiun", "Washington", "London", "Moskow"),
        *("Beijing", "Tokyo", "Seoul", "Pyongyang", "Kiev", "Kyiv", "Gaza", "Paris", "Berlin"),
        *("New[ ]York", "Singapura", "Kuala[ ]Lumpur", "Bangkok", "Canberra", "Riyadh", "Teheran"),
        "Ankara",
    ]
)
# Two places with a dash are a road or a flight: "Jakarta - Bandung", "Jakarta - Cikampek"
NO_PLACE = rf"(?!(?:{CITIES}|Ci[a-z]+|Merak|Ngawi|Kertosono|Purbaleunyi|Yogya|Jogja|YIA)\b)"
DATELINE = re.compile(
    rf"""
      {PLACE}(?:/{PLACE})?,\s+{OUTLET}{DATE}?{DASH}          # JAKARTA, KABAR.com -
    | {OUTLET},\s+{PLACE}{DATE}?(?:{DASH}|:?\s+(?=[A-Z]))   # KABAR.CO.ID, JAKARTA --
    | (?:{CITIES}|[A-Z]{{4,}}),[ ](?:{DAYS}[ ]\([\d/]+\)|{SLASHED}){DASH}
    | {PLACE}(?:/{PLACE})?(?:,[ ]{PLACE})?{DATE}?,?\s+     # Jakarta (ANTARA) -
      \({OUTLET}(?:/{OUTLET})?\){DATE}?\.?{DASH}
    | (?:[A-Z]{{3,}}(?:[ ][A-Z]{{2,}}){{0,2}}|{CITIES})\s+   # MEDAN (KABAR):
      \({OUTLET}(?:-[A-Z]+)?\):\s+
    | (?!Solo:)(?:{CITIES}):\s+(?=[A-Z])                             # Jakarta: Presiden tiba
    | {DOMAIN}(?:\s*[-–—|]\s*)(?!{BODIES})[A-Z]{{4,}}(?:\.\s+|{DASH})  # KABAR.CO.ID - JAKARTA.
    | {DOMAIN}—(?=[A-Z])                                     # Kabar.com—Presiden tiba
    | (?:{DOMAIN}|{AGENCIES})\s+(?:--+|[-–—])\s+             # Kabar.com -
    | (?:KBRN|RRI\.co\.id),\s+{PLACE}\s*(?::\s|{DASH})       # KBRN, Jakarta:
    | \({OUTLET}\){DASH}                                   # (CNN) -
    | (?!{BODIES}){HEADS}[A-Z][A-Z.'’\ ]{{2,30}}{DATE}?     # SEOUL -
      [ ](?:--+|[-–—])[ ]{NO_PLACE}(?![A-Z]{{3,}}:)
    | {OFFICES},\s+{PLACE}{DASH} | {PLACE},\s+{OFFICES}{DASH}  # Bandung, Humas -
    | (?:{CITIES})(?:[ ][-–—][ ]?|[-–—][ ]){NO_PLACE}        # Jakarta -
    | {PLACE},[ ]NU[ ]Online[ ](?=[A-Z])
    """,
    re.VERBOSE,
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

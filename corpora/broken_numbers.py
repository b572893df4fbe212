"""Numbers that a rewriting machine broke at their separator: thousands, decimals, times, dates."""

import re

from corpora.spans import SpannedText

SCALE = (
    "ribu|juta|miliar|milyar|triliun|persen|kali|poin|derajat|sen|meter|kilometer|km|kg|ton|hektare"
)
SPACED_NUMBER = re.compile(r"[.,/:](?: [\d-]|(?<= [.,])\d)")
THOUSANDS = re.compile(
    r"(?<![\d.,])(?<![A-Za-z\d]-)(\d{1,3})((?:\. \d{3})+|(?: \.\d{3})+)"
    r"(?:(?![\d.,]*\d)|(?=,\d{1,2}(?![\d.,]*\d)))"
)
# Words whose number names one of a row and counts nothing, so that it may end a sentence before
# another number: "kelas 7. 300 siswa"
ROWS = frozenset(
    [
        *("abad", "ayat", "bab", "babak", "berumur", "berusia", "blok", "edisi", "episode", "fase"),
        *("gang", "gerbang", "golongan", "grup", "halaman", "hari", "hlm", "hlm.", "jalur", "jam"),
        *("jilid", "kamar", "kav.", "kelas", "kilometer", "km", "lantai", "level", "menit", "no"),
        *(
            "no.",
            "nomor",
            "pasal",
            "pekan",
            "peringkat",
            "pk",
            "pk.",
            "posisi",
            "pukul",
            "punggung",
        ),
        *("ronde", "rt", "rw", "semester", "seri", "stadium", "tahap", "tanggal", "tgl", "tgl."),
        *("umur", "urutan", "usia", "versi", "volume", "angka", "terminal", "ruang", "lt.", "ps."),
    ]
)
COUNTING = frozenset(["Sebanyak", "Sekitar", "Hampir", "Setidaknya", "Total", "Ada"])
CURRENCIES = frozenset(["rp", "rp.", "us$", "usd", "idr", "$", "s$", "sgd", "eur", "€"])
TOKEN_BEFORE = re.compile(r"([^\s(“\"]*)[ ]?$")
GROUP = re.compile(r"\d{3}")
DECIMAL = re.compile(r"(?:, (?<=\d, )| , ?(?<=\d ,)(?<! , )|(?<=\d) , )(?=\d{1,2}(?![\d,]))")
LONE_NUMBER = re.compile(r"(?<![\d,])(?<!\d )(?<!\d, )\d{1,3}$")
MEASURED = re.compile(rf"\d+(?: (?:{SCALE})\b| ?%)")
PRICED = re.compile(r"(?:US\$|S\$|Rp\.?|USD|€|\$) ?\d{1,3} ?$")  # before a comma
RATE = re.compile(r"\d+ (?:per|se(?:hari|bulan|tahun|jam))\b")
MEASURING = re.compile(r"(?:kekuatan|magnitudo) \d$")
BEHIND_CLOCK = (  # what stands behind a time rather than behind a number that counts
    "WIB|WITA|WIT|GMT|waktu|pagi|siang|sore|malam|petang|dini|hingga|sampai|s/d|dan|lalu|kemudian|"
    "di|ke|dari|pada|saat|ketika|untuk|oleh|dengan|tadi|kemarin|besok|nanti|setempat|itu"
)
MINUTES = re.compile(
    rf"\. (?<=\d\. )(?=\d{{2}}(?:$|[-–—,;:!?)/”\"]|\.(?!\d)| ?[-–—(]| (?:{BEHIND_CLOCK})\b| [A-Z]))"
)
CLOCK = re.compile(r"\b(?:[Pp]ukul|[Pp]k\.?|[Jj]am) \d{1,2}$")
ZONED = re.compile(r"\d{2} (?:WIB|WITA|WIT|GMT)\b")
EARLY_MINUTES = re.compile(
    r"(?: [.:] ?(?:(?<=\d [.:])|(?<=\d [.:] ))|: (?<=\d: ))(?=\d{2}\b(?![.,:]\d))"
)
MAGNITUDE = re.compile(r"(?<=[Mm]agnitudo \d)(?: ([.,]) ?|([.,]) )(?=\d\b)")
CENTS = re.compile(r", (?<=\.\d{3}, )(?=00\b|-(?:\s|$))")
SEASON = re.compile(r"(?<=\b[12]\d{3})(?: / ?|/ )(?=[12]\d{3}\b)")
DATE = re.compile(r"\b(\d{1,2}) ?/ ?(\d{1,2}) ?/ ?(\d{4})\b")


def join_numbers(text: SpannedText) -> SpannedText:
    """Close the space in thousands, decimals, times of day and dates.

    The same machines take the separator of a number for the end of a sentence or a clause. A
    decimal is joined only before a unit or behind what is never a list: "8, 9 dan 10" is one.

    >>> join_numbers(SpannedText.of("10. 000 ton, 4, 8 juta biji, pukul 10. 30, 12/ 6/ 2024")).text
    '10.000 ton, 4,8 juta biji, pukul 10.30, 12/6/2024'
    >>> join_numbers(SpannedText.of("Kelas 7, 8, dan 9. Tarifnya 10, 20, 30 persen. 2018. 9")).text
    'Kelas 7, 8, dan 9. Tarifnya 10, 20, 30 persen. 2018. 9'
    """
    if not SPACED_NUMBER.search(text.text):
        return text

    def decimal(match: re.Match[str]) -> str:
        text, end = match.string, match.start()
        is_lone = LONE_NUMBER.search(text, max(end - 9, 0), end)
        measures = MEASURED.match(text, match.end()) or MEASURING.search(
            text, max(end - 12, 0), end
        )
        if RATE.match(text, match.end()) and PRICED.search(text, max(end - 12, 0), end):
            return ","
        return "," if is_lone and measures else match[0]

    def minutes(match: re.Match[str]) -> str:
        is_clock = CLOCK.search(match.string, max(match.start() - 12, 0), match.start())
        return match[0].strip() if is_clock or ZONED.match(match.string, match.end()) else match[0]

    text = text.tightened(THOUSANDS, is_thousands)
    text = text.sub(DECIMAL, decimal).sub(MINUTES, minutes).sub(EARLY_MINUTES, minutes)
    text = text.sub(MAGNITUDE, lambda match: match[1] or match[2]).sub(CENTS, ",")
    return text.sub(SEASON, "/").tightened(DATE)


def is_thousands(match: re.Match[str]) -> bool:
    """Tell whether numbers with a stop and a space between them are one, and not two sentences.

    >>> lines = ["Sebanyak 12. 300 ton", "kelas 7. 300 siswa", "Boeing 737. 189 orang", "1. 300 g"]
    >>> [is_thousands(match) for line in lines for match in THOUSANDS.finditer(line)]
    [True, False, False, False]
    """
    groups = GROUP.findall(match[2])
    if len(groups) > 1 or groups[0][0] == "0" or match.string.startswith(",", match.end()):
        return True  # no sentence begins with 000
    token = TOKEN_BEFORE.search(match.string, max(match.start() - 40, 0), match.start())
    word = token[1] if token else ""
    if word.casefold() in CURRENCIES or (word and not match.string[match.start() - 1].isspace()):
        return True
    return word in COUNTING or (word[:1].islower() and word not in ROWS)

"""Numbers that a rewriting machine broke at their separator: thousands, decimals, times, dates."""

import re

from corpora.spans import SpannedText
from corpora.word_counts import word_list

SCALE = "ribu|juta|miliar|milyar|triliun"
UNITS = f"{SCALE}|persen|kali|poin|derajat|sen|meter|kilometer|km|kg|ton|hektare"
SPACED_NUMBER = re.compile(r"[.,/:](?: [\d-]|(?<= [.,])\d)")
THOUSANDS = re.compile(
    r"(?<![\d.,])(?<![A-Za-z\d]-)(\d{1,3})((?:\. \d{3})+|(?: \.\d{3})+)"
    r"(?:(?![\d.,]*\d)|(?=,\d{1,2}(?![\d.,]*\d)))"
)
GROUP = re.compile(r"\d{3}")
DECIMAL = re.compile(r"(?:, (?<=\d, )| , ?(?<=\d ,)(?<! , )|(?<=\d) , )(?=\d{1,2}(?![\d,]))")
LONE_NUMBER = re.compile(r"(?:(?<![\d.,])|(?<=\b[Rr]p\.))(?<!\d )(?<!\d, )\d{1,3}(?:\.\d{3})*$")
MEASURED = re.compile(rf"\d+(?: ({UNITS})\b| ?(%))")
# What stands behind a measure that says how far from something else: "5 poin di belakang"
APART = re.compile(
    r"\d+ (?:(?:poin|meter|kilometer|km) (?:di|dari|ke|jauhnya|sebelum|setelah)"
    r"|(?:poin|meter|kilometer|km|persen|kali|kg|ton) (?:lebih|kurang))\b|\d+ ?% (?:lebih|kurang)\b"
)
RATE = re.compile(r"\d+ (?:per|se(?:hari|bulan|tahun|jam))\b")
MEASURING = re.compile(r"(?:kekuatan|magnitudo) \d$")
COUNTED = r"orang|warga|korban|jiwa|rumah|bangunan|gedung|sekolah|desa|kota|anak|kali|unit|gempa"
QUAKE = re.compile(rf"\d\b(?! (?:{COUNTED})\b)")
ROWS, LEADING, COUNTING = map(word_list, ("rows", "leading_to_measures", "counting"))
CURRENCIES = frozenset(["rp", "rp.", "us$", "usd", "idr", "$", "s$", "sgd", "eur", "€"])
SIGNS = frozenset("±~+<>=≈-−–")  # what touches a number that counts
LONGEST_NUMBER = 40  # characters of a number and what touches it
NEAR = 80  # characters before a number that tell what it counts
GLUED = re.compile(r"[^\s(\[“\"'—]+$")
# The word before a number, or before the numbers that it is the last of: "kelas 7, 8, dan 9"
WORD_BEFORE = re.compile(
    r"((?:\b(?:per|tiap|setiap) )?[^\s(\[“\"']*) (?:(?:di (?:bawah|atas)|ke|antara|nomor) )?"
    r"(?:\d[\d.]*,? (?:(?:dan|atau|serta|hingga|sampai|s\.d\.) )?)*$"
)
BOUND = re.compile(r"\bdi (?:bawah|atas) $")
SHARE = re.compile(r"\d (?:dari|banding) $")
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
MAGNITUDE = re.compile(rf"(?<=[Mm]agnitudo \d)(?: ([.,]) ?|([.,]) )(?={QUAKE.pattern})")
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

    def minutes(match: re.Match[str]) -> str:
        is_clock = CLOCK.search(match.string, max(match.start() - 12, 0), match.start())
        return match[0].strip() if is_clock or ZONED.match(match.string, match.end()) else match[0]

    text = text.tightened(THOUSANDS, is_thousands)
    text = text.sub(DECIMAL, decimal).sub(MINUTES, minutes).sub(EARLY_MINUTES, minutes)
    text = text.sub(MAGNITUDE, lambda match: match[1] or match[2]).sub(CENTS, ",")
    return text.sub(SEASON, "/").tightened(DATE)


def decimal(match: re.Match[str]) -> str:
    """The comma of a decimal; what was matched if the two numbers may be no decimal."""
    text, end = match.string, match.start()
    whole = LONE_NUMBER.search(text, max(end - LONGEST_NUMBER, 0), end)
    return "," if whole and is_decimal(whole, match.end()) else match[0]


def is_decimal(whole: re.Match[str], behind: int) -> bool:
    """Tell whether a number and the digits at `behind`, behind a comma and a space, are one.

    >>> lines = ["naik 4, 8 persen", "nomor 7, 50 meter", "unggul 2-1, 3 poin", "Rp5, 2 kg"]
    >>> wholes = [(line, line.index(",")) for line in lines]
    >>> [is_decimal(LONE_NUMBER.search(line, 0, end), end + 2) for line, end in wholes]
    [True, False, False, False]
    """
    text = whole.string
    unit = MEASURED.match(text, behind)
    if is_price(text, whole.start()):
        return RATE.match(text, behind) is not None or bool(unit and unit[1] in SCALE.split("|"))
    if MEASURING.search(text, max(whole.end() - 12, 0), whole.end()):
        return QUAKE.match(text, behind) is not None
    if not unit:
        return False
    word = word_of_number(text, whole.start())
    if word is None or (names_one(word) and whole[0] != "0" and text[behind] != "0"):
        return False
    is_large_share = len(whole[0]) > 2 and (unit[2] or unit[1] == "persen")
    is_bound = BOUND.search(text, max(whole.start() - 9, 0), whole.start())  # "usia di bawah 30"
    is_apart = APART.match(text, behind) and not word.endswith((",", ":"))
    return word.lower() in LEADING or not (is_large_share or is_bound or is_apart)


def is_thousands(match: re.Match[str]) -> bool:
    """Tell whether numbers with a stop and a space between them are one, and not two sentences.

    >>> lines = ["Sebanyak 12. 300 ton", "kelas 7. 300 siswa", "Boeing 737. 189 orang", "1. 300 g"]
    >>> [is_thousands(match) for line in lines for match in THOUSANDS.finditer(line)]
    [True, False, False, False]
    """
    groups = GROUP.findall(match[2])
    if len(groups) > 1 or groups[0][0] == "0" or match.string.startswith(",", match.end()):
        return True  # no sentence begins with 000
    if is_price(match.string, match.start()):
        return True
    word = word_of_number(match.string, match.start())
    return not (word is None or word == "" or names_one(word))


def is_price(text: str, start: int) -> bool:
    """Tell whether a currency stands before the number at `start`.

    >>> [is_price(line, line.index("5")) for line in ("Rp5, 2 juta", "US$ 5, 2 juta", "naik 5, 2")]
    [True, True, False]
    """
    near = text[max(start - LONGEST_NUMBER, 0) : start].removesuffix(" ")
    found = GLUED.search(near)
    return found is not None and (
        found[0].casefold() in CURRENCIES or found[0].endswith(("$", "€"))  # "menjadi$81, 73"
    )


def word_of_number(text: str, start: int) -> str | None:
    """The word that tells what the number at `start` counts; None if that is a part of a name.

    >>> lines = ["kelas 7", "Kelas 6, 7", "ke-7", "KM7", "(7", "per tahun 7", "usia di bawah 7"]
    >>> [word_of_number(line, line.index("7")) for line in lines]
    ['kelas', 'Kelas', None, None, '', 'per tahun', 'usia']
    """
    near = text[max(start - NEAR, 0) : start]
    if glued := GLUED.search(near):
        if not SIGNS.issuperset(glued[0]):
            return None
        near = near[: glued.start()]
    if SHARE.search(near):
        return None
    found = WORD_BEFORE.search(near)
    return found[1] if found else ""


def names_one(word: str) -> bool:
    """Tell whether a number behind a word names one of a row, or is part of a name.

    >>> [word for word in ("nomor", "naik", "per hari", "Suhunya", "Boeing") if names_one(word)]
    ['nomor', 'Boeing']
    """
    small = word.lower()
    if small.removesuffix("nya") in ROWS:
        return True
    counts = small in COUNTING or small in LEADING or small.endswith(("nya", ",", ":", ")"))
    return word != small and not counts

"""Signs that a line is Indonesian, or is in another language: scripts, letters, function words.

This does not name languages; it only says whether a line belongs into an Indonesian article.
"""

import re

# The fifty or so words that a running Indonesian text of fifteen words hardly ever lacks.
INDONESIAN = frozenset(
    [
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "untuk",
        "dengan",
        "pada",
        "dalam",
        "ini",
        "itu",
        "adalah",
        "akan",
        "tidak",
        "juga",
        "telah",
        "sudah",
        "oleh",
        "sebagai",
        "ada",
        "bisa",
        "dapat",
        "atau",
        "karena",
        "saat",
        "setelah",
        "mereka",
        "kami",
        "kita",
        "saya",
        "ia",
        "dia",
        "para",
        "serta",
        "hingga",
        "tak",
        "lebih",
        "kata",
        "antara",
        "bagi",
        "agar",
        "namun",
        "tetapi",
        "tersebut",
        "masih",
        "lagi",
        "buat",
        "hendak",
        "kepada",
        "seperti",
        "belum",
        "bukan",
        "tanpa",
        "jika",
        "kalau",
        "sebelum",
        "secara",
        "sejak",
        "menjadi",
        "merupakan",
        "lalu",
        "mengatakan",
        "ujar",
        "tutur",
        "ucap",
        "jadi",
        "terus",
        "hanya",
        "satu",
        "dua",
        "tiga",
        "orang",
        "tahun",
        "hari",
        "nya",
    ]
)
ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "for",
        "on",
        "with",
        "that",
        "at",
        "by",
        "from",
        "as",
        "are",
        "was",
        "were",
        "be",
        "been",
        "this",
        "have",
        "has",
        "had",
        "it",
        "its",
        "not",
        "but",
        "or",
        "an",
        "you",
        "your",
        "our",
        "we",
        "they",
        "their",
        "will",
        "would",
        "which",
        "who",
        "after",
        "before",
        "when",
        "all",
        "can",
        "more",
        "about",
        "into",
        "than",
        "he",
        "she",
        "his",
        "her",
    ]
)
# Malay words that Indonesian news does not use, or spells another way.
MALAY = frozenset(
    [
        "polis",
        "kerajaan",
        "bomba",
        "sila",
        "pautan",
        "menerusi",
        "boleh",
        "ialah",
        "awak",
        "anda-anda",
        "cawangan",
        "kempen",
        "bahawa",
        "disember",
        "ogos",
        "julai",
        "jun",
        "berkaitan",
        "muat",
        "daftar-masuk",
        "sahaja",
        "mahkamah",
        "pejabat",
        "pengarah",
        "sukan",
        "rencana",
        "kini-kini",
        "hantarkan",
        "sidang",
        "pengarang",
        "semasa",
        "turut",
        "lelaki",
        "motosikal",
        "kongsi",
        "ringgit",
        "mac",
        "april-mei",
        "bahagian",
        "beliau-beliau",
    ]
)
OTHER_SCRIPT = re.compile(r"[\u0370-\u1CFF\u2E80-\uD7FF\uF900-\uFAFF\uFE70-\uFEFF]")
VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1EA0-\u1EF9]")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def words(text: str) -> list[str]:
    """The words of a text in lower case; a reduplicated word counts once.

    >>> words("Negara-negara itu, 12 jumlahnya.")
    ['negara-negara', 'itu', 'jumlahnya']
    """
    return [word.lower() for word in WORD.findall(text)]


def is_foreign(text: str) -> bool:
    """Tell whether a line is mostly in another language than Indonesian.

    Names and quotations in an Indonesian line do not make it foreign.

    >>> is_foreign("Surat kabar Nhân Dân melaporkan bahwa banjir itu sudah surut.")
    False
    >>> is_foreign("Độc lập - Tự do - Hạnh phúc")
    True
    >>> is_foreign("Sign up for our newsletter and get all of the news")
    True
    """
    found = words(text)
    if not found:
        return False
    other = sum(bool(OTHER_SCRIPT.search(word) or VIETNAMESE.search(word)) for word in found)
    indonesian = sum(word in INDONESIAN for word in found)
    if other > indonesian and other >= 0.4 * len(found):
        return True
    english = sum(word in ENGLISH for word in found)
    malay = sum(word in MALAY for word in found)
    return (english >= 2 and english > 2 * indonesian) or (malay >= 2 and malay > indonesian)

"""Patterns of personal data: addresses, telephone numbers, numbers after a word that names them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpora.publishing.personal_numbers import (
    is_card,
    is_international,
    is_mobile,
    is_nik,
    is_tax_number,
)

NOT_IN_NUMBER = r"(?<![\w.,/\-])"
AFTER_NUMBER = r"(?![\w]|[.,/\-]\d)"
# Behind a telephone number, another may stand after a comma or a stroke alone.
AFTER_PHONE = r"(?!\w|[.\-]\d|[,/](?!\(?(?:\+?62|0)\d|\d{5})\d)"
# Area codes of Indonesian landlines begin so (Rencana Dasar Teknis, Permenkominfo 14/2018)
LANDLINE = r"0(?:2[1-9]|3[1-9]|4[0-9]|5[1-9]|6[1-9]|7[0-9]|9[0-9])\d?"
# A separator inside a telephone number
GAP = r"[ .\-]?"


@dataclass(frozen=True, slots=True)
class Detector:
    """A pattern, and what must hold of its match before it is believed.

    Attributes:
        kind: what is found; its mask is `[KIND]`.
        pattern: its group 1, where there is one, is the data.
        holds: of the data.

    Its pattern is tried only on texts that hold a run of digits long enough for it or, where a word
    must say what a number is, one of those words: trying all patterns takes ten times as long.
    """

    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = bool

    @property
    def gate(self) -> str:
        """Name of what a text must hold for the pattern to be tried."""
        if self.kind == "email":
            return "sign"
        return "word" if self.pattern.flags & re.IGNORECASE else "long"


def named(words: str, number: str, after: str = AFTER_NUMBER) -> re.Pattern[str]:
    """Numbers after a word that says what they are, with little in between."""
    between = (
        r"(?:[ \t]*(?:\([\w ]+\)|nomor|nomer|no|number|num|dengan|with|atas|of|adalah|is|a\.?n|RI)"
        r"\b\.?)*"
    )
    return re.compile(
        rf"\b(?:{words})\b\.?{between}[ \t]*[:=#]?[ \t]*({number}){after}", re.IGNORECASE
    )


EMAIL = re.compile(
    r"(?<![\w.+\-])[\w.+\-]*\w(?:@|[ ]?[\[(](?:at|et)[\])][ ]?)"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?(?:\.|[ ]?[\[(](?:dot|titik)[\])][ ]?))+"
    r"[A-Za-z]{2,}\b"
)
PHONE_WORDS = (
    "telepon|telpon|telp|tlp|tel|hp|handphone|ponsel|wa|whatsapp|hotline|sms|fax|faks|faksimile|phone|"
    "mobile|cell|telephone|call|hubungi|kontak|contact|call center"
)
DETECTORS: tuple[Detector, ...] = (  # the first that finds a stretch of text has it
    Detector("email", EMAIL),
    Detector("card", re.compile(rf"{NOT_IN_NUMBER}(?:\d[ \-]?){{12,18}}\d{AFTER_NUMBER}"), is_card),
    Detector(
        "npwp",
        re.compile(
            rf"{NOT_IN_NUMBER}\d\d\.\d{{3}}\.\d{{3}}\.\d[\-.]\d{{3}}\.\d{{3}}{AFTER_NUMBER}"
        ),
    ),
    Detector("npwp", named("NPWP|tax id(?:entification)?", r"(?:\d[ .\-]?){14,15}\d")),
    Detector("npwp", re.compile(rf"{NOT_IN_NUMBER}\d{{15}}{AFTER_NUMBER}"), is_tax_number),
    Detector(
        "nik",
        named(
            "NIK|KTP|e-KTP|KK|kartu keluarga|nomor induk kependudukan|ID card|identity card",
            r"\d(?:[ .\-]?\d){15}",
        ),
    ),
    Detector("nik", re.compile(rf"{NOT_IN_NUMBER}\d{{16}}{AFTER_NUMBER}"), is_nik),
    Detector(
        "nik", re.compile(rf"{NOT_IN_NUMBER}\d{{4}}(?:[ \-]\d{{4}}){{3}}{AFTER_NUMBER}"), is_nik
    ),
    Detector(
        "nik",
        re.compile(rf"{NOT_IN_NUMBER}\d{{6}}[ .\-]\d{{6}}[ .\-]\d{{4}}{AFTER_NUMBER}"),
        is_nik,
    ),
    Detector("passport", named("paspor|passport", r"[A-Z]{1,2}[ ]?\d{6,7}")),
    Detector(
        "id",
        named("SIM|NIP|NISN|BPJS|NUPTK|KITAS|KITAP|driving licen[cs]e", r"\d(?:[ .\-]?\d){8,17}"),
    ),
    Detector(
        "account",
        named(
            r"(?:no(?:mor)?\.? )?rek(?:ening)?(?:\.? (?:bank )?(?:BCA|BRI|BNI|BTN|BSI|CIMB|Mandiri|"
            r"Permata|"
            r"Danamon|Muamalat|DKI))?|norek|(?:bank )?account",
            r"\d(?:[ .\-]?\d){8,15}",
        ),
    ),
    Detector(
        "phone",
        re.compile(
            rf"(?<![\w.,\-+])(?:\(?\+?62\)?[ \-.]?|0)8[1-9]\d(?:{GAP}\d){{6,10}}{AFTER_PHONE}"
        ),
        is_mobile,
    ),
    Detector(
        "phone",
        re.compile(
            rf"(?<![\w.,\-])\({LANDLINE}\)[ ]?\d{{2,4}}(?:{GAP}\d{{2,4}}){{1,2}}{AFTER_PHONE}"
        ),
    ),
    Detector(
        "phone",
        re.compile(rf"{NOT_IN_NUMBER}{LANDLINE}[ \-/]\d{{3,4}}{GAP}\d{{3,4}}{AFTER_PHONE}"),
    ),
    Detector(
        "phone",
        re.compile(
            rf"(?<![\w.,+])\+[1-9]\d{{0,2}}[ \-.]?(?:\(\d{{1,4}}\)[ \-.]?)?\d(?:{GAP}\d){{6,12}}"
            rf"{AFTER_PHONE}"
        ),
        is_international,
    ),
    Detector("phone", re.compile(rf"{NOT_IN_NUMBER}080[0-9]-1-\d{{3}}-?\d{{3,4}}{AFTER_PHONE}")),
    Detector("phone", named(PHONE_WORDS, r"\(?\+?\d\)?(?:[ .\-()]{0,2}\d){6,13}", AFTER_PHONE)),
    Detector("phone", re.compile(r"\b(?:wa\.me|api\.whatsapp\.com/send\?phone=)/?\+?(\d{9,15})")),
)
# A further number behind a telephone number: "021-7654321/7654322", "0812 3456 7890 / 0813 ..."
FURTHER = re.compile(rf" ?(?:/|,(?= ?[(+]?[06])) ?(\(?\+?\d\)?(?:{GAP}\d){{5,13}}){AFTER_PHONE}")

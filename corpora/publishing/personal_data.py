"""Personal data in text: e-mail addresses, telephone and identity numbers, and their masks.

Names stay: news is about people. Numbers of news (money, dates, scores, populations, laws, ISBNs)
are not personal; what tells them apart is their shape, their check digits where they have any,
and the word before them where they have none.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpora.fidelity.level_text import DASHES, SPACES, WIDE_DIGITS, level
from corpora.publishing.personal_patterns import DETECTORS, FURTHER

# Whether a text can hold any of it at all: a quick look (RE2 and re understand it both), with all
# the spaces, dashes and digits that `level` makes one.
ANY_DIGIT = f"[0-9{WIDE_DIGITS}]"
CANDIDATE = (
    rf"@|[(\[](?:at|et)[)\]]|(?:{ANY_DIGIT}[ ().\-/+{SPACES}{DASHES}]{{0,2}}){{7}}"
    rf"|[A-Z][A-Z]?[ {SPACES}]?{ANY_DIGIT}{{6,7}}"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data in a text: `text[start:end]` is of that kind."""

    kind: str
    start: int
    end: int


SIGN = re.compile(r"[@()\[]")
LONG = re.compile(r"(?:[0-9][ ().\-/+]{0,2}){9}")  # digits of the shortest number without a word
QUICK = re.compile(CANDIDATE)
GROUPED = re.compile(r"(?<![\d.,\-])[1-9]\d{0,2}(?:[.,]\d{3})+(?![.,\-]?\d)")
# The same for columns: RE2 does not look around, so it finds fewer, and none that `re` does not.
GROUPED_IN_COLUMN = (
    r"(^|[^\p{Nd}.,\-])[1-9][0-9]{0,2}(?:[.,][0-9]{3})+($|[^\p{Nd}.,\-]|[.,](?:$|[^\p{Nd}]))"
)
OF_ACCOUNTS = r"(?i)\b(?:rek|rekening|norek|account)\b"
ACCOUNTS = re.compile(OF_ACCOUNTS)
# One of these is in every text in which a word says what a number is.
STEMS = (
    *("npwp", "tax id", "nik", "ktp", "kk", "keluarga", "induk", "id card", "identity", "paspor"),
    *("passport", "sim", "nip", "nisn", "bpjs", "nuptk", "kita", "driving", "rek", "account"),
    *("tel", "tlp", "hp", "phone", "ponsel", "wa", "sms", "fa", "mobile", "cell", "call"),
    *("hotline", "hubungi", "kontak", "contact"),
)
GATES: dict[str, Callable[[str], bool]] = {
    "sign": lambda text: SIGN.search(text) is not None,
    "word": lambda text: any(stem in text for stem in STEMS),
    "long": lambda text: LONG.search(text) is not None,
}
GATED = [(each, each.gate) for each in DETECTORS]


def personal_data(text: str) -> tuple[Finding, ...]:
    """What of a text is personal data, in order, without overlaps.

    >>> personal_data("Hubungi 0812-3456-7890 sebelum 12/08/2023 pukul 14.30.")
    (Finding(kind='phone', start=8, end=22),)
    """
    if not QUICK.search(text):
        return ()
    text = level(text)
    if is_plain(text):
        return ()
    found: list[Finding] = []
    small = text.lower()
    known = {name: holds(small) for name, holds in GATES.items()}
    for detector, gate in GATED:
        if not known[gate]:
            continue
        for match in detector.pattern.finditer(text):
            start, end = match.span(1 if detector.pattern.groups else 0)
            clear = all(end <= other.start or start >= other.end for other in found)
            if clear and detector.holds(text[start:end]):
                found.append(Finding(detector.kind, start, end))
    return tuple(sorted((*found, *further(text, found)), key=lambda finding: finding.start))


def further(text: str, known: Sequence[Finding]) -> Iterator[Finding]:
    """Telephone numbers that a stroke or a comma alone parts from one that was found.

    >>> list(further("0812345678/87654321", [Finding("phone", 0, 10)]))
    [Finding(kind='phone', start=11, end=19)]
    """
    starts = {each.start for each in known}
    for each in known:
        end = each.end
        while each.kind == "phone" and (match := FURTHER.match(text, end)):
            if match.start(1) in starts:
                break
            yield Finding("phone", *match.span(1))
            end = match.end()


def is_plain(text: str) -> bool:
    """Tell whether all long numbers of a text are grouped by thousands: amounts, not addresses.

    An account number may be written like that, so texts that speak of accounts are never plain.

    >>> is_plain("Rp 1.250.000.000 untuk 12.500 orang"), is_plain("Telp. 021.7654321")
    (True, False)
    """
    return not (QUICK.search(GROUPED.sub("#", text)) or ACCOUNTS.search(text))


def may_hold(texts: Any) -> Any:
    """Tell of each text of an Arrow array whether it is worth a look: false for what has none.

    >>> import pyarrow as pa
    >>> may_hold(pa.array(["Rp 1.250.000.000", "Telp. 021.7654321", None])).to_pylist()
    [False, True, False]
    """
    import pyarrow.compute as pc

    hits = pc.fill_null(pc.match_substring_regex(texts, CANDIDATE), False)
    some = pc.filter(texts, hits)
    rest = some
    for _ in range(2):  # what stands between two amounts is in one match only
        rest = pc.replace_substring_regex(rest, GROUPED_IN_COLUMN, r"\1#\2")
    looked = pc.or_(
        pc.match_substring_regex(rest, CANDIDATE), pc.match_substring_regex(some, OF_ACCOUNTS)
    )
    return pc.replace_with_mask(hits, hits, looked) if len(some) else hits

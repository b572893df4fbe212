"""Text from bytes: UTF-8, UTF-16 and cp1252 told apart, and wrongly decoded text mended.

Other encodings are not guessed: a page in one of them is refused by name rather than garbled.
"""

import codecs
import re

from corpora.document import LINE_END
from corpora.source import Unreadable

MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
KINDS = {b"%PDF-": "a PDF file", b"{\\rtf": "a file in Rich Text Format"}
MOST_PATCHES = 2000  # characters of cp1252 amid UTF-8: each costs a look at what is behind it
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")  # in no text, but in what looks like UTF-16 by chance
UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# What news in a Latin script has beyond ASCII: typographic signs, and letters of western names.
# Icelandic letters, y with diaeresis and the rarer signs are the mark of another encoding.
# Signs of sections, cents, yen and millionths must stand where they do in reports: elsewhere they
# are letters of DOS, or the bullet and the sharp s of Mac.
# A low quotation mark or a capital behind a small letter ("Caf‚", "CafŽ") is a letter of DOS or
# Mac; "â€" is what is left of a quotation mark in UTF-8.
MISREAD = re.compile(r"[a-zß-ÿ][‚„À-ÖØ-ÝŠŒŽ]|â€")
CP1252_EXPECTED = re.compile(
    r"(?:[\x00-\x7f€‚„…ŠŒŽ‘’“”•–—™šœž\xa0£©«®°±²³´·¹º»¼½¾À-ÏÑ-ÖØ-Ýßà-ïñ-öø-ý×]++"
    r"|(?<![^\W\d_])§|(?:(?<=\d)|(?<=\d ))¢|¥(?=\d)|µ(?=[glmsAFVW]\b))*+"
)
# Every multi-byte sequence of UTF-8, read as a one-byte encoding, leaves two characters beyond
# ASCII side by side, or such a letter before a space that was a non-breaking one.
# One set of characters comes first: `re` searches for it four times as fast as for three.
SUSPECT = re.compile(r"[^\x00-\x7f](?:[^\x00-\x7f]|(?<=[\x80-\x9f])|(?<=[\xc2-\xf4]) )")
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)


def mark_of(data: bytes) -> tuple[int, str]:
    """Length of the byte order mark and the encoding that it names; 0 and nothing without one."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return len(mark), name
    return 0, ""


def wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32, by the mark or by where the zero bytes of ASCII text stand; else nothing.

    >>> wide_encoding("Hujan turun.".encode("utf-16-be"))
    'utf-16-be'
    """
    marked = mark_of(data)[1]
    if marked:
        return "" if marked == "utf-8" else marked
    if b"\0" not in data:
        return ""
    units = len(data) // 2 or 1
    even, odd = data[0::2].count(0) / units, data[1::2].count(0) / units
    if odd > 0.5 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.5 and odd < 0.05 else ""


def decoded(data: bytes, name: object) -> tuple[str, str]:
    r"""The text of some bytes and the encoding it was in; a byte order mark is no part of it.

    >>> decoded(b"\x93Caf\xe9\x94", "a.txt")
    ('“Café”', 'cp1252')

    Args:
        data: a page, or a part of one.
        name: what a complaint calls it.

    Raises:
        Unreadable: the bytes are no text, or in an encoding that is not known.
    """
    if data.startswith(tuple(KINDS)):
        kind = next(kind for start, kind in KINDS.items() if data.startswith(start))
        raise Unreadable(f"{name}: {kind}, not text; save its text as .txt or .docx")
    mark, marked = mark_of(data)
    encoding = wide_encoding(data) or "utf-8"
    try:
        text = data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not marked and b"\0" not in data:
            text, encoding = western(data, error, name)
        else:
            if b"\0" in data and not marked:
                raise binary(data, name) from None
            where = error.start + mark
            raise Unreadable(
                f"{name}: byte {where} is not {encoding.upper()}, as the start of the file says; "
                "fetch it again or convert it with iconv -t UTF-8"
            ) from None
    guessed = encoding.startswith("utf-16") and not marked
    if "\0" in text or (guessed and CONTROL.search(text)):
        raise binary(data, name)
    return text, encoding


def binary(data: bytes, name: object) -> Unreadable:
    """The complaint about bytes that are no text."""
    return Unreadable(
        f"{name}: binary data (a zero byte at {data.index(0)}), not text; "
        "remove it, or save the article as text"
    )


def western(data: bytes, invalid: UnicodeDecodeError, name: object) -> tuple[str, str]:
    """Decode cp1252, be it throughout or in single characters amid UTF-8; text and encoding.

    Characters that no news has, or mostly others than ASCII, are of another encoding; bytes that
    begin a character of UTF-8 and do not end it are damage: all are refused.

    Raises:
        Unreadable: they are not cp1252.
    """
    encoding = "cp1252"
    try:
        if UTF8_SEQUENCE.search(data):
            text, encoding = patched(data), "utf-8+cp1252"
        else:
            text = data.decode(encoding)
    except UnicodeDecodeError:
        text = ""
    beyond_ascii = len(text) - sum(map(str.isascii, text))
    western_share = 2 * beyond_ascii <= len(text) + 2  # a short “ya” between quotes is half of it
    is_western = western_share and CP1252_EXPECTED.fullmatch(text) and not MISREAD.search(text)
    if not text or not (is_western or encoding != "cp1252"):
        raise not_utf8(invalid, name)
    return text, encoding


def patched(data: bytes) -> str:
    r"""UTF-8 with single characters of cp1252 in it, as where several pages were put together.

    >>> patched("“Ya,” kata Jos".encode() + b"\xe9 Silva dari Tim\x92s di Lisboa.")
    '“Ya,” kata José Silva dari Tim’s di Lisboa.'

    Raises:
        UnicodeDecodeError: the rest is no cp1252, or too much of the text.
    """
    pieces: list[str] = []
    done = 0
    while True:
        try:
            return "".join(pieces) + data[done:].decode()
        except UnicodeDecodeError as error:
            start, end = done + error.start, done + error.end
            patch = data[start:end].decode("cp1252")
            # more than one byte: a character of UTF-8 that was cut
            is_cut = end - start > 1 or (end == len(data) and patch >= "Â")
            before, behind = (data[max(start - 2, 0) : start], data[end : end + 2])
            around = before.decode("latin-1") + patch + behind.decode("latin-1")
            expected = CP1252_EXPECTED.match(around, len(before))
            if is_cut or not expected or expected.end() == len(before):
                raise
            pieces += data[done:start].decode(), patch
            done = end
            if len(pieces) > MOST_PATCHES or 4 * len(pieces) > len(data):
                raise


def not_utf8(invalid: UnicodeDecodeError, name: object) -> Unreadable:
    """The complaint about bytes in no encoding that is known."""
    if invalid.reason == "unexpected end of data":
        return Unreadable(
            f"{name}: ends in the middle of a character (byte {invalid.start}); fetch it again"
        )
    return Unreadable(
        f"{name}: byte {invalid.start} is not UTF-8; "
        "convert the file with iconv -f ITS-ENCODING -t UTF-8"
    )


def decoded_page(data: bytes, name: object, header: str = "") -> tuple[str, str]:
    """The source of a web page and its encoding: mark, UTF-8, server, `meta`, then detection.

    Valid UTF-8 goes before what the page says of itself: pages are often moved, labels are not.

    Args:
        data: the page.
        name: what a complaint calls it.
        header: encoding that the server named, or empty.

    Raises:
        Unreadable: as `decoded`.
    """
    if not mark_of(data)[1] and b"\0" not in data:
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            found = DECLARED.search(data[:4096])
            for label in (header, found[1].decode("ascii") if found else ""):
                text = labelled(data, label)
                if text is not None:
                    return text, "cp1252" if is_latin(label) else label.lower()
    return decoded(data, name)


def labelled(data: bytes, label: str) -> str | None:
    """The text in the encoding that a page names, or None when it is unknown or wrong.

    As browsers do, ISO 8859-1 and ASCII are taken for cp1252 (https://encoding.spec.whatwg.org).
    """
    try:
        name = codecs.lookup(label).name
        return None if name == "utf-8" else data.decode("cp1252" if is_latin(label) else name)
    except (LookupError, UnicodeDecodeError, ValueError, TypeError):
        return None


def is_latin(label: str) -> bool:
    """Tell whether an encoding's label means cp1252 on the web."""
    try:
        return codecs.lookup(label).name in ("iso8859-1", "ascii", "cp1252")
    except LookupError:
        return False


def without_mojibake(text: str) -> str:
    r"""The text with lines mended that were decoded from the wrong encoding, by ftfy.

    Only ftfy's repair of encodings is used; quotes, ligatures, widths and line ends stay. Each line
    is judged alone. (Speer, "ftfy", 2019, https://doi.org/10.5281/zenodo.2591652)

    >>> without_mojibake("kata â€œHaloâ€\x9d di SÃ£o Paulo")
    'kata “Halo” di São Paulo'
    """
    if text.isascii() or not SUSPECT.search(text):
        return text
    from ftfy import fix_encoding

    pieces: list[str] = []
    done = 0
    while suspect := SUSPECT.search(text, done):
        place = suspect.start()
        start = max(done, text.rfind("\n", done, place) + 1, text.rfind("\r", done, place) + 1)
        line_end = LINE_END.search(text, place)
        end = line_end.start() if line_end else len(text)
        pieces += text[done:start], fix_encoding(text[start:end])
        done = end
    return "".join(pieces) + text[done:]

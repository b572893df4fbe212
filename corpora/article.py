"""A document from what a reader found: mended, checked and described."""

import hashlib
import json
import re
from dataclasses import fields

from corpora.document import NOTHING_KNOWN, Document, Metadata
from corpora.encoding import without_mojibake
from corpora.escapes import without_escapes
from corpora.markup import holds_markup, without_tags
from corpora.source import ReadingOptions, Unreadable, too_large

VISIBLE = re.compile(r"[^\s\u200b-\u200f\u2060\ufeff]")
BEFORE_AUTHOR = re.compile(
    r"(?:(?:di)?tulis(?:an)? oleh|oleh|penulis|reporter|jurnalis|wartawan|kontributor|by|author)\b"
    r"[\s:.,-]*",
    re.IGNORECASE,
)
# A date that the byline was written with: extractors take it for one more author.
NO_AUTHOR = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b|\d|^(?:wib|wita|wit)$",
    re.IGNORECASE,
)
STATED = tuple(field.name for field in fields(Metadata))


def article(
    path: str,
    text: str,
    *,
    name: object,
    steps: tuple[str, ...],
    data: bytes | None = None,
    metadata: Metadata = NOTHING_KNOWN,
) -> Document:
    """A document whose wrongly decoded lines are mended, and whose escapes are characters.

    Args:
        path: its address.
        text: what the reader found.
        name: what a complaint calls it.
        steps: from bytes to text; UTF-8 is left out of them.
        data: bytes of which the digest is taken; without them it is of text and metadata.
        metadata: what was stated beside the text.

    Raises:
        Unreadable: the text is empty, binary or no valid Unicode.
    """
    if not VISIBLE.search(text):
        raise Unreadable(f"{name}: empty; remove it or fetch the page again")
    if "\0" in text:
        raise Unreadable(f"{name}: binary data (a zero byte at {text.index(chr(0))}), not text")
    if data is None:
        data = json.dumps([text, stated(metadata)]).encode("ascii")
    mended = without_mojibake(text)
    steps = tuple(step for step in steps if step != "utf-8")
    if mended != text:
        steps += ("mojibake",)
    if "html" not in steps and (bare := without_escapes(mended)) != mended:
        mended, steps = bare, (*steps, "escapes")
    known = metadata if metadata is NOTHING_KNOWN else mended_metadata(metadata)
    try:
        for value in (mended, *stated(known).values()):
            if not value.isascii():
                value.encode()
    except UnicodeEncodeError:
        raise Unreadable(
            f"{name}: half a surrogate pair, which is no character; write the file again as UTF-8"
        ) from None
    return Document(path, mended, hashlib.sha256(data).hexdigest(), known, steps)


def mended_metadata(metadata: Metadata) -> Metadata:
    """The same as a reader sees it, nothing for what is empty."""
    found = {name: as_shown(value) for name, value in stated(metadata).items()}
    if author := found.get("author"):
        found["author"] = authors_in(author)
    return Metadata(**found)


def authors_in(byline: str) -> str | None:
    """The names of a byline, with semicolons between; None if there is none.

    >>> authors_in("Oleh Siti Rahmawati; Jumat"), authors_in("Penulis: Budi Santoso; Ani")
    ('Siti Rahmawati', 'Budi Santoso; Ani')
    """
    parts = (BEFORE_AUTHOR.sub("", part.strip()) for part in byline.split(";"))
    names = [part for part in parts if part and not NO_AUTHOR.search(part)]
    return "; ".join(names) or None


def as_shown(value: str) -> str | None:
    r"""A value without mojibake, tags and escapes, in one line; None for one without characters.

    >>> as_shown("Harga &#8216;Beras&#8217; &amp; <b>Gula</b>\n Naik")
    'Harga ‘Beras’ & Gula Naik'
    """
    value = without_mojibake(value)
    value = without_tags(value) if holds_markup(value) else value
    return " ".join(without_escapes(value).split()) or None


def stated(metadata: Metadata) -> dict[str, str]:
    """What is known, by name; `asdict` would copy deeply, which takes longer than all the rest."""
    values = ((name, getattr(metadata, name)) for name in STATED)
    return {name: value for name, value in values if value}


def fits(text: str, name: object, options: ReadingOptions) -> None:
    """See that a text is no larger than an article may be.

    Raises:
        Unreadable: it is.
    """
    if len(text) > options.largest_bytes:
        raise too_large(name, len(text), options.largest_bytes)

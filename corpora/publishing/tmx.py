"""TMX 1.4b: translation memories, as every tool of translators reads them.

A control character that XML cannot hold becomes an empty inline element whose type says which one
it was, `<ph type="x-char-001B"/>`: the text around it reads as ever, and nothing is lost.
Specification: https://www.gala-global.org/tmx-14b
"""

import re
from collections.abc import Iterable
from importlib.metadata import version
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from corpora.publishing.exported_pair import NOT_XML, ExportedPair, Losses

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="Selaras" creationtoolversion={version} segtype="sentence" o-tmf="Selaras" \
adminlang="en" srclang="id" datatype="plaintext"/>
<body>
"""
TAIL = "</body>\n</tmx>\n"
RETURN = {"\r": "&#13;"}  # a bare one would be read as a line feed


def write_tmx(pairs: Iterable[ExportedPair], file: IO[str], _: Losses) -> None:
    """Write a translation unit for every pair."""
    file.write(HEAD.format(version=quoteattr(version("selaras"))))
    for pair in pairs:
        file.write(unit(pair))
    file.write(TAIL)


def unit(pair: ExportedPair) -> str:
    """The translation unit of a pair, its origin and what looks wrong among its properties."""
    row = pair.row
    properties = [
        ("x-article", row.article),
        ("x-address", pair.address if pair.address != row.article else ""),
        ("x-configuration", pair.configuration),
        ("x-alignment", row.alignment if pair.configuration == "aligned" else ""),
        ("x-reference", row.reference_id or "" if pair.configuration == "aligned" else ""),
        ("x-model", row.model if pair.configuration == "machine" else ""),
        *((f"x-{kind}", flag) for kind, flag in pair.flags()),
    ]
    props = "".join(
        f'<prop type="{kind}">{visible(value)}</prop>' for kind, value in properties if value
    )
    return (
        f"<tu tuid={quoteattr(row.id)}>{props}"
        f'<tuv xml:lang="id"><seg>{content(row.source)}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{content(pair.english)}</seg></tuv></tu>\n'
    )


def content(text: str) -> str:
    r"""Text as the content of a segment.

    >>> content("5 < 7 & \x1b")
    '5 &lt; 7 &amp; <ph type="x-char-001B"/>'
    """
    return NOT_XML.sub(
        lambda found: f'<ph type="x-char-{ord(found[0]):04X}"/>', escape(text, RETURN)
    )


def visible(text: str) -> str:
    """Text of a property, which holds no elements: control characters as `[U+001B]`."""
    return NOT_XML.sub(lambda found: f"[U+{ord(found[0]):04X}]", escape(text, RETURN))


def character(kind: str) -> str:
    r"""The character that an inline element stands for; empty for foreign elements.

    >>> character("x-char-001B")
    '\x1b'
    """
    found = re.fullmatch(r"x-char-([0-9A-F]{4})", kind)
    return chr(int(found[1], 16)) if found else ""

"""XLIFF 2.0: a file for each article, a unit for each row.

Specification: http://docs.oasis-open.org/xliff/xliff-core/v2.0/xliff-core-v2.0.html.
Control characters that XML cannot hold are `<cp hex="001B"/>`, as it provides.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from corpora.publishing.exported_pair import NOT_XML, ExportedPair, Losses
from corpora.publishing.tmx import RETURN, visible

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="id" trgLang="en">
"""
TAIL = "</xliff>\n"
STATES = {"aligned": "reviewed", "machine": "translated"}  # written by humans, or not yet seen


def write_xliff(pairs: Iterable[ExportedPair], file: IO[str], losses: Losses) -> None:
    """Write the articles one after the other; one without a row cannot stand in XLIFF."""
    file.write(HEAD)
    number = 0
    for number, (_, group) in enumerate(groupby(pairs, key=lambda pair: pair.row.article), start=1):
        first = True
        for pair in group:
            if first:
                original = quoteattr(visible_attribute(pair.address))
                file.write(f'<file id="f{number}" original={original} xml:space="preserve">\n')
                first = False
            file.write(unit(pair))
        file.write("</file>\n")
    if not number:  # the schema wants one file with one unit at least
        file.write('<file id="f1"><unit id="u1"><segment><source/></segment></unit></file>\n')
        losses.counts["no pair: one empty unit, because XLIFF wants one"] += 1
    file.write(TAIL)


def unit(pair: ExportedPair) -> str:
    """The unit of a pair, what looks wrong as its notes."""
    row = pair.row
    notes = "".join(
        f'<note category="{kind}">{visible(flag)}</note>' for kind, flag in pair.flags()
    )
    return (
        f"<unit id={quoteattr('u' + row.id)} name={quoteattr(f'{row.position}')}>"
        f"{f'<notes>{notes}</notes>' if notes else ''}"
        f'<segment state="{STATES[pair.configuration]}"><source>{content(row.source)}</source>'
        f"<target>{content(pair.english)}</target></segment></unit>\n"
    )


def content(text: str) -> str:
    r"""Text as the content of a source or target.

    >>> content("5 < 7 & \x1b")
    '5 &lt; 7 &amp; <cp hex="001B"/>'
    """
    return NOT_XML.sub(lambda found: f'<cp hex="{ord(found[0]):04X}"/>', escape(text, RETURN))


def visible_attribute(text: str) -> str:
    """Text of an attribute, control characters as `[U+001B]`."""
    return NOT_XML.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)

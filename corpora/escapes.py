r"""Characters that stand written out, as programs leave them that text was copied through.

HTML writes them as entities, JSON behind backslashes, mail as `=E2=80=9C`, spreadsheets as
`_x000D_`. Text that speaks of such things rather than suffers from them has tags or other code in
its line, and is left alone.
"""

import re
from html import unescape
from html.entities import html5

NAMES = r"amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip|bull|middot|deg|copy|reg|#\d{2,7}"
ENTITY = re.compile(
    rf"&(?:[A-Za-z]\w{{1,31}}|#\d{{1,7}}|#[xX][\dA-Fa-f]{{1,6}});|& (?:{NAMES});"
    r"|&(?:quot|nbsp)(?=[A-Z\s,.!?]|$)"
)
TIMES_ESCAPED = 3  # "&amp;amp;quot;"
ESCAPED_MARK = re.compile(r"\\([\"'])")
ESCAPED_CHARACTER = re.compile(r"\\u([0-9a-fA-F]{4})")
ESCAPED_BREAK = re.compile(r"(?:(?<=[.!?\"”])|^)(?:\\r)?\\n+(?=[A-Z\"“\\]|$)|\\n\\n")
# Not the bytes that end a line, for lines stay as they are counted
QUOTED_PRINTABLE = re.compile(r"(?:=(?!0[AD])[0-9A-F]{2}){2,}")
LINE_BREAK = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")
QUOTED_BREAK = re.compile(r"(?:=0D|=0A)+(?=(\s*$)?)")
LEFT_OVER = re.compile(r"_x000D_|<!\[CDATA\[|\]\]>(?=\s*$)")
SIGNS = ("&", "\\", "=", "_x000D_", "]]>", "<![CDATA[")


def without_escapes(text: str) -> str:
    r"""A text with the characters themselves, line by line.

    >>> without_escapes("Kata dia, &quot;Ya &amp;amp; tidak&#33;& quot; AT&T; &salah;")
    'Kata dia, "Ya & tidak!" AT&T; &salah;'
    >>> without_escapes(r"Ia berkata, \"Saya ikhlas.\" \u201cYa,\u201d kata dia.\nKami pulang.")
    'Ia berkata, "Saya ikhlas." “Ya,” kata dia. Kami pulang.'
    >>> without_escapes("=E2=80=9CSaya pamit,=E2=80=9D kata dia._x000D_\n<![CDATA[Ya.]]>\nYa.")
    '“Saya pamit,” kata dia.\nYa.\nYa.'
    >>> without_escapes(r"Tulis <b>&lt;</b> di C:\nama\user, a=10, b=20.")
    'Tulis <b>&lt;</b> di C:\\nama\\user, a=10, b=20.'
    """
    if not any(sign in text for sign in SIGNS):
        return text
    return "".join(map(without_escapes_of_line, text.splitlines(keepends=True)))


def without_escapes_of_line(line: str) -> str:
    """The same of one line with its end."""
    if not any(sign in line for sign in SIGNS):
        return line
    line = LEFT_OVER.sub("", line)
    if "<" in line:
        return line
    if "&" in line:
        for _ in range(TIMES_ESCAPED):
            line = ENTITY.sub(character, line)
    if "\\" in line:
        line = ESCAPED_MARK.sub(r"\1", line)
        line = ESCAPED_CHARACTER.sub(code_point, line)
        line = ESCAPED_BREAK.sub(" ", line)
    return without_octets(line) if "=" in line else line


def character(entity: re.Match[str]) -> str:
    """What an entity stands for; itself if that is unknown, or no character that can be seen."""
    name = entity[0][1:].strip().removesuffix(";") + ";"
    found = unescape(f"&{name}") if name[0] == "#" else html5.get(name, "")
    return found if is_visible(found) else entity[0]


def code_point(escape: re.Match[str]) -> str:
    """The character of a JSON escape; itself if that is half of one, or cannot be seen."""
    found = chr(int(escape[1], 16))
    return found if is_visible(found) else escape[0]


def without_octets(line: str) -> str:
    """A line with the characters of bytes that mail wrote out; what ended a line there is a space.

    >>> without_octets("=E2=80=9CSaya pamit,=E2=80=9D=0D=0Akata dia.=0D=0A")
    '“Saya pamit,” kata dia.'
    >>> without_octets("Kode a=0D=0A dan b=10=20 tetap.")
    'Kode a=0D=0A dan b=10=20 tetap.'
    """
    found = QUOTED_PRINTABLE.sub(octets, line)
    if found == line:
        return line
    return QUOTED_BREAK.sub(lambda ends: " " if ends[1] is None else "", found)


def octets(escapes: re.Match[str]) -> str:
    """The characters of bytes that mail wrote out; they themselves if they are no others."""
    try:
        found = bytes.fromhex(escapes[0].replace("=", "")).decode()
    except UnicodeDecodeError:
        return escapes[0]
    return escapes[0] if found.isascii() else LINE_BREAK.sub(" ", found)


def is_visible(found: str) -> bool:
    """Tell whether a text has characters to be seen, or white space that ends no line."""
    return bool(found) and (found.isprintable() or (found.isspace() and found not in "\r\n"))

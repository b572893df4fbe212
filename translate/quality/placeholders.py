"""What must come through a translation as it stands: addresses, tags, entities and variables."""

import re
from collections import Counter

DOMAINS = "com|co|id|net|org|go|ac|tv|gov|edu|io|info|me"
PROTECTED = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]}’']"  # ends on no stop
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}"  # e-mail
    rf"|\b[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:{DOMAINS})(?:\.id)?\b(?:/[^\s<>\"“”]*[\w/])?"  # bare domain
    r"|</?[A-Za-z][^<>]*>"  # <b>, </a>, <br/>
    r"|\[/?(?:b|i|u|s|url|img|quote|code|color|size|list|center)(?:=[^\]\s]+)?\]"  # [b], [url=...]
    r"|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[\da-fA-F]{1,5});"  # &amp;
    r"|\{\{[^{}\n]{1,60}\}\}|\$?\{[^{}\n]{1,60}\}"  # {{ name }}, {name}, ${NAME}
    r"|\$[A-Za-z_]\w*"  # $NAME, but not $10
    r"|(?<!\d)(?<!\d )%(?:\d+\$|\(\w+\))?[sdif]\b"  # %s, %1$s, %(name)s
    r"|(?<![\w.])@\w{2,}"  # a handle
)
# Without one of these signs nothing of the above is there; looking for them is ten times as fast.
SIGN = re.compile(rf"[@<\[&{{$%]|://|www\.|\.(?:{DOMAINS})")
MARKUP = re.compile(r"[<\[&]")
GROUPED = re.compile(r"(?<![\d.,/:-])(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?(?![\d.,/:-]*\d)")
DECIMAL = re.compile(r"(?<![\d.,/:-])(\d+),(\d{1,2}|\d{4,})(?![\d.,/:-]*\d)")


def protected(text: str) -> list[re.Match[str]]:
    """The parts of a text that must come through, in their order.

    >>> [part[0] for part in protected("Hai {nama}, tulis ke a.b@c.id atau <b>www.c.id/x</b>.")]
    ['{nama}', 'a.b@c.id', '<b>', 'www.c.id/x', '</b>']
    >>> [part[0] for part in protected("Harga US$10, diskon 5 %, menurut Detik.")]
    []
    """
    return list(PROTECTED.finditer(text)) if SIGN.search(text) else []


def is_markup(part: str) -> bool:
    """Tell whether a protected part is a tag or an entity: it has no place in the grammar."""
    return MARKUP.match(part) is not None


def needs_no_model(text: str) -> bool:
    """Tell whether nothing in a text has letters, what must come through left out.

    >>> [needs_no_model(text) for text in ("***", "31", "www.contoh.id/berita?id=3", "Rp 31")]
    [True, True, True, False]
    """
    bare = PROTECTED.sub("", text) if SIGN.search(text) else text
    return not any(map(str.isalpha, bare))


def untranslated(text: str) -> str:
    """A text that no model need see, numbers written as English writes them.

    >>> untranslated("10.000"), untranslated("4,8"), untranslated("12.03.2024"), untranslated("***")
    ('10,000', '4.8', '12.03.2024', '***')
    """
    if protected(text):
        return text
    text = GROUPED.sub(regrouped, text)
    return DECIMAL.sub(r"\1.\2", text)


def regrouped(found: re.Match[str]) -> str:
    """A number as English groups it; an address of the Internet or a telephone number as it is.

    >>> [regrouped(GROUPED.search(text)) for text in ("1.250.000,5", "192.168.100.200", "021.555")]
    ['1,250,000.5', '192.168.100.200', '021.555']
    """
    groups = found[1].split(".")
    if found[1][0] == "0" or (len(groups) == 4 and all(int(group) < 256 for group in groups)):
        return found[0]
    return ",".join(groups) + (f".{found[2]}" if found[2] else "")


def lost(source: str, english: str) -> tuple[str, ...]:
    """What of the source must have come through and did not, as often as it is missing.

    >>> lost("Hai {nama}, {nama}!", "Hi {nama}!")
    ('{nama}',)
    """
    wanted = Counter(part[0] for part in protected(source))
    if not wanted:
        return ()
    return tuple((wanted - Counter(part[0] for part in protected(english))).elements())

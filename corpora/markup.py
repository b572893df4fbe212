"""All the text of some HTML: of pieces, and of pages in which no article stands out."""

import re
from collections.abc import Iterator
from typing import Any

BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "option", "p"),
        *("pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    ]
)
UNSEEN = frozenset(
    ["head", "iframe", "noscript", "object", "script", "style", "svg", "template", "textarea"]
)
BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})(?:\s[^<>]*)?/?>", re.IGNORECASE)
TAG = re.compile(
    r"</(?:a|b|em|font|h[1-6]|i|li|p|div|span|strong|su[bp]|t[dhr]|u|blockquote|figure)\s*>"
    r"|<(?:br|hr|img|p)(?:\s[^<>]*)?/?>|&(?:amp|quot|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d+);",
    re.IGNORECASE,
)
PAGE_TAG = re.compile(r"<(?:!doctype html|html|body)[\s>]", re.IGNORECASE)
GAP = re.compile(r"[ \t\r\n\f]+")
SPACES = re.compile(r"[ \t\f]+")
# A page is taken whole if it has this much running text: two paragraphs of a short report.
LEAST_TEXT, LEAST_PARAGRAPH = 200, 80


def holds_markup(text: str) -> bool:
    """Tell whether a text is written in HTML, be it a page or a piece.

    >>> [holds_markup(text) for text in ("<p>Ya.</p>", "Ya &amp; tidak", "a < b", "AT&T <ant>")]
    [True, True, False, False]
    """
    return ("<" in text or "&" in text) and TAG.search(text) is not None


def is_page(html: str) -> bool:
    """Tell whether it is a whole page rather than a piece of one."""
    return PAGE_TAG.search(html, 0, 5000) is not None


def without_tags(html: str) -> str:
    r"""All that a browser would show of some HTML, a block a line.

    Line breaks count where nothing else ends a line: in text with a few tags in it.

    >>> without_tags("<p>Harga&nbsp;<b>beras</b>\nnaik.</p><script>x</script><p>Ya.<br>Ya.</p>")
    'Harga\xa0beras naik.\nYa.\nYa.'
    >>> without_tags("Harga <b>beras</b> naik.\nKata dia &quot;ya&quot;.")
    'Harga beras naik.\nKata dia "ya".'
    """
    from lxml import html as lxml_html

    gap = GAP if BLOCK_TAG.search(html) else SPACES
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    root: Any = lxml_html.document_fromstring(f"<body>{html}</body>", parser=parser)
    text = "".join(piece if piece == "\n" else gap.sub(" ", piece) for piece in pieces(root))
    lines = (line.strip(" \t\r\f") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def pieces(root: Any) -> Iterator[str]:
    """The texts of a tree in order; a line break where a block begins or ends."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        unseen = element.tag in UNSEEN
        if element.tag in BLOCKS:
            yield "\n"
        if event == "start":
            if unseen:
                walk.skip_subtree()
            elif element.text:
                yield element.text
        elif element.tail:
            yield element.tail


def running_text(text: str) -> bool:
    r"""Tell whether the lines of a page hold enough running text to be an article.

    >>> running_text("Beranda\nEkonomi\nBola"), running_text("Harga beras naik lagi. " * 9)
    (False, True)
    """
    lines = (line.strip() for line in text.split("\n"))
    said = [line for line in lines if len(line) >= LEAST_PARAGRAPH and line[-1] in ".!?”\"'"]
    return sum(map(len, said)) >= LEAST_TEXT


def without_table_marks(text: str) -> str:
    r"""The text of an extractor with the cells of its tables on lines of their own.

    >>> without_table_marks("Daftar harga:\n| Kota | Harga | \n|---|---|\n| Solo | 14.000 | ")
    'Daftar harga:\nKota\nHarga\nSolo\n14.000'
    """
    if "|" not in text:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        row = line.strip()
        if len(row) > 1 and row[0] == row[-1] == "|":
            cells = (cell.strip() for cell in row[1:-1].split("|"))
            lines += (cell for cell in cells if cell.strip("-:"))
        else:
            lines.append(line)
    return "\n".join(lines)

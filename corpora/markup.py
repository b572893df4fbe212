"""All the text of some HTML: of pieces, and of pages in which no article stands out."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from corpora.tags import with_signs_as_text

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
BREAKS = frozenset(["body", "br", "hr", "html"])  # blocks that hold no lines of their own
GAP = re.compile(r"[ \t\r\n\f]+")
SPACES = re.compile(r"[ \t\f]+")
BLANK_LINE = re.compile(r"\n[ \t\f\xa0]*\n")
LOOSE = "\r"  # a line end outside of blocks, until all is known that stands around it
INSIDE_SENTENCE = re.compile(rf"(?<=[^\W\d_]|,) ?{LOOSE} ?(?=[a-z])")
CDATA = re.compile(r"<!\[CDATA\[|\]\]>")  # around columns that come from feeds
CELL_BORDER = re.compile(r"(?<!\\)\|")
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

    On a page nothing but tags ends a line. In a text with tags, as columns of tables hold it, a
    blank line does too, and so does a line end outside of blocks unless it is inside a sentence:
    WordPress stores its articles so.

    >>> without_tags("<p>Harga&nbsp;<b>beras</b>\nnaik.</p><script>x</script><p>Ya.<br>Ya.</p>")
    'Harga\xa0beras naik.\nYa.\nYa.'
    >>> without_tags("Harga <b>beras</b> naik.\nKata dia &quot;ya&quot;.")
    'Harga beras naik.\nKata dia "ya".'
    """
    from lxml import html as lxml_html

    page = is_page(html)
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    html = with_signs_as_text(html if page else CDATA.sub("", html), is_page=page)
    root: Any = lxml_html.document_fromstring(f"<body>{html}</body>", parser=parser)
    text = "".join(pieces(root, *((on_page, on_page) if page else (outside, in_block))))
    if BLOCK_TAG.search(html):
        text = INSIDE_SENTENCE.sub(" ", text)
    lines = (line.strip(" \t\f") for line in text.replace(LOOSE, "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def on_page(text: str) -> str:
    """Text of a page: white space is one space."""
    return GAP.sub(" ", text)


def in_block(text: str) -> str:
    """Text of a block in a column: white space is one space, blank lines are line ends."""
    return "\n".join(map(on_page, BLANK_LINE.split(text))) if "\n" in text else on_page(text)


def outside(text: str) -> str:
    """Text of a column outside of its blocks: line ends are line ends."""
    return SPACES.sub(" ", text).replace("\n", LOOSE)


def pieces(root: Any, loose: Callable[[str], str], inside: Callable[[str], str]) -> Iterator[str]:
    """The texts of a tree in order; a line break where a block begins or ends.

    Args:
        root: of the tree.
        loose: what becomes of text that stands in no block.
        inside: the same of text that does.
    """
    from lxml import etree

    depth = 0  # blocks that are open
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        is_block = element.tag in BLOCKS
        opens = is_block and element.tag not in BREAKS
        if is_block:
            yield "\n"
        if event == "start":
            depth += opens
            if element.tag in UNSEEN:
                walk.skip_subtree()
            elif element.text:
                yield (inside if depth else loose)(element.text)
        else:
            depth -= opens
            if element.tail:
                yield (inside if depth else loose)(element.tail)


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

    A bar inside of a cell is written `\|` there.

    >>> without_table_marks("Daftar harga:\n| Kota | Harga | \n|---|---|\n| Solo | 14.000 | ")
    'Daftar harga:\nKota\nHarga\nSolo\n14.000'
    """
    if "|" not in text:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        row = line.strip()
        if len(row) > 1 and row[0] == row[-1] == "|":
            cells = (cell.strip().replace("\\|", "|") for cell in CELL_BORDER.split(row[1:-1]))
            lines += (cell for cell in cells if cell.strip("-:"))
        else:
            lines.append(line)
    return "\n".join(lines)

"""Signs of HTML that open a tag, told from those that are text: a price below `<Rp 10.000`.

A parser takes every `<` before a letter for a tag and drops what follows, down to the next `>` or
to the end of the article.
"""

import re

ELEMENTS = frozenset(
    [  # https://html.spec.whatwg.org, those that it calls obsolete too, and what svg begins with
        *("a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b"),
        *("base", "basefont", "bdi", "bdo", "bgsound", "big", "blink", "blockquote", "body", "br"),
        *("button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data"),
        *("datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em"),
        *("embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame"),
        *("frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html"),
        *("i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main"),
        *("map", "mark", "marquee", "math", "menu", "meta", "meter", "nav", "nobr", "noembed"),
        *("noframes", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param"),
        *("picture", "pre", "progress", "q", "s", "samp", "script", "search", "section", "select"),
        *("slot", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup"),
        *("svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time"),
        *("title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr"),
    ]
)  # not `rp` of ruby annotations: in Indonesian it is money
SWITCHES = frozenset(
    [  # attributes that stand without a value
        *("allowfullscreen", "async", "autoplay", "border", "checked", "compact", "controls"),
        *("defer", "disabled", "download", "hidden", "itemscope", "loop", "multiple", "muted"),
        *("noshade", "nowrap", "open", "playsinline", "readonly", "required", "reversed"),
        "selected",
    ]
)
OF_SCRIPTS = ("aria-", "data-", "ng-", "v-")  # how names of other such attributes begin
SIGN = re.compile(
    r"<(?P<end>/?)(?P<name>[a-z][^\s<>/]*)(?P<rest>[^<>]*)(?P<closed>>?)"
    r"|<(?:!(?:--|\[|doctype\b)|\?[a-z=])|<",
    re.IGNORECASE,
)
NAME = re.compile(r"[a-z][\w.-]*(?::[\w.-]+)?", re.IGNORECASE)
END = re.compile(rf"</({NAME.pattern})\s*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"[\w:-]\s*=\s*[\"'\w#/.]")
UNKNOWN_ATTRIBUTE = re.compile(r"\s[\w:-]+=[\"'\w#/.]")  # of an element that HTML does not know


def with_signs_as_text(html: str, *, is_page: bool = False) -> str:
    """The same HTML with every `<` that opens no tag as `&lt;`.

    Names that HTML does not know are elements where they are closed, close themselves or have
    attributes; those that it knows may be words of Indonesian (`main`, `data`, `area`), unless
    nothing but attributes follows. Comments, doctypes, instructions and scripts stay as they are.

    >>> with_signs_as_text("Di bawah <Rp 10.000 <b>per kilo</b>, kata <budi@contoh.id>.")
    'Di bawah &lt;Rp 10.000 <b>per kilo</b>, kata &lt;budi@contoh.id>.'

    Args:
        html: a page or a piece of one.
        is_page: whether it is a whole page: there a name that HTML knows is always an element, and
            one with a hyphen (`amp-img`) is that of a script.
    """
    if "<" not in html:
        return html
    ended = {name.lower() for name in END.findall(html)}
    in_script = False

    def replaced(sign: re.Match[str]) -> str:
        nonlocal in_script
        if (name := sign["name"]) is None:
            is_tag = len(sign[0]) > 1
        else:
            is_script = name.lower() == "script"
            in_script = not sign["end"] if is_script else in_script
            is_tag = is_script or opens_tag(sign, ended, is_page=is_page)
        return sign[0] if is_tag or in_script else f"&lt;{sign[0][1:]}"

    return SIGN.sub(replaced, html)


def opens_tag(sign: re.Match[str], ended: set[str], *, is_page: bool) -> bool:
    """Tell whether a match of `SIGN` that has a name is a tag.

    Args:
        sign: the match.
        ended: names, in small letters, of the elements that are closed somewhere.
        is_page: see `with_signs_as_text`.
    """
    name, rest = sign["name"].lower(), sign["rest"]
    if name in ELEMENTS:
        ends = sign["closed"] or sign.end() == len(sign.string)  # or was cut off there
        bare = all(map(is_switch, rest.strip("/ \t\n\f").split()))
        return bool(is_page or ATTRIBUTE.search(rest) or (ends and (sign["end"] or bare)))
    if not NAME.fullmatch(name) or not sign["closed"]:
        return False
    match rest.strip():
        case "":
            return bool(sign["end"]) or name in ended or (is_page and "-" in name)
        case "/":
            return True
        case _:
            return UNKNOWN_ATTRIBUTE.search(rest) is not None


def is_switch(word: str) -> bool:
    """Tell whether a word in a tag is an attribute without a value.

    >>> is_switch("nowrap"), is_switch("beras")
    (True, False)
    """
    return word.lower() in SWITCHES or word.lower().startswith(OF_SCRIPTS)

"""Quotation marks of an Indonesian line: which two belong together, and who speaks behind them.

Single marks are left alone: in Indonesian text they are mostly apostrophes (`Ma'ruf`, `Jum'at`).
"""

import re
import sys
from collections.abc import Iterable, Iterator

# Verbs that name the speaker behind direct speech: “...,” kata Kirby. “...,” ujarnya.
SPEECH_ROOTS = (
    *("beber", "bisik", "celetuk", "cetus", "gumam", "harap", "imbuh", "jawab", "jelas", "kata"),
    *("keluh", "kenang", "kilah", "klaim", "lanjut", "papar", "pungkas", "puji", "rinci", "sahut"),
    *(
        "sambung",
        "saran",
        "sebut",
        "seru",
        "sindir",
        "tambah",
        "tandas",
        "tanya",
        "tegas",
        "teriak",
    ),
    *("terang", "timpal", "tuding", "tukas", "tulis", "tutur", "ucap", "ujar", "ungkap", "urai"),
)
SPEECH_VERBS = frozenset(
    ["demikian", *(root + ending for root in SPEECH_ROOTS for ending in ("", "nya", "ku"))]
)
# Speech that runs on for longer is cut into its sentences: three or four of a newspaper's
# sentences are what a translation model still keeps together.
LONGEST_SPEECH = 400
CURLY = re.compile(rf"“[^“”]{{1,{LONGEST_SPEECH}}}”")
# The look behind stands behind the mark, for then the search goes from mark to mark. No word
# follows the second mark, unless it is one of speech: `siap, "kata Kirby`.
STRAIGHT = re.compile(
    rf'"(?<![^\s(\[]")(?=\S)[^"]{{1,{LONGEST_SPEECH}}}"(?!(?!{"|".join(SPEECH_ROOTS)})\w)'
)
FIRST_WORD = re.compile(r"[^\W\d_]+")


def quotations(text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[tuple[int, int]]:
    """Start and end of what stands in quotation marks, the marks included, if it is not too long.

    >>> [text[a:b] for text in ['Ia berkata, "Ya. Boleh." Titik.'] for a, b in quotations(text)]
    ['"Ya. Boleh."']

    A mark without its partner, as in a quotation that goes on in the next paragraph, opens nothing.

    >>> list(quotations('"Kami siap. Kami menunggu.')), list(quotations("Layar 14” dan 16”."))
    ([], [])
    """
    for mark, pattern in (("“", CURLY), ('"', STRAIGHT)):
        if mark in text:
            for match in pattern.finditer(text, start, end):
                yield match.span()


class Enclosures:
    """Spans inside of which something may stand, asked about places that rise.

    Overlapping spans are allowed; what stands at the border of one is not inside of it. All the
    questions about a line together take time in proportion to the spans and the questions.

    >>> spans = Enclosures([(0, 5), (3, 8)])
    >>> [spans.hold(place) for place in (0, 2, 6, 8)]
    [False, True, True, False]
    """

    __slots__ = ("reached", "spans")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Begin before the first of them."""
        self.spans = sorted(spans, reverse=True)
        self.reached = 0

    def hold(self, place: int) -> bool:
        """Tell whether a place, no smaller than the one before it, stands inside of a span."""
        while self.spans and self.spans[-1][0] < place:
            self.reached = max(self.reached, self.spans.pop()[1])
        return place < self.reached


class MarkCounts:
    """Quotation marks of a text, counted up to places that rise, every character once.

    >>> marks = MarkCounts("“Ya,” kata “Budi")
    >>> [marks.inside(place) for place in (1, 5, 16)]
    [True, False, True]
    """

    __slots__ = ("done", "opened", "straight", "text")

    def __init__(self, text: str) -> None:
        """Begin at the start of a text."""
        self.text = text
        self.done = self.opened = self.straight = 0

    def count_to(self, place: int) -> None:
        """Count the marks before a place that is no smaller than the one before it."""
        text, done = self.text, self.done
        self.opened += text.count("“", done, place) - text.count("”", done, place)
        self.straight += text.count('"', done, place)
        self.done = place

    def inside(self, place: int) -> bool:
        """Tell whether more marks open before a place than close."""
        self.count_to(place)
        return self.opened > 0 or self.straight % 2 == 1


def is_speech_verb(rest: str) -> bool:
    """Tell whether a text begins by naming a speaker.

    >>> is_speech_verb(" katanya."), is_speech_verb(" kata Kirby."), is_speech_verb(" Kata itu")
    (True, True, False)
    """
    word = FIRST_WORD.match(rest.lstrip())
    return bool(word) and word[0] in SPEECH_VERBS  # type: ignore[index]

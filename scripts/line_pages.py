"""Labelled pages to learn from, as they are and as they might have been.

Furniture is the same on page after page while articles differ, so every page is also shown with
other furniture in its place, with less of it, with single lines of `single_lines.tsv` strewn in,
with paragraphs missing, and with other blank lines.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from corpora.cleaning import KEPT
from corpora.document import Line, lines_of
from corpora.reading import Source, read

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "tests/corpora/cases/pages"
FOLDERS = (
    *("develop", "varied", "fresh", "portals", "reposts", "features"),
    *("magazines", "regional", "world", "dailies", "districts", "agencies", "weeklies"),
    *("islands", "longreads", "globe", "metro", "sections", "mirrors", "tails"),
    *("abroad", "national", "provinces"),
)
COLLECTIONS = {
    "examples": (ROOT / "examples/line_labels.tsv", ROOT / "examples/articles"),
    **{name: (PAGES / f"{name}.tsv", PAGES / name) for name in FOLDERS},
}  # labels and pages of all that is learnt from
SINGLE = ROOT / "tests/corpora/cases/single_lines.tsv"  # {P} is a name of the page, {L} a word
NAME = re.compile(r"(?<![.!?\"“”'‘’:] )(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+)+")
CAPITALISED = re.compile(r"(?<![.!?\"“”'‘’:] )(?<!^)\b[A-Z][a-z]{3,}")
STREWN = {  # labels of single lines, by where they are strewn; one that stands twice is as likely
    "inside": "advert advert advert advert advert widget widget widget widget related related "
    "related related caption caption caption caption caption credit navigation spam footer byline",
    "below": "advert advert widget widget widget related related related footer footer byline "
    "navigation spam credit",
    "above": "navigation navigation widget advert byline caption caption credit related",
}
OWN = frozenset({"duplicate", "caption"})  # furniture that only its own page can have
SHOWN = 9  # variants of each page

Pair = tuple[Line, str]
Labelled = list[Pair]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled page: where it is from, its lines and their labels."""

    collection: str
    name: str
    lines: Labelled


def examples() -> list[Example]:
    """All labelled pages that may be learnt from."""
    found = []
    for collection, (labels, folder) in COLLECTIONS.items():
        for page, by_line in labels_of(labels).items():
            document = read(Source(folder / f"{page}.txt", page))
            pairs = [(line, by_line[line.number]) for line in lines_of(document.text)]
            found.append(Example(collection, page, pairs))
    return found


def labels_of(file: Path) -> dict[str, dict[int, str]]:
    """The labels that a reader gave, by page and number of the line."""
    by_page: dict[str, dict[int, str]] = {}
    for entry in file.read_text(encoding="utf-8").splitlines()[1:]:
        page, line, label = entry.split("\t")
        by_page.setdefault(page, {})[int(line)] = label
    return by_page


def variants(pages: Sequence[Example], seed: int) -> list[list[Labelled]]:
    """Each page as it is first, then as it might have been."""
    chance = random.Random(seed)
    furniture = furniture_of(pages)
    found = []
    for page in pages:
        article = [pair for pair in page.lines if pair[1] in KEPT]
        body = [pair for pair in article if pair[1] == "body"]
        shown = [page.lines, chance.choice((dense, spaced))(article)]
        shown.append(chance.choice((dense, spaced))(body))
        shown += [Shuffle(page, furniture, chance).page() for _ in range(SHOWN)]
        found.append([each for each in shown if each])
    return found


def furniture_of(pages: Sequence[Example]) -> dict[str, list[Labelled]]:
    """Runs of furniture by where they stand."""
    found: dict[str, list[Labelled]] = {"above": [], "inside": [], "below": []}
    for page in pages:
        for where, is_kept, run in runs(page.lines):
            if not is_kept:
                found[where].append(run)
    return found


def runs(lines: Labelled) -> list[tuple[str, bool, Labelled]]:
    """The runs of lines that are kept or are not, and where they stand to the body."""
    body = [index for index, (_, label) in enumerate(lines) if label == "body"] or [len(lines)]
    kept = [index for index, (_, label) in enumerate(lines) if label in KEPT] or [-1]

    def place(index: int) -> str:
        return "above" if index < body[0] else "below" if index > kept[-1] else "inside"

    keyed = (((place(n), pair[1] in KEPT), pair) for n, pair in enumerate(lines))
    return [
        (*key, [pair for _, pair in run]) for key, run in groupby(keyed, key=lambda each: each[0])
    ]


@dataclass(frozen=True, slots=True)
class Shuffle:
    """A page as it might have been.

    Attributes:
        example: the page as it is.
        furniture: runs of furniture of all pages.
        chance: decides.
    """

    example: Example
    furniture: dict[str, list[Labelled]]
    chance: random.Random

    def page(self) -> Labelled:
        """The lines, numbered anew."""
        loses = self.chance.random() * 0.18
        found: Labelled = []
        for where, is_kept, run in runs(self.example.lines):
            found += self.article(where, run, loses) if is_kept else self.other(where, run)
        return self.numbered(found)

    def article(self, where: str, run: Labelled, loses: float) -> Labelled:
        """A run of the article with furniture strewn in and paragraphs lost."""
        found: Labelled = []
        for pair in run:
            if pair[1] == "body" and self.chance.random() < loses:
                continue
            if where == "inside" and self.chance.random() < 0.06:
                some = self.chance.choice(self.furniture["inside"])
                found += foreign(some[: self.chance.choice((1, 2, 3, len(some)))])
            if where == "inside" and self.chance.random() < 0.08:
                body = self.chance.random() < 0.4
                found += self.strewn("body" if body else self.label(where))
            found.append(pair)
        return found

    def other(self, where: str, run: Labelled) -> Labelled:
        """A run of furniture: itself, thinned out, or another one in its place."""
        found = self.strewn(self.label(where)) if self.chance.random() < 0.32 else []
        choice = self.chance.random()
        if choice < 0.2:
            return found + self.thinned(run, 0.25)
        if choice < 0.5:
            own = [pair for pair in run if pair[1] in OWN]
            return found + own + foreign(self.chance.choice(self.furniture[where]))
        return found + (self.thinned(run, 0.6) if choice < 0.65 else run)

    def thinned(self, run: Labelled, share: float) -> Labelled:
        """About such a share of a run."""
        return [pair for pair in run if self.chance.random() < share]

    def label(self, where: str) -> str:
        """A label of what is strewn there."""
        return self.chance.choice(STREWN[where].split())

    def strewn(self, label: str) -> Labelled:
        """One or some single lines of a label, with names of the page."""
        pool = single_lines()[label]
        most = {"body": 6, "advert": 2}.get(label, 4 if label in ("related", "widget") else 1)
        start, count = self.chance.randrange(len(pool)), self.chance.randint(1, most)
        texts = [line.text for line, of in self.example.lines if of == "body"]
        names = [name for text in texts for name in NAME.findall(text)]
        words = [word for text in texts for word in CAPITALISED.findall(text)]
        found: Labelled = []
        for text in pool[start : start + count]:
            if "{" in text and not (names and words):
                continue
            if "{" in text:
                text = text.replace("{P}", self.chance.choice(names))
                text = text.replace("{L}", self.chance.choice(words))
            if label == "caption" and self.chance.random() < 0.4:
                text = text.removesuffix(".")
            found.append((Line(0, 0, len(text), text), label))
        return found

    def numbered(self, lines: Labelled) -> Labelled:
        """The lines with numbers: with blank lines where they were, everywhere or nowhere."""
        style = self.chance.choice(("same", "same", "dense", "spaced", "noisy"))
        own = [line.number for line, _ in self.example.lines]
        blank = {after for before, after in pairwise(own) if after > before + 1}
        spread = len(blank) / len(own)
        found: Labelled = []
        number = 0
        for line, label in lines:
            gap = line.number in blank if line.number else self.chance.random() < spread
            if style == "noisy" and self.chance.random() < 0.1:
                gap = not gap
            gap = {"dense": False, "spaced": True}.get(style, gap)
            number += 2 if gap and found else 1
            found.append((replace(line, number=number), label))
        return found


def foreign(run: Labelled) -> Labelled:
    """What of a run can stand on another page."""
    return [(replace(line, number=0), label) for line, label in run if label not in OWN]


@cache
def single_lines() -> dict[str, list[str]]:
    """Lines that may stand anywhere, by label; lines that follow each other may stand together."""
    found: dict[str, list[str]] = {}
    for row in SINGLE.read_text(encoding="utf-8").splitlines()[1:]:
        label, text = row.split("\t")
        found.setdefault(label, []).append(text)
    return found


def dense(lines: Labelled) -> Labelled:
    """The lines without blank lines between them."""
    return [(replace(line, number=number), label) for number, (line, label) in enumerate(lines, 1)]


def spaced(lines: Labelled) -> Labelled:
    """The lines with a blank line between any two."""
    return [
        (replace(line, number=2 * number), label) for number, (line, label) in enumerate(lines, 1)
    ]

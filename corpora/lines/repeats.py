"""Lines that recur across the pages of one site: furniture, whatever they say.

Lines are counted in a count-min sketch (Cormode and Muthukrishnan 2005,
https://doi.org/10.1016/j.jalgor.2003.12.001), so memory does not grow with the pages. The sketch
may count too much and never too little; with the default size an error of one needs millions of
distinct lines.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import numpy as np

from corpora.address import ROW
from corpora.document import Document, lines_of
from corpora.host import host_of

ROWS, COLUMNS = 4, 1 << 20
FEWEST_PAGES = 5  # of a site, before anything is concluded
FEWEST_REPEATS = 3  # pages that must share the line
SHARE = 0.25  # of the site's pages that must share the line
RUNNING_SHARE = 0.5  # the same of running text
LONGEST = 300  # characters of a line that can be furniture
SPOKEN = 60  # characters from which on a line is likely to be of an article
COPIED = 0.9  # of what such lines say, known from pages before: the page is a copy


def site_of(document: Document) -> str:
    """What stands for the site of a page: its name, else its host, else where it lies.

    That is the folder of a file; of a row, or of a record without an address, its container.

    >>> site_of(Document("solo/a.txt", "", "")), site_of(Document("arsip/b.jsonl#solo/1", "", ""))
    ('solo', 'arsip/b.jsonl')
    """
    known = document.metadata.site or host_of(document.metadata.url or "")
    if known:
        return known
    row = ROW.fullmatch(document.path)
    return row["container"] if row else str(PurePosixPath(document.path).parent)


class Repeats:
    """How many pages of each site have a line."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.counts = np.zeros((ROWS, COLUMNS), np.uint32)
        self.pages: Counter[str] = Counter()

    @classmethod
    def learnt_from(cls, documents: Iterable[Document]) -> "Repeats":
        """Count the lines of all pages; a line counts once a page, copies of pages do not count.

        What an article that was saved six times says stands on six pages, and is no furniture.
        """
        repeats = cls()
        for document in documents:
            repeats.see(document)
        return repeats

    def see(self, document: Document) -> None:
        """Count the lines of one more page."""
        site = site_of(document)
        texts = {line.text.strip().casefold() for line in lines_of(document.text)}
        places = {text: self.places(site, text) for text in texts}
        if self.is_copy(places):
            return
        self.pages[site] += 1
        for columns in places.values():
            self.counts[range(ROWS), columns] += 1

    def is_copy(self, places: Mapping[str, list[int]]) -> bool:
        """Tell whether pages of the site had nearly all that the long lines of one say.

        Args:
            places: see `places`, by the line.
        """
        spoken = [text for text in places if len(text) >= SPOKEN]
        known = sum(len(text) for text in spoken if self.counts[range(ROWS), places[text]].all())
        return len(spoken) > 1 and known >= COPIED * sum(map(len, spoken))

    def places(self, site: str, text: str) -> list[int]:
        """Column of a line, given in small letters, in each row of the sketch."""
        key = hashlib.blake2b(f"{site}\0{text}".encode(), digest_size=4 * ROWS).digest()
        found = np.frombuffer(key, np.uint32) % COLUMNS
        return [int(place) for place in found]

    def times(self, site: str, text: str) -> int:
        """How many pages of the site have the line (or a little more)."""
        return int(self.counts[range(ROWS), self.places(site, text.strip().casefold())].min())

    def is_furniture(self, document: Document, text: str, *, running: bool = False) -> bool:
        """Tell whether enough pages of the document's site share the line.

        Args:
            document: the page.
            text: the line.
            running: whether it is running text, of which more pages must share it.
        """
        site = site_of(document)
        pages = self.pages[site]
        if pages < FEWEST_PAGES or len(text.strip()) > LONGEST:
            return False
        return self.times(site, text) >= fewest_of(pages, running=running)

    def recurring(self, document: Document) -> str:
        """What is known of the lines of a page, as a digest; empty if none of them recurs.

        While it stays the same no line of the page changes sides, whatever else was learnt.
        """
        site = site_of(document)
        pages = self.pages[site]
        if pages < FEWEST_PAGES:
            return ""
        bars = fewest_of(pages, running=False), fewest_of(pages, running=True)
        found = []
        for line in lines_of(document.text):
            text = line.text.strip()
            if len(text) <= LONGEST and (times := self.times(site, text)) >= bars[0]:
                found.append(f"{line.number}{'+' if times >= bars[1] else ''}")
        return hashlib.sha256(" ".join(found).encode()).hexdigest()[:16] if found else ""


def fewest_of(pages: int, *, running: bool) -> float:
    """Pages of a site with so many that must share a line, for it to be furniture."""
    fewest, share = (FEWEST_PAGES, RUNNING_SHARE) if running else (FEWEST_REPEATS, SHARE)
    return max(fewest, share * pages)

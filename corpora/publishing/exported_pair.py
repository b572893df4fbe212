"""A pair of the corpus as a format is to write it, and what formats cannot say."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpora.flags import OF_SOURCE
from corpora.row import Row

# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), not even as a reference
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What ends a line for some reader (str.splitlines, Unicode TR 13), or a field of a table
BREAKS = re.compile(r"\r\n|[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class ExportedPair:
    """A pair to write.

    Attributes:
        row: of the corpus.
        english: the side that is exported.
        address: of the article on the web, or in the input.
        configuration: `aligned` or `machine`.
    """

    row: Row
    english: str
    address: str
    configuration: str

    def flags(self) -> Iterator[tuple[str, str]]:
        """Yield what looks wrong, each with its kind.

        Beside human English a flag of the machine translation is a `machine-flag`: the pair that
        is exported may be in order.
        """
        for flag in self.row.flags:
            machine = self.configuration == "aligned" and flag not in OF_SOURCE
            yield "machine-flag" if machine else "flag", flag


@dataclass(frozen=True, slots=True)
class Losses:
    """What was said otherwise because the format has no words for it, by kind."""

    counts: Counter[str] = field(default_factory=Counter)

    def one_line(self, text: str) -> str:
        r"""The text with a space for each line break and tab, which are counted.

        >>> losses = Losses(); losses.one_line("satu\tdua\r\ntiga"), losses.counts.total()
        ('satu dua tiga', 2)
        """
        if not BREAKS.search(text):
            return text
        text, count = BREAKS.subn(" ", text)
        self.counts["line breaks and tabs became spaces"] += count
        return text

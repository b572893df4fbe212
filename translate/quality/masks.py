"""Familiar names that stand in for what a model cannot spell, and are put back afterwards.

Small models change what they have rarely seen: names, addresses, terms. They copy names that they
know. Which of these a model copies reliably is found by asking it once; that the name is in the
output as often as in the source is verified every time.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from translate.quality.glossary import Occurrence
from translate.quality.placeholders import protected

Span = tuple[int, int, str, str]  # start, end, kind of mask, what the mask stands for
KINDS: dict[str, tuple[str, ...]] = {  # in the order in which they are taken
    "person": ("Obama", "Trump", "Smith", "Johnson", "David", "Michael", "Maria"),
    "place": ("London", "Jakarta", "Paris", "Tokyo", "Bandung", "Surabaya", "Berlin"),
    "thing": ("Google", "Facebook", "Microsoft", "Toyota", "Samsung", "Honda", "Reuters"),
}
CARRIERS: dict[str, tuple[str, ...]] = {
    "person": (
        "Menurut {}, harga beras naik minggu lalu.",
        "Polisi memeriksa {} selama tiga jam pada hari Senin.",
        "“Kami belum menerima surat itu,” kata {} kepada wartawan.",
    ),
    "place": (
        "Banjir melanda {} setelah hujan lebat selama dua hari.",
        "Ia lahir di {} dan bekerja sebagai guru.",
        "Jalan menuju {} ditutup karena longsor.",
    ),
    "thing": (
        "Pemerintah akan membeli {} tahun depan.",
        "Silakan buka {} untuk membaca laporan lengkapnya.",
        "Harga {} naik dua kali lipat sejak Januari.",
    ),
}
FEWEST_COPIES = 1.0  # share of its carriers in which a mask must have survived
PLACE = re.compile(
    r"\b(?:di|ke|dari|kota|desa|kabupaten|kecamatan|kelurahan|provinsi|pulau|sungai|danau|gunung|"
    r"laut|teluk|selat|bandara|pelabuhan|wilayah|daerah|kawasan|stasiun|jalan|negara|kepulauan)\s$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Masks:
    """The masks of one model.

    Attributes:
        found: masks by kind, the most familiar first; empty until the model was asked.
    """

    found: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def ask(self, translate: Callable[[Sequence[str]], Sequence[str]]) -> None:
        """Find, unless known, the masks that a model copies: every one in every carrier."""
        if self.found:
            return
        trials = [
            (kind, mask, carrier.format(mask))
            for kind, masks in KINDS.items()
            for mask in masks
            for carrier in CARRIERS[kind]
        ]
        outputs = translate([sentence for _, _, sentence in trials])
        copies: Counter[tuple[str, str]] = Counter()
        for (kind, mask, _), output in zip(trials, outputs, strict=True):
            copies[kind, mask] += times(mask, output) == 1
        self.found = {
            kind: tuple(
                mask for mask in masks if copies[kind, mask] >= FEWEST_COPIES * len(CARRIERS[kind])
            )
            for kind, masks in KINDS.items()
        }

    def chosen(self, text: str, kinds: Iterable[str]) -> Iterator[str]:
        """A mask for each kind: none twice, none that the text has; "" when none is left."""
        lower = text.lower()
        taken: set[str] = set()
        for kind in kinds:
            order = (kind, *(other for other in KINDS if other != kind))
            free = (
                mask
                for each in order
                for mask in self.found.get(each, ())
                if mask not in taken and mask.lower() not in lower
            )
            mask = next(free, "")
            taken.add(mask)
            yield mask


def times(mask: str, text: str) -> int:
    """How often a mask stands in a text as a word of its own.

    >>> times("Obama", "Obama's house; Obamas")
    1
    """
    return len(re.findall(rf"(?<!\w){re.escape(mask)}(?!\w)", text))


def kind_of_name(before: str) -> str:
    """What a name is likely to be, by the words before it.

    >>> kind_of_name("Banjir di Desa "), kind_of_name("kata ")
    ('place', 'person')
    """
    return "place" if PLACE.search(before) else "person"


def placeholders_in(text: str) -> Iterator[Span]:
    """Spans of what must come through, each with the kind of its mask and itself."""
    for match in protected(text):
        yield match.start(), match.end(), "thing", match[0]


def spans_of(names: Sequence[str], terms: Sequence[Occurrence], source: str) -> list[Span]:
    """Spans of names and terms of a source, neighbouring names in one."""
    found = [(each.start, each.end, "thing", each.english) for each in terms]
    for name in dict.fromkeys(names):
        found += [(start, end, "", name) for start, end in places_of(name, source)]
    taken = [match.span() for match in protected(source)]
    spans: list[Span] = []
    for start, end, kind, english in sorted(found):
        if any(start < other_end and other < end for other, other_end in taken):
            continue
        if spans and start < spans[-1][1]:
            continue
        if spans and not kind and not spans[-1][2] and source[spans[-1][1] : start] == " ":
            first = spans.pop()[0]
            spans.append((first, end, "", source[first:end]))
        else:
            spans.append((start, end, kind, english))
    return [
        (start, end, kind or kind_of_name(source[:start]), english)
        for start, end, kind, english in spans
    ]


def places_of(name: str, source: str) -> Iterator[tuple[int, int]]:
    """Where a name stands in a source as words of its own."""
    at = source.find(name) if name else -1
    while at >= 0:
        end = at + len(name)
        if not source[at - 1 : at].isalnum() and not source[end : end + 1].isalnum():
            yield at, end
        at = source.find(name, end)

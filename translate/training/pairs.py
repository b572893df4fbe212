"""Pairs to train on: read, filtered, deduplicated, weighted."""

import gzip
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from corpora.errors import UserError

LONGEST_CHARACTERS = 1200
WIDEST_RATIO = 3.0  # longer over shorter side in characters, for sides of more than 20
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """An Indonesian sentence with its English and how often an epoch shows it.

    Attributes:
        source: Indonesian, no line break.
        target: English, no line break.
        weight: times an epoch; the fraction is a chance.
    """

    source: str
    target: str
    weight: float = 1.0


def opened(file: Path) -> IO[str]:
    """A text file, unpacked on the fly by its suffix (`.gz`, `.xz`)."""
    match file.suffix:
        case ".gz":
            return gzip.open(file, "rt", encoding="utf-8")
        case ".xz":
            return lzma.open(file, "rt", encoding="utf-8")
    return file.open(encoding="utf-8")


def read_pairs(
    file: Path, weight: float = 1.0, by_origin: Mapping[str, float] | None = None
) -> Iterator[TrainingPair]:
    """Yield the pairs of a TSV (`id<TAB>en`, or `origin<TAB>id<TAB>en`) or of a TMX.

    Args:
        file: `.tsv`, `.tsv.gz`, `.tsv.xz` or `.tmx`.
        weight: of every pair.
        by_origin: factor on the weight by the first of three columns; 1 for an unknown origin.

    Raises:
        UserError: the file cannot be read, or a line has another number of fields.
    """
    try:
        if file.suffix.lower() == ".tmx":
            yield from (TrainingPair(*pair, weight) for pair in read_tmx(file))
            return
        with opened(file) as lines:
            for number, line in enumerate(lines, start=1):
                fields = line.rstrip("\n").split("\t")
                if len(fields) not in (2, 3):
                    raise UserError(f"{file}:{number}: expected 2 or 3 fields, got {len(fields)}")
                factor = (by_origin or {}).get(fields[0], 1.0) if len(fields) == 3 else 1.0
                yield TrainingPair(fields[-2], fields[-1], weight * factor)
    except (OSError, UnicodeDecodeError, EOFError, lzma.LZMAError) as error:
        raise UserError(f"{file}: cannot be read ({error})") from None


def read_tmx(file: Path) -> Iterator[tuple[str, str]]:
    """Yield Indonesian and English of every unit that has both (TMX 1.4b)."""
    from lxml import etree

    language = "{http://www.w3.org/XML/1998/namespace}lang"
    try:
        for _, unit in etree.iterparse(str(file), tag="tu", resolve_entities=False):
            sides: dict[str, str] = {}
            for variant in unit.iter("tuv"):
                code = variant.get(language) or variant.get("lang") or ""
                segment: Any = variant.find("seg")
                if segment is not None:
                    sides[code.lower()[:2]] = " ".join("".join(segment.itertext()).split())
            if "id" in sides and "en" in sides:
                yield sides["id"], sides["en"]
            unit.clear()
    except etree.XMLSyntaxError as error:
        raise UserError(f"{file}: no TMX ({error})") from None


def fault(pair: TrainingPair) -> str | None:
    """The reason not to train on a pair, or None.

    >>> fault(TrainingPair("Halo.", "Halo."))
    'copy'
    >>> fault(TrainingPair("Ada 12 orang di sini.", "There are 15 people here."))
    'numbers'
    """
    source, target = pair.source.strip(), pair.target.strip()
    if not source or not target:
        return "empty"
    if max(len(source), len(target)) > LONGEST_CHARACTERS:
        return "long"
    if source.casefold() == target.casefold() and len(source.split()) > 0 and source[-1:] in ".!?":
        return "copy"
    short, long = sorted((len(source), len(target)))
    if long > 20 and long > WIDEST_RATIO * short:
        return "ratio"
    left, right = NUMBER.findall(source), NUMBER.findall(target)
    if len(left) == len(right) == 1 and left != right and len(left[0]) == len(right[0]):
        return "numbers"
    return None


def cleaned(pairs: Iterable[TrainingPair], counts: Counter[str]) -> Iterator[TrainingPair]:
    """Yield the pairs without a fault, each once; `counts` learns what became of all."""
    seen: set[int] = set()
    for pair in pairs:
        key = hash((pair.source, pair.target))
        reason = fault(pair) or ("duplicate" if key in seen else None)
        counts[reason or "kept"] += 1
        if reason is None:
            seen.add(key)
            yield pair

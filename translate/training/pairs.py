"""Pairs to train on: read, filtered, deduplicated, weighted."""

import csv
import gzip
import hashlib
import logging
import lzma
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from corpora.encoding import mark_of
from corpora.errors import UsageError, UserError

LOG = logging.getLogger(__name__)
LONGEST_CHARACTERS = 1200
WIDEST_RATIO = 3.0  # longer over shorter side in characters, for sides of more than 20
NUMBER = re.compile(r"\d+")
QUOTED = re.compile(r'"(?:[^"]|"")*"')  # a field as programs for tables write it
LANGUAGES = {  # codes of both, ISO 639-1 and -2; `in` is what it was until 1989, and in Java
    **dict.fromkeys(("id", "in", "ind"), "id"),
    **dict.fromkeys(("en", "eng"), "en"),
}
UNREADABLE = (OSError, EOFError, lzma.LZMAError, zlib.error, csv.Error)


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


@contextmanager
def opened(file: Path) -> Iterator[IO[str]]:
    """A text file, unpacked by its suffix (`.gz`, `.xz`), in UTF-8 or as its byte order mark says.

    Raises:
        UserError: it cannot be read, or is in another encoding.
    """
    ways: dict[str, Any] = {".gz": gzip.open, ".xz": lzma.open}
    try:
        with ways.get(file.suffix.lower(), Path.open)(file, "rb") as content:
            length, encoding = mark_of(content.peek(4)[:4])
            content.read(length)
            yield TextIOWrapper(content, encoding=encoding or "utf-8")
    except UnicodeDecodeError as error:
        raise UserError(
            f"{file}: not {error.encoding.upper()} ({error.reason}); save it as UTF-8"
        ) from None
    except UNREADABLE as error:
        why = getattr(error, "strerror", None) or error
        raise UserError(f"{file}: cannot be read ({why})") from None


def read_pairs(
    file: Path, weight: float = 1.0, by_origin: Mapping[str, float] | None = None
) -> Iterator[TrainingPair]:
    """Yield the pairs of a TSV (`id<TAB>en`, or `origin<TAB>id<TAB>en`) or of a TMX.

    Args:
        file: `.tsv`, `.tsv.gz`, `.tsv.xz` or `.tmx`.
        weight: of every pair.
        by_origin: factor on the weight by the first of three columns; 1 for an unknown origin.

    Raises:
        UserError: the file cannot be read or holds no pair, or a line has another number of fields.
    """
    found = False
    rows: Iterator[tuple[str, str, str]] = read_tsv(file)
    if file.suffix.lower() == ".tmx":
        rows = (("", *pair) for pair in read_tmx(file))
    for origin, source, target in rows:
        found = True
        yield TrainingPair(source, target, weight * (by_origin or {}).get(origin, 1.0))
    if not found:
        raise UserError(f"{file}: no pair in it")


def read_tsv(file: Path) -> Iterator[tuple[str, str, str]]:
    """Yield origin, Indonesian and English of every line that is not blank; no origin is empty.

    Raises:
        UserError: a line has another number of fields.
    """
    with opened(file) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip(" \n"):
                continue
            fields = line.rstrip("\n").split("\t")
            if len(fields) not in (2, 3):
                raise UserError(f"{file}:{number}: expected 2 or 3 fields, got {len(fields)}")
            source, target = map(unquoted, fields[-2:])
            yield (fields[0] if len(fields) == 3 else ""), source, target


def unquoted(field: str) -> str:
    """A field without the quotation marks that a program for tables puts around one that has some.

    Only doubled marks inside tell them from those that a sentence itself begins and ends with.

    >>> unquoted('"Ia berkata ""ya""."'), unquoted('"Ya," katanya, "tentu."'), unquoted('""')
    ('Ia berkata "ya".', '"Ya," katanya, "tentu."', '')
    """
    inside = field[1:-1]
    if field == '""' or ('""' in inside and QUOTED.fullmatch(field)):
        return inside.replace('""', '"')
    return field


def read_tmx(file: Path) -> Iterator[tuple[str, str]]:
    """Yield Indonesian and English of every unit that has both (TMX 1.4b); others are counted.

    Raises:
        UserError: it is no TMX, or no unit has both.
    """
    from lxml import etree

    passed: Counter[str] = Counter()  # units by the languages that they have
    found = False
    try:
        for _, unit in etree.iterparse(str(file), tag="{*}tu", resolve_entities=False):
            sides = sides_of(unit)
            if "id" in sides and "en" in sides:
                found = True
                yield sides["id"], sides["en"]
            else:
                passed[" ".join(sorted(sides)) or "none"] += 1
            unit.clear()
            while unit.getprevious() is not None:  # what was read takes no memory
                del unit.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise UserError(f"{file}: no TMX ({error})") from None
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror or error})") from None
    there = ", ".join(f"{languages} ({count})" for languages, count in passed.most_common(5))
    if not found:
        has = f"its units are in {there}" if passed else "there are no units at all"
        raise UserError(f"{file}: no unit with Indonesian (id) and English (en); {has}")
    if passed:
        LOG.warning(
            "%s: %d units without Indonesian or English are passed over: in %s",
            *(file, passed.total(), there),
        )


def sides_of(unit: Any) -> dict[str, str]:
    """Text by language of a unit of a TMX; of any land, Indonesian is `id` and English `en`.

    Of a language that stands there several times, the last.
    """
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    sides: dict[str, str] = {}
    for variant in unit.iter("{*}tuv"):
        code = (variant.get(language) or variant.get("lang") or "").strip().lower()
        segment: Any = variant.find("{*}seg")
        if segment is not None:
            base = re.split("[-_]", code)[0]
            sides[LANGUAGES.get(base, code)] = " ".join("".join(segment.itertext()).split())
    return sides


def weighted_file(entry: str) -> tuple[Path, float]:
    """File and weight that an entry of the command line names: `FILE` or `FILE=WEIGHT`.

    >>> weighted_file("news.tsv=3")[1], weighted_file("a=b/news.tsv=0.2")[0].name
    (3.0, 'news.tsv')

    Raises:
        UsageError: what stands behind the last `=` is no weight.
    """
    name, mark, weight = entry.rpartition("=")
    if not mark or Path(entry).exists():
        return Path(entry), 1.0
    try:
        return Path(name), weight_of(weight)
    except ValueError:
        raise UsageError(
            f"{entry}: expected FILE=WEIGHT with a number from 0 on, got {weight!r}"
        ) from None


def weight_of(text: str) -> float:
    """The number that says how often an epoch shows a pair.

    Raises:
        ValueError: it is no number, below 0 or without end.
    """
    weight = float(text)
    if not 0 <= weight < math.inf:
        raise ValueError(text)
    return weight


def read_weights(file: Path) -> dict[str, float]:
    """Weight by origin, from a TSV with the columns `source` and `weight` among its columns.

    Raises:
        UserError: it cannot be read, lacks a column, or a weight is no number.
    """
    weights: dict[str, float] = {}
    with opened(file) as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        there = rows.fieldnames or []
        if not {"source", "weight"} <= set(there):
            got = ", ".join(there) or "nothing"
            raise UserError(f"{file}:1: expected the columns source and weight, got {got}")
        for row in rows:
            try:
                weights[row["source"]] = weight_of(row["weight"] or "")
            except ValueError:
                raise UserError(
                    f"{file}:{rows.line_num}: expected a number from 0 on as weight, "
                    f"got {row['weight'] or 'nothing'}"
                ) from None
    return weights


def turned(pair: TrainingPair) -> TrainingPair:
    """The pair the other way round.

    >>> turned(TrainingPair("Halo.", "Hello.", 2.0))
    TrainingPair(source='Hello.', target='Halo.', weight=2.0)
    """
    return replace(pair, source=pair.target, target=pair.source)


def digest_of(pairs: Iterable[TrainingPair], before: str = "") -> str:
    """SHA-256 of pairs in their order, weights included, and of the digest of those before them."""
    total = hashlib.sha256(before.encode())
    for pair in pairs:
        total.update(f"{pair.source}\t{pair.target}\t{pair.weight}\n".encode())
    return total.hexdigest()


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
    return None if pair.weight > 0 else "weightless"


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

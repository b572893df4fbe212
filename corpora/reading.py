"""Articles from what people have: text, web pages, Word files, tables, archives and datasets.

Everything streams: no list of the files, and no more than one article, is kept in memory. An input
that cannot be read says why and is passed by.
"""

import logging
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from corpora.address import CONTAINERS, EXTRACTED, is_row, printable
from corpora.article import article
from corpora.document import Document
from corpora.encoding import decoded, without_mojibake
from corpora.errors import UserError
from corpora.files import by_ending, files_below
from corpora.office import read_docx
from corpora.source import (
    LARGEST_BYTES,
    STANDARD_INPUT,
    Failure,
    ReadingOptions,
    Source,
    Unreadable,
    opened,
    whole,
)
from corpora.streams import byte_lines
from corpora.tables import (
    is_dataset,
    read_csv,
    read_dataset,
    read_jsonl,
    read_parquet,
    read_tsv,
)
from corpora.webarchive import read_warc
from corpora.webpage import begins_page, page_article, read_webpage

__all__ = [
    "LARGEST_BYTES",
    "READERS",
    "Failure",
    "ReadingOptions",
    "Source",
    "Unreadable",
    "count",
    "documents",
    "holds_many",
    "plain_text",
    "read",
    "sources",
    "text_lines",
    "warn_of_others",
]

LOG = logging.getLogger(__name__)
Reader = Callable[[Source, ReadingOptions], Iterator[Document | Failure]]
DEFAULTS = ReadingOptions()


def read_plain(source: Source, options: ReadingOptions) -> Iterator[Document]:
    """Yield the page of a text file, or the article of what is an HTML page by another name."""
    data = whole(source, options)
    if begins_page(data):
        yield page_article(data, source)
        return
    text, encoding = decoded(data, source)
    yield article(source.path, text, name=source, steps=(encoding,), data=data)


READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".html": read_webpage,
    ".htm": read_webpage,
    ".docx": read_docx,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".parquet": read_parquet,
    ".warc": read_warc,
    ".warc.gz": read_warc,
}
ENDINGS = sorted(READERS, key=len, reverse=True)


def sources(location: Path) -> Iterator[Source]:
    """Give, one by one, what there is to read.

    Args:
        location: a file of any name, a folder (its readable files at any depth, in a stable order),
            `-` for standard input, or a Hugging Face dataset: `hf:NAME`, or a folder saved as one.

    Raises:
        UserError: nothing is there, or nothing that can be read; at the call, not later.
    """
    if location == STANDARD_INPUT:
        return iter([Source(location, "stdin.txt")])
    if is_dataset(location):
        return iter([dataset(str(location))])
    if location.exists() and not location.is_dir():
        return iter([Source(location, location.name)])
    if not location.exists():
        raise UserError(f"{location}: no such file or folder; check the spelling")
    found = files_below(location, frozenset(READERS))
    first = next(found, None)
    if first is None:
        kinds = ", ".join(sorted(READERS))
        raise UserError(f"{location}: no article in this folder; expected files ending in {kinds}")
    above = (location / "_").as_posix().removesuffix("_")  # `relative_to` parses each anew
    paths = chain([first], found)
    return (Source(file, file.as_posix().removeprefix(above)) for file in paths)


def warn_of_others(location: Path) -> None:
    """Say, in one warning, which files of a folder no reader takes: how many, by their ending."""
    if is_dataset(location) or not location.is_dir():
        return
    others: Counter[str] = Counter()
    for _ in files_below(location, frozenset(READERS), others):
        pass
    if others:
        LOG.warning(
            "%s: %d files passed over, no reader takes their kind: %s",
            *(location, others.total(), by_ending(others)),
        )


def dataset(name: str) -> Source:
    """A dataset of the Hub, or a local one under the name of its folder."""
    name = name.removeprefix("hf:")
    local = Path(name).exists()
    return Source(Path(f"hf:{name}"), f"hf:{Path(name).resolve().name if local else name}")


def count(location: Path) -> int | None:
    """How many articles there are, or None when only reading them would tell."""
    total = 0
    for source in sources(location):
        if holds_many(source):
            return None
        total += 1
    return total


def holds_many(source: Source) -> bool:
    """Tell whether a source is a table, an archive or a dataset."""
    return suffix_of(source) in CONTAINERS or source.path.startswith("hf:")


def suffix_of(source: Source) -> str:
    """The ending in `READERS` that its name has, the longest first; empty when it has none."""
    name = source.path.lower()
    for ending in ENDINGS:
        if name.endswith(ending):
            return ending
    return ""


def reader_of(source: Source) -> Reader:
    """How a source is read; what has no known ending is text."""
    if source.path.startswith("hf:"):
        return read_dataset
    return READERS.get(suffix_of(source), read_plain)


def documents(
    found: Iterable[Source], options: ReadingOptions = DEFAULTS
) -> Iterator[Document | Failure]:
    """Yield, in order, each article or the reason why it cannot be read."""
    for source in found:
        try:
            distinct(source)
            yield from reader_of(source)(source, options)
        except Unreadable as reason:
            yield Failure(printable(source.path), printable(str(reason)))


def distinct(source: Source) -> None:
    """See that the addresses in a source, and its output, cannot be those of another one.

    Raises:
        Unreadable: they can, or its name is no text.
    """
    if printable(source.path) != source.path:
        raise unnameable(source)
    if is_row(source.path) and not source.path.startswith("hf:"):
        raise Unreadable(f"{source}: reads like a row of another file; rename it without the #")
    if suffix_of(source) in EXTRACTED:
        beside = source.file.with_name(source.file.name + ".txt")
        if beside.exists():
            raise Unreadable(f"{source}: its translation would be named as {beside}; rename one")


def unnameable(source: Source) -> Unreadable:
    """The complaint about a name that is no text, be it the name's fault or the locale's."""
    name, encoding = os.fsencode(source.path), sys.getfilesystemencoding()
    try:
        name.decode()
    except UnicodeDecodeError:
        return Unreadable(f"{source}: the name is not UTF-8; rename it (convmv -t UTF-8 does many)")
    return Unreadable(
        f"{source}: names are {encoding} in this locale, and this one is UTF-8; "
        "set LC_ALL=C.UTF-8, or PYTHONUTF8=1"
    )


def plain_text(location: Path) -> bool:
    """Tell whether a place is standard input or a text file, to be read as it stands."""
    if location == STANDARD_INPUT:
        return True
    source = Source(location, str(location))
    return not location.is_dir() and reader_of(source) is read_plain


def read(source: Source, options: ReadingOptions = DEFAULTS) -> Document:
    """Read the one article of a file.

    Raises:
        Unreadable: it is empty, too large, binary, in an unknown encoding, holds no article or
            more than one, or changed while it was read.
    """
    if holds_many(source):
        raise Unreadable(f"{source}: holds many articles; expected a file with one")
    found = next(iter(reader_of(source)(source, options)))
    assert isinstance(found, Document)
    return found


def text_lines(source: Source) -> Iterator[str]:
    """Yield the lines of a text of any size, with their ends, each decoded for itself.

    Raises:
        Unreadable: a line is in an unknown encoding or larger than an article; or as `opened`.
    """
    with opened(source) as file:
        for number, line in enumerate(byte_lines(file, source, LARGEST_BYTES), start=1):
            if line is None:
                raise Unreadable(f"{source}:{number}: a line of over {LARGEST_BYTES / 1e6:.0f} MB")
            yield without_mojibake(decoded(line, f"{source}:{number}")[0])

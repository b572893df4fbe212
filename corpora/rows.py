"""Articles from rows: which column is the text, which say what is known of it, which names it."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from corpora.address import Names, leads_out, printable
from corpora.article import article, fits, stated
from corpora.document import NOTHING_KNOWN, Document, Metadata
from corpora.encoding import decoded
from corpora.markup import holds_markup, is_page, without_tags
from corpora.source import Failure, ReadingOptions, Source, Unreadable
from corpora.webpage import extracted

# Names of columns, most telling first, as they occur in Indonesian and English collections.
TEXT = (
    *("text", "content", "body", "article", "isi", "berita", "teks", "artikel", "konten"),
    *("isi_berita", "article_text", "full_text", "fulltext", "maintext", "document"),
)
KNOWN = {
    "title": ("title", "judul", "headline", "heading"),
    "date": (
        *("date", "tanggal", "published", "published_at", "publish_date", "pubdate", "datetime"),
        *("date_published", "waktu", "timestamp", "created_at"),
    ),
    "author": ("author", "authors", "penulis", "byline", "wartawan"),
    "site": ("site", "sitename", "site_name", "source", "media", "sumber", "publisher", "domain"),
    "url": ("url", "link", "tautan", "source_url", "href"),
}
ID = ("id", "_id", "article_id", "doc_id", "uuid", "guid")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it was read.

    Attributes:
        number: what stands for its id where it has none; unique in its file.
        fields: values by column, text still as bytes where its encoding is unknown; or why there
            are none.
    """

    number: str
    fields: Mapping[str, Any] | Unreadable


class NoTextColumn(Unreadable):
    """None of the columns is known to hold the article."""


def articles(
    entries: Iterable[Entry], source: Source, options: ReadingOptions, kind: str
) -> Iterator[Document | Failure]:
    """Yield, in order, the article of every row or the reason why it has none.

    A row whose id stood before has its number added to it.

    Raises:
        Unreadable: there is no row, or the first has no column that is known to hold a text.
    """
    number, columns_fit = None, False
    with Names() as names:
        for entry in entries:
            number, where = entry.number, f"{source}:{entry.number}"
            try:
                if isinstance(entry.fields, Unreadable):
                    raise entry.fields
                column = text_column(entry.fields, options, source if not columns_fit else where)
                columns_fit = True
                label = label_of(entry.fields, number, where)
                found = row_article(entry, column, label, where, options, kind)
                path = f"{source.path}#{names.distinct(label, number)}"
                yield replace(found, path=path)  # only now: a row that failed takes no name
            except NoTextColumn as reason:
                if not columns_fit:
                    raise
                yield failure(source, number, reason)
            except Unreadable as reason:
                yield failure(source, number, reason)
    if number is None:
        raise Unreadable(f"{source}: no row in it; remove it or fetch it again")


def failure(source: Source, number: str, reason: Unreadable) -> Failure:
    """A row that is no article: `FILE:NUMBER`, which is no address that an article can have.

    By `#` and its number it could be taken for another row, which has this number for its id.
    """
    return Failure(f"{source.path}:{number}", printable(str(reason)))


def text_column(fields: Mapping[str, Any], options: ReadingOptions, name: object) -> str:
    """The column that holds the article.

    Raises:
        NoTextColumn: none does, as far as names tell.
    """
    wanted = (options.text_column,) if options.text_column else TEXT
    found = column_named(fields, wanted)
    if found is None and "." in options.text_column and value_at(fields, options.text_column):
        return options.text_column
    if found is None:
        columns = ", ".join(map(str, list(fields)[:20])) or "none"
        raise NoTextColumn(
            f"{name}: no column {options.text_column!r}; there are: {columns}"
            if options.text_column
            else f"{name}: no column is known to hold the article; there are: {columns}; "
            "name one with --text-column"
        )
    return found


def column_named(fields: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The first of these names that is a column, case ignored, as the table writes it."""
    there: dict[str, str] = {}
    for field in fields:
        there.setdefault(field.strip().casefold(), field)
    return next((there[name.casefold()] for name in names if name.casefold() in there), None)


def value_at(fields: Mapping[str, Any], path: str) -> Any:
    """The value of a column, or inside of one: `data.isi`; None where there is none.

    >>> value_at({"data": {"isi": "Ya."}}, "data.isi")
    'Ya.'
    """
    if path in fields:
        return fields[path]
    value: Any = fields
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def label_of(fields: Mapping[str, Any], number: str, where: str) -> str:
    """The id of a row, or its number.

    Raises:
        Unreadable: used as a name of a file the id would lead out of its folder.
    """
    column = column_named(fields, ID)
    label = (plain(fields[column], where) or number) if column else number
    if leads_out(label):
        raise Unreadable(
            f"{where}: the {column} {label!r} leads out of the output folder; rename it"
        )
    if printable(label) != label:
        raise Unreadable(f"{where}: the {column} {label!r} is no text; rename it")
    return label


def row_article(
    entry: Entry, column: str, label: str, where: str, options: ReadingOptions, kind: str
) -> Document:
    """The article of a row; its address is the label alone.

    Raises:
        Unreadable: its text is none, empty or too large.
    """
    assert not isinstance(entry.fields, Unreadable)
    fields = entry.fields
    value, encoding = value_at(fields, column), "utf-8"
    if isinstance(value, bytes):
        value, encoding = decoded(value, where)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "\n".join(value)
    if value is None:
        raise Unreadable(f"{where}: empty; remove it or fetch the page again")
    if not isinstance(value, str):
        raise Unreadable(
            f"{where}: {column!r} holds {type(value).__name__}, expected text; "
            "name another column with --text-column"
        )
    fits(value, where, options)
    steps: tuple[str, ...] = (encoding, kind)
    found_inside = NOTHING_KNOWN
    if holds_markup(value):
        steps += ("html",)
        if is_page(value):
            value, found_inside = extracted(value, where)
        else:
            value = without_tags(value)
    beside = {
        name: plain(fields[found], where)
        for name, names in KNOWN.items()
        if (found := column_named(fields, names)) is not None and found != column
    }
    metadata = Metadata(**(stated(found_inside) | stated(Metadata(**beside))))
    return article(label, value, name=where, steps=steps, metadata=metadata)


def plain(value: Any, where: str) -> str | None:
    """A value as text, or None when it says nothing."""
    match value:
        case bytes():
            return decoded(value, where)[0].strip() or None
        case str():
            return value.strip() or None
        case datetime() | date():
            return value.isoformat()
        case bool() | None | dict():
            return None
        case float() if math.isnan(value):
            return None
        case list():
            return ", ".join(filter(None, (plain(each, where) for each in value))) or None
        case _:
            return str(value)

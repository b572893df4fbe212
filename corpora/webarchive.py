"""Articles of web archives (`.warc`, `.warc.gz`), a record at a time, read by warcio."""

import logging
from collections.abc import Iterator
from typing import Any

from corpora.address import Names, leads_out
from corpora.article import article
from corpora.document import Document, Metadata
from corpora.encoding import decoded, decoded_page
from corpora.source import Failure, ReadingOptions, Source, Unreadable, opened, too_large
from corpora.streams import Unpacked, is_gzipped
from corpora.webpage import extracted, one_line

logger = logging.getLogger(__name__)
KINDS = ("response", "resource", "conversion")
HTML = ("text/html", "application/xhtml+xml")
PLAIN = "text/plain"
UNKNOWN_PACKINGS = ("br", "zstd", "compress")  # archives often name one and hold the page unpacked


def read_warc(source: Source, options: ReadingOptions) -> Iterator[Document | Failure]:
    """Yield the article, or the reason why there is none, of every page in the archive.

    Records of other kinds (requests, pictures, pages that the server did not have) are passed over
    and counted in the log.

    Raises:
        Unreadable: the file is damaged or no web archive, or holds no page.
    """
    from warcio.archiveiterator import ArchiveIterator

    number = pages = 0
    with opened(source) as file, Names() as names:
        stream = Unpacked(file) if is_gzipped(file) else file  # no buffer that an error would empty
        try:
            records = ArchiveIterator(stream)
            records.INC_RECORD = ""  # it would print three lines of its own about a damaged record
            for number, record in enumerate(records, start=1):
                if record.rec_type not in KINDS or not is_page(record):
                    continue
                pages += 1
                url = record.rec_headers.get_header("WARC-Target-URI") or str(number)
                path = f"{source.path}#{names.distinct(url, number)}"
                try:
                    yield page(record, url, path, f"{source}:{number} ({url})", options)
                except Unreadable as reason:
                    yield Failure(path, str(reason))
        except Exception as error:  # foreign parsers meet foreign files: one must not end a run
            lacks = isinstance(error, AttributeError)  # what warcio makes of a header cut short
            why = "a record without its address" if lacks else one_line(error)
            raise Unreadable(
                f"{source}: no web archive, or damaged, behind record {number} ({why}); "
                "fetch it again"
            ) from None
    logger.info("%s: %d pages, %d other records passed over", source, pages, number - pages)
    if not pages:
        raise Unreadable(f"{source}: no web page in this archive; expected HTML responses")


def is_page(record: Any) -> bool:
    """Tell whether a record holds a page that the server had."""
    if record.http_headers and record.http_headers.get_statuscode() != "200":
        return False
    return content_type(record)[0] in (*HTML, PLAIN)


def content_type(record: Any) -> tuple[str, str]:
    """Media type and encoding that the server named; of a record without one, the archive's."""
    headers = record.http_headers or record.rec_headers
    kind, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    _, _, encoding = rest.lower().partition("charset=")
    return kind.strip().lower(), encoding.split(";")[0].strip(" \"'")


def page(record: Any, url: str, path: str, name: str, options: ReadingOptions) -> Document:
    """The article of one record.

    Raises:
        Unreadable: its address is no address of a page, it is too large, or holds no article.
    """
    if leads_out(url):
        raise Unreadable(f"{name}: the address leads out of the archive; remove the record")
    data = content(record, name, options)
    kind, header = content_type(record)
    archived = "warc-truncated" if record.rec_headers.get_header("WARC-Truncated") else "warc"
    if kind == PLAIN:
        text, encoding = decoded(data, name)
        steps: tuple[str, ...] = (encoding, archived)
        metadata = Metadata(url=url)
    else:
        html, encoding = decoded_page(data, name, header)
        text, metadata = extracted(html, name, url)
        steps = (encoding, archived, "html")
    return article(path, text, name=name, steps=steps, data=data, metadata=metadata)


def content(record: Any, name: str, options: ReadingOptions) -> bytes:
    """What a record holds, unpacked.

    Raises:
        Unreadable: it is too large, cut off, or packed in a way that is not known.
    """
    data: bytes = record.content_stream().read(options.largest_bytes + 1)
    if len(data) > options.largest_bytes:
        raise too_large(name, len(data), options.largest_bytes)
    while record.raw_stream.read(1 << 16):  # padding behind the last chunk
        pass
    if record.raw_stream.limit > 0:
        raise Unreadable(f"{name}: cut off, {record.raw_stream.limit} bytes miss; fetch it again")
    packing = (record.http_headers and record.http_headers.get_header("Content-Encoding")) or ""
    if packing.strip().lower() in UNKNOWN_PACKINGS and not data.lstrip().startswith(b"<"):
        raise Unreadable(
            f"{name}: packed as {packing.strip()}, expected gzip or deflate; "
            "fetch it again without Accept-Encoding"
        )
    return data

"""Articles of web archives (`.warc`, `.warc.gz`), a record at a time, read by warcio."""

import logging
from collections.abc import Iterator
from typing import Any

from corpora.address import Names, leads_out
from corpora.article import article
from corpora.document import Document, Metadata
from corpora.encoding import decoded, decoded_page
from corpora.source import Failure, ReadingOptions, Source, Unreadable, opened, too_large
from corpora.webpage import extracted, one_line

logger = logging.getLogger(__name__)
KINDS = ("response", "resource", "conversion")
HTML = ("text/html", "application/xhtml+xml")
PLAIN = "text/plain"


def read_warc(source: Source, options: ReadingOptions) -> Iterator[Document | Failure]:
    """Yield the article, or the reason why there is none, of every page in the archive.

    Records of other kinds (requests, pictures, pages that the server did not have) are passed over
    and counted in the log.

    Raises:
        Unreadable: the file is damaged or no web archive, or holds no page.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = pages = 0
    with opened(source) as file, Names() as names:
        try:
            for number, record in enumerate(ArchiveIterator(file), start=1):
                if record.rec_type not in KINDS or not is_page(record):
                    continue
                pages += 1
                url = record.rec_headers.get_header("WARC-Target-URI") or str(number)
                path = f"{source.path}#{url if names.take(url) else f'{url}~{number}'}"
                try:
                    yield page(record, url, path, f"{source}:{number} ({url})", options)
                except Unreadable as reason:
                    yield Failure(path, str(reason))
        except (ArchiveLoadFailed, EOFError, ValueError, OSError) as error:
            raise Unreadable(
                f"{source}: no web archive, or damaged, behind record {number} "
                f"({one_line(error)}); fetch it again"
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
    data = record.content_stream().read(options.largest_bytes + 1)
    if len(data) > options.largest_bytes:
        raise too_large(name, len(data), options.largest_bytes)
    kind, header = content_type(record)
    if kind == PLAIN:
        text, encoding = decoded(data, name)
        return article(
            path,
            text,
            name=name,
            steps=(encoding, "warc"),
            data=data,
            metadata=Metadata(url=url),
        )
    html, encoding = decoded_page(data, name, header)
    text, metadata = extracted(html, name, url)
    steps = (encoding, "warc", "html")
    return article(path, text, name=name, steps=steps, data=data, metadata=metadata)

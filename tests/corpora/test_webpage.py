import gzip
import io
import zipfile
from typing import Any

import pytest

from corpora.document import Document, Metadata
from corpora.reading import Failure, ReadingOptions, Source, Unreadable, documents, read, sources

BODY = [
    "Hujan turun di kota itu sejak pagi hari sehingga jalan tergenang air setinggi lutut orang.",
    "“Kami menunggu,” kata warga pada hari Selasa di depan rumahnya yang terendam sejak malam.",
]
PAGE = f"""<html><head><title>Hujan di Kota - Situs</title>
<meta property="og:title" content="Hujan di Kota">
<meta property="og:site_name" content="Situs Berita"><meta name="author" content="Budi Santoso">
<meta property="article:published_time" content="2026-03-04T10:00:00+07:00">
<link rel="canonical" href="https://contoh.id/berita/1"></head>
<body><nav><a href="/">Beranda</a> <a href="/b">Bola</a></nav><article><h1>Hujan di Kota</h1>
<p>{BODY[0]}</p><p>{BODY[1]}</p></article><footer>Hak cipta 2026</footer></body></html>"""
KNOWN = Metadata(
    "Hujan di Kota", "2026-03-04", "Budi Santoso", "Situs Berita", "https://contoh.id/berita/1"
)


def write(folder, name, data):
    (folder / name).write_bytes(data)
    return Source(folder / name, name)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_article_and_what_is_known_of_it(tmp_path, encoding):
    found = read(write(tmp_path, "a.html", PAGE.encode(encoding)))
    assert all(paragraph in found.text.split("\n") for paragraph in BODY)
    assert "Beranda" not in found.text and "Hak cipta" not in found.text
    assert found.metadata == KNOWN and found.steps[-1] == "html"


def test_a_page_without_an_article_says_so(tmp_path, caplog):
    for html in (b"<html><body></body></html>", b"<html><script>1</script></html>"):
        with pytest.raises(Unreadable, match=r"a\.html: no article found .*; save its text"):
            read(write(tmp_path, "a.html", html))
    assert not caplog.records


def test_tags_nested_without_end_are_one_failure_at_most(tmp_path):
    write(tmp_path, "a.htm", b"<div>" * 200_000 + PAGE.encode())
    write(tmp_path, "b.htm", PAGE.encode())
    *_, last = documents(sources(tmp_path))
    assert isinstance(last, Document) and last.path == "b.htm"


def word(folder, name="a.docx"):
    from docx import Document as new_document

    document = new_document()
    document.core_properties.title, document.core_properties.author = "Hujan", "Budi"
    document.add_paragraph("Hujan turun.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Kiri.", "Kanan."
    document.add_paragraph("Jalan “tergenang”.")
    document.save(str(folder / name))
    return Source(folder / name, name)


def test_a_word_file_in_the_order_of_its_text(tmp_path):
    found = read(word(tmp_path))
    assert found.text == "Hujan turun.\nKiri.\nKanan.\nJalan “tergenang”."
    assert found.metadata == Metadata(title="Hujan", author="Budi") and found.steps == ("docx",)


def test_a_word_file_that_is_none(tmp_path):
    with pytest.raises(Unreadable, match=r"a\.docx: not a Word file .*save it again"):
        read(write(tmp_path, "a.docx", b"not a zip"))


def test_a_word_file_that_unpacks_without_end(tmp_path):
    source = word(tmp_path)
    with zipfile.ZipFile(source.file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/x.bin", bytes(50_000_000))
    with pytest.raises(Unreadable, match=r"unpacks to \d+ MB, expected under 2 MB"):
        read(source, ReadingOptions(largest_bytes=100_000))


def test_a_word_file_with_a_name_that_leads_out(tmp_path):
    source = word(tmp_path)
    with zipfile.ZipFile(source.file, "a") as archive:
        archive.writestr("../../evil", b"")
    with pytest.raises(Unreadable, match=r"'\.\./\.\./evil' inside leads out"):
        read(source)


def archive_of(records):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    for url, kind, status, data in records:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(data), http_headers=headers
            )
        )
    return stream.getvalue()


# The writer of warcio, which only these tests use, leaves its temporary files to the collector.
UNCLOSED = pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile")
RECORDS = [
    ("https://contoh.id/1", "text/html; charset=utf-8", "200 OK", PAGE.encode()),
    ("https://contoh.id/a.png", "image/png", "200 OK", b"\x89PNG\0"),
    ("https://contoh.id/hilang", "text/html", "404 Not Found", PAGE.encode()),
    ("https://contoh.id/kosong", "text/html", "200 OK", b""),
    ("https://contoh.id/1", "text/html", "200 OK", PAGE.encode("cp1252")),
    ("https://contoh.id/../x", "text/html", "200 OK", PAGE.encode()),
    ("https://contoh.id/2.txt", "text/plain", "200 OK", b"Teks biasa."),
]


@UNCLOSED
@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_pages_of_a_web_archive(tmp_path, name):
    data = archive_of(RECORDS)
    source = write(tmp_path, name, data if name.endswith(".gz") else gzip.decompress(data))
    found: list[Any] = list(documents([source]))
    first, empty, again, out, plain = found
    assert first.path == f"{name}#https://contoh.id/1" and first.metadata == KNOWN
    assert all(paragraph in first.text for paragraph in BODY)
    assert isinstance(empty, Failure) and "https://contoh.id/kosong" in empty.reason
    assert again.path == f"{name}#https://contoh.id/1~5" and again.text == first.text
    assert isinstance(out, Failure) and "leads out" in out.reason
    assert plain.text == "Teks biasa." and plain.metadata == Metadata(url="https://contoh.id/2.txt")


@UNCLOSED
def test_a_web_archive_that_is_cut_off_keeps_what_came_before(tmp_path):
    data = archive_of(RECORDS[:1] * 3)
    source = write(tmp_path, "a.warc.gz", data[: len(data) - 300])
    *good, bad = documents([source])
    assert len(good) >= 2 and isinstance(good[0], Document)
    assert isinstance(bad, (Failure, Document))

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


@pytest.mark.parametrize("name", ["a.txt", "a.mhtml", "halaman"])
def test_a_page_by_another_name_is_a_page(tmp_path, name):
    expected = read(write(tmp_path, "b.html", PAGE.encode()))
    for before in ("", "\ufeff\n<!-- disimpan -->\n<!DOCTYPE html>\n"):
        found = read(write(tmp_path, name, (before + PAGE).encode()))
        assert found.text == expected.text and "html" in found.steps
    (piece,) = documents([write(tmp_path, name, b"<p>Harga beras naik.</p>")])
    assert isinstance(piece, Document) and piece.text.startswith("<p>")


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


def test_a_page_that_is_not_marked_up_as_an_article(tmp_path):
    found = read(write(tmp_path, "a.html", ("\n\n".join(BODY * 2)).encode()))
    assert all(paragraph in found.text for paragraph in BODY)
    deep = "<title>Hujan</title>" + "<div>" * 300 + f"<p>{BODY[0]}</p><p>{BODY[1]}</p><p>{BODY[0]}"
    found = read(write(tmp_path, "b.html", deep.encode()))
    assert found.text.split("\n")[-2:] == [BODY[1], BODY[0]]


def test_a_page_that_is_laid_out_in_a_table(tmp_path):
    paragraphs = [*BODY, "Air surut pada sore hari, kata petugas yang berjaga di pintu air kota."]
    cells = "".join(f"<tr><td>{paragraph}</td></tr>" for paragraph in paragraphs)
    found = read(write(tmp_path, "a.html", f"<body><table>{cells}</table>".encode()))
    assert found.text == "\n".join(paragraphs)


def test_a_bar_in_a_cell_of_a_table_is_text(tmp_path):
    rows = "<tr><td>Solo | Sragen</td><td>14.000</td></tr><tr><td>Kudus</td><td>13.500</td></tr>"
    html = PAGE.replace("</article>", f"<table>{rows}</table><p>{BODY[1][1:]}</p></article>")
    found = read(write(tmp_path, "a.html", html.encode()))
    assert [line for line in found.text.split("\n") if "Solo" in line] == ["Solo | Sragen"]
    assert "14.000" in found.text.split("\n")


@pytest.mark.parametrize("sign", ["<Rp 10.000 per kilo, kata", "<redaksi@contoh.id> atau"])
def test_a_sign_before_a_word_ends_no_page(tmp_path, sign):
    html = PAGE.replace(BODY[0], f"Warga membeli beras {sign} mereka.</p><p>{BODY[0]}")
    found = read(write(tmp_path, "a.html", html.encode()))
    assert f"Warga membeli beras {sign} mereka." in found.text
    assert all(paragraph in found.text for paragraph in BODY) and found.metadata == KNOWN


NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPHS = [
    ("<w:r><w:t>Satu</w:t></w:r><w:ins><w:r><w:t> baru</w:t></w:r></w:ins>", "Satu baru"),
    ("<w:del><w:r><w:delText>lama</w:delText></w:r></w:del><w:r><w:t>Dua</w:t></w:r>", "Dua"),
    ("<w:hyperlink><w:r><w:t>Tiga</w:t></w:r></w:hyperlink>", "Tiga"),
    ("<w:sdt><w:sdtContent><w:r><w:t>Empat</w:t></w:r></w:sdtContent></w:sdt>", "Empat"),
    ("<w:smartTag><w:r><w:t>Li</w:t><w:t>ma</w:t></w:r></w:smartTag>", "Lima"),
    ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>6</w:t></w:r>", "6"),
    ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
    ("<w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:r><w:t>Tujuh</w:t></w:r>", "Tujuh"),
    (
        "<w:r><w:t>Luar</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>Kotak</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>",
        "Luar\nKotak",
    ),
    (
        "<w:r><w:t>Delapan</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>Kotak luar</w:t><w:pict>"
        "<w:txbxContent><w:p><w:r><w:t>Kotak dalam</w:t></w:r></w:p></w:txbxContent></w:pict>"
        "</w:r></w:p><w:p><w:r><w:t>Lagi</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        "Delapan\nKotak luar\nKotak dalam\nLagi",
    ),
]


def test_a_word_file_loses_no_text_that_is_marked_in_some_way(tmp_path):
    from docx import Document as new_document
    from docx.oxml import parse_xml

    document = new_document()
    for xml, _ in PARAGRAPHS:
        paragraph = parse_xml(f"<w:p {NAMESPACE}>{xml}</w:p>")
        document.element.body.insert(len(document.element.body) - 1, paragraph)
    document.save(str(tmp_path / "a.docx"))
    found = read(Source(tmp_path / "a.docx", "a.docx"))
    assert found.text == "\n".join(text for _, text in PARAGRAPHS)


def test_notes_of_a_word_file_stand_behind_its_text(tmp_path):
    source = word(tmp_path)
    with zipfile.ZipFile(source.file) as archive:
        parts = {name: archive.read(name).decode("latin-1") for name in archive.namelist()}
    kind = "openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>",
        f'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.{kind}"/></Types>',
    )
    relations = "word/_rels/document.xml.rels"
    where = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    parts[relations] = parts[relations].replace(
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{where}" Target="footnotes.xml"/></Relationships>',
    )
    parts["word/footnotes.xml"] = (
        f'<w:footnotes {NAMESPACE}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-</w:t>'
        '</w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>Catatan.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(source.file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.encode("latin-1"))
    assert read(source).text.endswith("tergenang”.\nCatatan.")


def record(url, body, *, packing="", length=0, truncated=""):
    """One record of a web archive, byte by byte, so that it can be wrong."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    http += (f"Content-Encoding: {packing}\r\n" if packing else "").encode() + b"\r\n" + body
    lines = ["WARC/1.0", "WARC-Type: response", "WARC-Record-ID: <urn:uuid:1>"]
    lines += ["WARC-Date: 2024-01-01T00:00:00Z", "Content-Type: application/http"]
    lines += [f"WARC-Target-URI: {url}"] if url else []
    lines += [f"WARC-Truncated: {truncated}"] if truncated else []
    lines += [f"Content-Length: {length or len(http)}", "", ""]
    return "\r\n".join(lines).encode() + http + b"\r\n\r\n"


GOOD = record("https://contoh.id/1", PAGE.encode())


@pytest.mark.parametrize(
    ("data", "articles", "reason"),
    [
        (gzip.compress(GOOD + GOOD), 2, None),  # one member for two records
        (gzip.compress(GOOD) * 3, 3, None),
        ((gzip.compress(GOOD) * 3)[:-20], 2, "the packed data end too early"),
        (gzip.compress(GOOD) * 2 + b"garbage", 2, "incorrect header check"),
        (GOOD + GOOD[:-90], 1, "cut off, "),
        (GOOD + record("", PAGE.encode()), 1, "a record without its address"),
        (GOOD + record("https://contoh.id/2", PAGE.encode(), length=99_999), 1, "cut off, "),
        (record("https://contoh.id/2", b"\x1b\x03\xf8", packing="br") + GOOD, 1, "packed as br"),
        (record("https://contoh.id/2", PAGE.encode(), packing="br"), 1, None),  # it is not
        (record("https://contoh.id/2", gzip.compress(PAGE.encode()), packing="gzip"), 1, None),
    ],
)
def test_web_archives_as_they_come(tmp_path, data, articles, reason):
    found = list(documents([write(tmp_path, "a.warc", data)]))
    read_well = [each for each in found if isinstance(each, Document)]
    assert len(read_well) == articles and all(BODY[1] in each.text for each in read_well)
    failures = [each.reason for each in found if isinstance(each, Failure)]
    assert len(failures) == (reason is not None) and all(reason in each for each in failures)


def test_a_record_that_says_it_is_cut_off_is_read_and_said_to_be(tmp_path):
    data = record("https://contoh.id/1", PAGE.encode(), truncated="length")
    (found,) = documents([write(tmp_path, "a.warc", data)])
    assert isinstance(found, Document) and found.steps == ("warc-truncated", "html")

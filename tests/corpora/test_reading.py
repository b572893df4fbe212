import hashlib
import os
import re
import subprocess
import sys

import pytest

from corpora.document import Document
from corpora.errors import UserError
from corpora.reading import (
    READERS,
    Failure,
    ReadingOptions,
    Source,
    Unreadable,
    count,
    documents,
    read,
    sources,
    text_lines,
    warn_of_others,
)


def page(folder, data, name="a.txt"):
    file = folder / name
    file.write_bytes(data)
    return Source(file, name)


def complaint(source, options=ReadingOptions()):  # noqa: B008 - frozen
    """The one line that the user sees; it names the file and, behind a semicolon, the cure."""
    with pytest.raises(Unreadable, match=f"^{re.escape(str(source.file))}: .*; [a-z]") as caught:
        read(source, options)
    return str(caught.value)


def test_a_page_is_read_as_it_stands(tmp_path):
    data = "Satu.\r\n\r\n  “Dua.”\u2028\n".encode()
    assert read(page(tmp_path, data)) == Document(
        "a.txt", data.decode(), hashlib.sha256(data).hexdigest()
    )


def test_a_byte_order_mark_is_no_text_but_counts_in_the_digest(tmp_path):
    data = b"\xef\xbb\xbfSatu."
    found = read(page(tmp_path, data))
    assert (found.text, found.digest) == ("Satu.", hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"], ids=["0", "blank", "mark"])
def test_empty(tmp_path, data):
    assert complaint(page(tmp_path, data)).endswith("empty; remove it or fetch the page again")


def test_binary(tmp_path):
    found = complaint(page(tmp_path, b"\x89PNG\0\1\2"))
    assert "binary data (a zero byte at 4), not text; remove it" in found


def test_damaged_utf8(tmp_path):
    assert complaint(page(tmp_path, "“Satu.”".encode() + b"\xff")).endswith(
        "byte 11 is not UTF-8; convert the file with iconv -f ITS-ENCODING -t UTF-8"
    )


def test_damaged_utf8_behind_a_byte_order_mark(tmp_path):
    assert "byte 6 is not UTF-8" in complaint(page(tmp_path, b"\xef\xbb\xbfcaf\xe9 baru"))


def test_too_large(tmp_path):
    found = complaint(page(tmp_path, b"a" * 3_000_000), ReadingOptions(largest_bytes=1_000_000))
    assert found.endswith("3 MB, an article has under 1 MB; split it into one file per article")


def test_the_largest_page_is_read(tmp_path):
    assert read(page(tmp_path, b"Satu."), ReadingOptions(largest_bytes=5)).text == "Satu."


@pytest.fixture
def between(monkeypatch):
    """Let something happen to the file after its first status was taken."""
    status = os.fstat

    def arrange(happen):
        pending = [happen]

        def fstat(descriptor):
            found = status(descriptor)
            if pending:
                pending.pop()()
            return found

        monkeypatch.setattr("corpora.source.os.fstat", fstat)

    return arrange


def test_a_page_that_grows_while_it_is_read(tmp_path, between):
    source = page(tmp_path, b"Satu.")
    between(lambda: source.file.write_bytes(b"Satu. Dua."))
    assert complaint(source).endswith("changed while it was read; run again when it is complete")


def test_a_page_that_is_rewritten_at_the_same_length_while_it_is_read(tmp_path, between):
    source = page(tmp_path, b"Satu.")

    def rewrite():
        source.file.write_bytes(b"Enam.")
        os.utime(source.file, ns=(0, 1))

    between(rewrite)
    assert "changed while it was read" in complaint(source)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path):
    source = page(tmp_path, b"Satu.")
    source.file.chmod(0)
    assert complaint(source).endswith("cannot be read (Permission denied); check permissions")


def test_a_page_that_vanished(tmp_path):
    assert "cannot be read (No such file" in complaint(Source(tmp_path / "a.txt", "a.txt"))


def test_a_run_goes_on_behind_a_page_that_cannot_be_read(tmp_path):
    page(tmp_path, b"Satu.", "a.txt")
    page(tmp_path, b"", "b.txt")
    page(tmp_path, b"Tiga.", "c.txt")
    first, second, third = documents(sources(tmp_path))
    assert isinstance(first, Document) and isinstance(third, Document)
    assert isinstance(second, Failure) and second.path == "b.txt" and "empty" in second.reason


def test_one_file_is_read_whatever_its_suffix(tmp_path):
    source = page(tmp_path, b"Satu.", "a.berita")
    assert list(sources(source.file)) == [source]


def test_addresses_have_forward_slashes_and_stand_in_order(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ["c.txt", "b/x.txt", "a.txt", "a.jpg"]:
        page(tmp_path, b"Satu.", name)
    assert [source.path for source in sources(tmp_path)] == ["a.txt", "b/x.txt", "c.txt"]


def test_a_link_that_leads_round_is_refused_by_name(tmp_path):
    page(tmp_path, b"Satu.")
    (tmp_path / "loop").symlink_to(tmp_path)
    good, bad = documents(sources(tmp_path))
    assert isinstance(good, Document) and isinstance(bad, Failure)
    assert (
        bad.reason
        == f"{tmp_path / 'loop'}: a link that leads round to its own folder; remove the link"
    )


def test_no_such_folder(tmp_path):
    with pytest.raises(UserError, match=r"none: no such file or folder; check the spelling"):
        sources(tmp_path / "none")


def test_a_folder_without_articles(tmp_path):
    page(tmp_path, b"Satu.", "a.jpg")
    with pytest.raises(UserError, match=r"no article in this folder; expected files ending in"):
        sources(tmp_path)


def test_a_page_in_another_encoding_says_so(tmp_path):
    found = read(page(tmp_path, "“Satu,” kata José.".encode("cp1252")))
    assert (found.text, found.steps) == ("“Satu,” kata José.", ("cp1252",))


def test_mojibake_is_mended_and_said(tmp_path):
    text = "“Benar,” katanya.\r\nâ€œSalah,â€\u009d katanya."
    found = read(page(tmp_path, text.encode()))
    assert found.text == "“Benar,” katanya.\r\n“Salah,” katanya."
    assert found.steps == ("mojibake",)


def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in complaint(Source(tmp_path / "a.txt", "a.txt"))


def test_a_folder_named_like_a_page_is_entered(tmp_path):
    (tmp_path / "a.txt").mkdir()
    page(tmp_path / "a.txt", b"Satu.", "b.txt")
    assert [source.path for source in sources(tmp_path)] == ["a.txt/b.txt"]


def test_a_file_that_reads_like_a_row_is_refused(tmp_path):
    page(tmp_path, b"Satu.", "x.jsonl#1.txt")
    page(tmp_path, b"Dua.", "berita #2.txt")
    good, bad = documents(sources(tmp_path))
    assert isinstance(good, Document) and good.path == "berita #2.txt"
    assert isinstance(bad, Failure) and "rename it" in bad.reason


def test_two_files_whose_translations_would_have_one_name(tmp_path):
    page(tmp_path, b"<p>Satu.</p>", "a.html")
    page(tmp_path, b"Dua.", "a.html.txt")
    bad, good = documents(sources(tmp_path))
    assert isinstance(bad, Failure) and "rename one" in bad.reason
    assert isinstance(good, Document)


def test_articles_are_counted_if_that_is_cheap(tmp_path):
    page(tmp_path, b"Satu.", "a.txt")
    page(tmp_path, b"Dua.", "b.md")
    assert count(tmp_path) == 2
    page(tmp_path, b"{}", "c.jsonl")
    assert count(tmp_path) is None


def test_nothing_is_listed_or_read_before_it_is_asked_for(tmp_path, monkeypatch):
    for number in range(5):
        page(tmp_path, b"Satu.", f"{number}.txt")
    taken = []

    def record(found):
        for source in found:
            taken.append(source.path)
            yield source

    stream = documents(record(sources(tmp_path)))
    next(stream)
    assert taken == ["0.txt"]


def test_lines_of_any_text_stream_by(tmp_path):
    source = page(tmp_path, b"\xef\xbb\xbfSatu.\r\n\nCaf\xe9.")
    assert list(text_lines(source)) == ["Satu.\r\n", "\n", "Café."]
    wide = page(tmp_path, "Satu.\nDua.".encode("utf-16"))
    assert list(text_lines(wide)) == ["Satu.\n", "Dua."]


@pytest.mark.parametrize("suffix", sorted(READERS))
@pytest.mark.parametrize(
    "data",
    [b"", b"\0\x01\x02" * 50, b"PK\x03\x04\0garbage", b"\x1f\x8b\x08\0garbage", b"\xff\xfe\x41"],
    ids=["empty", "binary", "zip", "gzip", "half"],
)
def test_garbage_is_one_failure_that_names_the_file_whatever_its_name(tmp_path, suffix, data):
    page(tmp_path, data, f"a{suffix}")
    found = list(documents(sources(tmp_path)))
    assert len(found) == 1 or data.startswith(b"\xff\xfe")
    for each in found:
        assert isinstance(each, Failure) and str(tmp_path / f"a{suffix}") in each.reason
        assert "\n" not in each.reason


def test_a_name_that_is_no_utf8_is_refused_in_print(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"Satu.")
    (failure,) = documents(sources(tmp_path))
    assert isinstance(failure, Failure) and failure.path == r"caf\udce9.txt"
    assert "not UTF-8; rename it" in failure.reason and failure.reason.encode()


IN_ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
LOOK = """
from pathlib import Path
from corpora.errors import UserError
from corpora.files import write_text
from corpora.reading import documents, sources
for each in documents(sources(Path("."))):
    print(each.reason)
try:
    write_text(Path("b\\xe9rita.txt"), "Rain.")
except UserError as error:
    print(ascii(str(error)))
"""


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_names_that_a_locale_does_not_know_are_its_fault(tmp_path):
    for raw in (b"b\xc3\xa9rita.txt", b"b\xe9rita.txt"):
        (tmp_path / os.fsdecode(raw)).write_text("Hujan turun.", "utf-8")
    told = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=tmp_path,
        env={**os.environ, **IN_ASCII, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
    ).stdout.decode()
    locale, name, output = told.splitlines()
    assert "in this locale" in locale and "set LC_ALL=C.UTF-8" in locale
    assert "not UTF-8; rename it" in name
    assert "in this locale" in output and "set LC_ALL=C.UTF-8" in output


def test_a_folder_that_cannot_be_listed_fails_alone(tmp_path, monkeypatch):
    for name in ["a", "b", "c"]:
        (tmp_path / name).mkdir()
        page(tmp_path / name, b"Satu.", "1.txt")
    real = os.listdir

    def listed(path):
        if os.path.basename(path) == "b":  # noqa: PTH119 - as it is called
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "listdir", listed)
    first, bad, last = documents(sources(tmp_path))
    assert isinstance(first, Document) and isinstance(last, Document)
    assert isinstance(bad, Failure) and "b: cannot list this folder; check" in bad.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF file, not text; save its text"),
        (b"{\\rtf1\\ansi Harga naik.}", "a file in Rich Text Format, not text; save"),
        ("\u200b\u200e\ufeff\n".encode(), "empty; remove it"),
    ],
)
def test_what_only_looks_like_text(tmp_path, data, reason):
    assert reason in complaint(page(tmp_path, data))


def test_links_that_lead_nowhere_or_round_say_so(tmp_path):
    (tmp_path / "a.txt").symlink_to("none.txt")
    (tmp_path / "b.txt").symlink_to("b.txt")
    gone, circle = documents(sources(tmp_path))
    assert isinstance(gone, Failure) and gone.reason.endswith("run again, or remove the link")
    assert isinstance(circle, Failure) and "round in a circle; remove" in circle.reason


def test_a_name_that_steers_the_terminal_is_written_out(tmp_path):
    page(tmp_path, b"", "a\nb\x1b[31m.txt")
    (failure,) = documents(sources(tmp_path))
    assert isinstance(failure, Failure) and r"a\nb\x1b[31m.txt: empty" in failure.reason


def test_files_that_no_reader_takes_are_counted(tmp_path, caplog):
    for name in ["a.txt", "b.jpg", "c.JPG", "d.pdf"]:
        page(tmp_path, b"Satu.", name)
    warn_of_others(tmp_path)
    assert caplog.messages[0].endswith(
        "3 files passed over, no reader takes their kind: .jpg 2, .pdf 1"
    )
    warn_of_others(tmp_path / "a.txt")
    assert len(caplog.messages) == 1

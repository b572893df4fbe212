"""What recurs on a site, and the digest by which a page is known to be cleaned as before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.document import Document, Metadata
from corpora.lines.repeats import Repeats, site_of

LINES = ["Baca juga", "Berlangganan sekarang", "Hujan turun di kota itu.", "", " Baca juga "]
PAGES = st.lists(st.lists(st.sampled_from(LINES), max_size=4), min_size=1, max_size=12)


def pages_of(texts):
    return [Document(f"{n}.txt", "\n".join(lines), "d") for n, lines in enumerate(texts)]


def verdicts(repeats, page):
    """What is said of each line, be it running text or not."""
    return [
        repeats.is_furniture(page, line, running=running)
        for line in page.text.split("\n")
        if line.strip()
        for running in (False, True)
    ]


@given(PAGES, PAGES)
def test_the_digest_of_a_page_changes_with_what_is_said_of_its_lines(before, others):
    """And with nothing else: then it would be translated again for nothing."""
    page, *rest = pages_of(before)
    one = Repeats.learnt_from([page, *rest])
    two = Repeats.learnt_from([page, *pages_of(others)])
    same = verdicts(one, page) == verdicts(two, page)
    assert (one.recurring(page) == two.recurring(page)) == same
    assert (one.recurring(page) == "") == (not any(verdicts(one, page)))


@pytest.mark.parametrize(
    ("path", "known", "site"),
    [
        ("a.jsonl#1", Metadata(site="Kabar Solo", url="https://kabar.id/1"), "Kabar Solo"),
        ("a.jsonl#1", Metadata(url="https://www.Kabar.id:8080/1"), "kabar.id"),
        ("a.warc#https://kabar.id/2024/01/beras", Metadata(url="http://kabar.id/x"), "kabar.id"),
        ("a.csv#1", Metadata(url="kabar.id/2024/beras"), "kabar.id"),
        ("arsip/a.warc#https://kabar.id/2024/01/beras", Metadata(), "arsip/a.warc"),
        ("arsip/a.jsonl#solo/1", Metadata(url="http://[kabar/x"), "arsip/a.jsonl"),
        ("hf:siapa/berita#train-3", Metadata(), "hf:siapa/berita"),
        ("solo/a.txt", Metadata(), "solo"),
        ("a.txt", Metadata(), "."),
    ],
)
def test_the_site_of_a_page(path, known, site):
    assert site_of(Document(path, "", "", known)) == site


def test_lines_are_counted_by_the_host_of_their_rows():
    """A file with articles of several sites says of each what recurs there, and of no other."""
    pages = [
        Document(f"a.jsonl#{site}/{number}", f"Kabar {site}", "", Metadata(url=f"//{site}.id/1"))
        for site in ("solo", "medan")
        for number in range(5)
    ]
    repeats = Repeats.learnt_from(pages)
    assert repeats.is_furniture(pages[0], "Kabar solo")
    assert not repeats.is_furniture(pages[0], "Kabar medan")


def test_a_line_counts_once_a_page_however_it_is_written():
    pages = pages_of(
        [["BACA JUGA", "Baca juga", " baca juga"], *[[f"Baris {n}"] for n in range(4)]]
    )
    repeats = Repeats.learnt_from(pages)
    assert repeats.times(".", "Baca Juga") == 1
    assert not repeats.is_furniture(pages[0], "Baca juga")


def test_a_line_recurs_however_pages_write_it():
    pages = pages_of([["BACA JUGA"], ["Baca juga"], ["Baca Juga "], ["x"], ["y"]])
    assert Repeats.learnt_from(pages).is_furniture(pages[0], "baca juga")


def article(number):
    """Paragraphs of its own, and what stands on every page."""
    work = "memperbaiki jembatan kayu itu bersama tentara sejak pagi."
    told = [f"Warga desa {number}-{part} {work}" for part in "abcde"]
    return [f"Jembatan Desa {number}", *told, "Langganan kabar harian kami di kotak surat Anda."]


def test_an_article_that_was_saved_many_times_is_no_furniture():
    copies = pages_of([[*article(1), f"Dibaca {number} kali"] for number in range(6)])
    repeats = Repeats.learnt_from(copies)
    assert not any(verdicts(repeats, copies[0]))


def test_copies_among_other_pages_leave_what_recurs_there_as_it_is():
    plain = pages_of(map(article, range(8)))
    footer = article(0)[-1]
    once = Repeats.learnt_from(plain)
    repeats = Repeats.learnt_from(plain + pages_of([article(1)] * 4))
    for known in (once, repeats):
        assert known.is_furniture(plain[1], footer) and known.pages["."] == 8
        assert not any(known.is_furniture(plain[1], line) for line in article(1)[:-1])

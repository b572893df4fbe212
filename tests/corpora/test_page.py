import pytest

from corpora.document import Document, Metadata
from corpora.errors import UserError
from corpora.lines.repeats import Repeats
from corpora.page import Cleaning, taken_apart

TEXT = """Banjir Rendam Tiga Kecamatan di Kota Merapi

Penulis: Sinta Dewi

KOTA MERAPI, KABARKITA.com - Banjir merendam tiga kecamatan sejak Senin. Menurut Reuters, \
hujan belum reda.

Baca juga: Harga Beras Naik Lagi

"Kami belum bisa pulang," kata seorang warga.
"""


def page(text=TEXT, cleaning=None, repeats=None):
    return taken_apart(Document("a.txt", text, "d"), cleaning or Cleaning(), repeats)


def test_the_dateline_is_taken_off_and_kept_as_metadata():
    found = page()
    assert found.dateline == "KOTA MERAPI, KABARKITA.com -"
    assert "Banjir merendam tiga kecamatan sejak Senin." in [s.text for s in found.sentences]
    assert [line.line.text for line in found.dropped if line.rule == "dateline"] == [
        "KOTA MERAPI, KABARKITA.com - "
    ]


def test_every_character_is_in_exactly_one_part():
    found = page()
    parts = [(s.start, s.end) for s in found.sentences]
    parts += [(line.line.start, line.line.end) for line in found.dropped]
    parts.sort()
    done = 0
    for start, end in parts:
        assert start >= done and not TEXT[done:start].strip()
        done = end
    assert not TEXT[done:].strip()


def test_the_outlets_a_story_is_from_are_noted():
    assert page().outlets == ("Reuters",)


def test_a_dateline_on_a_line_of_its_own_is_metadata_too():
    found = page("Jakarta, Kabar Kini --\n\nHarga beras di pasar induk itu naik lagi pekan ini.")
    assert found.dateline == "Jakarta, Kabar Kini --"
    assert [line.rule for line in found.dropped] == ["dateline-alone"]


def test_a_headline_that_is_taken_for_the_body_hides_no_dateline():
    found = page("Harga Beras Naik\n\nJAKARTA (ANTARA)- Kebijakan itu tepat.\n\nKami siap.\n")
    assert found.dateline == "JAKARTA (ANTARA)-"
    assert [each.text for each in found.sentences][-2:] == ["Kebijakan itu tepat.", "Kami siap."]


def test_only_the_opening_of_a_report_has_a_dateline():
    found = page("Hujan turun sejak pagi di kota itu.\n\nJAKARTA, KABAR.com - Rapat dimulai siang.")
    assert found.dateline is None and len(found.sentences) == 2


def test_a_label_can_be_kept_or_dropped():
    kept = page(cleaning=Cleaning(keep=frozenset({"related"})))
    assert any("Harga Beras" in s.text for s in kept.sentences)
    dropped = page(cleaning=Cleaning(drop=frozenset({"title"})))
    assert not any(s.role == "title" for s in dropped.sentences)


def test_an_unknown_label_names_the_known_ones():
    with pytest.raises(UserError, match="no label 'boddy'; there are body, title"):
        Cleaning(keep=frozenset({"boddy"}))


def site(pages, line, body="Peristiwa nomor {} itu terjadi pada hari Senin di kota lain."):
    return [
        Document(f"s/{n}.txt", f"{body.format(n)}\n\n{line}\n\n{body.format(n)} Selesai.", str(n))
        for n in range(pages)
    ]


FURNITURE = "Sampaikan kabarmu kepada meja warga kami lewat surat."


def test_a_line_that_recurs_on_a_site_is_furniture():
    documents = site(5, FURNITURE)
    repeats = Repeats.learnt_from(documents)
    before = taken_apart(documents[0], Cleaning())
    after = taken_apart(documents[0], Cleaning(), repeats)
    assert FURNITURE in [s.text for s in before.sentences]
    assert [line.rule for line in after.dropped] == ["recurs-on-site"]


def test_four_pages_teach_nothing():
    documents = site(4, FURNITURE)
    assert not taken_apart(documents[0], Cleaning(), Repeats.learnt_from(documents)).dropped


def test_another_site_is_not_concerned():
    repeats = Repeats.learnt_from(site(9, FURNITURE))
    elsewhere = Document("other/1.txt", site(1, FURNITURE)[0].text, "d")
    assert not taken_apart(elsewhere, Cleaning(), repeats).dropped


def test_a_story_posted_again_is_no_furniture():
    long = "Gempa berkekuatan 6,1 mengguncang pesisir itu dan merusak ratusan rumah warga di sana."
    documents = site(12, "Lain.")[:8] + [
        Document(f"s/again{n}.txt", f"{long}\n\n{long} Selesai {n}.", str(n)) for n in range(4)
    ]
    repeats = Repeats.learnt_from(documents)
    assert any(s.text == long for s in taken_apart(documents[-1], Cleaning(), repeats).sentences)


def test_the_host_name_is_the_site_where_it_is_known():
    documents = [
        Document(f"{n}/a.txt", d.text, d.digest, Metadata(site="kabar.com"))
        for n, d in enumerate(site(5, FURNITURE))
    ]
    repeats = Repeats.learnt_from(documents)
    assert repeats.is_furniture(documents[0], FURNITURE)


def test_a_line_counts_once_a_page():
    repeats = Repeats.learnt_from([Document("s/1.txt", f"{FURNITURE}\n" * 9, "d")])
    assert repeats.times("s", FURNITURE) == 1


STATED = "Harga Beras Naik di Pasar Induk"
PARAGRAPH = "Para pedagang mengatakan pasokan dari desa masih tersendat sejak pekan lalu."


def roles(text, title):
    document = Document("a.html", text, "", Metadata(title=title))
    page = taken_apart(document, Cleaning())
    return [(sentence.role, sentence.line, sentence.text) for sentence in page.sentences]


def test_a_title_beside_the_text_is_a_sentence_of_line_0():
    assert roles(PARAGRAPH, STATED) == [("title", 0, STATED), ("body", 1, PARAGRAPH)]


def test_a_title_that_the_text_has_is_not_said_twice():
    assert roles(f"{STATED}\n\n{PARAGRAPH}", STATED) == [
        ("title", 1, STATED),
        ("body", 3, PARAGRAPH),
    ]


@pytest.mark.parametrize("title", [None, "", " ", "..."])
def test_no_title_is_no_sentence(title):
    assert roles(PARAGRAPH, title) == [("body", 1, PARAGRAPH)]


def test_a_stated_title_is_dropped_with_the_label():
    document = Document("a.html", PARAGRAPH, "", Metadata(title=STATED))
    page = taken_apart(document, Cleaning(drop=frozenset({"title"})))
    assert [sentence.role for sentence in page.sentences] == ["body"]


def test_a_line_of_invisible_characters_is_dropped_with_its_rule():
    page = taken_apart(Document("a.txt", "Hujan turun di kota.\n\u200b\ufeff\n", ""), Cleaning())
    assert [(each.line.number, each.rule) for each in page.dropped][-1:] == [(2, "invisible")]

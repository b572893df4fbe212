"""Marks of what is written about an article, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.lines.marks import marks_of


def marks(text):
    return marks_of(text, sum(map(str.isdigit, text)), is_ascii=text.isascii())


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Warga mengantre beras, Senin (12/3/2024).", "date-in-brackets"),
        ("Mulai Rp 25.000 sebulan", "price"),
        ("Stok 20 ribu unit", "price"),
        ("Diskon 30 persen", "share"),
        ("Hubungi 0812-3456-7890", "telephone"),
        ("TELATEN: Kevin memainkan boneka.", "shouted"),
        ("SEPI - Deretan kios tutup.", "shouted"),
        ("Editor: Rina", "stated"),
        ("Ikuti @kabar di Instagram", "handle"),
        ("#banjir #kota", "handle"),
        ("Warga memotret patung (Foto: Arif)", "credited"),
        ("ANTARA/Dewi", "credited"),
        ("Suka 👍", "picture"),
        ("[wis]", "in-brackets"),
        ("(Kami) akan menang", "opens-bracket"),
        ("Beli sekarang!", "calls"),
        ("Lapar? Pesan di sini", "asks"),
        ("Selengkapnya ...", "breaks-off"),
        ("Home  Bola  Foto", "gaps-2"),
        ("Home | Bola | Foto", "separators-2"),
        ('"Naik," katanya.', "quotes-2"),
        ("Hujan turun. Ia pulang. Lalu tidur.", "sentences-2"),
    ],
)
def test_marks(text, mark):
    assert mark in marks(text)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Ia lahir pada 1998.", "price"),
        ("Gempa itu terjadi pukul 10.30 WIB.", "telephone"),
        ("PBB menolak usul itu.", "shouted"),
        ("Surel dikirim dari kantor.", "handle"),
        ("Apa yang keliru?", "asks"),
        ("Hujan turun.", "breaks-off"),
        ("Korban dirawat (tiga orang).", "credited"),
    ],
)
def test_no_marks(text, mark):
    assert mark not in marks(text)


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_every_line_has_marks_and_each_once(text):
    found = marks(text)
    assert found and len(found) == len(set(found))

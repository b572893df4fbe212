import pytest

from corpora.dateline import dateline_of, outlets_of


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("SEOUL — Presiden tiba.", "SEOUL — "),
        ("JAKARTA, KABARKITA.com - Polisi datang.", "JAKARTA, KABARKITA.com - "),
        ("Jakarta (ANTARA) - Bank itu tutup.", "Jakarta (ANTARA) - "),
        ("HARIAN.CO, Jakarta - Hakim menolak.", "HARIAN.CO, Jakarta - "),
        ("Warta9.com, Jakarta Harga emas naik.", "Warta9.com, Jakarta "),
        ("(CNN) — Rusia mengirim utusan.", "(CNN) — "),
        ("TAWAU, 7 Des - Seekor buaya naik.", "TAWAU, 7 Des - "),
        ("Washington (AFP) – “Kami siap,” katanya.", "Washington (AFP) – "),
        ("Jakarta - Bandung ditempuh dalam 36 menit.", None),
        ("COVID-19 menyebar lagi.", None),
        ("KPK - lembaga itu - menolak.", None),
        ("Presiden tiba di Seoul.", None),
        ("SEOUL — ", None),
        ("", None),
    ],
)
def test_datelines(line, dateline):
    found = dateline_of(line)
    assert (found and found.text) == dateline


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("kata menteri itu, dikutip Interfax , Senin.", ("Interfax",)),
        ("Penulis Ana (Menurut Reuters )", ("Reuters",)),
        ("contoh.co.uk via Kabarkita.com", ("contoh.co.uk",)),
        ("Dilansir dari The Guardian dan dikutip AFP.", ("Guardian", "AFP")),
        ("(CNN) — Rusia", ("CNN",)),
        ("Menurut Kirby, hal itu benar.", ()),
        ("", ()),
    ],
)
def test_outlets(text, outlets):
    assert outlets_of(text) == outlets

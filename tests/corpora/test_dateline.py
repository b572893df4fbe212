"""More cases live in cases/dateline.jsonl: openings of reports, and what only looks like one."""

from time import process_time

import pytest

from corpora.dateline import dateline_of


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


def test_case(case):
    found = dateline_of(case["line"])
    assert (found and found.text) == case["dateline"]


@pytest.mark.parametrize(
    "piece", ["X", "X.", "XA ", "Xa-", "X, ", "Jakarta - ", "a.com-", "(", "Xx/Xx "]
)
def test_long_lines_cost_no_more_than_others(piece):
    """Eight thousand capitals in a row took two seconds when nothing bounded a name."""
    start = process_time()
    for tail in ("", " - Presiden tiba."):
        dateline_of(piece * (200_000 // len(piece)) + tail)
    assert process_time() - start < 2

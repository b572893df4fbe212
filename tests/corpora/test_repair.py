"""Cases live in cases/repair.jsonl; most of them are correct text that must stay as it is.

`cases/broken_lines.tsv` has lines as they stand on pages that were spun or badly extracted, beside
what a careful editor makes of them.
"""

import re
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.encoding import without_mojibake
from corpora.escapes import without_escapes
from corpora.repair import REPAIRS, repair, repair_line
from corpora.spans import SpannedText

CASES = Path(__file__).parent / "cases"
LEFT = [  # broken lines that are not mended yet as they should be
    "Dokter Rudi, Sp.A .,M.Kes. membuka seminar.",
    "Pesawat Boeing 737 - 800 itu mendarat darurat di Makassar.",
    "Harga emas turun tipis hari ini..",
    "Para peneliti me- nemukan fosil di tepi Ben- gawan Solo.",
    "â€œIni kemenangan rakyat,â€ ujarnya di depan massa.",
    "JAKARTA,KOMPAS.com -Pemerintah menaikkan cukai rokok.",
    "Semarang- Gubernur membuka pekan olahraga provinsi.",
    "Baju adat itu berwarna merah- putih , lambang persatuan.",
    'Ia hanya berkata, " Entahlah. . . "',
    "Kereta api bandara beroperasi lagi mulai 1 Agustus .( Baca juga : Jadwal KRL terbaru )",
    "�Kami pasrah saja,� kata korban kebakaran itu.",
    '"Saya hanya bisa pasrah. . ." ucapnya lirih.',
    "Jakarta -Kementerian Keuangan menunda pelelangan surat utang.",
    "Semarang (ANTARA)- Harga bawang merah di Brebes anjlok.",
]

lines = st.text(st.sampled_from('ab AB1 .,-!?“”"()/\u00a0\u200b'), max_size=40)


def test_case(case):
    assert repair(case["raw"]) == case["repaired"]


def test_lines_are_mended_as_an_editor_mends_them():
    rows = (CASES / "broken_lines.tsv").read_text("utf-8").splitlines()[1:]
    pairs = [row.split("\t") for row in rows]
    left = [raw for raw, mended in pairs if mended_as_read(raw) != mended]
    assert len(pairs) >= 465
    assert left == LEFT


def mended_as_read(raw):
    """What a line becomes from the file to the sentence."""
    return repair(without_escapes(without_mojibake(raw)))


def test_repaired_text_needs_no_repair(sound_case):
    assert repair(sound_case["repaired"]) == sound_case["repaired"]


@given(lines)
def test_no_letter_or_digit_is_lost_moved_or_made(raw):
    assert re.findall(r"\w", repair(raw)) == re.findall(r"\w", raw)


@given(lines, st.integers(0, 1000))
def test_letters_point_to_themselves_in_the_page(raw, start):
    repaired = repair_line(raw, start)
    for place, sign in zip(repaired.origin, repaired.text, strict=False):
        assert not sign.isalnum() or raw[place - start] == sign


@given(lines, st.integers(0, 1000))
def test_what_a_repair_leaves_out_is_no_letter_and_stands_in_the_page(raw, start):
    repaired = repair_line(raw, start)
    assert len(repaired.origin) == len(repaired.text) + 1
    assert list(repaired.origin) == sorted(repaired.origin)
    first, last = repaired.origin[0], repaired.origin[-1]
    assert not re.search(r"\w", raw[: first - start] + raw[last - start :])


def test_origin_leads_from_every_case_back_to_its_raw_text(sound_case):
    raw = sound_case["raw"]
    repaired = repair_line(raw)
    parts = pairwise([0, *repaired.origin[:-1], len(raw)])
    assert "".join(raw[start:end] for start, end in parts) == raw


def test_clean_text_comes_out_as_it_went_in():
    """A thousand sentences full of what a repair could take for a mistake."""
    clean = (CASES / "clean.txt").read_text("utf-8").splitlines()
    assert len(clean) >= 1090
    assert [line for line in clean if repair(line) != line] == []


def test_gold_sentences_come_out_as_they_went_in():
    gold = (CASES / "segmentation.txt").read_text("utf-8").splitlines()
    assert [line for line in gold if repair(line) != line] == []


def test_a_line_that_needs_no_repair_costs_no_list_of_offsets():
    clean = (CASES / "clean.txt").read_text("utf-8").splitlines()
    assert all(repair_line(f" {line}", 5).is_raw for line in clean)
    assert repair_line(" Harga naik.", 5).origin == range(6, 18)
    assert not repair_line("Harga naik .").is_raw


@given(lines)
def test_a_line_without_a_sign_needs_no_repair(raw):
    text = SpannedText.of(raw.strip())
    for repairs in REPAIRS:
        if not repairs.has_sign(text.text):
            for step in repairs.steps:
                assert step(text) is text or step(text).text == text.text


def test_no_repair_runs_twice():
    steps = [step for repairs in REPAIRS for step in repairs.steps]
    assert len(set(steps)) == len(steps)


@pytest.mark.parametrize(
    "piece", ["www. ", "tagar # siaga ", "dari. ", "itu. menolak ", "7, 8, 9 dan "]
)
def test_long_lines_cost_no_more_than_others(piece):
    """Of the first, half as much took four seconds when a site had any number of parts."""
    start = process_time()
    repair(piece * (60_000 // len(piece)))
    assert process_time() - start < 4

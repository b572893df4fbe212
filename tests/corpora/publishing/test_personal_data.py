"""Personal data is found; the numbers of news are not taken for it."""

import json
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.publishing.masks import PLACEHOLDERS, masked, masked_row, masked_together
from corpora.publishing.personal_data import may_hold, personal_data
from corpora.publishing.personal_numbers import luhn
from tests.corpora.test_row import row

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/personal_data.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def found_in(text):
    return [[each.kind, text[each.start : each.end]] for each in personal_data(text)]


def test_case(case):
    assert found_in(case["text"]) == case["found"]


def test_precision_and_recall():
    expected = {(c["label"], *each) for c in CASES for each in c["found"]}
    found = {(c["label"], *each) for c in CASES for each in found_in(c["text"])}
    assert len(expected) > 50 and sum(not c["found"] for c in CASES) > 50
    assert len(found & expected) / len(found) >= 0.97
    assert len(found & expected) / len(expected) >= 0.95


@given(st.text())
def test_masking_is_done_once(text):
    once = masked(text, personal_data(text))
    assert masked(once, personal_data(once)) == once


@given(st.text(alphabet="0123456789 .-@abc(+)"))
def test_findings_stand_in_order_and_apart(text):
    findings = personal_data(text)
    ends = [0, *(each.end for each in findings)]
    assert all(start <= each.start < each.end for start, each in zip(ends, findings, strict=False))


def test_what_is_masked_on_one_side_is_masked_on_the_other():
    texts, counts = masked_together(
        [
            "Paspor nomor B1234567 dan rekening BCA 1234567890.",
            "The number 1234567890 is his.",
            None,
        ]
    )
    assert texts == [
        "Paspor nomor [PASSPORT] dan rekening BCA [ACCOUNT].",
        "The number [ACCOUNT] is his.",
        None,
    ]
    assert counts == {"passport": 1, "account": 2}


def test_what_repair_changed_is_masked_in_the_raw_text_too():
    """A reader sees the raw text beside the mended one."""
    raw = "Kontak kami: 0812\u00a03456\u00a07890 atau 021\u20117654321."
    mended = "Kontak kami: 0812 3456 7890 atau 021-7654321."
    texts, _ = masked_together([raw, mended])
    assert texts == ["Kontak kami: [PHONE] atau [PHONE]."] * 2


def test_the_figures_of_an_address_are_nobodys():
    texts, counts = masked_together(["Kirim ke budi123456@contoh.id, kata 123456 warga.", "123456"])
    assert texts == ["Kirim ke [EMAIL], kata 123456 warga.", "123456"]
    assert counts == {"email": 1}


def test_every_text_of_a_row_is_masked():
    from dataclasses import replace

    text = "Surel: a@b.id"
    full = replace(row(1), source_raw=text, source=text, translation=text, reference=text)
    found = masked_row(full)
    assert {found.source_raw, found.source, found.translation, found.reference} == {
        "Surel: [EMAIL]"
    }
    assert masked_row(row(1)) is not None and masked_row(row(1)) == row(1)


@given(st.integers(0, 10**15))
def test_one_digit_completes_a_number(number):
    """Luhn's formula: exactly one of the ten last digits is right."""
    assert sum(luhn(f"{number}{last}") for last in range(10)) == 1


def test_placeholders_are_no_personal_data():
    assert not any(personal_data(mask) for mask in PLACEHOLDERS.values())


@settings(deadline=None)
@given(st.lists(st.text(alphabet="0123456789 .,-@abcrek(+)B\u0663"), max_size=5))
def test_the_look_at_columns_misses_nothing(texts):
    looked = may_hold(pa.array([*texts, None], pa.string())).to_pylist()
    assert all(hit or not personal_data(text) for text, hit in zip(texts, looked[:-1], strict=True))
    assert looked[-1] is False


def test_the_look_at_columns_lets_cases_through_and_amounts_not():
    texts = [case["text"] for case in CASES]
    looked = may_hold(pa.array(texts)).to_pylist()
    assert all(hit or not personal_data(text) for text, hit in zip(texts, looked, strict=True))
    amounts = ["Dari Rp 1.234.567.890 menjadi Rp 2.345.678.901.", "12.500.000 1.500.000 2.000.000."]
    assert may_hold(pa.array(amounts)).to_pylist() == [False, False]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.fidelity.findings import KINDS, Finding, Kept, findings, measured

texts = st.text(st.sampled_from("ab Ké1.,0%$-/:“”\"'()½\nİ"), max_size=40) | st.text(max_size=30)


@given(texts, texts)
def test_any_text_can_be_compared(source, english):
    for finding in findings(source, english):
        assert finding.kind in KINDS
        assert finding.text or finding.got


@given(texts, texts)
def test_no_more_is_kept_than_there_is(source, english):
    for kept in measured(source, english).values():
        assert 0 <= kept.kept <= kept.total


def test_nothing_is_missed_in_nothing():
    assert findings("", "") == ()
    assert set(measured("", "").values()) == {Kept()}
    assert tuple(measured("", "")) == KINDS


def test_empty_english_keeps_nothing():
    source = 'Pada 17 Agustus 2024 Prabowo berkata, "Tidak ada 10 ton beras."'
    found = {finding.kind for finding in findings(source, "")}
    assert found == {"number", "date", "name", "quotation", "negation"}
    kept = measured(source, "")
    assert all(kept[kind].kept == 0 for kind in found)


@pytest.mark.parametrize(
    ("source", "english", "expected"),
    [
        (
            "Tinggi menara itu 83 meter.",
            "The tower is 80 feet [83 m] tall.",
            {Finding("number", "", "80 feet"), Finding("unit", "", "80 feet")},
        ),
        (
            "Tinggi menara itu 83 meter.",
            "The tower is 83 meters (272 feet) tall.",
            {Finding("unit", "", "272 feet")},
        ),
        (
            "Tinggi menara itu 83 meter.",
            "The tower is 83 feet tall.",
            {Finding("unit", "83 meter", "83 feet")},
        ),
        ("Tinggi menara itu 83 meter.", "The tower is 272 feet tall.", set()),
        ("Tinggi menara itu 83 meter (272 kaki).", "It is 83 meters (272 feet) tall.", set()),
        ("Kecepatannya 80 km per jam.", "It moves at 50 mph.", set()),
        ("Suhunya 30 derajat Celsius.", "It is 86 degrees Fahrenheit.", set()),
        (
            "Harganya Rp 10 juta.",
            "It costs $10 million.",
            {Finding("unit", "Rp 10 juta", "$10 million")},
        ),
        ("Naik 5 hingga 10 persen.", "It rose 5 to 10 percent.", set()),
        (
            "Naik 5 persen.",
            "It rose by 5.",
            {Finding("unit", "5 persen", "5")},
        ),
    ],
)
def test_units(source, english, expected):
    assert set(findings(source, english)) == expected


def test_what_was_copied_is_kept():
    source = "Kepala BPBD Jember, Widi Prasetyo, menyebut 1.204 rumah rusak pada 3 Mei 2024."
    assert {finding.kind for finding in findings(source, source)} <= {"date", "negation"}


def test_a_whole_sentence_is_measured():
    source = "Pada Senin, 5 Mei 2024, Prabowo memberi 30 ton beras kepada 200 warga Jember."
    english = "On Monday, May 5, 2024, Prabowo gave 30 pounds of rice to 200 residents."
    kept = measured(source, english)
    assert kept["number"] == Kept(2, 2)
    assert kept["unit"] == Kept(0, 1)
    assert kept["date"] == Kept(2, 2)
    assert kept["name"] == Kept(1, 2)

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.quality.placeholders import lost, needs_no_model, protected, untranslated

CASES = Path(__file__).parent / "cases" / "placeholders.jsonl"
LABELLED = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", LABELLED, ids=lambda case: case["label"])
def test_labelled(case):
    assert [part[0] for part in protected(case["source"])] == case["parts"]


@pytest.mark.parametrize("case", LABELLED, ids=lambda case: case["label"])
def test_what_is_lost_is_named(case):
    assert sorted(lost(case["source"], "")) == sorted(case["parts"])
    assert lost(case["source"], case["source"]) == ()


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("1.250.000", "1,250,000"),
        ("1.250,5", "1,250.5"),
        ("98,6 %", "98.6 %"),
        ("08.30", "08.30"),
        ("17.08.1945", "17.08.1945"),
        ("2024/2025", "2024/2025"),
        ("1,250", "1,250"),
        ("(021) 555-0100", "(021) 555-0100"),
    ],
)
def test_numbers_alone_are_written_as_english_writes_them(source, english):
    assert needs_no_model(source)
    assert untranslated(source) == english


@given(st.text(alphabet="ab1.,/%${}<>[]@& :x", max_size=40))
def test_parts_never_overlap_and_any_text_goes(text):
    spans = [part.span() for part in protected(text)]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert lost(text, text) == ()

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.flags import FLAGS
from translate.quality.candidates import WEIGHTS
from translate.quality.suspects import (
    FLAG_OF_KIND,
    SCORES,
    THRESHOLDS,
    Suspicion,
    flags,
    loop_score,
    suspicions,
)

CASES = Path(__file__).parent / "cases"
GATE_PAIRS = Path(__file__).parents[1] / "cases" / "gate.tsv"
LABELLED = [json.loads(line) for line in (CASES / "suspects.jsonl").read_text("utf-8").splitlines()]
OWN = {"empty", *SCORES}
GATE = [line.split("\t")[:2] for line in GATE_PAIRS.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", LABELLED, ids=lambda case: case["label"])
def test_labelled(case):
    found = flags(suspicions(case["source"], case["english"]))
    assert sorted(set(found) & OWN) == case["flags"]


def test_findings_of_fidelity_become_flags():
    found = suspicions("Sebanyak 10.000 orang mengungsi.", "Some 1,000 people fled.")
    assert found == (Suspicion("numbers-differ", 1.0, "10.000", "1,000"),)


def test_good_translations_are_hardly_ever_suspect():
    """Of 240 human translations none may have a flag of ours; see docs/quality.md."""
    alarms = [flags(suspicions(source, english)) for source, english in GATE]
    assert not [found for found in alarms if OWN & set(found)]


def test_a_cut_output_is_told_once():
    found = suspicions("Ia dibawa ke rumah sakit.", "He was taken to the", cut=True)
    assert flags(found).count("cut-off") == 1
    assert flags(suspicions("Ia pulang.", "He went home.", cut=True)) == ("cut-off",)


def test_every_flag_is_known_weighed_and_has_a_threshold():
    ours = {"empty", *SCORES, *FLAG_OF_KIND.values()}
    assert ours | {"placeholder-lost", "glossary-missed"} == WEIGHTS.keys()
    assert WEIGHTS.keys() <= FLAGS.keys()
    assert THRESHOLDS.keys() == {"empty", *SCORES}


def test_flags_are_named_once_in_their_order():
    found = [Suspicion("loop", 2.0), Suspicion("copied", 1.0), Suspicion("loop", 3.0)]
    assert flags(found) == ("loop", "copied")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_asked_about(source, english):
    for each in suspicions(source, english):
        assert each.flag in FLAGS and each.score >= 0


@given(st.lists(st.sampled_from(["rumah", "di", "kota", "itu"]), min_size=1, max_size=12))
def test_a_text_does_not_loop_more_than_itself(words):
    assert loop_score(" ".join(words), " ".join(words)) == 0

"""The scores are sacreBLEU's: its own command line is asked for the same numbers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.metrics import score

LINES = (Path(__file__).parent / "cases" / "pairs.tsv").read_text(encoding="utf-8").splitlines()
HYPOTHESES, REFERENCES = zip(*(line.split("\t") for line in LINES), strict=True)
NAMES = ["BLEU", "chrF2++", "TER"]
DIGITS = 12


@pytest.fixture(scope="module")
def command_line(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sacrebleu")
    for name, lines in [("hypotheses", HYPOTHESES), ("references", REFERENCES)]:
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = "-m sacrebleu references -i hypotheses -m bleu chrf ter --chrf-word-order 2"
    run = subprocess.run(
        [sys.executable, *command.split(), "-w", str(DIGITS), "--format", "json"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def scores():
    return score(HYPOTHESES, REFERENCES)


def test_the_metrics_stand_in_a_fixed_order(scores):
    assert [found.metric for found in scores] == NAMES


@pytest.mark.parametrize("index", range(3), ids=NAMES)
def test_values_are_those_of_the_command_line(scores, command_line, index):
    assert round(scores[index].value, DIGITS) == command_line[index]["score"]


@pytest.mark.parametrize("index", range(3), ids=NAMES)
def test_signatures_are_those_of_the_command_line(scores, command_line, index):
    assert scores[index].signature == command_line[index]["signature"]


@pytest.mark.parametrize("index", range(3), ids=NAMES)
def test_names_are_those_of_the_command_line(scores, command_line, index):
    assert scores[index].metric == command_line[index]["name"]


def test_segments_are_counted(scores):
    assert [found.segments for found in scores] == [len(LINES)] * 3


def test_the_reference_itself_is_perfect():
    values = [found.value for found in score(REFERENCES, REFERENCES)]
    assert values == pytest.approx([100, 100, 0])


def test_an_empty_translation_is_scored_and_counts():
    worst = score([""], ["Nobody was hurt."])
    assert [found.value for found in worst] == [0, 0, 100]


@pytest.mark.parametrize(
    ("hypotheses", "references"),
    [(["a"], []), ([], ["a"]), (["a", "b", "c"], ["a", "b"]), (["a"], ["a", "b"])],
)
def test_sides_of_unlike_length_are_refused(hypotheses, references):
    with pytest.raises(ValueError, match=f"{len(hypotheses)} hypotheses for {len(references)} ref"):
        score(hypotheses, references)


def test_nothing_is_refused():
    with pytest.raises(ValueError, match="0 hypotheses for 0 references"):
        score([], [])


@pytest.mark.parametrize("empty", ["", " ", "\n"])
def test_an_empty_reference_is_refused(empty):
    with pytest.raises(ValueError, match="an empty reference"):
        score(["a", "b"], ["a", empty])

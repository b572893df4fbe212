import json
import sys

import numpy as np
import pytest

from eval.bootstrap import Resampling
from eval.external import metric_command
from eval.metrics import score
from eval.plain_scores import PlainFiles, scored_files

FEW = Resampling(resamples=100)
HYPOTHESES = ["There are 12 fish.", "Prices rise.", "They left."]
REFERENCES = [["There are 12 fish here."], ["Prices rise.", "Prices go up."], ["They went home."]]
SOURCES = ["Ada 12 ikan.", "Harga naik.", "Mereka pulang."]


def test_scores_are_those_of_the_metrics():
    found = scored_files(PlainFiles(HYPOTHESES, REFERENCES), FEW)
    expected = score(HYPOTHESES, REFERENCES)
    assert [each.value for each in found.scores] == [each.value for each in expected]
    assert found.scores[0].signature.startswith("nrefs:var|")
    assert found.round_trip is None and found.length_ratio is None and not found.facts.by_kind


def test_what_a_source_tells():
    files = PlainFiles(HYPOTHESES, REFERENCES, SOURCES, ["a", "a", "b"], SOURCES)
    found = scored_files(files, FEW, empty_references=1)
    assert found.round_trip is not None and found.round_trip.value == pytest.approx(100)
    assert found.facts.by_kind["number"] == (1, 1)
    assert found.length_ratio == pytest.approx(8 / 7, abs=1e-4)
    assert found.scores[0].resampling.endswith("resampled:articles")
    assert any("1 empty references" in each for each in found.warnings)
    json.dumps(found.as_json(), allow_nan=False)
    assert any(line.startswith("round trip chrF2++\t100.00") for line in found.lines())


def test_another_program_stands_beside(tmp_path):
    file = tmp_path / "metric.py"
    file.write_text("import sys\nfor line in sys.stdin: print(0.25)\n", encoding="utf-8")
    command = metric_command(f"FLAT={sys.executable} {file}")
    found = scored_files(PlainFiles(HYPOTHESES, REFERENCES), FEW, [command]).scores[3]
    assert (found.metric, found.value, found.segments) == ("FLAT", 0.25, 3)
    assert found.low == found.high == 0.25 and found.signature.endswith("metric.py")


def test_processes_change_nothing():
    many = PlainFiles(HYPOTHESES * 1000, REFERENCES * 1000)
    one, two = (scored_files(many, FEW, workers=workers).scores for workers in (1, 2))
    assert one == two and np.isfinite(one[0].value)

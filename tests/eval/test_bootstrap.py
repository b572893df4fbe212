"""Intervals over sentences are those of sacreBLEU's own command; over articles they are wider."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from eval.bootstrap import Resampling, Sample, resampled, scored
from eval.metrics import NAMES, statistics_of
from eval.segments import joined

LINES = (Path(__file__).parent / "cases" / "pairs.tsv").read_text(encoding="utf-8").splitlines()
HYPOTHESES, REFERENCES = zip(*(line.split("\t") for line in LINES), strict=True)
COUNTED = statistics_of(HYPOTHESES, REFERENCES)
FEW = Resampling(resamples=200)


def width(found):
    return [each.high - each.low for each in found]


@pytest.fixture(scope="module")
def command_line(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sacrebleu")
    (folder / "h").write_text("\n".join(HYPOTHESES) + "\n", encoding="utf-8")
    (folder / "r").write_text("\n".join(REFERENCES) + "\n", encoding="utf-8")
    command = "-m sacrebleu r -i h -m bleu chrf ter --chrf-word-order 2 --confidence -w 9"
    run = subprocess.run(
        [sys.executable, *command.split(), "--format", "json"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(run.stdout)


@pytest.mark.parametrize("index", range(3), ids=NAMES)
def test_intervals_of_sentences_are_those_of_the_command_line(command_line, index):
    found = scored(Sample(COUNTED), Resampling())[index]
    assert found.low is not None and found.high is not None
    # sacreBLEU adds in single precision
    assert (found.high - found.low) / 2 == pytest.approx(
        command_line[index]["confidence_var"], abs=1e-3
    )
    drawn = resampled(Sample(COUNTED), Resampling())[0][found.metric]
    assert drawn.mean() == pytest.approx(command_line[index]["confidence_mean"], abs=1e-3)
    assert found.resampling == "bs:1000|seed:12345|resampled:segments"
    signature = command_line[index]["signature"].replace("bs:1000|seed:12345|", "")
    assert found.signature == signature


def test_like_sentences_in_an_article_widen_the_interval():
    good = statistics_of(["Harga beras naik tajam."] * 60, ["Harga beras naik tajam."] * 60)
    bad = statistics_of(["Ikan itu mahal sekali."] * 60, ["Harga beras naik tajam."] * 60)
    both = joined([good, bad])
    by_article = scored(Sample(both, np.arange(120) // 20), FEW)
    by_sentence = scored(Sample(both), FEW)
    assert all(
        one > 1.5 * two for one, two in zip(width(by_article), width(by_sentence), strict=True)
    )
    assert all(each.resampling.endswith("resampled:articles") for each in by_article)


def test_an_article_alone_is_resampled_by_sentence():
    found = scored(Sample(COUNTED, np.zeros(len(COUNTED), int)), FEW)
    assert found == scored(Sample(COUNTED), FEW)


def test_doubt_widens_the_interval_and_certainty_does_not():
    groups = np.arange(len(COUNTED)) // 3
    sure = scored(Sample(COUNTED, groups, np.ones(len(COUNTED))), FEW)
    none = scored(Sample(COUNTED, groups), FEW)
    doubt = scored(Sample(COUNTED, groups, np.full(len(COUNTED), 0.5)), FEW)
    assert width(sure) == width(none)
    assert all(one > two for one, two in zip(width(doubt), width(sure), strict=True))
    assert doubt[0].resampling.endswith("|pairs:by-confidence")


def test_a_pair_that_is_none_leaves_the_sample():
    both = joined([COUNTED, statistics_of(["x"] * 40, ["Tidak ada apa pun di sini."] * 40)])
    confidence = np.array([1.0] * len(COUNTED) + [0.0] * 40)
    alone, adjusted = resampled(Sample(both, None, confidence), FEW)
    assert alone["BLEU"].mean() > adjusted["BLEU"].mean()
    assert adjusted["TER"].mean() > alone["TER"].mean()


def test_the_score_is_inside_of_its_interval():
    confidence = np.where(np.arange(len(COUNTED)) % 2, 0.01, 1.0)
    for each in scored(Sample(COUNTED, None, confidence), FEW):
        assert each.low is not None and each.high is not None
        assert each.low <= each.value <= each.high


def test_the_seed_decides():
    one, same, other = (scored(Sample(COUNTED), Resampling(200, seed)) for seed in (1, 1, 2))
    assert one == same and width(one) != width(other)


def test_one_pair_has_no_interval():
    (found, *_) = scored(Sample(statistics_of(["a"], ["a"])), FEW)
    assert (found.low, found.high, found.resampling) == (None, None, "")


def test_nothing_has_no_score():
    assert scored(Sample(joined([])), FEW) == []

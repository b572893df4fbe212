"""Probabilities are those of sacreBLEU's paired tests, within what chance moves them."""

import random
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bootstrap import Resampling, Sample
from eval.metrics import NAMES, statistics_of
from eval.significance import Trials, differences, holm

LINE = "harga beras dan cabai naik lagi di pasar kota itu pada hari Senin menurut warga"
WORDS = LINE.split()
COUNT = 120


def texts():
    """References and two systems, the second a little worse."""
    random_ = random.Random(3)
    references = [" ".join(random_.choices(WORDS, k=12)) for _ in range(COUNT)]

    def worse(share):
        return [
            " ".join("x" if random_.random() < share else word for word in line.split())
            for line in references
        ]

    return references, worse(0.2), worse(0.225)


REFERENCES, FIRST, SECOND = texts()


def samples(*systems, groups=None):
    return [Sample(statistics_of(system, REFERENCES), groups) for system in systems]


@pytest.fixture(scope="module")
def found():
    return differences(samples(FIRST, SECOND), Trials())


@pytest.fixture(scope="module", params=["bs", "ar"])
def command_line(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sacrebleu")
    for name, lines in [("r", REFERENCES), ("a", FIRST), ("b", SECOND)]:
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = f"-m sacrebleu r -i a b -m bleu chrf ter --chrf-word-order 2 --paired-{request.param}"
    run = subprocess.run(
        [sys.executable, *command.split(), "--format", "text"],  # its JSON fails on float32
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return request.param, [float(p) for p in re.findall(r"p = ([0-9.]+)", run.stdout)]


def test_probabilities_are_those_of_the_command_line(found, command_line):
    kind, probabilities = command_line
    for metric, ours, theirs in zip(NAMES, found, probabilities, strict=True):
        p = ours.bootstrap if kind == "bs" else ours.randomisation
        trials = 1_000 if kind == "bs" else 10_000
        error = 4 * (theirs * (1 - theirs) / trials) ** 0.5 + 2 / trials
        assert p == pytest.approx(theirs, abs=error), metric
        assert 0.001 < theirs < 0.9  # else the test says little


def test_equal_systems_do_not_differ():
    for each in differences(samples(FIRST, FIRST), Trials(Resampling(200), 200)):
        assert (each.value, each.bootstrap, each.randomisation, each.stars) == (0, 1, 1, "")


def test_systems_far_apart_differ():
    empty = ["x"] * COUNT
    for each in differences(samples(empty, REFERENCES), Trials()):
        assert each.stars == "***" and each.better
        assert each.low <= each.value <= each.high


def test_a_difference_stands_in_its_own_interval_where_pairs_are_doubtful():
    """Systems that differ on doubtful pairs alone: most resamples are without these."""
    doubt = np.ones(COUNT)
    doubt[:5] = 0.02
    other = [*REFERENCES[:5], *FIRST[5:]]
    found = differences(
        [Sample(statistics_of(each, REFERENCES), confidence=doubt) for each in (FIRST, other)],
        Trials(Resampling(500), 100),
    )
    for each in found:
        assert each.low <= each.value <= each.high and each.value != 0
        assert min(abs(each.low), abs(each.high)) < abs(each.value) / 10


def test_three_systems_are_corrected():
    few = Trials(Resampling(500), 500)
    two = differences(samples(FIRST, SECOND), few)
    three = differences(samples(FIRST, SECOND, REFERENCES), few)
    assert [(each.first, each.second) for each in three[:3]] == [(0, 1), (0, 2), (1, 2)]
    assert three[0].uncorrected == two[0].uncorrected
    assert all(each.bootstrap >= each.uncorrected[0] for each in three)
    assert three[1].bootstrap == pytest.approx(3 * three[1].uncorrected[0])


def test_few_articles_say_less_than_many_sentences():
    few = Trials(Resampling(500), 500)
    sentences = differences(samples(FIRST, REFERENCES), few)[0]
    articles = differences(samples(FIRST, REFERENCES, groups=np.arange(COUNT) // 60), few)[0]
    assert articles.randomisation > 0.3 > sentences.randomisation


def test_systems_of_unlike_length_are_refused():
    with pytest.raises(ValueError, match="unlike"):
        differences([*samples(FIRST), Sample(statistics_of(["a"], ["a"]))], Trials())


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_never_makes_smaller_nor_changes_the_order(found):
    corrected = holm(found)
    assert all(old <= new <= 1 for old, new in zip(found, corrected, strict=True))
    order = sorted(range(len(found)), key=found.__getitem__)
    assert [corrected[index] for index in order] == sorted(corrected)

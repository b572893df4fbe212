"""Systems side by side; five real ones are ranked as published."""

import json
import sys

import pytest

from corpora.errors import UserError
from eval.bootstrap import Resampling
from eval.comparison import CompareOptions, compare
from eval.comparison_tables import tables
from eval.contest import Contest
from eval.external import metric_command
from eval.metrics import score
from eval.significance import Trials
from eval.tables import FORMATS
from tests.conftest import SHARED

FEW = CompareOptions(Trials(Resampling(100), 100))
SOURCES = ["Ada 12 ikan di kolam itu.", "Harga naik lagi.", "Mereka pulang."]
REFERENCES = [["There are 12 fish in that pond."], ["Prices rise again."], ["They go home."]]
GOOD = ["There are 12 fish in the pond.", "Prices rise again.", "They go home."]
BAD = ["There are 13 fish in the pond.", "Price up", "They go home."]
CONTEST = Contest(
    ("good", "bad"),
    (GOOD, BAD),
    REFERENCES,
    SOURCES,
    ["line 1", "line 2", "line 3"],
    ["a", "a", "b"],
)
# FLORES-200 devtest, as Firefox's evaluation and the model cards publish it; ours here is dev
PUBLISHED = {
    "BLEU": {"google": 49.7, "nllb": 40.5, "bergamot-tiny": 38.6, "opusmt": 33.4, "argos": 28.5},
    "chrF2++": {"google": 70.3, "bergamot-tiny": 63.4, "nllb": 63.3, "opusmt": 58.9, "argos": 55.6},
}
SYSTEMS = tuple(PUBLISHED["BLEU"])


@pytest.fixture(scope="module")
def found():
    return compare(CONTEST, FEW)


def test_each_system_has_its_own_scores(found):
    for system, english in zip(found.systems, (GOOD, BAD), strict=True):
        expected = score(english, REFERENCES)
        assert [each.value for each in system.aligned] == [each.value for each in expected]
        assert system.adjusted == ()


def test_what_differs_most_comes_first(found):
    assert [each.place for each in found.segments] == ["line 2", "line 1"]
    assert found.segments[0].hypotheses == ("Prices rise again.", "Price up")


def test_facts_and_their_buckets(found):
    good, bad = (system.facts.by_kind["number"] for system in found.systems)
    assert (good, bad) == ((1, 1), (0, 1))
    assert {each.name: each.segments for each in found.systems[0].fates}["no facts"] >= 1
    assert sum(each.segments for each in found.systems[1].fates) == 3


def test_the_better_one_is_named(found):
    written = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert {each["better"] for each in written["differences"]} == {"good"}


def test_a_difference_says_which_way_it_goes(found):
    """A row `good → bad` has what bad has more: less BLEU, more edits."""
    (table,) = (each for each in tables(found) if each.title == "Differences")
    rows = {row[0]: row for row in table.rows}
    assert {row[1] for row in table.rows} == {"good → bad"}
    for metric, sign in (("BLEU", "-"), ("chrF2++", "-"), ("TER", "+")):
        good, bad = (
            next(each.value for each in system.aligned if each.metric == metric)
            for system in found.systems
        )
        assert rows[metric][2] == f"{bad - good:+.2f}" and rows[metric][2].startswith(sign)


@pytest.mark.parametrize("name", FORMATS)
def test_every_table_is_shown(found, name):
    shown = [FORMATS[name](table) for table in tables(found)]
    assert len(shown) == 6 + 2 and "seed:12345" in shown[0] and "Price up" in shown[-2]


def test_without_a_source_nothing_is_said_of_facts():
    bare = Contest(("g", "b"), (GOOD, BAD), REFERENCES, None, ["1", "2", "3"])
    found = compare(bare, FEW)
    assert not found.systems[0].fates and found.segments[0].source == ""
    assert "articles are not known" in " ".join(found.warnings)


def test_unaligned_references_count_against_all():
    partial = Contest(
        ("g", "b"), (GOOD, BAD), REFERENCES, SOURCES, ["1", "2", "3"], ["a", "a", "b"],
        [1.0, 0.9, 0.8], [("a", "Nobody was hurt.")],
    )  # fmt: skip
    found = compare(partial, FEW)
    assert found.coverage == pytest.approx(13 / 16)
    expected = score([*GOOD, ""], [*REFERENCES, "Nobody was hurt."])
    assert [each.value for each in found.systems[0].adjusted] == [each.value for each in expected]
    assert "81 % of the reference words" in next(tables(found)).title


def test_another_program_is_tested_too(tmp_path):
    file = tmp_path / "metric.py"
    code = "import sys\nfor line in sys.stdin: print(len(set(line.split('\\t')[1].split())))\n"
    file.write_text(code, encoding="utf-8")
    command = metric_command(f"WORDS={sys.executable} {file}")
    found = compare(CONTEST, CompareOptions(FEW.trials, (command,)))
    values = [system.aligned[3].value for system in found.systems]
    assert values == [pytest.approx((7 + 3 + 3) / 3), pytest.approx((7 + 2 + 3) / 3)]
    assert found.difference("WORDS", 0, 1).value == pytest.approx(-1 / 3)


def test_another_program_that_fails_is_an_error():
    command = metric_command(f"X={sys.executable} -c 'raise SystemExit(3)'")
    with pytest.raises(UserError, match="code 3"):
        compare(CONTEST, CompareOptions(FEW.trials, (command,)))


@pytest.fixture(scope="module")
def real():
    folder = SHARED / "testsets" / "systems"
    if not folder.is_dir():
        pytest.skip(f"{folder}: no such data here")
    lines = {
        name: (folder / f"flores_dev.{name}").read_text(encoding="utf-8").split("\n")[:-1]
        for name in ("id", "en", *(f"{system}.en" for system in SYSTEMS))
    }
    references = [[line] for line in lines["en"]]
    hypotheses = tuple(lines[f"{name}.en"] for name in SYSTEMS)
    places = [str(number) for number in range(len(references))]
    contest = Contest(SYSTEMS, hypotheses, references, lines["id"], places)
    return compare(contest, CompareOptions(Trials(Resampling(200), 200)))


@pytest.mark.parametrize("metric", PUBLISHED)
def test_real_systems_are_ranked_as_published(real, metric):
    """Where two are told apart at all: NLLB and the tiny Bergamot model are not on BLEU."""
    for each in real.differences:
        if each.metric == metric:
            first, second = (
                PUBLISHED[metric][SYSTEMS[each.first]],
                PUBLISHED[metric][SYSTEMS[each.second]],
            )
            assert not each.stars or each.better == (second > first)
            assert each.stars or abs(second - first) < 3


def test_real_systems_as_a_list(real):
    def ranked(metric):
        found = {
            system.name: each.value
            for system in real.systems
            for each in system.aligned
            if each.metric == metric
        }
        return sorted(found, key=found.__getitem__)

    assert ranked("chrF2++") == list(reversed(PUBLISHED["chrF2++"]))
    assert ranked("TER")[0] == "google" and ranked("TER")[-1] == "argos"

"""`selaras score` and `selaras compare` as a user meets them."""

import json
import shutil
import subprocess
import sys

import pytest

from eval.bootstrap import Resampling
from tests.conftest import EXAMPLES, ROOT
from translate.cli import main
from translate.commands.score import scored_again
from translate.pipeline import build

HYPOTHESES = ["There are 12 fish in the pond.", "Prices rise.", "They go home now."]
REFERENCES = ["There are 12 fish in that pond.", "Prices are rising again.", "They go home."]
SOURCES = ["Ada 12 ikan di kolam itu.", "Harga naik lagi.", "Mereka pulang."]


@pytest.fixture
def selaras(monkeypatch, capsys):
    """Run the command in this process; give exit code, standard output and standard error."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["selaras", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
            raise SystemExit(0)
        captured = capsys.readouterr()
        return ended.value.code or 0, captured.out, captured.err

    return call


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Plain files: a and b systems, r and r2 references, s source, d articles, and broken ones."""
    folder = tmp_path_factory.mktemp("plain")
    lines = {
        "a": HYPOTHESES,
        "b": ["There are 13 fish.", "Prices rise.", "They leave."],
        "r": REFERENCES,
        "r2": ["", "Prices rise.", " "],
        "s": SOURCES,
        "d": ["x", "x", "y"],
        "hole": ["One.", "", "Three."],
        "two": ["One.", "Two."],
    }
    for name, content in lines.items():
        (folder / name).write_text("\n".join(content) + "\n", encoding="utf-8")
    (folder / "empty").write_bytes(b"")
    (folder / "latin").write_bytes(b"\xff\xfe\x81 caf\xe9\n")
    (folder / "nan.py").write_text("print('nan\\n' * 3, end='')", encoding="utf-8")
    (folder / "half.py").write_text("print('0.5\\n' * 3, end='')", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The examples, built twice."""
    folder = tmp_path_factory.mktemp("runs")
    for name in ("one", "two"):
        build(EXAMPLES / "articles", folder / name, references=EXAMPLES / "references")
    return folder


def test_score_says_what_sacrebleu_says(selaras, folder):
    code, out, _ = selaras("score", "--hypothesis", folder / "a", "--reference", folder / "r")
    command = "-m sacrebleu r -i a -m bleu chrf ter --chrf-word-order 2 -w 2 --format json"
    run = subprocess.run(
        [sys.executable, *command.split()], cwd=folder, capture_output=True, text=True, check=True
    )
    for line, theirs in zip(out.splitlines(), json.loads(run.stdout), strict=True):
        metric, value, signature, interval, how = line.split("\t")
        assert (metric, float(value), signature) == tuple(
            theirs[name] for name in ("name", "score", "signature")
        )
        assert interval.startswith("[") and how == "bs:1000|seed:12345|resampled:segments"
    assert code == 0


def test_score_takes_several_references_of_which_some_are_missing(selaras, folder):
    code, out, err = selaras(
        "score", "--hypothesis", folder / "a", "--reference", folder / "r",
        "--reference", folder / "r2", "--articles", folder / "d",
    )  # fmt: skip
    assert code == 0 and "nrefs:var" in out and "resampled:articles" in out
    assert "2 empty references were left out" in err


def test_score_speaks_json(selaras, folder):
    code, out, _ = selaras(
        "score", "--hypothesis", folder / "a", "--reference", folder / "r", "--source",
        folder / "s", "--json", "--metric-command", f"HALF={sys.executable} {folder / 'half.py'}",
    )  # fmt: skip
    found = json.loads(out)
    assert code == 0 and [each["metric"] for each in found["external"]] == ["HALF"]
    assert found["fidelity"]["number"] == {"kept": 1, "total": 1, "share": 1.0}


def test_score_translates_back(selaras, folder):
    code, out, _ = selaras(
        "score", "--hypothesis", folder / "a", "--reference", folder / "r",
        "--source", folder / "s", "--reverse", "bundled",
    )  # fmt: skip
    assert code == 0 and "round trip chrF2++\t" in out


def test_score_of_a_run(selaras, runs):
    code, out, err = selaras("score", runs / "one")
    assert code == 0 and out.startswith("9") and "resampled:articles|pairs:by-confidence" in out
    assert "fewer than 100" in err
    code, out, _ = selaras("score", runs / "one", "--json")
    assert json.loads(out) == json.loads((runs / "one" / "scores.json").read_text("utf-8"))


@pytest.mark.parametrize("options", [("--resamples", 150), ("--seed", 7)])
def test_score_of_a_run_with_other_resamples(selaras, runs, options):
    """Scores are the same, intervals are those that were asked for, and the file stays."""
    before = (runs / "one" / "scores.json").read_bytes()
    code, out, _ = selaras("score", runs / "one", *options, "--json")
    found, known = json.loads(out), json.loads(before)
    name, value = options[0].removeprefix("--"), options[1]
    assert code == 0 and found["resampling"][name] == value
    assert found["resampling"] == known["resampling"] | {name: value}
    for view in ("aligned", "unaligned_counted_as_empty"):
        for ours, theirs in zip(found[view], known[view], strict=True):
            assert ours["value"] == theirs["value"] and ours["low"] != theirs["low"]
            assert f"{'bs' if name == 'resamples' else 'seed'}:{value}" in ours["resampling"]
    assert found["articles"] == known["articles"] and found["fidelity"] == known["fidelity"]
    assert (runs / "one" / "scores.json").read_bytes() == before


def test_scores_made_again_are_those_of_the_build(runs):
    known = json.loads((runs / "one" / "scores.json").read_text("utf-8"))
    assert json.loads(json.dumps(scored_again(runs / "one", Resampling()))) == known


def test_a_run_without_its_unaligned_references_is_not_scored_again(selaras, runs, tmp_path):
    shutil.copytree(runs / "one", tmp_path / "run")
    (tmp_path / "run" / "unaligned.jsonl").unlink()
    assert selaras("score", tmp_path / "run")[0] == 0
    code, out, err = selaras("score", tmp_path / "run", "--seed", 7)
    assert (code, out) == (1, "") and "unaligned.jsonl: not there" in err


@pytest.mark.parametrize("text", ["{", "[]", "3"])
def test_scores_that_are_damaged_are_named(selaras, tmp_path, text):
    (tmp_path / "scores.json").write_text(text, encoding="utf-8")
    code, out, err = selaras("score", tmp_path)
    assert (code, out) == (1, "") and "scores.json: expected a JSON object" in err


def test_compare_of_files(selaras, folder):
    code, out, _ = selaras(
        "compare", "--reference", folder / "r", "--source", folder / "s", folder / "a", folder / "b"
    )
    assert code == 0 and "1. a" in out and "2. b" in out and "Differs most: line 1" in out


def test_compare_of_runs(selaras, runs):
    code, out, _ = selaras("compare", runs / "one", runs / "two", "--json")
    found = json.loads(out)
    assert code == 0 and found["coverage"] > 0.5 and not found["most_different"]
    assert {each["stars"] for each in found["differences"]} == {""}
    one, two = (system["aligned"] for system in found["systems"])
    assert one == two and one[0]["segments"] == found["segments"]


@pytest.mark.parametrize("form", ["--markdown", "--latex"])
def test_compare_for_papers(selaras, folder, form):
    code, out, _ = selaras("compare", "--reference", folder / "r", folder / "a", folder / "b", form)
    assert code == 0 and ("|---|" if form == "--markdown" else r"\toprule") in out


WRONG_USAGE = {
    *("name a run folder, or both", "needs --source", "expected NAME=COMMAND", "brings its own"),
    *("one system only", "need --reference", "run folders and files", "bring their own"),
    "name one of",
}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("score --hypothesis {f}/a", "name a run folder, or both"),
        ("score --hypothesis {f}/a --reference {f}/two", "a has 3 lines"),
        ("score --hypothesis {f}/a --reference {f}/hole", "line 2: an empty line"),
        ("score --hypothesis {f}/empty --reference {f}/empty", "no line"),
        ("score --hypothesis {f}/a --reference {f}/none", "none: cannot be read"),
        ("score --hypothesis {f}/a --reference {f}/r --source {f}/two", "one source for each"),
        ("score --hypothesis {f}/a --reference {f}/r --articles {f}/two", "an article for each"),
        ("score --hypothesis {f}/a --reference {f}/r --reverse bundled", "needs --source"),
        ("score --hypothesis {f}/a --reference {f}/r --metric-command X", "expected NAME=COMMAND"),
        (
            "score --hypothesis {f}/a --reference {f}/r --metric-command NAN={python}\\ {f}/nan.py",
            "line 1: expected a number, got 'nan'",
        ),
        ("score --hypothesis {f}/latin --reference {f}/r", "latin"),
        ("score {f}", "no finished run"),
        ("score {f} --hypothesis {f}/a", "brings its own"),
        ("compare {f}/a", "one system only"),
        ("compare {f}/a {f}/b", "need --reference"),
        ("compare {f}/a {f} --reference {f}/r", "run folders and files"),
        ("compare {f} {f}/nope", "nope: not there; check the name"),
        ("compare {f}/a {f}/two --reference {f}/r", "two has 2 lines"),
        ("compare {f}/a {f}/b --reference {f}/hole", "line 2: an empty line"),
        ("compare {f}/empty {f}/empty --reference {f}/empty", "no line"),
        ("compare {f}/a {f}/b --reference {f}/r --source {f}/two", "one source for each"),
        ("compare {f} {f}", "no finished run"),
        ("compare {f} {f} --reference {f}/r", "bring their own"),
        ("compare {f}/a {f}/b --reference {f}/r --json --latex", "name one of"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(selaras, folder, arguments, message):
    before = sorted(folder.iterdir())
    words = [
        word.format(f=folder, python=sys.executable).replace("\\", " ")
        for word in arguments.replace("\\ ", "\\").split()
    ]
    code, out, err = selaras(*words)
    assert (code, out) == (2 if message in WRONG_USAGE else 1, "")
    assert err.startswith("selaras: ") and err.count("\n") == 1 and message in err
    assert sorted(folder.iterdir()) == before


def test_neither_command_is_slow_to_explain_itself():
    code = "import sys, translate.commands.compare; sys.exit(str('numpy' in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert run.stderr.strip() == "False"

"""What the two scripts say of files and options that they cannot use: one line and an exit code."""

import runpy
import sys

import pytest

from corpora.errors import UserError
from scripts.train_model import Validation
from tests.conftest import ROOT

PAIR = "Halo.\tHello.\n"


def said(script, arguments, monkeypatch, capsys):
    """Exit code and standard error of a script."""
    monkeypatch.setattr(sys, "argv", [script, *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "scripts" / script), run_name="__main__")
    return ended.value.code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--pairs", "a.tsv=abc"], 2, "a.tsv=abc: expected FILE=WEIGHT"),
        (["--pairs", "a.tsv", "--width", "33"], 2, "width: expected a multiple of 4 heads"),
        (["--pairs", "none.tsv"], 1, "none.tsv: cannot be read (No such file or directory)"),
        (["--pairs", "a.tsv", "--weights", "none.tsv"], 1, "none.tsv: cannot be read"),
        (["--pairs", "a.tsv", "--weights", "a.tsv"], 1, "expected the columns source and weight"),
        (["--pairs", "a.tsv", "--validation", "empty.tsv"], 1, "empty.tsv: no pair in it"),
        (["--pairs", "a.tsv=0"], 1, "no pair to train on is left"),
    ],
)
def test_training_says_in_one_line_what_is_wrong(
    tmp_path, monkeypatch, capsys, arguments, code, message
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tsv").write_text(PAIR)
    (tmp_path / "empty.tsv").touch()
    found, lines = said("train_model.py", ["run", *arguments], monkeypatch, capsys)
    last = lines.splitlines()[-1]
    assert found == code and last.startswith("train_model: ") and message in last
    assert "Traceback" not in lines and not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["distil", "bundled", "--pairs", "a.tsv=abc"], 2, "a.tsv=abc: expected FILE=WEIGHT"),
        (["distil", "bundled", "--pairs", "none.tsv=2"], 1, "none.tsv: cannot be read"),
        (["back-translate", "bundled", "--pairs", "same.tsv"], 1, "no pair is left to write"),
        (["distil", "bundeld", "--pairs", "a.tsv"], 1, "no model 'bundeld'"),
    ],
)
def test_making_pairs_says_in_one_line_what_is_wrong(
    tmp_path, monkeypatch, capsys, arguments, code, message
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tsv").write_text(PAIR)
    (tmp_path / "same.tsv").write_text("Halo.\tHalo.\n")
    arguments = [*arguments, "--output", "out.tsv"]
    found, lines = said("synthesise_pairs.py", arguments, monkeypatch, capsys)
    last = lines.splitlines()[-1]
    assert found == code and last.startswith("synthesise_pairs: ") and message in last
    assert not (tmp_path / "out.tsv").exists()


@pytest.mark.parametrize("reverse", [False, True])
def test_what_lacks_a_side_is_not_validated_on(tmp_path, capsys, reverse):
    file = tmp_path / "v.tsv"
    file.write_bytes(b"Halo.\tHello.\r\n\r\nHujan turun.\t\r\n\t\r\n \r\n")
    sides = [("Halo.",), ("Hello.",)]
    assert Validation.of(file, reverse=reverse) == Validation(*sides[:: -1 if reverse else 1])
    assert "v.tsv: left out for want of a side: 2" in capsys.readouterr().err
    file.write_text("Halo.\t\n")
    with pytest.raises(UserError, match="no pair with both sides to validate on"):
        Validation.of(file, reverse=reverse)

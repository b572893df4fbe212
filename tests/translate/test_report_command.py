"""`selaras report` as a user meets it."""

import sys

import pytest

from tests.eval.report.conftest import fill
from translate.cli import main


@pytest.fixture
def report(monkeypatch, capsys):
    """Run the command in this process; give exit code, standard output and standard error."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["selaras", "report", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
            raise SystemExit(0)
        captured = capsys.readouterr()
        return ended.value.code or 0, captured.out, captured.err

    return call


@pytest.fixture
def run(tmp_path):
    (tmp_path / "run").mkdir()
    return fill(tmp_path / "run")


def test_the_page_of_a_run_is_made_again(report, run):
    code, out, err = report(run)
    assert (code, out, err) == (0, f"{run / 'report.html'}\n", "")
    assert (run / "report.html").stat().st_size > 10_000


def test_a_page_can_stand_elsewhere(report, run, tmp_path):
    assert report(run, "-o", tmp_path / "sub" / "p.html")[0] == 0
    assert (tmp_path / "sub" / "p.html").exists() and not (run / "report.html").exists()


def test_two_runs_are_one_page(report, run, tmp_path):
    (tmp_path / "lain").mkdir()
    code, _, err = report(run, fill(tmp_path / "lain"), "-o", tmp_path / "p.html")
    assert (code, err) == (0, "")
    assert "run and lain" in (tmp_path / "p.html").read_text(encoding="utf-8")


def broken(run):
    (run / "scores.json").write_text("{", encoding="utf-8")
    return (run,)


MISTAKES = [
    (1, lambda run: (run / "nowhere",), "no such run folder"),
    (1, lambda run: (run / "corpus",), "no finished run"),
    (2, lambda run: (run, run), "several runs need a page"),
    (2, lambda run: (run, "-o", run), "ends in .html"),
    (2, lambda run: (run, "-o", run / "page"), "ends in .html"),
    (1, broken, "scores.json: expected a JSON object"),
]


@pytest.mark.parametrize(("wrong", "arguments", "said"), MISTAKES)
def test_a_mistake_is_one_line_and_nothing_written(report, run, wrong, arguments, said):
    code, out, err = report(*arguments(run))
    assert (code, out) == (wrong, "") and said in err and err.count("\n") == 1
    assert not (run / "report.html").exists()

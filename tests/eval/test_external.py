"""A stand-in program takes the place of COMET: pairs in, scores out, and all that can go wrong."""

import sys

import pytest

from corpora.errors import UserError
from eval.external import MetricCommand, external_scores, metric_command

PAIRS = [("Harga naik.", "Prices rise.", "Prices rose."), ("a\tb", "c\nd", ""), ("é", "漢", "x")]
LENGTHS = (
    "import sys\n"
    "for line in sys.stdin.buffer.read().decode('utf-8').split('\\n')[:-1]:\n"
    "    source, hypothesis, reference = line.split('\\t')\n"
    "    print(len(hypothesis) / 10)\n"
)


def program(tmp_path, code, timeout_seconds=60.0):
    file = tmp_path / "metric program.py"
    file.write_text(code, encoding="utf-8")
    return metric_command(f"LENGTH={sys.executable} '{file}'", timeout_seconds)


def test_scores_come_back_in_order(tmp_path):
    assert external_scores(program(tmp_path, LENGTHS), PAIRS) == [1.2, 0.3, 0.1]


def test_no_pair_needs_no_score(tmp_path):
    assert external_scores(program(tmp_path, LENGTHS), []) == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("print(1)", "expected 3 scores, one a line, got 1 lines"),
        ("print('1\\n2\\n3\\n4')", "expected 3 scores, one a line, got 4 lines"),
        ("print('1\\nnan\\n3')", "line 2: expected a number, got 'nan'"),
        ("print('1\\ninf\\n3')", "line 2: expected a number"),
        ("print('1\\n2\\nthree')", "line 3: expected a number, got 'three'"),
        ("raise SystemExit('no model')", "ended with code 1: no model"),
        ("import sys; sys.exit(7)", "ended with code 7: said nothing"),
    ],
)
def test_a_failure_is_one_line(tmp_path, code, message):
    with pytest.raises(UserError) as failure:
        external_scores(program(tmp_path, code), PAIRS)
    assert message in str(failure.value) and "\n" not in str(failure.value)
    assert "--metric-command LENGTH" in str(failure.value)


def test_a_program_that_does_not_end_is_stopped(tmp_path):
    with pytest.raises(UserError, match=r"no answer in 0\.5 s"):
        external_scores(program(tmp_path, "import time; time.sleep(60)", 0.5), PAIRS)


def test_a_program_that_does_not_read_is_no_failure(tmp_path):
    many = PAIRS * 40_000
    code = f"print('1\\n' * {len(many)}, end='')"
    assert external_scores(program(tmp_path, code), many) == [1] * len(many)


def test_a_program_that_is_not_there():
    with pytest.raises(UserError, match="no-such-program: No such file"):
        external_scores(MetricCommand("X", ("no-such-program",)), PAIRS)


@pytest.mark.parametrize("option", ["COMET", "=x", "COMET=", "COMET='x", "BLEU=x"])
def test_options_that_say_nothing_are_refused(option):
    with pytest.raises(UserError, match="--metric-command"):
        metric_command(option)

"""`selaras models`, `estimate` and `doctor` as a user sees them."""

import json

import pytest
from typer.testing import CliRunner

from tests.conftest import EXAMPLES
from translate import doctor
from translate.cli import app
from translate.doctor import Finding


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)


def test_models_are_listed():
    lines = run("models").stdout.splitlines()
    assert lines[0].startswith("bundled") and "apache-2.0" in lines[0]
    assert any("selaras models fetch opus" in line for line in lines)


def test_models_are_listed_for_machines():
    entries = [json.loads(line) for line in run("models", "--json").stdout.splitlines()]
    assert {"bundled", "opus", "nllb"} <= {entry["name"] for entry in entries}


def test_a_model_is_checked():
    said = run("models", "check", "bundled").stdout
    assert "int8: agrees with the original on 9" in said or "on 100.0 %" in said


def test_the_estimate_counts_the_examples():
    said = run("estimate", EXAMPLES / "articles").stdout
    assert said.startswith("8 articles (0 cannot be read), ") and "sentences/s" in said
    facts = json.loads(run("estimate", EXAMPLES / "articles", "--json").stdout)
    assert facts["articles"] == 8 and facts["seconds"] > 0


@pytest.mark.parametrize(("state", "code", "last"), [
    ("ok", 0, "everything that is needed works"), ("problem", 1, "1 problem(s)"),
])  # fmt: skip
def test_the_doctor_ends_with_a_verdict(monkeypatch, state, code, last):
    finding = Finding("disk", state, "1 GB free", "free some" if code else "")
    monkeypatch.setattr(doctor, "examination", lambda *, network: iter([finding]))
    found = run("doctor", "--no-network")
    assert found.exit_code == code and found.stdout.splitlines()[-1] == last
    assert ("cure: free some" in found.stdout) == bool(code)
    assert json.loads(run("doctor", "--json").stdout)["part"] == "disk"

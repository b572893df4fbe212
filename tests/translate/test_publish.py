"""The commands that publish, as a user meets them."""

import json

import pytest

from tests.corpora.rows import made_rows
from tests.hub.conftest import finished
from tests.hub.stand_in import TOKEN
from tests.translate.test_cli import selaras  # noqa: F401 - a fixture


@pytest.fixture
def run(tmp_path):
    return finished(tmp_path / "run", made_rows(6))


def test_export_says_what_it_did(selaras, run, tmp_path):  # noqa: F811
    code, out, err = selaras("export", run, tmp_path / "o.tmx", "--to", "tmx")
    assert (code, out) == (0, "") and "18 pairs (aligned) -> " in err
    assert selaras("export", run, tmp_path / "o", "--to", "moses", "--quiet") == (0, "", "")
    assert (tmp_path / "o.id").exists() and (tmp_path / "o.en").exists()


def test_a_damaged_corpus_is_one_line(selaras, run, tmp_path):  # noqa: F811
    for file in (run / "corpus").glob("*.parquet"):
        file.write_bytes(file.read_bytes()[:100])
    code, _, err = selaras("export", run, tmp_path / "o.tmx", "--to", "tmx")
    assert code == 1 and err.count("\n") == 1 and "cannot be read" in err and "build the run" in err
    assert not (tmp_path / "o.tmx").exists()


@pytest.mark.parametrize(
    ("wrong", "arguments", "message"),
    [
        (2, ("export", "{run}", "o", "--to", "odt"), "there are csv, jsonl"),
        (1, ("export", "nowhere", "o", "--to", "tmx"), "no finished run"),
        (1, ("push", "{run}", "no-namespace"), "expected USER/NAME"),
        (2, ("push", "{run}", "a/b", "--publish", "some"), "there are full, snippets, hashes"),
        (2, ("push", "{run}", "a/b", "--drop-leaks"), "name the test sets with --leaks"),
        (1, ("push", "{run}", "a/b", "--leaks", "nowhere"), "no such folder of test sets"),
        (1, ("push", "{run}", "a/b"), "no token for the Hub"),
    ],
)
def test_mistakes_are_one_line(selaras, run, monkeypatch, tmp_path, wrong, arguments, message):  # noqa: F811
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr("huggingface_hub.constants.HF_TOKEN_PATH", str(tmp_path / "none"))
    code, out, err = selaras(*(str(run) if each == "{run}" else each for each in arguments))
    assert code == wrong and out == "" and message in err and err.count("\n") == 1


def test_a_dry_run_speaks_json(selaras, run, monkeypatch):  # noqa: F811
    from tests.hub.stand_in import Hub

    monkeypatch.setenv("HF_TOKEN", TOKEN)
    with Hub().running() as hub:
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.endpoint)
        code, out, err = selaras("push", run, "penguji/berita", "--dry-run", "--json")
        plan = json.loads(out)
        assert (code, err, plan["commit"], plan["create"]) == (0, "", None, True)
        assert {"README.md"} < {item["path"] for item in plan["send"]}
        code, _, err = selaras("push", run, "penguji/berita", "--public", "--dry-run")
        assert code == 1 and "--publish full|snippets|hashes" in err
        assert not hub.repos

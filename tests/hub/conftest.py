"""A Hub on loopback, a token, and run folders to push."""

import json

import pytest

from corpora.publishing.dataset_card import write_card
from corpora.publishing.publication import PublicationOptions
from corpora.publishing.push import PushOptions, push
from corpora.publishing.shards import write_corpus
from corpora.publishing.splits import split_of
from tests.corpora.rows import made_rows
from tests.hub.stand_in import TOKEN, Hub

NAME = "penguji/berita"
RECORD = {
    "finished": "2026-01-02T03:04:05+00:00",
    "settings": {"model": "bundled", "revision": "sha256:0", "decoding": {"beam": 4}},
    "licence": "apache-2.0",
    "versions": {"selaras": "0.1.0"},
    "counts": {"articles": 40, "failed": 0},
}
SCORES = {
    "coverage": 0.91,
    "aligned": [
        {"metric": "BLEU", "value": 31.25, "signature": "nrefs:1|version:2", "segments": 120}
    ],
}


@pytest.fixture
def waits(monkeypatch):
    """The pauses that were made, none of which takes time."""
    made: list[float] = []
    monkeypatch.setattr("time.sleep", made.append)
    return made


@pytest.fixture
def hub(monkeypatch, tmp_path, waits):
    """The stand-in; the client's own settings lead to it."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("huggingface_hub.constants.HF_TOKEN_PATH", str(tmp_path / "no-token"))
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    with Hub().running() as hub:
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.endpoint)
        template = f"{hub.endpoint}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
        monkeypatch.setattr("huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE", template)
        yield hub


@pytest.fixture
def run(tmp_path):
    """A finished run of 40 articles."""
    return finished(tmp_path / "run", made_rows(40))


def finished(folder, rows, record=RECORD):
    """Make a run folder of rows as `build` would leave it."""
    write_corpus(folder / "corpus", rows, lambda article: split_of(article, {}))
    (folder / "scores.json").write_text(json.dumps(SCORES), encoding="utf-8")
    write_card(folder, record, SCORES)
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def pushed(run, *, name=NAME, content=None, lines=None, **options):
    """Push as the command does."""
    chosen = options.pop("chosen", True)
    return push(
        run,
        name,
        content or PublicationOptions(),
        PushOptions(**options),
        mode_is_chosen=chosen,
        tell=lines.append if lines is not None else lambda _: None,
    )

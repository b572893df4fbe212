"""A corpus goes to the Hub as planned, once, whole, and comes back with one line."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from corpora.errors import UserError
from corpora.publishing.manifest import read_manifest
from corpora.publishing.push import PushOptions
from tests.conftest import ROOT
from tests.corpora.rows import made_rows
from tests.hub.conftest import NAME, finished, pushed
from tests.hub.faults import refusing
from tests.hub.listings import digests
from tests.hub.stand_in import TOKEN

# huggingface_hub 2.4 sends large files in a way that httpx2 is about to drop
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")


def test_a_first_push_makes_a_private_dataset_with_everything(hub, run):
    done = pushed(run)
    assert hub.repos[NAME].private and done.plan.create
    shards = {f"corpus/{s.name}": s.sha256 for s in read_manifest(run / "corpus").shards}
    assert shards.items() <= digests(hub).items()
    assert hub.files(NAME).keys() == {*shards, "README.md", ".gitattributes"}
    assert hub.repos[NAME].messages[1:] == ["Update the corpus with Selaras"]


def test_a_dry_run_says_exactly_what_is_sent_and_sends_nothing(hub, run):
    lines: list[str] = []
    planned = pushed(run, dry_run=True, lines=lines)
    assert not hub.repos and not any(r.method in ("POST", "PUT") for r in hub.requests)
    done = pushed(run)
    assert planned.plan == done.plan and planned.commit == ""
    told = {line.split()[1]: line.split(":")[-1] for line in lines if line.startswith("  send")}
    sent = {path: found for path, found in digests(hub).items() if path != ".gitattributes"}
    assert told == sent


def test_a_dry_run_needs_no_token(hub, run, monkeypatch):
    whole = pushed(run, dry_run=True)
    monkeypatch.delenv("HF_TOKEN")
    hub.requests.clear()
    lines: list[str] = []
    alone = pushed(run, dry_run=True, lines=lines)
    assert alone.plan == whole.plan and whole.compared and not alone.compared
    assert not hub.requests and not hub.repos
    assert "the Hub was not asked what it has (there is no token)" in lines[0]
    with pytest.raises(UserError, match="no token for the Hub"):
        pushed(run)


def test_a_dry_run_needs_no_network(hub, run, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    done = pushed(run, dry_run=True)
    assert not hub.requests and "HF_HUB_OFFLINE is set" in done.warnings[0]


def test_a_second_push_sends_nothing(hub, run):
    first = pushed(run)
    hub.requests.clear()
    again = pushed(run)
    assert hub.sent() == 0 and again.plan.send == () and again.commit == first.commit
    assert not any(r.method in ("POST", "PUT") for r in hub.requests)


def test_new_articles_cost_new_shards_alone(hub, run):
    pushed(run)
    hub.requests.clear()
    finished(run, made_rows(44))
    done = pushed(run)
    new = {item.path for item in done.plan.send} - {"README.md"}
    assert new and len(done.plan.keep) == len(hub.files(NAME)) - len(done.plan.send) - 1
    stored = {r.path.removeprefix("/storage/") for r in hub.requests if r.method == "PUT"}
    assert stored == {item.sha256 for item in done.plan.send if item.path != "README.md"}


def test_shards_that_are_gone_are_deleted_and_files_of_humans_stay(hub, run, tmp_path):
    pushed(run)
    from tests.hub.stand_in import Blob

    repo = hub.repos[NAME]
    files = {**hub.files(NAME), "notes.txt": Blob(b"mine", large=False)}
    repo.commit("main", files, "by hand")
    shutil.rmtree(run)
    finished(run, made_rows(1))
    done = pushed(run)
    assert done.plan.delete and not set(done.plan.delete) & hub.files(NAME).keys()
    assert hub.files(NAME)["notes.txt"].data == b"mine"


def test_revision_tag_and_message(hub, run):
    pushed(run)
    done = pushed(run, revision="coba", tag="v1", message="Percobaan")
    repo = hub.repos[NAME]
    assert set(repo.branches) == {"main", "coba"} and repo.tags == {"v1": done.commit}
    finished(run, made_rows(41))
    later = pushed(run, revision="coba", tag="v2", message="Percobaan")
    assert repo.branches["coba"] == later.commit != repo.branches["main"]
    assert repo.messages[-1] == "Percobaan"
    hub.requests.clear()
    with pytest.raises(UserError, match="has a tag 'v2' already"):
        pushed(run, tag="v2")
    assert not any(r.method in ("POST", "PUT") for r in hub.requests)


def test_a_private_dataset_becomes_public_only_when_asked(hub, run):
    pushed(run)
    pushed(run)
    assert hub.repos[NAME].private
    pushed(run, public=True)
    assert not hub.repos[NAME].private


def test_the_token_is_nowhere(hub, run, caplog, capsys):
    caplog.set_level("DEBUG")
    hub.fault("PUT", "/storage/", refusing(500), times=2)
    lines: list[str] = []
    pushed(run, lines=lines)
    captured = capsys.readouterr()
    said = "\n".join([*lines, captured.out, captured.err, caplog.text])
    assert TOKEN not in said and "X-Signature" not in said
    for file in run.rglob("*"):
        assert not file.is_file() or TOKEN.encode() not in file.read_bytes()
    assert TOKEN.encode() not in b"".join(blob.data for blob in hub.files(NAME).values())
    assert PushOptions.__slots__ == ("public", "revision", "message", "tag", "dry_run")


def test_push_then_load_as_a_user_does(hub, run, tmp_path):
    """Both programs unmodified, in processes of their own, with nothing but the environment set."""
    environment = {
        **os.environ,
        "HF_ENDPOINT": hub.endpoint,
        "HF_TOKEN": TOKEN,
        "HF_HOME": str(tmp_path / "home"),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }

    def called(*arguments):
        return subprocess.run(
            [sys.executable, *arguments], env=environment, capture_output=True, text=True, cwd=ROOT
        )

    done = called("-m", "translate", "push", str(run), NAME, "--tag", "v1")
    assert done.returncode == 0 and "verified" in done.stdout and TOKEN not in done.stderr
    code = (
        "import json, sys, datasets\n"
        "found = {}\n"
        "for where in sys.argv[1:]:\n"
        "    default = datasets.load_dataset(where)\n"
        "    machine = datasets.load_dataset(where, 'machine')\n"
        "    found[where] = [{k: len(v) for k, v in d.items()} for d in (default, machine)]\n"
        "    found[where].append(default['train'].to_list() + machine['test'].to_list())\n"
        "    kind = type(default['train'].features['translation']).__name__\n"
        "    assert kind == 'Translation', kind\n"
        "print(json.dumps(found))\n"
    )
    loaded = called("-c", code, NAME, str(run))
    assert loaded.returncode == 0, loaded.stderr
    found = json.loads(loaded.stdout)
    assert found[NAME] == found[str(run)]
    assert sum(found[NAME][0].values()) == 120 and sum(found[NAME][1].values()) == 240
    assert found[NAME][2][0]["translation"].keys() == {"id", "en"}


def test_the_client_may_send_in_chunks(hub, run, tmp_path):
    """The way of hf-xet: nothing goes through the Hub but the token for it and the commit.

    The chunk service is the client's own, kept in a folder; that it puts a file together again from
    its chunks is not what is tested here, so the stand-in is given the files.
    """
    pytest.importorskip("hf_xet")
    hub.chunks = str(tmp_path / "chunks")
    for shard in read_manifest(run / "corpus").shards:
        hub.objects[shard.sha256] = (run / "corpus" / shard.name).read_bytes()
    environment = {
        **os.environ,
        "HF_ENDPOINT": hub.endpoint,
        "HF_TOKEN": TOKEN,
        "HF_HOME": str(tmp_path / "home"),
        "HF_HUB_DISABLE_XET": "0",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }
    command = [sys.executable, "-m", "translate", "push", str(run), NAME, "--quiet"]
    for _ in range(2):
        hub.requests.clear()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert not any(request.method == "PUT" for request in hub.requests)
    assert not any("xet-write-token" in request.path for request in hub.requests)  # the second time
    stored = [file for file in (tmp_path / "chunks").rglob("xorbs/*") if file.is_file()]
    assert sum(file.stat().st_size for file in stored) > 0

"""A corpus goes to the Hub as planned, once, whole, and comes back with one line."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from corpora.errors import UserError
from corpora.publishing.columns import kinds
from corpora.publishing.dataset_card import BEGIN, human_part
from corpora.publishing.leaks import TestSet
from corpora.publishing.manifest import read_manifest
from corpora.publishing.publication import PublicationOptions
from corpora.publishing.push import PushOptions
from corpora.publishing.shard_files import rows_of_file
from tests.conftest import ROOT
from tests.corpora.rows import made_row, made_rows
from tests.hub.conftest import NAME, RECORD, finished, pushed
from tests.hub.stand_in import TOKEN, corrupting, cutting, losing_the_answer, refusing

# huggingface_hub 2.4 sends large files in a way that httpx2 is about to drop
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")


def digests(hub, name=NAME):
    return {path: hashlib.sha256(blob.data).hexdigest() for path, blob in hub.files(name).items()}


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


# -- what leaves


def test_text_of_older_commits_does_not_become_public_with_hashes(hub, run):
    pushed(run)
    hashes = PublicationOptions(mode="hashes")
    before = hub.repos[NAME].branches["main"]
    with pytest.raises(UserError, match=r"older commits hold \d data files .*corpus/aligned-"):
        pushed(run, content=hashes, public=True)
    assert hub.repos[NAME].private and hub.repos[NAME].branches["main"] == before
    with pytest.raises(UserError, match="older commits"):
        pushed(run, content=hashes, public=True, dry_run=True)
    pushed(run, content=hashes)
    with pytest.raises(UserError, match="super_squash_history"):
        pushed(run, content=hashes, public=True)
    hub.repos[NAME].squash()
    done = pushed(run, content=hashes, public=True)
    assert not hub.repos[NAME].private and done.warnings == ()


def test_text_of_other_branches_does_not_become_public_either(hub, run):
    pushed(run)
    pushed(run, content=PublicationOptions(mode="hashes"), revision="terbuka")
    hub.repos[NAME].squash("terbuka")
    with pytest.raises(UserError, match='branch="terbuka"'):
        pushed(run, content=PublicationOptions(mode="hashes"), revision="terbuka", public=True)
    assert hub.repos[NAME].private


def test_what_older_public_commits_keep_is_told(hub, run):
    pushed(run, public=True)
    done = pushed(run, content=PublicationOptions(mode="snippets"), public=True)
    assert any("everybody can read them" in warning for warning in done.warnings)


def test_public_text_needs_a_choice(hub, run):
    with pytest.raises(UserError, match=r"--publish full\|snippets\|hashes"):
        pushed(run, public=True, chosen=False)
    assert not hub.repos
    pushed(run, public=True)
    with pytest.raises(UserError, match="everybody could read"):
        pushed(run, chosen=False)  # it is public there, whatever is asked here


def rows_on_hub(hub, tmp_path, configuration):
    for path, blob in sorted(hub.files(NAME).items()):
        if path.startswith(f"corpus/{configuration}-"):
            file = tmp_path / "one.parquet"
            file.write_bytes(blob.data)
            yield file


def test_snippets_leave_out_rows_without_a_reference(hub, run, tmp_path):
    pushed(run, content=PublicationOptions("snippets"))
    rows = [r for file in rows_on_hub(hub, tmp_path, "machine") for r in rows_of_file(file)]
    assert len(rows) == 40 * 3 and all(row.reference for row in rows)


def test_hashes_hold_no_text(hub, run, tmp_path):
    pushed(run, content=PublicationOptions("hashes"))
    everything = b"".join(blob.data for blob in hub.files(NAME).values())
    assert not [p for p in hub.files(NAME) if p.startswith(("corpus/machine", "corpus/aligned"))]
    for file in rows_on_hub(hub, tmp_path, "hashes"):
        table = pq.read_table(file)
        assert table.schema.names == list(kinds("hashes"))
        for value in (cell for column in table.columns for cell in column.to_pylist()):
            assert "Kalimat" not in str(value) and "Sentence" not in str(value)
    for row in made_rows(40):
        assert row.source.encode() not in everything and row.translation.encode() not in everything


def test_personal_data_is_masked_unless_it_is_to_be_kept(hub, run, tmp_path):
    shutil.rmtree(run)
    text = "Hubungi siti@desa.example atau 0812-3456-7891."
    secret = made_row(
        "a00000.txt", 1, source=text, source_raw=text, translation=text, reference=text
    )
    finished(run, [secret, *(row for row in made_rows(30) if row.article != secret.article)])
    done = pushed(run)
    everything = b"".join(blob.data for blob in hub.files(NAME).values())
    for configuration in ("machine", "aligned"):
        rows = [r for f in rows_on_hub(hub, tmp_path, configuration) for r in rows_of_file(f)]
        found = next(row for row in rows if row.id == secret.id)
        masked = "Hubungi [EMAIL] atau [PHONE]."
        assert (found.source, found.source_raw, found.translation, found.reference) == (masked,) * 4
        rest = [row for row in rows if row.id != secret.id]
        assert all(
            row in rest
            for row in made_rows(30)
            if row.reference and row.position == 5 and row.article != secret.article
        )
    assert done.publication.masked == {"email": 4, "phone": 4}
    assert b"8 [EMAIL]" not in everything and b"4 email, 4 phone" in everything
    again = pushed(run)
    assert again.plan.send == ()  # masking gives the same bytes every time
    kept = pushed(run, content=PublicationOptions(keep_personal_data=True))
    assert kept.plan.send and kept.publication.masked is None
    assert b"were not looked for" in hub.files(NAME)["README.md"].data


def test_leaks_are_reported_and_dropped(hub, run, tmp_path):
    leaked = list(made_rows(40))[9]
    sets = (TestSet.of("ujian.id", [leaked.source + " Ditambah beberapa kata lagi."]),)
    lines: list[str] = []
    done = pushed(run, content=PublicationOptions(test_sets=sets), dry_run=True, lines=lines)
    assert done.publication.leaking == {"ujian.id": 1}
    assert any("1 rows overlap with the test set ujian.id" in line for line in lines)
    report = [json.loads(line) for line in (run / "leaks.jsonl").read_text("utf-8").splitlines()]
    assert [entry["id"] for entry in report if entry["leaks"]] == [leaked.id]
    pushed(run, content=PublicationOptions(test_sets=sets, drop_leaks=True))
    for configuration in ("machine", "aligned"):
        rows = [r for f in rows_on_hub(hub, tmp_path, configuration) for r in rows_of_file(f)]
        assert rows and leaked.id not in {row.id for row in rows}
    assert b"1 rows that overlap with the test set ujian.id" in hub.files(NAME)["README.md"].data


def test_the_licence_of_the_model_travels(hub, run):
    shutil.rmtree(run)
    record = {**RECORD, "licence": "CC-BY-NC-4.0", "settings": {"model": "nllb"}}
    finished(run, made_rows(3), record)
    lines: list[str] = []
    pushed(run, lines=lines)
    assert any("nllb is under CC-BY-NC-4.0" in line for line in lines)
    card = hub.files(NAME)["README.md"].data.decode()
    assert "license: cc-by-nc-4.0\n" in card and "**non-commercial**" in card


# -- cards that humans wrote on


def test_text_of_humans_survives_on_both_sides(hub, run):
    pushed(run)
    repo = hub.repos[NAME]
    from tests.hub.stand_in import Blob

    card = hub.files(NAME)["README.md"].data.decode()
    there = card.replace("license: other\n", "license: cc-by-4.0  # agreed\n").replace(
        BEGIN, "Written on the Hub.\n\n" + BEGIN
    )
    repo.commit("main", {**hub.files(NAME), "README.md": Blob(there.encode(), large=False)}, "x")
    finished(run, made_rows(41))
    pushed(run)
    found = hub.files(NAME)["README.md"].data.decode()
    assert human_part(found) == "Written on the Hub." and "license: cc-by-4.0  # agreed\n" in found
    assert "246 rows" in found
    local = run / "README.md"
    local.write_text(local.read_text("utf-8") + "\nWritten here.\n", encoding="utf-8")
    pushed(run)
    both = hub.files(NAME)["README.md"].data.decode()
    assert human_part(both).split() == ["Written", "on", "the", "Hub.", "Written", "here."]
    there = both.replace("Written on", "Corrected on")
    repo.commit("main", {**hub.files(NAME), "README.md": Blob(there.encode(), large=False)}, "x")
    local.write_text(local.read_text("utf-8") + "\nMore here.\n", encoding="utf-8")
    with pytest.raises(UserError, match="edited here and on the Hub"):
        pushed(run)


def edited_on_hub(hub, *changes):
    """Change the card on the Hub by hand."""
    from tests.hub.stand_in import Blob

    card = hub.files(NAME)["README.md"].data.decode()
    for old, new in changes:
        assert old in card
        card = card.replace(old, new, 1)
    files = {**hub.files(NAME), "README.md": Blob(card.encode(), large=False)}
    hub.repos[NAME].commit("main", files, "by hand")


def test_metadata_of_humans_survives_on_both_sides(hub, run):
    pushed(run)
    card = hub.files(NAME)["README.md"].data.decode()
    assert "pretty_name: berita\n" in card  # not the name of the folder
    edited_on_hub(
        hub,
        ("license: other\n", "license: cc-by-4.0\n"),
        ("pretty_name: berita\n", "pretty_name: Berita Kita\n"),
        ("- selaras\n", "- selaras\n- jakarta\n"),
    )
    pushed(run)
    card = hub.files(NAME)["README.md"].data.decode()
    wanted = ("license: cc-by-4.0\n", "pretty_name: Berita Kita\n", "- jakarta\n")
    assert all(line in card for line in wanted)
    local = run / "README.md"
    assert all(line in local.read_text("utf-8") for line in wanted)
    edited_on_hub(hub, ("license: cc-by-4.0\n", "license: cc0-1.0\n"))
    pushed(run)  # changed there alone
    assert "license: cc0-1.0\n" in local.read_text("utf-8")
    text = local.read_text("utf-8").replace("license: cc0-1.0\n", "license: odbl\n")
    local.write_text(text, encoding="utf-8")
    pushed(run)  # changed here alone
    assert b"license: odbl\n" in hub.files(NAME)["README.md"].data
    edited_on_hub(hub, ("license: odbl\n", "license: mit\n"))
    local.write_text(text.replace("license: odbl\n", "license: pddl\n"), encoding="utf-8")
    before = hub.repos[NAME].branches["main"]
    with pytest.raises(UserError, match='`license` is "pddl" here and "mit" on the Hub'):
        pushed(run)
    assert hub.repos[NAME].branches["main"] == before


# -- faults


@pytest.mark.parametrize(
    ("method", "path", "fault", "times", "pause"),
    [
        ("PUT", "/storage/", refusing(500), 2, 1),
        ("PUT", "/storage/", cutting, 1, 1),
        ("PUT", "/storage/", refusing(429, Retry_After="7"), 1, 8),
        ("POST", "/commit/", refusing(500), 2, 1),
        ("POST", "/commit/", refusing(429, Retry_After="7"), 1, 7),
        ("POST", "/commit/", cutting, 1, 1),
        ("POST", "/commit/", losing_the_answer, 1, 1),
        ("POST", "/repos/create", refusing(503), 2, 1),
        ("GET", "/whoami", refusing(502), 2, 1),
        ("GET", "/tree/", refusing(500), 2, 1),
        ("POST", "/preupload/", refusing(504), 2, 1),
        ("POST", "/objects/batch", refusing(500), 2, 1),
    ],
)
def test_trouble_that_passes_is_sat_out(hub, run, waits, method, path, fault, times, pause):
    hub.fault(method, path, fault, times=times)
    done = pushed(run)
    assert not hub.faults[0].times and pause in waits
    assert len(hub.repos[NAME].commits) == 2  # the first one is the Hub's own
    assert {item.sha256 for item in done.plan.send} <= set(digests(hub).values())


@pytest.mark.parametrize(
    ("method", "path", "fault", "message"),
    [
        (
            "GET",
            "/whoami",
            refusing(401, "Invalid credentials in Authorization header"),
            "does not accept the token",
        ),
        ("POST", "/repos/create", refusing(403, "no rights"), "the token may not do this"),
        ("POST", "/preupload/", refusing(403, "no rights"), "the token may not do this"),
        (
            "POST",
            "/preupload/",
            refusing(403, "Private repository storage limit reached"),
            "is full",
        ),
        ("PUT", "/storage/", refusing(507, "quota exceeded"), "is full"),
        ("POST", "/commit/", refusing(409, "conflict"), "somebody else changed it"),
        (
            "POST",
            "/commit/",
            refusing(412, "A commit has happened since"),
            "somebody else changed it",
        ),
        ("POST", "/commit/", refusing(429, Retry_After="9999"), "asks to slow down"),
        ("PUT", "/storage/", refusing(500), "has trouble"),
        ("PUT", "/storage/", cutting, "the connection broke"),
        ("PUT", "/storage/", corrupting, "differs from what was sent"),
    ],
)
def test_trouble_that_stays_is_one_line(hub, run, method, path, fault, message):
    hub.fault(method, path, fault, times=99)
    with pytest.raises(UserError, match=message) as caught:
        pushed(run)
    line = str(caught.value)
    assert "\n" not in line and TOKEN not in line and "X-Signature" not in line
    if NAME in hub.repos and fault is not corrupting:
        assert len(hub.repos[NAME].commits) == 1  # nothing half done


def test_what_arrived_before_a_break_is_not_sent_again(hub, run):
    hub.fault("PUT", "/storage/", cutting, times=99, after=2)
    with pytest.raises(UserError, match="what was sent is not sent again"):
        pushed(run)
    assert len(hub.objects) == 2 and len(hub.repos[NAME].commits) == 1
    arrived = set(hub.objects)
    hub.faults.clear()
    hub.requests.clear()
    pushed(run)
    stored = {r.path.removeprefix("/storage/") for r in hub.requests if r.method == "PUT"}
    assert stored and not stored & arrived


def test_a_full_quota_in_the_answer_of_the_storage_is_told(hub, run):
    def full(handler):
        asked = json.loads(handler.body())["objects"]
        error = {"code": 413, "message": "You have exceeded your private storage quota"}
        handler.answer({"objects": [{**each, "error": error} for each in asked]})

    hub.fault("POST", "/objects/batch", full, times=99)
    with pytest.raises(UserError, match="the storage of the account is full"):
        pushed(run)


# -- bad input: one line, nothing sent


@pytest.mark.parametrize(
    "name", ["berita", "a/b/c", "penguji/", "/berita", "a b/c", "pen--guji/x..y", ""]
)
def test_names_are_checked_first(hub, run, name):
    with pytest.raises(UserError, match="expected USER/NAME"):
        pushed(run, name=name)
    assert not hub.requests


def test_no_token(hub, run, monkeypatch):
    monkeypatch.delenv("HF_TOKEN")
    with pytest.raises(UserError, match="no token for the Hub; call `hf auth login`"):
        pushed(run)
    assert not hub.requests


def broken_run(run, how):
    file = next((run / "corpus").glob("machine-*.parquet"))
    match how:
        case "unfinished":
            (run / "run.json").unlink()
        case "changed":
            file.write_bytes(file.read_bytes()[:-1] + b"?")
        case "missing":
            file.unlink()
        case "added":
            shutil.copy(file, file.with_name("machine-train-00099.parquet"))
        case "no corpus":
            shutil.rmtree(run / "corpus")
        case "no scores":
            (run / "scores.json").write_text("[", encoding="utf-8")
        case "half a mark":
            (run / "README.md").write_text(BEGIN + "\n", encoding="utf-8")
        case "bad metadata":
            (run / "README.md").write_text("---\na: [\n---\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("unfinished", "not finished"),
        ("changed", "changed since it was built"),
        ("missing", "missing"),
        ("added", "not from this build"),
        ("no corpus", "no corpus"),
        ("no scores", "not there or damaged"),
        ("half a mark", "put both marks back"),
        ("bad metadata", "is no YAML"),
    ],
)
def test_broken_runs_send_nothing(hub, run, how, message):
    broken_run(run, how)
    with pytest.raises(UserError, match=message) as caught:
        pushed(run)
    assert "\n" not in str(caught.value)
    assert not hub.repos and not any(r.method in ("POST", "PUT") for r in hub.requests)


def test_other_content_is_left_alone(hub, run):
    from tests.hub.stand_in import Blob, Repo

    repo = hub.repos[NAME] = Repo(private=True)
    repo.commit("main", {"data.csv": Blob(b"a,b", False), "README.md": Blob(b"# Mine", False)}, "")
    with pytest.raises(UserError, match=r"holds other content \(data\.csv"):
        pushed(run)
    assert len(repo.commits) == 1 and not any(r.method in ("POST", "PUT") for r in hub.requests)


def test_a_repository_that_was_just_made_is_taken(hub, run):
    from tests.hub.stand_in import Blob, Repo

    repo = hub.repos[NAME] = Repo(private=True)
    card = "---\nlicense: cc0-1.0\n---\n# Berita\n"
    repo.commit("main", {"README.md": Blob(card.encode(), large=False)}, "")
    pushed(run)
    found = hub.files(NAME)["README.md"].data.decode()
    assert "license: cc0-1.0\n" in found and "# Berita\n" in found


# -- the token, and the whole way as a user goes it


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

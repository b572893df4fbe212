"""Trouble of the Hub, of the line and of the input: sat out, or one line and nothing half done."""

import json
import shutil

import pytest

from corpora.errors import UserError
from corpora.publishing.dataset_card import BEGIN
from tests.hub.conftest import NAME, pushed
from tests.hub.faults import corrupting, cutting, losing_the_answer, refusing
from tests.hub.listings import digests
from tests.hub.stand_in import TOKEN

# huggingface_hub 2.4 sends large files in a way that httpx2 is about to drop
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")


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

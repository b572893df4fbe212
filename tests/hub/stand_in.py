"""A Hugging Face Hub on loopback: the endpoints that the installed client calls, and faults.

It keeps repositories, commits, branches, tags and large files in memory, answers as the Hub does,
and logs every request with the bytes that came with it. A fault answers in place of an endpoint, a
given number of times.
"""

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "hf_StandInTokenOfTheTests0123456789"
USER = "penguji"
REPOSITORY = r"(?P<name>[\w.-]+/[\w.-]+)"


@dataclass(frozen=True)
class Blob:
    """A file of a commit."""

    data: bytes
    large: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def git(self) -> str:
        return hashlib.sha1(b"blob %d\0" % len(self.data) + self.data).hexdigest()


@dataclass
class Repo:
    """A dataset."""

    private: bool
    commits: dict[str, dict[str, Blob]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)

    def commit(self, branch: str, files: dict[str, Blob], message: str) -> str:
        number = len(self.commits)
        oid = hashlib.sha1(f"{number}{sorted(files)}{message}".encode()).hexdigest()
        self.commits[oid] = files
        self.parents[oid] = self.branches.get(branch)
        self.branches[branch] = oid
        self.messages.append(message)
        return oid

    def log(self, revision: str) -> list[str]:
        """The commits that lead to a revision, newest first."""
        found, oid = [], self.at(revision)
        while oid:
            found.append(oid)
            oid = self.parents[oid]
        return found

    def squash(self, branch: str = "main") -> None:
        """Forget what was before the newest commit, as `super_squash_history` does."""
        self.parents[self.branches[branch]] = None

    def at(self, revision: str) -> str | None:
        known = self.branches.get(revision) or self.tags.get(revision)
        return known or (revision if revision in self.commits else None)


@dataclass
class Fault:
    """What goes wrong: `act` answers the first `times` requests that match."""

    method: str
    path: str
    act: "Callable[[Handler], None]"
    times: int = 1
    after: int = 0


@dataclass
class Request:
    method: str
    path: str
    size: int
    headers: dict[str, str]


class Hub:
    """The state of the stand-in, and its address while it runs."""

    def __init__(self) -> None:
        self.repos: dict[str, Repo] = {}
        self.objects: dict[str, bytes] = {}
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.corrupting = False
        self.chunks = ""  # folder where clients that send in chunks (Xet) put them
        self.lock = threading.RLock()
        self.endpoint = ""

    def fault(self, method: str, path: str, act: "Callable[[Handler], None]", **more: int) -> None:
        self.faults.append(Fault(method, path, act, **more))

    def sent(self) -> int:
        """Bytes of files that clients sent: large ones and those inside commits."""
        return sum(r.size for r in self.requests if r.method == "PUT" or "/commit/" in r.path)

    def files(self, name: str, revision: str = "main") -> dict[str, Blob]:
        repo = self.repos[name]
        return repo.commits[str(repo.at(revision))]

    @contextmanager
    def running(self) -> "Iterator[Hub]":
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.hub = self  # type: ignore[attr-defined]
        self.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer would wait 40 ms for an acknowledgement
    wbufsize = -1
    mute = False

    @property
    def hub(self) -> Hub:
        hub: Hub = self.server.hub  # type: ignore[attr-defined]
        return hub

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, ValueError, OSError):  # the client or a fault has closed it
            self.close_connection = True

    def body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            data = b""
            while size := int(self.rfile.readline().strip() or b"0", 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return data
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def answer(self, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        if self.mute:
            return
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if not isinstance(value, bytes):
            self.send_header("Content-Type", "application/json")
        for name, content in (headers or {}).items():
            self.send_header(name, content)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def missing(self, code: str) -> None:
        self.answer({"error": code}, 404, {"X-Error-Code": code, "X-Error-Message": code})

    def handled(self) -> None:
        hub = self.hub
        path = unquote(urlsplit(self.path).path)
        size = int(self.headers.get("Content-Length", 0))
        with hub.lock:
            hub.requests.append(Request(self.command, path, size, dict(self.headers)))
            for fault in hub.faults:
                if fault.times and fault.method == self.command and re.search(fault.path, path):
                    if fault.after:
                        fault.after -= 1
                        continue
                    fault.times -= 1
                    fault.act(self)
                    return
            self.route()

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handled

    def route(self) -> None:
        path = unquote(urlsplit(self.path).path)
        given = self.headers.get("Authorization")
        if given not in (None, f"Bearer {TOKEN}") and not path.startswith("/storage/"):
            self.body()
            message = "Invalid credentials in Authorization header"
            self.answer({"error": message}, 401, {"X-Error-Message": message})
            return
        for method, pattern, action in ROUTES:
            found = re.fullmatch(pattern, path)
            if found and self.command in method:
                values = found.groupdict()
                name = values.pop("name", None)
                if name is None:
                    action(self, **values)
                    return
                repo = self.hub.repos.get(name)
                if repo is None or (repo.private and given is None):
                    self.body()
                    self.missing("RepoNotFound")
                    return
                action(self, repo, **values)
                return
        self.body()
        self.missing("EntryNotFound")

    # -- account and repositories

    def whoami(self) -> None:
        if self.headers.get("Authorization") is None:
            self.answer({"error": "no token"}, 401)
            return
        auth = {"type": "access_token", "accessToken": {"role": "write"}}
        self.answer({"name": USER, "type": "user", "orgs": [], "auth": auth})

    def create(self) -> None:
        asked = json.loads(self.body())
        name = f"{asked.get('organization') or USER}/{asked['name']}"
        if name in self.hub.repos:
            self.answer({"error": "You already created this dataset repo"}, 409)
            return
        repo = Repo(private=asked.get("visibility") == "private" or asked.get("private", False))
        attributes = Blob(b"*.parquet filter=lfs diff=lfs merge=lfs -text\n", large=False)
        repo.commit("main", {".gitattributes": attributes}, "initial commit")
        self.hub.repos[name] = repo
        self.answer({"url": f"{self.hub.endpoint}/datasets/{name}", "name": name, "id": name})

    def settings(self, repo: Repo) -> None:
        asked = json.loads(self.body())
        if "visibility" in asked:
            repo.private = asked["visibility"] == "private"
        if "private" in asked:
            repo.private = bool(asked["private"])
        self.answer({"private": repo.private})

    def info(self, repo: Repo, revision: str = "main") -> None:
        commit = repo.at(revision)
        if commit is None:
            self.missing("RevisionNotFound")
            return
        name = next(name for name, each in self.hub.repos.items() if each is repo)
        self.answer(
            {
                "_id": "0",
                "id": name,
                "author": name.partition("/")[0],
                "sha": commit,
                "private": repo.private,
                "gated": False,
                "disabled": False,
                "tags": [],
                "downloads": 0,
                "likes": 0,
                "lastModified": "2026-01-01T00:00:00.000Z",
                "createdAt": "2026-01-01T00:00:00.000Z",
                "siblings": [{"rfilename": path} for path in sorted(repo.commits[commit])],
            }
        )

    def refs(self, repo: Repo) -> None:
        def listed(kind: str, known: dict[str, str]) -> list[dict[str, str]]:
            return [
                {"name": name, "ref": f"refs/{kind}/{name}", "targetCommit": oid}
                for name, oid in known.items()
            ]

        self.answer(
            {
                "branches": listed("heads", repo.branches),
                "tags": listed("tags", repo.tags),
                "converts": [],
            }
        )

    def commits(self, repo: Repo, revision: str) -> None:
        date = "2026-01-01T00:00:00.000Z"
        entries = [
            {"id": oid, "title": "", "message": "", "date": date} for oid in repo.log(revision)
        ]
        self.answer([{**each, "authors": [{"user": USER}]} for each in entries])

    def branch(self, repo: Repo, branch: str) -> None:
        self.body()
        if branch in repo.branches:
            self.answer({"error": "exists"}, 409)
            return
        repo.branches[branch] = repo.branches["main"]
        self.answer({})

    def tag(self, repo: Repo, revision: str) -> None:
        asked = json.loads(self.body())
        commit = repo.at(revision)
        if commit is None or asked["tag"] in repo.tags:
            self.answer({"error": "tag"}, 404 if commit is None else 409)
            return
        repo.tags[asked["tag"]] = commit
        self.answer({})

    # -- files

    def tree(self, repo: Repo, revision: str, folder: str = "") -> None:
        commit = repo.at(revision)
        if commit is None:
            self.missing("RevisionNotFound")
            return
        recursive = "true" in str(parse_qs(urlsplit(self.path).query).get("recursive", "")).lower()
        prefix = f"{folder}/" if folder else ""
        files = {p: b for p, b in repo.commits[commit].items() if p.startswith(prefix)}
        if folder and not files:
            self.missing("EntryNotFound")
            return
        found, folders = [], set()
        for path, blob in sorted(files.items()):
            rest = path.removeprefix(prefix).split("/")
            folders |= {prefix + "/".join(rest[:depth]) for depth in range(1, len(rest))}
            if recursive or len(rest) == 1:
                found.append(entry(path, blob))
        shown = [f for f in folders if recursive or "/" not in f.removeprefix(prefix)]
        found += [{"type": "directory", "path": f, "oid": "0" * 40, "size": 0} for f in shown]
        self.answer(found)

    def paths_info(self, repo: Repo, revision: str) -> None:
        query = parse_qs(self.body().decode()) if "json" not in self.headers["Content-Type"] else {}
        asked = query.get("paths", [])
        commit = repo.at(revision)
        if commit is None:
            self.missing("RevisionNotFound")
            return
        files = repo.commits[commit]
        found = [entry(path, files[path]) for path in asked if path in files]
        for path in asked:
            if path not in files and any(each.startswith(f"{path}/") for each in files):
                found.append({"type": "directory", "path": path, "oid": "0" * 40, "size": 0})
        self.answer(found)

    def resolve(self, repo: Repo, revision: str, path: str) -> None:
        commit = repo.at(revision)
        if commit is None:
            self.missing("RevisionNotFound")
            return
        blob = repo.commits[commit].get(path)
        if blob is None:
            self.missing("EntryNotFound")
            return
        headers = {
            "X-Repo-Commit": commit,
            "ETag": f'"{blob.sha256 if blob.large else blob.git}"',
            "Accept-Ranges": "bytes",
        }
        if blob.large:
            headers |= {"X-Linked-Etag": f'"{blob.sha256}"', "X-Linked-Size": str(len(blob.data))}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if wanted:
            first = int(wanted[1])
            last = min(int(wanted[2] or len(blob.data) - 1), len(blob.data) - 1)
            headers["Content-Range"] = f"bytes {first}-{last}/{len(blob.data)}"
            self.answer(blob.data[first : last + 1], 206, headers)
            return
        self.answer(blob.data, 200, headers)

    def validate(self) -> None:
        self.body()
        self.answer({"warnings": [], "errors": []})

    def preupload(self, repo: Repo, revision: str) -> None:
        files = repo.commits.get(str(repo.at(revision)), {})
        answers = []
        for asked in json.loads(self.body())["files"]:
            large = asked["path"].endswith(".parquet")
            there = files.get(asked["path"])
            answers.append(
                {
                    "path": asked["path"],
                    "uploadMode": "lfs" if large else "regular",
                    "shouldIgnore": False,
                    "oid": (there.sha256 if there.large else there.git) if there else None,
                }
            )
        self.answer({"files": answers})

    def batch(self, _: Repo) -> None:
        objects: list[dict[str, Any]] = []
        for asked in json.loads(self.body())["objects"]:
            oid = asked["oid"]
            found: dict[str, Any] = {"oid": oid, "size": asked["size"]}
            if oid not in self.hub.objects:
                href = f"{self.hub.endpoint}/storage/{oid}?X-Signature=secret"
                verify = f"{self.hub.endpoint}/api/verify"
                found["actions"] = {"upload": {"href": href}, "verify": {"href": verify}}
            objects.append(found)
        self.answer({"transfer": "basic", "objects": objects})

    def chunk_token(self, _: Repo, revision: str) -> None:
        """Where chunks go: `local://` makes the client keep the chunk service in a folder."""
        expires = 4_000_000_000
        self.answer(
            {"accessToken": "chunks", "exp": expires, "casUrl": f"local://{self.hub.chunks}"},
            200,
            {
                "X-Xet-Access-Token": "chunks",
                "X-Xet-Token-Expiration": str(expires),
                "X-Xet-Cas-Url": f"local://{self.hub.chunks}",
            },
        )

    def store(self, oid: str) -> None:
        data = self.body()
        self.hub.objects[oid] = data[:-1] + b"?" if self.hub.corrupting else data
        self.answer({}, 200, {"ETag": f'"{oid}"'})

    def verify(self) -> None:
        asked = json.loads(self.body())
        there = asked["oid"] in self.hub.objects
        self.answer({}, 200 if there else 404)

    def commit(self, repo: Repo, revision: str) -> None:
        lines = [json.loads(line) for line in self.body().splitlines()]
        header = lines[0]["value"]
        head = repo.branches.get(revision)
        if head is None:
            self.missing("RevisionNotFound")
            return
        if header.get("parentCommit") not in (None, head):
            self.answer({"error": "A commit has happened since"}, 412)
            return
        files = dict(repo.commits[head])
        for line in lines[1:]:
            value = line["value"]
            match line["key"]:
                case "file":
                    files[value["path"]] = Blob(base64.b64decode(value["content"]), large=False)
                case "lfsFile":
                    files[value["path"]] = Blob(self.hub.objects[value["oid"]], large=True)
                case "deletedFile":
                    del files[value["path"]]
        oid = repo.commit(revision, files, header["summary"])
        self.answer(
            {"success": True, "commitOid": oid, "commitUrl": f"{self.hub.endpoint}/c/{oid}"}
        )


def entry(path: str, blob: Blob) -> dict[str, Any]:
    """A file as listings have it."""
    found: dict[str, Any] = {"type": "file", "path": path, "size": len(blob.data)}
    found["oid"] = blob.git
    if blob.large:
        found["lfs"] = {"oid": blob.sha256, "size": len(blob.data), "pointerSize": 134}
    return found


API = f"/api/datasets/{REPOSITORY}"
ROUTES: list[tuple[tuple[str, ...], str, Callable[..., None]]] = [
    (("GET",), "/api/whoami-v2", Handler.whoami),
    (("POST",), "/api/repos/create", Handler.create),
    (("PUT",), f"{API}/settings", Handler.settings),
    (("POST",), "/api/validate-yaml", Handler.validate),
    (("POST",), "/api/verify", Handler.verify),
    (("GET",), API, Handler.info),
    (("GET",), f"{API}/revision/(?P<revision>.+)", Handler.info),
    (("GET",), f"{API}/refs", Handler.refs),
    (("GET",), f"{API}/commits/(?P<revision>.+)", Handler.commits),
    (("POST",), f"{API}/branch/(?P<branch>.+)", Handler.branch),
    (("POST",), f"{API}/tag/(?P<revision>.+)", Handler.tag),
    (("GET",), f"{API}/tree/(?P<revision>[^/]+)", Handler.tree),
    (("GET",), f"{API}/tree/(?P<revision>[^/]+)/(?P<folder>.+)", Handler.tree),
    (("POST",), f"{API}/paths-info/(?P<revision>.+)", Handler.paths_info),
    (("POST",), f"{API}/preupload/(?P<revision>.+)", Handler.preupload),
    (("GET",), f"{API}/xet-write-token/(?P<revision>.+)", Handler.chunk_token),
    (("POST",), f"{API}/commit/(?P<revision>.+)", Handler.commit),
    (("POST",), f"/datasets/{REPOSITORY}\\.git/info/lfs/objects/batch", Handler.batch),
    (("PUT",), r"/storage/(?P<oid>\w+)", Handler.store),
    (
        ("GET", "HEAD"),
        f"/datasets/{REPOSITORY}/resolve/(?P<revision>[^/]+)/(?P<path>.+)",
        Handler.resolve,
    ),
]

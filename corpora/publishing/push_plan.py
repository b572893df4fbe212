"""What must change for a dataset repository to hold certain files."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from corpora.publishing.manifest import Shard

CARD = "README.md"
DATA = "corpus/"
NEUTRAL = frozenset({".gitattributes", CARD})  # what a repository may have that was just made


@dataclass(frozen=True, slots=True)
class Remote:
    """What is on the Hub.

    Attributes:
        exists: whether the repository does.
        public: whether everybody can read it.
        head: commit of the revision; empty where there is no such revision.
        files: digests by path: `sha256:` of large files, `git:` of small ones.
        card: text of its card; empty without one.
        tags: their names.
        branches: their names.
    """

    exists: bool = False
    public: bool = False
    head: str = ""
    files: dict[str, str] = field(default_factory=dict)
    card: str = ""
    tags: frozenset[str] = frozenset()
    branches: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be in the repository.

    Attributes:
        path: in the repository.
        content: where it lies here, or its bytes.
        size: in bytes.
        sha256: of it.
    """

    path: str
    content: Path | bytes
    size: int
    sha256: str

    def is_in(self, files: dict[str, str]) -> bool:
        """Tell whether a repository has it already."""
        there = files.get(self.path, "")
        if there.startswith("git:"):
            return there == f"git:{git_hash(self.content)}"
        return there == f"sha256:{self.sha256}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push will do.

    Attributes:
        repository: `user/name`.
        revision: branch.
        create: whether the repository is made; it is private unless `public`.
        begin: whether the branch is made.
        public: whether everybody can read it afterwards.
        send: files that are new or differ.
        keep: files that are there already.
        delete: shards that are no longer part of the dataset.
        parent: commit that the plan was made from.
    """

    repository: str
    revision: str
    create: bool
    begin: bool
    public: bool
    send: tuple[Item, ...]
    keep: tuple[Item, ...]
    delete: tuple[str, ...]
    parent: str

    def not_sent(self, files: Mapping[str, Set[str]]) -> list[str]:
        """Paths of data files that are not part of the dataset as planned, in order.

        Args:
            files: digests by path, as those of `Remote`, of as many versions as there are.
        """
        items = {item.path: item for item in (*self.send, *self.keep)}
        return sorted(
            path
            for path, digests in files.items()
            if path.startswith(DATA)
            and not all(path in items and items[path].is_in({path: digest}) for digest in digests)
        )

    def lines(self) -> Iterator[str]:
        """What a person reads before it is done."""
        visibility = "public" if self.public else "private"
        verb = "create" if self.create else "update"
        yield f"{verb} {visibility} dataset {self.repository} (revision {self.revision})"
        width = max((len(item.path) for item in (*self.send, *self.keep)), default=0)
        for item in self.send:
            yield f"  send    {item.path:{width}}  {item.size:>13,} bytes  sha256:{item.sha256}"
        for item in self.keep:
            yield f"  keep    {item.path:{width}}  {item.size:>13,} bytes"
        for path in self.delete:
            yield f"  delete  {path}"
        total = sum(item.size for item in self.send)
        files = "file" if len(self.send) == 1 else "files"
        yield f"{len(self.send)} {files}, {total:,} bytes to send; {len(self.keep)} there already"


def shard_item(shard: Shard, path: Path) -> Item:
    """The item of a shard."""
    return Item(DATA + shard.name, path, shard.size, shard.sha256)


def text_item(path: str, text: str) -> Item:
    """The item of a text."""
    data = text.encode("utf-8")
    return Item(path, data, len(data), hashlib.sha256(data).hexdigest())


def git_hash(content: Path | bytes) -> str:
    r"""The name that git gives a file's content.

    >>> git_hash(b"hello\n")
    'ce013625030ba8dba906f756967f9e9ca394464a'
    """
    data = content if isinstance(content, bytes) else content.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def planned(
    repository: str, revision: str, remote: Remote, items: Sequence[Item], *, public: bool
) -> Plan:
    """What must change for the repository to hold these files; a human's files stay."""
    wanted = {item.path for item in items}
    stale = [
        path
        for path in remote.files
        if path.startswith(DATA) and path.endswith(".parquet") and path not in wanted
    ]
    there = [item.is_in(remote.files) for item in items]
    return Plan(
        repository,
        revision,
        create=not remote.exists,
        begin=revision != "main" and revision not in remote.branches,
        public=public or remote.public,
        send=tuple(item for item, known in zip(items, there, strict=True) if not known),
        keep=tuple(item for item, known in zip(items, there, strict=True) if known),
        delete=tuple(sorted(stale)),
        parent=remote.head,
    )

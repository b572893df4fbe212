"""A dataset repository on the Hugging Face Hub: what is there, and the change of it."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from corpora.errors import UserError
from corpora.publishing.hub_errors import Changed, explained, is_transient, pause_of
from corpora.publishing.push_plan import CARD, Item, Plan, Remote

ATTEMPTS = 5
LONGEST_PAUSE = 300.0  # seconds that we wait because the Hub asks for it
T = TypeVar("T")


def check_name(repository: str) -> None:
    """Refuse a name that is not `user/name`.

    Raises:
        UserError: it is none.
    """
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils._validators import validate_repo_id

    parts = repository.split("/")
    try:
        if len(parts) != 2 or not all(parts):
            raise HFValidationError
        validate_repo_id(repository)
    except HFValidationError:
        raise UserError(
            f"{repository!r}: expected USER/NAME, the account or organisation and the dataset; "
            "letters, digits, '-', '_' and '.' only"
        ) from None


class Repository:
    """A dataset repository, as one may see and change it with the user's own token."""

    def __init__(self, name: str) -> None:
        """Take the token from where the Hub's own tools keep it.

        Raises:
            UserError: there is no token, or the name is none.
        """
        from huggingface_hub import HfApi, get_token

        check_name(name)
        token = get_token()
        if not token:
            raise UserError("no token for the Hub; call `hf auth login`, or set HF_TOKEN")
        self.name, self.token = name, token
        self.api: Any = HfApi(library_name="selaras", token=token)
        self.type = "dataset"

    def patiently(self, call: Callable[[], T]) -> T:
        """The outcome of a call to the Hub, tried again while the trouble may pass.

        Raises:
            UserError: it does not, or the Hub refuses.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with quiet_hub():
                    return call()
            except Exception as error:
                pause = pause_of(error, attempt)
                if attempt == ATTEMPTS or not is_transient(error) or pause > LONGEST_PAUSE:
                    raise explained(error, self.name, self.token) from None
                time.sleep(pause)
        raise AssertionError

    def look(self, revision: str) -> Remote:
        """What is there, and that the token is good.

        Raises:
            UserError: the Hub refuses the token, or cannot be reached.
        """
        from huggingface_hub.errors import RepositoryNotFoundError

        self.patiently(self.api.whoami)

        def look() -> Remote:
            try:
                info = self.api.repo_info(self.name, repo_type=self.type)
            except RepositoryNotFoundError:
                return Remote()
            refs = self.api.list_repo_refs(self.name, repo_type=self.type)
            branches = {ref.name: ref.target_commit for ref in refs.branches}
            head = branches.get(revision) or branches.get("main", "")  # a new branch begins there
            files = self.listing(head) if head else {}
            return Remote(
                exists=True,
                public=not info.private,
                head=head,
                files=files,
                card=self.card(head) if CARD in files else "",
                tags=frozenset(ref.name for ref in refs.tags),
                branches=frozenset(branches),
            )

        return self.patiently(look)

    def listing(self, commit: str) -> dict[str, str]:
        """Digest of every file of a commit."""
        found = self.api.list_repo_tree(
            self.name, recursive=True, revision=commit, repo_type=self.type
        )
        return {
            entry.path: f"sha256:{entry.lfs.sha256}" if entry.lfs else f"git:{entry.blob_id}"
            for entry in found
            if hasattr(entry, "blob_id")
        }

    def past(self) -> dict[str, set[str]]:
        """Digests of all files that any commit of a branch or tag holds, by path.

        Raises:
            UserError: the Hub does not tell.
        """

        def look() -> set[str]:
            refs = self.api.list_repo_refs(self.name, repo_type=self.type)
            return {
                commit.commit_id
                for ref in (*refs.branches, *refs.tags)
                for commit in self.api.list_repo_commits(
                    self.name, repo_type=self.type, revision=ref.target_commit
                )
            }

        found: dict[str, set[str]] = {}
        for commit in sorted(self.patiently(look)):
            for path, digest in self.patiently(partial(self.listing, commit)).items():
                found.setdefault(path, set()).add(digest)
        return found

    def card(self, commit: str) -> str:
        """The card of a commit that has one."""
        path = self.api.hf_hub_download(self.name, CARD, repo_type=self.type, revision=commit)
        return Path(path).read_text(encoding="utf-8")

    def carry_out(self, plan: Plan, message: str, tell: Callable[[str], None]) -> str:
        """Do what the plan says, in one commit at the end; give the commit.

        Shards are sent one by one before it, so one that arrived is not sent again after a break.

        Raises:
            UserError: it could not be done; what is on the Hub is as it was.
        """
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        if plan.create:
            self.patiently(lambda: self.create(plan))
        parent = plan.parent
        if plan.begin or not parent:
            parent = self.patiently(lambda: self.begin_branch(plan.revision))
        if not plan.send and not plan.delete:
            return parent
        adds = [CommitOperationAdd(item.path, as_content(item)) for item in plan.send]
        for number, add in enumerate(adds, start=1):
            tell(f"{number} of {len(adds)}: {add.path_in_repo}")
            self.patiently(partial(self.send, add, plan.revision))
        operations = [*adds, *(CommitOperationDelete(path) for path in plan.delete)]
        try:
            commit = self.patiently(lambda: self.commit(operations, plan, message, parent))
        except Changed:
            commit = self.patiently(lambda: self.head(plan.revision))
            if self.differing(plan, commit):
                raise
        if wrong := self.patiently(lambda: self.differing(plan, commit)):
            raise UserError(
                f"{self.name}: differs from what was sent: {', '.join(wrong[:3])}; push again"
            )
        return commit

    def create(self, plan: Plan) -> None:
        """Make the repository."""
        self.api.create_repo(self.name, private=not plan.public, exist_ok=True, repo_type=self.type)

    def publish(self) -> None:
        """Make a private repository readable for everybody."""
        self.patiently(
            lambda: self.api.update_repo_settings(self.name, private=False, repo_type=self.type)
        )

    def begin_branch(self, revision: str) -> str:
        """Make the branch if it is not there; give its head."""
        if revision != "main":
            self.api.create_branch(self.name, branch=revision, repo_type=self.type, exist_ok=True)
        return self.head(revision)

    def head(self, revision: str) -> str:
        """The commit at the end of a branch."""
        return str(self.api.repo_info(self.name, repo_type=self.type, revision=revision).sha)

    def send(self, add: Any, revision: str) -> None:
        """Send the content of a large file; small ones go with the commit."""
        self.api.preupload_lfs_files(
            self.name, [add], repo_type=self.type, revision=revision, num_threads=1
        )

    def commit(self, operations: Sequence[Any], plan: Plan, message: str, parent: str) -> str:
        """Commit what was sent."""
        done = self.api.create_commit(
            self.name,
            operations,
            commit_message=message,
            repo_type=self.type,
            revision=plan.revision,
            parent_commit=parent,
        )
        return str(done.oid)

    def differing(self, plan: Plan, commit: str) -> list[str]:
        """Paths of a commit that are not as the plan wants them."""
        there = self.listing(commit)
        wrong = [item.path for item in (*plan.send, *plan.keep) if not item.is_in(there)]
        return wrong + [path for path in plan.delete if path in there]

    def tag(self, name: str, commit: str) -> None:
        """Give a commit a name."""
        self.patiently(
            lambda: self.api.create_tag(
                self.name, tag=name, revision=commit, repo_type=self.type, exist_ok=True
            )
        )


def as_content(item: Item) -> str | bytes:
    """The content as the Hub's client takes it."""
    return item.content if isinstance(item.content, bytes) else str(item.content)


@contextmanager
def quiet_hub() -> Iterator[None]:
    """Keep the Hub's client from talking: its warnings name addresses that carry signatures."""
    from huggingface_hub.utils.tqdm import (
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    shown = not are_progress_bars_disabled()
    loggers = [logging.getLogger(name) for name in ("huggingface_hub", "httpx2", "httpcore2")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    if shown:
        disable_progress_bars()
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
        if shown:
            enable_progress_bars()

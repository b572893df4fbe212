"""Models of the Hugging Face Hub: from the cache if they are there, fetched if not."""

import logging
import re
from dataclasses import dataclass
from pathlib import Path

from corpora.errors import UserError
from corpora.publishing.manifest import sha256_of
from corpora.publishing.push_plan import git_hash
from corpora.reachability import require_hub
from translate.model_files import faults

LOG = logging.getLogger(__name__)
HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
WANTED = ("*.json", "*.safetensors", "*.spm", "*.model", "*.txt", "README.md", "model.bin")
OLD_WEIGHTS = "pytorch_model*.bin"  # read with weights-only loading, where there is nothing safer


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A model of the Hub on this machine.

    Attributes:
        folder: where its files are.
        revision: the commit they are of.
    """

    folder: Path
    revision: str


def cached(hub_id: str, revision: str | None = None) -> Snapshot | None:
    """The complete copy in the cache, or None; the network is not touched."""
    folder = in_cache(hub_id, revision)
    return Snapshot(folder, folder.name) if folder and complete(folder) else None


def in_cache(hub_id: str, revision: str | None = None) -> Path | None:
    """The folder of a model in the cache, complete or not; the network is not touched."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(hub_id, revision=revision, local_files_only=True))
    except (LocalEntryNotFoundError, OSError, ValueError):
        return None


def complete(folder: Path) -> bool:
    """Tell whether a folder has all that its model needs (a download may have been cut off)."""
    return not any(faults(folder))


def remove_damaged(folder: Path) -> list[str]:
    """Remove the files of a snapshot that are not what the Hub sent, so that they are sent again.

    The cache keeps each file under the digest that the Hub states: SHA-256 of large files, the name
    that git gives small ones. All of them are read.

    Returns:
        Their names.
    """
    removed = []
    for file in sorted(folder.iterdir()):
        blob = file.resolve()
        if blob.parent.name == "blobs" and blob.exists() and not is_as_named(blob):
            blob.unlink()
            file.unlink(missing_ok=True)
            removed.append(file.name)
    return removed


def is_as_named(blob: Path) -> bool:
    """Tell whether a file has the digest that is its name; True where the name is no digest."""
    if re.fullmatch("[0-9a-f]{64}", blob.name):
        return sha256_of(blob) == blob.name
    return not re.fullmatch("[0-9a-f]{40}", blob.name) or git_hash(blob) == blob.name


def fetch(name: str, hub_id: str, revision: str | None = None) -> Snapshot:
    """Download what is new of a model, or damaged, and give it.

    Raises:
        UserError: the Hub cannot be reached, or has no such model or revision.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        HFValidationError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    require_hub(
        name,
        f"connect and run `selaras models fetch {name}` once, "
        "or use --model bundled, which needs no network",
    )

    if there := in_cache(hub_id, revision):
        for file in remove_damaged(there):
            LOG.warning("%s: %s was damaged; it is fetched again", name, file)

    def download(*patterns: str) -> Path:
        return Path(snapshot_download(hub_id, revision=revision, allow_patterns=list(patterns)))

    try:
        folder = download(*WANTED)
        if not complete(folder):
            folder = download(*WANTED, OLD_WEIGHTS)
    except GatedRepoError:
        raise UserError(f"{name}: {hub_id} asks you to accept its terms on the Hub first") from None
    except RevisionNotFoundError:
        raise UserError(f"{name}: {hub_id} has no revision {revision!r} on the Hub") from None
    except RepositoryNotFoundError:
        raise UserError(f"{name}: no model {hub_id!r} on the Hub; check the spelling") from None
    except HFValidationError:
        raise UserError(
            f"{name}: neither a local folder nor a Hub id; check the spelling"
        ) from None
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        reason = str(error).split("\n")[0][:120]
        raise UserError(
            f"{name}: {hub_id} could not be downloaded ({reason}); "
            f"`selaras models fetch {name}` goes on where it stopped"
        ) from None
    return Snapshot(folder, folder.name)

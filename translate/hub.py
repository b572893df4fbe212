"""Models of the Hugging Face Hub: from the cache if they are there, fetched if not."""

import re
from dataclasses import dataclass
from pathlib import Path

from corpora.errors import UserError
from corpora.reachability import require_hub

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
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(hub_id, revision=revision, local_files_only=True))
    except (LocalEntryNotFoundError, OSError, ValueError):
        return None
    return Snapshot(folder, folder.name) if complete(folder) else None


def complete(folder: Path) -> bool:
    """Tell whether a folder has a configuration and weights (a download may have been cut off)."""
    if not (folder / "config.json").exists():
        return False
    index = folder / "model.safetensors.index.json"
    if index.exists():
        named = set(re.findall(r'"([\w.-]+\.safetensors)"', index.read_text(encoding="utf-8")))
        return all((folder / name).exists() for name in named)
    return any(any(folder.glob(pattern)) for pattern in ("*.safetensors", "model.bin", OLD_WEIGHTS))


def fetch(name: str, hub_id: str, revision: str | None = None) -> Snapshot:
    """Download what is new of a model, and give it.

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

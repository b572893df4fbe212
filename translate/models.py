"""Models by name: where each one is, which family it belongs to, and under which licence."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from translate.hub import HUB_ID, cached, fetch
from translate.model_files import CONVERTED, family_of, faults, incomplete, read_config

BUNDLED = Path(__file__).parent / "bundled"
NAMED = {
    "opus": "Helsinki-NLP/opus-mt-id-en",
    "nllb": "facebook/nllb-200-distilled-600M",
    "nllb-1.3b": "facebook/nllb-200-distilled-1.3B",
    "nllb-3.3b": "facebook/nllb-200-3.3B",
}
LICENCES = {  # of the cards on the Hub; a local folder states its own in its README.md
    "Helsinki-NLP/opus-mt-id-en": "Apache-2.0",
    "facebook/nllb-200-distilled-600M": "CC-BY-NC-4.0",
    "facebook/nllb-200-distilled-1.3B": "CC-BY-NC-4.0",
    "facebook/nllb-200-3.3B": "CC-BY-NC-4.0",
}
TAIL_BYTES = 1 << 20
POSITIONS = 512  # of a model whose configuration does not say


@dataclass(frozen=True, slots=True)
class Model:
    """A checkpoint on this machine.

    Attributes:
        name: what the user asked for.
        folder: where its files are.
        family: `marian`, `nllb` or `m2m100`: how its text becomes tokens.
        converted: whether the folder holds a CTranslate2 model rather than a transformers one.
        licence: as its card says, or `unknown`.
        revision: commit on the Hub, or a digest of the files.
        longest: source tokens that it translates well in one piece.
        positions: tokens of the longest text that it can take or give at all.
    """

    name: str
    folder: Path
    family: str
    converted: bool
    licence: str
    revision: str
    longest: int
    positions: int = POSITIONS

    @property
    def label(self) -> str:
        """What a corpus calls it; of a folder only the name, for paths tell of people."""
        return self.folder.resolve().name if Path(self.name) == self.folder else self.name


def find_model(name: str, *, fresh: bool = False) -> Model:
    """The model of that name: a known name, a local folder or a Hub id, perhaps with `@REVISION`.

    A known name means the same model wherever the command is called: a local folder of that name
    is `./opus`. A Hub model that is in the cache is taken from there without asking the Hub, so a
    name means the same weights until they are fetched anew; one that is not is downloaded.

    Args:
        name: `bundled`, `opus`, `nllb`, ..., a folder, or `owner/name`.
        fresh: ask the Hub even when the cache has it.

    Raises:
        UserError: there is no such model, it is of no family we know, or the Hub is unreachable.
    """
    if name == "bundled":
        return from_folder(name, BUNDLED)
    folder = Path(name)
    if name.partition("@")[0] not in NAMED and folder.is_dir():
        return from_folder(name, folder)
    hub_id, revision = hub_address(name)
    found = (None if fresh else cached(hub_id, revision)) or fetch(name, hub_id, revision)
    return from_folder(name, found.folder, licence=LICENCES.get(hub_id), revision=found.revision)


def hub_address(name: str) -> tuple[str, str | None]:
    """Hub id and revision that a name stands for.

    Raises:
        UserError: it is no known name and no Hub id.
    """
    bare, _, revision = name.partition("@")
    hub_id = NAMED.get(bare, bare)
    if not HUB_ID.fullmatch(hub_id) or name.startswith((".", "/")):
        known = ", ".join(["bundled", *NAMED])
        raise UserError(f"no model {name!r}; there are {known}, any local folder, any Hub id")
    return hub_id, revision or None


def from_folder(
    name: str, folder: Path, *, licence: str | None = None, revision: str | None = None
) -> Model:
    """Look at the files of a checkpoint.

    Raises:
        UserError: the folder holds no Marian, NLLB or M2M100 checkpoint, or files of it are
            missing or cut off.
    """
    config = read_config(folder, name)
    family = family_of(folder, config)
    if family is None:
        raise UserError(
            f"{name}: model type {config.get('model_type')!r} in {folder}; "
            "expected a Marian, NLLB or M2M100 checkpoint with its tokenizer files"
        )
    for fault in faults(folder):
        raise UserError(incomplete(name, folder, fault))
    return Model(
        name=name,
        folder=folder,
        family=family,
        converted=(folder / CONVERTED).exists(),
        licence=licence or licence_of(folder),
        revision=revision or digest(folder),
        longest=longest_source(config),
        positions=positions_of(config),
    )


def longest_source(config: dict[str, Any]) -> int:
    """Positions of the encoder, with room for tags, unless the configuration says otherwise."""
    own = config.get("selaras_longest_source")
    return own if isinstance(own, int) and own > 0 else positions_of(config) - 12


def positions_of(config: dict[str, Any]) -> int:
    """Positions that a model has learnt or tabulated."""
    positions = config.get("max_position_embeddings")
    return positions if isinstance(positions, int) else POSITIONS


def licence_of(folder: Path) -> str:
    """The licence in the metadata of the folder's model card."""
    card = folder / "README.md"
    found = card.exists() and re.search(
        r"^license:\s*(\S+)", card.read_text(encoding="utf-8", errors="replace"), re.MULTILINE
    )
    return found[1] if found else "unknown"


def digest(folder: Path) -> str:
    """SHA-256 over names, sizes and last megabytes of the files: cheap, and new for new weights."""
    total = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        if file.is_file() and not file.name.startswith(".") and file.suffix != ".md":
            with file.open("rb") as content:
                size = content.seek(0, 2)
                content.seek(max(0, size - TAIL_BYTES))
                total.update(f"{file.name}:{size}:".encode())
                total.update(content.read())
    return f"sha256:{total.hexdigest()[:16]}"

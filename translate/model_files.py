"""The files of a checkpoint: its family, which files that needs, and whether they are whole."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpora.errors import UserError

REQUIRED = {
    "marian": ("source.spm", "target.spm"),
    "nllb": ("tokenizer.json",),
    "m2m100": ("sentencepiece.bpe.model",),
}
BESIDE_WEIGHTS = {  # of transformers; a CTranslate2 folder has a vocabulary of its own
    "marian": ("vocab.json",),
    "nllb": (),
    "m2m100": ("vocab.json",),
}
INDEXES = ("model.safetensors.index.json", "pytorch_model.bin.index.json")
CONVERTED = "model.bin"
WEIGHTS = ("*.safetensors", CONVERTED, "pytorch_model*.bin")
AGAIN = "if its files are incomplete, fetch or copy the model again"
LENGTH_BYTES = 8  # of the header of a safetensors file, at its beginning


def read_config(folder: Path, name: str) -> dict[str, Any]:
    """The `config.json` of a checkpoint.

    Raises:
        UserError: there is none, or it is no JSON object.
    """
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UserError(
            f"{name}: no readable config.json in {folder}; "
            "not a model folder, or one to copy or fetch again"
        ) from None
    if not isinstance(config, dict):
        raise UserError(f"{folder / 'config.json'}: expected a JSON object")
    return config


def family_of(folder: Path, config: dict[str, Any]) -> str | None:
    """Family by model type and tokenizer files; None if it is none of ours."""
    if (folder / "source.spm").exists() or config.get("model_type") == "marian":
        return "marian"
    settings = folder / "tokenizer_config.json"
    tokenizer = settings.read_text(encoding="utf-8", errors="replace") if settings.exists() else ""
    if "M2M100Tokenizer" in tokenizer:
        return "m2m100"
    if config.get("model_type") == "m2m_100" or "NllbTokenizer" in tokenizer:
        return "nllb"
    return None


def faults(folder: Path) -> Iterator[str]:
    """Yield what a checkpoint lacks: a phrase for each file that is missing or cut off.

    Headers and lengths are looked at, not whole files, so it takes no time at any size.
    """
    try:
        config = read_config(folder, folder.name)
    except UserError:
        yield "config.json is missing or no JSON"
        return
    family = family_of(folder, config)
    needed = list(REQUIRED.get(family, ())) if family else []
    if family and not (folder / CONVERTED).exists():
        needed += BESIDE_WEIGHTS[family]
    yield from (f"{name} is missing" for name in needed if not (folder / name).exists())
    yield from weight_faults(folder)


def weight_faults(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the weights."""
    for index in INDEXES:
        if (folder / index).exists():
            text = (folder / index).read_text(encoding="utf-8", errors="replace")
            parts = sorted(set(re.findall(r'"([\w.-]+\.(?:safetensors|bin))"', text)))
            break
    else:
        parts = sorted(file.name for pattern in WEIGHTS for file in folder.glob(pattern))
    if not parts:
        yield "there are no weights"
    for name in parts:
        if not (folder / name).exists():
            yield f"{name} is missing"
        elif not is_whole(folder / name):
            yield f"{name} is cut off or damaged"


def is_whole(weights: Path) -> bool:
    """Tell whether a file of weights has the length that its header states.

    A `.bin` of PyTorch is a zip archive, whose end is looked for; older ones state nothing.
    """
    if weights.suffix == ".safetensors":
        return weights.stat().st_size == stated_size(weights)
    with weights.open("rb") as file:
        zipped = file.read(2) == b"PK"
    return not zipped or zipfile.is_zipfile(weights)


def stated_size(weights: Path) -> int:
    """Bytes that a safetensors file should have; -1 if its header is broken."""
    with weights.open("rb") as file:
        length = int.from_bytes(file.read(LENGTH_BYTES), "little")
        if length > weights.stat().st_size:
            return -1
        try:
            header = json.loads(file.read(length))
            ends = [each["data_offsets"][1] for name, each in header.items() if name[:2] != "__"]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return -1
    return LENGTH_BYTES + length + max(ends, default=0)


def incomplete(name: str, folder: Path, why: str) -> str:
    """What a user reads of a checkpoint whose files cannot be used, with the cure."""
    if folder.parent.name == "snapshots":  # of the cache of the Hub
        return f"{name}: incomplete ({why}); `selaras models fetch {name}` fetches it again"
    return f"{name}: incomplete ({why}) in {folder}; copy or save the whole model again"


def unreadable() -> tuple[type[Exception], ...]:
    """The exceptions with which libraries meet files that are cut off, missing or damaged."""
    from pickle import UnpicklingError

    from safetensors import SafetensorError

    return (
        *(OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RuntimeError),
        *(EOFError, UnpicklingError, SafetensorError),
    )


def first_line(error: Exception) -> str:
    r"""The beginning of what an exception says.

    >>> first_line(ValueError("no such key\n  in line 3")), first_line(EOFError())
    ('no such key', 'EOFError')
    """
    return str(error).strip().split("\n")[0][:200] or type(error).__name__

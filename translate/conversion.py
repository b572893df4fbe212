"""Checkpoints converted for CTranslate2: kept in the user's cache, whole and as they were made.

A conversion carries a record of its files. One that is not as the record says (a disk that was
full, a power cut) is thrown away and made again, never used and never passed over in silence.
"""

import json
import logging
import os
import re
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.publishing.manifest import sha256_of
from translate.equivalence import require_agreement
from translate.model_files import AGAIN, first_line, read_config, unreadable
from translate.models import Model
from translate.quiet import quiet_libraries
from translate.tokens import tokens_of

LOG = logging.getLogger(__name__)
RECORD = "selaras-files.json"  # size and SHA-256 of each file of a conversion
WORK = ".converting-"
DAY_SECONDS = 86_400
DEAD_SECONDS = DAY_SECONDS  # after which a conversion that was broken off is swept away


def cache_folder() -> Path:
    """Where converted models are kept: `$SELARAS_CACHE`, or the user's cache folder."""
    from platformdirs import user_cache_path

    own = os.environ.get("SELARAS_CACHE")
    return Path(own) if own else user_cache_path("selaras")


def converted(model: Model, quantization: str) -> Path:
    """The CTranslate2 folder of a model, made on first use and renamed into place when whole.

    Raises:
        UserError: the checkpoint cannot be converted, or what comes of it says something else.
    """
    if model.converted:
        return model.folder
    folder = place_of(model, quantization)
    if has_its_sizes(folder):
        note_use(folder)
        return folder
    if folder.exists():
        discard(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    sweep(folder.parent)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=WORK) as work:
        made = Path(work) / "model"
        convert(model, made, quantization)
        require_agreement(model, made, quantization)
        write_record(made)
        try:
            made.rename(folder)
        except OSError:  # another process was first
            if not has_its_sizes(folder):
                raise
            shutil.rmtree(made, ignore_errors=True)
        flush(folder.parent)
    return folder


def note_use(folder: Path) -> None:
    """Write down that a conversion was used today; a cache that may not be written is left."""
    with suppress(OSError):
        os.utime(folder / RECORD)


def prune(unused_days: float) -> tuple[int, int]:
    """Remove conversions that were not used for so many days; give their number and bytes.

    Nothing is lost: what is asked for again is converted again.
    """
    count = size = 0
    for record in sorted((cache_folder() / "ct2").glob(f"*/{RECORD}")):
        if time.time() - record.stat().st_mtime < unused_days * DAY_SECONDS:
            continue
        size += sum(file.stat().st_size for file in record.parent.iterdir() if file.is_file())
        count += 1
        remove(record.parent)
    return count, size


def remove(folder: Path) -> None:
    """Remove a conversion at one blow; others may do the same at this moment."""
    aside = folder.with_name(f"{WORK}{folder.name}-{os.getpid()}")
    try:
        folder.rename(aside)
    except FileNotFoundError:
        return
    shutil.rmtree(aside, ignore_errors=True)


def place_of(model: Model, quantization: str) -> Path:
    """Where the conversion of a model is, or will be."""
    import ctranslate2

    slug = re.sub(r"[^\w.-]+", "_", model.name)[-60:]
    revision = re.sub(r"\W", "", model.revision)[-16:]
    name = f"{slug}-{revision}-{quantization}-{ctranslate2.__version__}"
    return cache_folder() / "ct2" / name


def convert(model: Model, output: Path, quantization: str) -> None:
    """Convert a transformers checkpoint.

    Raises:
        UserError: it cannot be read or converted.
    """
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        """A converter that sees the language tags of M2M100, which transformers 5 hides from it."""

        def load_tokenizer(self, *args: Any, **options: Any) -> Any:
            tokenizer = super().load_tokenizer(*args, **options)
            if model.family == "m2m100":
                vocabulary = tokens_of(model).ids()
                tokenizer.get_vocab = lambda: vocabulary
                tokenizer.num_madeup_words = read_config(model.folder, model.name)[
                    "vocab_size"
                ] - len(vocabulary)
            return tokenizer

    try:
        with quiet_libraries():
            Converter(str(model.folder)).convert(str(output), quantization=quantization)
    except unreadable() as error:
        raise UserError(
            f"{model.name}: cannot be converted for CTranslate2 ({first_line(error)}); {AGAIN}"
        ) from None


def mend(model: Model, quantization: str) -> None:
    """Throw the conversion of a model away if it is not what was made."""
    folder = place_of(model, quantization)
    if not model.converted and folder.exists() and not as_made(folder):
        discard(folder)


def discard(folder: Path) -> None:
    """Throw a conversion away, and say so."""
    if (folder / RECORD).exists():
        LOG.warning("%s: damaged; the model is converted again", folder)
    remove(folder)


def sweep(folder: Path) -> None:
    """Remove what conversions that were broken off long ago have left behind."""
    for left in folder.glob(f"{WORK}*"):
        try:
            old = time.time() - left.stat().st_mtime > DEAD_SECONDS
        except FileNotFoundError:
            continue
        if old:
            shutil.rmtree(left, ignore_errors=True)


def write_record(folder: Path) -> None:
    """Write down what the files of a conversion are, and bring all of it to the disk."""
    files = {
        file.name: [file.stat().st_size, sha256_of(file)]
        for file in sorted(folder.iterdir())
        if file.is_file()
    }
    (folder / RECORD).write_text(json.dumps(files, indent=2) + "\n", encoding="utf-8")
    for name in (*files, RECORD):
        flush(folder / name)
    flush(folder)


def flush(path: Path) -> None:
    """Bring a file or a folder to the disk, where the system can do that to folders."""
    try:
        number = os.open(path, os.O_RDONLY)
    except PermissionError:
        if path.is_dir():  # Windows opens no folders
            return
        raise
    try:
        os.fsync(number)
    finally:
        os.close(number)


def recorded(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and digest of each file as they were made; nothing without a record that can be read."""
    try:
        content = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return {name: (int(size), str(digest)) for name, (size, digest) in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def has_its_sizes(folder: Path) -> bool:
    """Tell whether every file of a conversion is there at its length; cheap, for each start."""
    files = recorded(folder)
    try:
        sizes = [(folder / name).stat().st_size == size for name, (size, _) in files.items()]
    except OSError:
        return False
    return bool(sizes) and all(sizes)


def as_made(folder: Path) -> bool:
    """Tell whether every file of a conversion is what was made, byte for byte."""
    return has_its_sizes(folder) and all(
        sha256_of(folder / name) == digest for name, (_, digest) in recorded(folder).items()
    )

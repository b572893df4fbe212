"""What this machine can do, looked at part by part; each problem with its cure."""

import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from corpora.errors import UserError
from corpora.files import core_count
from corpora.reachability import require_hub

LEAST_DISK_GB = 2.0  # converted models and a run of 100,000 articles fit
LEAST_MEMORY_GB = 1.5  # the bundled model, its conversion and PyTorch side by side
SAMPLE = "Presiden tiba di ibu kota pada hari Selasa."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        part: what was looked at.
        state: `ok`, `note` (works, but could be better) or `problem`.
        what: what was found.
        cure: what to do about it; empty for `ok`.
    """

    part: str
    state: str
    what: str
    cure: str = ""


def examination(*, network: bool = True) -> Iterator[Finding]:
    """Yield what is found, part by part; a part that breaks is a problem and not the end.

    Args:
        network: whether the Hub may be asked.
    """
    parts = PARTS if network else {name: part for name, part in PARTS.items() if name != "hub"}
    for name, part in parts.items():
        try:
            yield from part()
        except UserError as error:
            yield Finding(name, "problem", str(error), "see the message")
        except PermissionError as error:
            what = f"{error.filename or 'a file'}: permission denied"
            yield Finding(name, "problem", what, "check who owns it, or set SELARAS_CACHE")
        except Exception as error:  # a broken installation breaks anywhere
            what = f"{type(error).__name__}: {str(error).split(chr(10))[0][:160]}"
            yield Finding(name, "problem", what, "install Selaras anew: pip install .")


def python() -> Iterator[Finding]:
    """The interpreter and the cores."""
    where = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    yield Finding("python", "ok", f"{where}, {core_count()} cores for this process")


def libraries() -> Iterator[Finding]:
    """Installed versions against the pins of the package."""
    wrong = []
    for requirement in requires("selaras") or ():
        name, _, pinned = requirement.partition("==")
        if not pinned or ";" in pinned:
            continue
        try:
            found = version(name.strip())
        except PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        if found.partition("+")[0] != pinned.strip():
            wrong.append(f"{name} {found} (tested with {pinned})")
    if not wrong:
        names = ("ctranslate2", "torch", "transformers", "datasets", "huggingface_hub")
        shown = ", ".join(f"{name} {version(name)}" for name in names)
        yield Finding("libraries", "ok", shown)
        return
    missing = any(each.endswith("missing") for each in wrong)
    yield Finding(
        "libraries",
        "problem" if missing else "note",
        "; ".join(wrong),
        "pip install --constraint constraints.txt . brings the tested versions",
    )


def memory() -> Iterator[Finding]:
    """Free memory of the host."""
    import psutil

    found = psutil.virtual_memory()
    free, total = found.available / 2**30, found.total / 2**30
    what = f"{free:.1f} of {total:.1f} GB free"
    if free >= LEAST_MEMORY_GB:
        yield Finding("memory", "ok", what)
    else:
        yield Finding("memory", "problem", what, f"free {LEAST_MEMORY_GB} GB: close other programs")


def disk() -> Iterator[Finding]:
    """Room where models, temporary files and outputs go, and whether the cache can be written."""
    from translate.conversion import cache_folder

    cache = cache_folder()
    for name, folder in (
        ("cache", cache), ("temporary", Path(tempfile.gettempdir())), ("here", Path.cwd())
    ):  # fmt: skip
        there = next(path for path in (folder, *folder.parents) if path.exists())
        free = shutil.disk_usage(there).free / 1e9
        what = f"{name} {folder}: {free:.1f} GB free"
        if free < LEAST_DISK_GB:
            cure = "free some, or name another folder" + (
                " in SELARAS_CACHE" if name == "cache" else ""
            )
            yield Finding("disk", "problem", what, cure)
        elif not os.access(there, os.W_OK):
            cure = (
                "set SELARAS_CACHE to a folder of yours" if name == "cache" else "check the owner"
            )
            yield Finding("disk", "problem", f"{what}, but not writable", cure)
        else:
            yield Finding("disk", "ok", what)


def processor() -> Iterator[Finding]:
    """Number formats that CTranslate2 has on this CPU."""
    import ctranslate2

    types = sorted(ctranslate2.get_supported_compute_types("cpu"))
    if any(name.startswith("int8") for name in types):
        yield Finding("cpu", "ok", f"CTranslate2 computes in {', '.join(types)}")
    else:
        yield Finding(
            "cpu",
            "note",
            f"CTranslate2 computes in {', '.join(types)}: no int8, so slower",
            "use a CPU with AVX2 or NEON for int8",
        )


def gpu() -> Iterator[Finding]:
    """GPUs as the driver, PyTorch and CTranslate2 see them; they may disagree."""
    import ctranslate2
    import torch

    drivers = list(gpus())
    seen, by_torch = ctranslate2.get_cuda_device_count(), torch.cuda.is_available()
    if not drivers and not seen and not by_torch:
        yield Finding("gpu", "ok", "none; everything runs on the CPU")
        return
    for name in drivers:
        yield Finding("gpu", "ok", name)
    if drivers and not seen:
        yield Finding(
            "gpu",
            "problem",
            "the driver has a GPU, CTranslate2 does not see it",
            "install CUDA 12 libraries: pip install nvidia-cublas-cu12, and set LD_LIBRARY_PATH",
        )
    if drivers and not by_torch:
        yield Finding(
            "gpu",
            "note",
            f"PyTorch {torch.__version__} does not see the GPU; --engine torch runs on the CPU",
            "install a CUDA build of PyTorch (see pytorch.org)",
        )
    if seen:
        types = ", ".join(sorted(ctranslate2.get_supported_compute_types("cuda")))
        yield Finding("gpu", "ok", f"CTranslate2 computes in {types} on {seen} GPU(s)")


def gpus() -> Iterator[str]:
    """Name and memory of every GPU that the NVIDIA driver lists; nothing without a driver."""
    import pynvml

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return
    try:
        for index in range(pynvml.nvmlDeviceGetCount()):
            handle = pynvml.nvmlDeviceGetHandleByIndex(index)
            name = pynvml.nvmlDeviceGetName(handle)
            room = pynvml.nvmlDeviceGetMemoryInfo(handle)
            free, total = room.free / 2**30, room.total / 2**30
            yield f"{index}: {name}, {free:.1f} of {total:.1f} GB free"
    finally:
        pynvml.nvmlShutdown()


def model() -> Iterator[Finding]:
    """The bundled model, converted and used, with every number format of every device."""
    from translate.conversion import converted
    from translate.ctranslate import chosen_device
    from translate.models import find_model
    from translate.translator import Translator

    converted(find_model("bundled"), "int8")
    device = chosen_device("auto")
    formats = ("int8", "float32") if device == "cpu" else ("int8", "float16", "bfloat16", "float32")
    for compute_type in formats:
        try:
            said = (
                Translator.load("bundled", device=device, compute_type=compute_type)
                .translate([SAMPLE])[0]
                .text
            )
        except (UserError, RuntimeError, ValueError) as error:
            reason = str(error).split("\n")[0][:120]
            yield Finding(
                "model", "note", f"{compute_type} does not work on {device}: {reason}",
                "--compute-type auto passes over it",
            )  # fmt: skip
            continue
        if len(said.split()) >= 4:
            yield Finding("model", "ok", f"bundled translates on {device} in {compute_type}")
        else:
            yield Finding(
                "model",
                "problem",
                f"{compute_type} on {device} says {said!r}",
                "use another --compute-type, and tell us of this machine",
            )


def cached_models() -> Iterator[Finding]:
    """Models of the Hub that are here."""
    from translate.catalogue import listings

    here = [each.name for each in listings() if each.folder]
    yield Finding("models", "ok", f"usable without a network: {', '.join(here)}")


def hub() -> Iterator[Finding]:
    """Whether the Hub answers, and whether there is a token for `push`."""
    from huggingface_hub import get_token

    try:
        require_hub("hub", "only needed to fetch models and datasets, and to push")
    except UserError as error:
        what, _, cure = str(error).removeprefix("hub: ").rpartition("; ")
        yield Finding("hub", "note", what, cure)
    else:
        yield Finding("hub", "ok", "the Hugging Face Hub answers")
    if get_token() is None:
        yield Finding("hub", "note", "no token", "`hf auth login`, or HF_TOKEN; only push needs it")
    else:
        yield Finding("hub", "ok", "a token is there")


PARTS: dict[str, Callable[[], Iterator[Finding]]] = {
    "python": python,
    "libraries": libraries,
    "memory": memory,
    "disk": disk,
    "cpu": processor,
    "gpu": gpu,
    "model": model,
    "models": cached_models,
    "hub": hub,
}

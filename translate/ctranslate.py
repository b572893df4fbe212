"""CTranslate2: the fast engine, int8 on a CPU; models are converted once into the user's cache."""

import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.files import core_count
from translate.batching import batches
from translate.engine import Decoded, Decoding
from translate.models import Model, read_config
from translate.quiet import quiet_libraries
from translate.tokens import tokens_of


def cache_folder() -> Path:
    """Where converted models are kept: `$SELARAS_CACHE`, or the user's cache folder."""
    from platformdirs import user_cache_path

    own = os.environ.get("SELARAS_CACHE")
    return Path(own) if own else user_cache_path("selaras")


def chosen_device(device: str) -> str:
    """`cuda` or `cpu`.

    Raises:
        UserError: a GPU was asked for and CTranslate2 sees none.
    """
    import ctranslate2

    count: int = ctranslate2.get_cuda_device_count()
    if device == "cuda" and not count:
        raise UserError("--device cuda: CTranslate2 sees no CUDA device; use --device cpu")
    return "cuda" if count and device != "cpu" else "cpu"


def stored_type(compute_type: str) -> str:
    """Number format of the converted weights that serves a compute type well."""
    if compute_type in ("int8", "int8_float32", "float32", "float16", "bfloat16"):
        return "int8" if compute_type.startswith("int8") else compute_type
    raise UserError(
        f"compute type {compute_type!r}; expected auto, int8, float32, float16 or bfloat16"
    )


def converted(model: Model, quantization: str) -> Path:
    """The CTranslate2 folder of a model, made on first use and renamed into place when whole.

    Raises:
        UserError: the checkpoint cannot be converted.
    """
    if model.converted:
        return model.folder
    import ctranslate2

    slug = re.sub(r"[^\w.-]+", "_", model.name)[-60:]
    version = ctranslate2.__version__
    revision = re.sub(r"\W", "", model.revision)[-16:]
    folder = cache_folder() / "ct2" / f"{slug}-{revision}-{quantization}-{version}"
    if (folder / "model.bin").exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".converting-") as work:
        made = Path(work) / "model"
        convert(model, made, quantization)
        try:
            made.rename(folder)
        except OSError:  # another process was first
            if not (folder / "model.bin").exists():
                raise
            shutil.rmtree(made, ignore_errors=True)
    return folder


def convert(model: Model, output: Path, quantization: str) -> None:
    """Convert a transformers checkpoint."""
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
    except (OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        reason = str(error).split("\n")[0][:200]
        raise UserError(f"{model.name}: cannot be converted for CTranslate2 ({reason})") from None


class CTranslateEngine:
    """A CTranslate2 translator; one worker per core on a CPU."""

    name = "ct2"

    def __init__(self, model: Model, device: str = "auto", compute_type: str = "auto") -> None:
        """Load, and convert before if needed."""
        import ctranslate2

        self.device = chosen_device(device)
        if compute_type == "auto":
            compute_type = "int8" if self.device == "cpu" else "float16"
        folder = converted(model, stored_type(compute_type))
        cores = core_count()
        try:
            self.translator: Any = ctranslate2.Translator(
                str(folder),
                device=self.device,
                compute_type=compute_type,
                inter_threads=cores if self.device == "cpu" else 1,
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise UserError(f"{model.name}: {str(error).splitlines()[0]}") from None
        self.compute_type = str(self.translator.compute_type)
        self.prefix = list(tokens_of(model).prefix)

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Decode every source; the order is kept."""
        groups = batches([len(source) for source in sources], decoding.batch_tokens)
        pending = []
        for group in groups:
            longest = decoding.longest_output(len(sources[group[0]]))
            futures = self.translator.translate_batch(
                [list(sources[position]) for position in group],
                target_prefix=[self.prefix] * len(group) if self.prefix else None,
                beam_size=decoding.beam,
                max_decoding_length=longest + len(self.prefix),
                max_input_length=0,  # nothing is ever cut; long sentences were split before
                return_scores=True,
                asynchronous=True,
            )
            pending.append((group, longest, futures))
        results: list[Decoded | None] = [None] * len(sources)
        for group, longest, futures in pending:
            for position, future in zip(group, futures, strict=True):
                result = future.result()
                tokens = tuple(result.hypotheses[0][len(self.prefix) :])
                results[position] = Decoded(tokens, result.scores[0], len(tokens) >= longest)
        return [result for result in results if result is not None]

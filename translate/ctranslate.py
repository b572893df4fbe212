"""CTranslate2: the fast engine, int8 on a CPU, float16 on a GPU."""

import logging
import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from threading import BoundedSemaphore, Event
from typing import Any

from corpora.errors import UsageError, UserError
from corpora.files import core_count
from translate.batching import batches, fitting, halved, smaller
from translate.conversion import converted, mend
from translate.engine import Decoded, Decoding
from translate.flight import Flight
from translate.model_files import first_line
from translate.models import Model
from translate.tokens import tokens_of

LOG = logging.getLogger(__name__)
STORED = (
    *("int8", "int8_float32", "int8_float16", "int8_bfloat16"),
    *("float32", "float16", "bfloat16"),
)
UNUSABLE = (RuntimeError, ValueError, IndexError, MemoryError)  # with which it refuses weights
ON_GPU = ("float16", "bfloat16", "int8_float16", "float32")


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
    if compute_type in STORED:
        return "int8" if compute_type.startswith("int8") else compute_type
    raise UsageError(
        f"compute type {compute_type!r}; expected auto, int8, float32, float16 or bfloat16"
    )


def usable_types(device: str, compute_type: str) -> tuple[str, ...]:
    """Number formats to try, in order: the one asked for, or those that the device has.

    A format that is listed as supported may still fail: INT8 does on some new GPUs.

    Raises:
        UserError: there is no such format, or the device lacks it.
    """
    import ctranslate2

    supported = ctranslate2.get_supported_compute_types(device)
    if compute_type == "auto":
        wanted = ("int8", "float32") if device == "cpu" else ON_GPU
        return tuple(name for name in wanted if name in supported)
    stored_type(compute_type)
    if compute_type not in supported:
        there = ", ".join(sorted(supported))
        raise UserError(f"--compute-type {compute_type}: this {device} has {there}; use auto")
    return (compute_type,)


class CTranslateEngine:
    """A CTranslate2 translator; on a CPU a worker of one thread for each core.

    `scripts/benchmark.py --threads` compares that with one worker of several threads.
    """

    name = "ct2"

    def __init__(self, model: Model, device: str = "auto", compute_type: str = "auto") -> None:
        """Load, and convert before if needed.

        Raises:
            UserError: the device, the format or the folder cannot be used; all formats that were
                tried are named.
        """
        self.device = chosen_device(device)
        self.lanes = core_count() + 1 if self.device == "cpu" else 3  # one prepares while others go
        workers = core_count() if self.device == "cpu" else 1
        self.stopped = Event()
        self.flight = Flight(BoundedSemaphore(2 * workers + 2), self.stopped)
        self.most_tokens = sys.maxsize
        self.tokens = tokens_of(model)
        self.prefix = list(self.tokens.prefix)
        self.positions = model.positions - 1 - len(self.prefix)  # the first is that of the start
        failures = []
        for name in usable_types(self.device, compute_type):
            try:
                self.translator = self.loaded(model, name)
                break
            except UNUSABLE as error:
                failures.append(f"{name}: {first_line(error)}")
        else:
            raise UserError(f"{model.name}: {'; '.join(failures) or 'no compute type to try'}")
        self.compute_type = str(self.translator.compute_type)
        for failure in failures:
            LOG.warning("%s: %s; computing in %s instead", model.name, failure, self.compute_type)

    def loaded(self, model: Model, compute_type: str) -> Any:
        """The translator in one number format, its conversion made again if that was damaged.

        Raises:
            RuntimeError: this machine cannot compute in that format.
        """
        try:
            return self.opened(model, compute_type)
        except UNUSABLE:
            mend(model, stored_type(compute_type))
            return self.opened(model, compute_type)

    def opened(self, model: Model, compute_type: str) -> Any:
        """The translator in one number format; on a GPU it has shown that it can decode.

        Raises:
            RuntimeError: this machine cannot compute in that format.
        """
        import ctranslate2

        translator = ctranslate2.Translator(
            str(converted(model, stored_type(compute_type))),
            device=self.device,
            compute_type=compute_type,
            inter_threads=core_count() if self.device == "cpu" else 1,
            intra_threads=1,
        )
        if self.device == "cuda":
            source = self.tokens.encode(["Halo, apa kabar?"])
            prefix = [self.prefix] if self.prefix else None
            tried = translator.translate_batch(
                source, target_prefix=prefix, return_scores=True, max_decoding_length=16
            )
            if not math.isfinite(tried[0].scores[0]):
                raise RuntimeError("the scores are no numbers")
        return translator

    def release(self) -> None:
        """Give the memory back; the next decoding loads the model again."""
        self.translator.unload_model()

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Decode every source; the order is kept. Several threads may call it.

        On a CPU the sources of a batch have one length: with int8 their results are then the same
        to the last bit whatever else is translated, and nothing is padded.

        Raises:
            Stopped: with the results by position; batches under way are not waited for.
        """
        most = min(decoding.batch_tokens, self.most_tokens)
        groups = batches([len(source) for source in sources], most, equal=self.device == "cpu")

        def batch(group: Sequence[int]) -> list[Sequence[str]]:
            return [sources[position] for position in group]

        found = self.flight.decoded(
            groups,
            lambda group: self.begun(batch(group), decoding),
            lambda group, futures: self.ended(batch(group), futures, decoding),
        )
        return [found[position] for position in range(len(sources))]

    def begun(self, batch: Sequence[Sequence[str]], decoding: Decoding) -> list[Any]:
        """Hand a batch to the translator; give what its results will be."""
        if not self.translator.model_is_loaded:
            self.translator.load_model()
        futures: list[Any] = self.translator.translate_batch(
            [list(source) for source in batch],
            target_prefix=[self.prefix] * len(batch) if self.prefix else None,
            beam_size=decoding.beam,
            num_hypotheses=min(decoding.hypotheses, decoding.beam),
            repetition_penalty=decoding.repetition_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            max_decoding_length=self.longest(batch, decoding) + len(self.prefix),
            max_input_length=0,  # nothing is ever cut; long sentences were split before
            return_scores=True,
            asynchronous=True,
        )
        return futures

    def longest(self, batch: Sequence[Sequence[str]], decoding: Decoding) -> int:
        """Target tokens, without those of the prefix, after which the outputs of a batch are cut.

        Its first source is its longest.
        """
        return decoding.longest_output(len(batch[0]), self.positions)

    def ended(
        self, batch: Sequence[Sequence[str]], futures: Sequence[Any], decoding: Decoding
    ) -> list[Decoded]:
        """Wait for the results of a batch; one that did not fit into memory is halved."""

        def waited(some: Sequence[Sequence[str]], futures: Sequence[Any]) -> list[Decoded]:
            longest = self.longest(some, decoding)
            return [self.decoded(future.result(), longest) for future in futures]

        def again(some: Sequence[Sequence[str]]) -> list[Decoded]:
            return waited(some, self.begun(some, decoding))

        found = fitting(batch, lambda some: waited(some, futures))
        if found is None:
            self.most_tokens = smaller(batch, self.most_tokens)
            found = halved(batch, again, lambda: None)  # it frees its caches by itself
        return found

    def decoded(self, result: Any, longest: int) -> Decoded:
        """What CTranslate2 found for one source; further hypotheses are in `others`."""
        best, *others = (
            Decoded(tuple(found), score, len(found) >= longest)
            for found, score in zip(
                (found[len(self.prefix) :] for found in result.hypotheses),
                result.scores,
                strict=True,
            )
        )
        return replace(best, others=tuple(others)) if others else best

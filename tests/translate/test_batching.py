"""Batches, and what becomes of one that does not fit into memory."""

from dataclasses import dataclass, field
from threading import BoundedSemaphore, Event, Lock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import UserError
from translate.batching import batches, halved, out_of_memory
from translate.ctranslate import CTranslateEngine
from translate.engine import Decoded, Decoding
from translate.flight import Flight
from translate.pytorch import TorchEngine

ERRORS = {  # as the engines raise them
    "CTranslate2, GPU": RuntimeError("CUDA failed with error out of memory"),
    "CTranslate2, cuBLAS": RuntimeError("cuBLAS failed with status CUBLAS_STATUS_ALLOC_FAILED"),
    "PyTorch, GPU": RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    "PyTorch, host": RuntimeError(
        "[enforce fail at alloc_cpu.cpp:117] . DefaultCPUAllocator: can't allocate memory"
    ),
    "allocator": MemoryError("std::bad_alloc"),
}


@given(st.lists(st.integers(1, 300)), st.integers(1, 1000), st.booleans())
def test_every_sentence_is_in_one_batch_and_batches_fit(lengths, most, equal):
    groups = batches(lengths, most, equal=equal)
    assert sorted(position for group in groups for position in group) == list(range(len(lengths)))
    for group in groups:
        assert len(group) == 1 or max(lengths[position] for position in group) * len(group) <= most
        assert not equal or len({lengths[position] for position in group}) == 1
    assert [lengths[group[0]] for group in groups] == sorted(
        (lengths[group[0]] for group in groups), reverse=True
    )


def test_an_impossible_size_is_refused():
    with pytest.raises(ValueError, match="0 tokens"):
        batches([1], 0)


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS.keys())
def test_running_out_of_memory_is_told_from_other_errors(error):
    import torch

    assert out_of_memory(error) and out_of_memory(torch.OutOfMemoryError("CUDA out of memory."))
    assert not out_of_memory(RuntimeError("CUDA error: device-side assert triggered"))


@given(st.integers(2, 40), st.integers(1, 10))
def test_halves_keep_the_order(count, most):
    def decode(batch):
        if len(batch) > most:
            raise ERRORS["PyTorch, GPU"]
        return [source[0] for source in batch]

    sources = [[str(number)] for number in range(count)]
    assert halved(sources, decode, lambda: None) == [source[0] for source in sources]


def test_what_a_failed_try_held_is_free_at_the_next():
    """The traceback of an error holds the frames it went through, and all that they allocated."""

    class Tensor:
        alive = 0

        def __init__(self):
            Tensor.alive += 1

        def __del__(self):
            Tensor.alive -= 1

    held = []

    def decode(batch):
        held.append(Tensor.alive)
        tensor = Tensor()
        if len(batch) > 1:
            raise RuntimeError("CUDA out of memory.")
        return [source[0] for source in batch if tensor]

    assert len(halved([[str(number)] for number in range(16)], decode, lambda: None)) == 16
    assert len(held) > 16 and not any(held)


def test_another_error_is_not_swallowed():
    def decode(batch):
        raise RuntimeError("device-side assert")

    with pytest.raises(RuntimeError, match="assert"):
        halved([["a"], ["b"]], decode, lambda: None)


@dataclass
class Future:
    """What CTranslate2 gives: a result, or an error when it is asked for."""

    batch: int
    most: int
    error: Exception
    token: str = ""

    @dataclass
    class Result:
        hypotheses: list[list[str]]
        scores: list[float]

    def done(self):
        return True

    def result(self):
        if self.batch > self.most:
            raise self.error
        return self.Result([[self.token]], [-1.0])


@dataclass
class Device:
    """A CTranslate2 translator with memory for so many sentences at a time."""

    most: int
    error: Exception
    seen: list[int] = field(default_factory=list)
    model_is_loaded: bool = True

    def translate_batch(self, batch, **options):
        self.seen.append(len(batch))
        return [Future(len(batch), self.most, self.error, source[0]) for source in batch]


def ct2_engine(most, error):
    engine = object.__new__(CTranslateEngine)
    engine.device, engine.prefix, engine.most_tokens = "cuda", [], 1 << 30
    engine.positions = 512
    engine.translator = Device(most, error)
    engine.stopped = Event()
    engine.flight = Flight(BoundedSemaphore(4), engine.stopped)
    return engine, engine.translator.seen


def torch_engine(most, error):
    class Double(TorchEngine):
        def decode_batch(self, sources, decoding):
            seen.append(len(sources))
            if len(sources) > most:
                raise error
            return [Decoded((source[0],), -1.0, False) for source in sources]

    seen: list[int] = []
    engine = object.__new__(Double)
    engine.device, engine.lock, engine.most_tokens = "cpu", Lock(), 1 << 30
    return engine, seen


@pytest.mark.parametrize("double", [ct2_engine, torch_engine])
@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS.keys())
def test_an_engine_out_of_memory_halves_its_batches_and_remembers(double, error, caplog):
    engine, seen = double(3, error)
    sources = [[str(number), "</s>"] for number in range(20)]
    found = engine.decode(sources, Decoding(batch_tokens=1000))
    assert [each.tokens for each in found] == [(str(number),) for number in range(20)]
    assert seen[0] == 20 and "out of memory with a batch of 40 tokens" in caplog.text
    del seen[:]
    assert len(engine.decode(sources, Decoding(batch_tokens=1000))) == 20
    assert seen[0] == 10  # not the size again that did not fit


@dataclass
class Looping(Future):
    """One whose output never ends by itself."""

    length: int = 0

    def result(self):
        super().result()
        return self.Result([[self.token] * self.length], [-1.0])


def test_a_half_is_cut_at_its_own_longest_output():
    engine, _ = ct2_engine(1, ERRORS["allocator"])

    class Endless(Device):
        def translate_batch(self, batch, **options):
            size = len(batch), self.most, self.error
            length = options["max_decoding_length"]
            return [Looping(*size, source[0], length) for source in batch]

    engine.translator = Endless(1, ERRORS["allocator"])
    found = engine.decode([["a"] * 40, ["b"] * 10], Decoding())
    assert [(len(each.tokens), each.cut) for each in found] == [(104, True), (44, True)]


@pytest.mark.parametrize("double", [ct2_engine, torch_engine])
def test_one_sentence_that_does_not_fit_is_a_line_with_a_cure(double):
    engine, _ = double(0, ERRORS["allocator"])
    with pytest.raises(UserError, match="out of memory with one sentence of 2 tokens; use"):
        engine.decode([["a", "</s>"], ["b", "</s>"]], Decoding())


@pytest.mark.parametrize("double", [ct2_engine, torch_engine])
def test_other_errors_of_an_engine_go_up(double):
    engine, _ = double(0, RuntimeError("device-side assert triggered"))
    with pytest.raises(RuntimeError, match="device-side"):
        engine.decode([["a"]], Decoding())

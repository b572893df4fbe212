"""Sentences of like length put together, so that little is computed on padding."""

import logging
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TypeVar

from corpora.errors import UserError

LOG = logging.getLogger(__name__)
Source = Sequence[str]
Result = TypeVar("Result")
MEMORY_MESSAGES = (  # of CTranslate2, cuBLAS, cuDNN, PyTorch and the C++ allocator
    "out of memory",
    "cublas_status_alloc_failed",
    "cudnn_status_alloc_failed",
    "bad_alloc",
    "not enough memory",
    "can't allocate memory",
    "failed to allocate",
)


def batches(lengths: Sequence[int], most_tokens: int, *, equal: bool = False) -> list[list[int]]:
    """Group positions so that longest times count stays within `most_tokens`; longest first.

    A sentence longer than `most_tokens` is a batch of its own. With `equal`, all of a batch have
    one length: nothing is padded, so what is computed for a sentence does not depend on the others.

    >>> batches([3, 9, 4, 3], 9)
    [[1], [2, 0], [3]]
    >>> batches([3, 9, 4, 3], 9, equal=True)
    [[1], [2], [0, 3]]
    """
    if most_tokens < 1:
        raise ValueError(f"a batch of {most_tokens} tokens")
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    runs = groupby(order, key=lambda index: lengths[index] if equal else 0)
    return [group for _, run in runs for group in filled(list(run), lengths, most_tokens)]


def filled(order: Sequence[int], lengths: Sequence[int], most_tokens: int) -> list[list[int]]:
    """Cut positions, longest first, into groups of at most so many tokens with their padding."""
    groups: list[list[int]] = []
    room = 0
    for position in order:
        if not room:
            groups.append([])
            room = max(1, most_tokens // max(1, lengths[position]))
        groups[-1].append(position)
        room -= 1
    return groups


def out_of_memory(error: BaseException) -> bool:
    """Tell whether an error says that the memory of the host or of the GPU is used up.

    >>> out_of_memory(RuntimeError("CUDA failed with error out of memory"))
    True
    """
    said = str(error).lower()
    return isinstance(error, MemoryError) or any(words in said for words in MEMORY_MESSAGES)


def smaller(sources: Sequence[Source], most_tokens: int) -> int:
    """Tokens of a batch from now on, half of those of the batch that did not fit.

    >>> smaller([["a", "b"]] * 6, 1000)
    6
    """
    tokens = max(map(len, sources)) * len(sources)
    LOG.warning("out of memory with a batch of %d tokens; going on with half of that", tokens)
    return max(1, min(most_tokens, tokens // 2))


def halved(
    sources: Sequence[Source],
    decode: Callable[[Sequence[Source]], list[Result]],
    freed: Callable[[], object],
) -> list[Result]:
    """Decode in two halves what did not fit into the memory as a whole, and so on.

    Args:
        sources: in whose decoding the memory ran out.
        decode: decodes a batch.
        freed: gives back what the engine holds and does not need; called before each try.

    Raises:
        UserError: a single sentence does not fit.
    """
    if len(sources) < 2:
        raise UserError(
            f"out of memory with one sentence of {len(sources[0])} tokens; use a smaller model "
            "or --beam, --compute-type int8, or a device with more memory"
        )
    middle = len(sources) // 2
    results: list[Result] = []
    for half in (sources[:middle], sources[middle:]):
        freed()
        found = fitting(half, decode)
        results += halved(half, decode, freed) if found is None else found
    return results


def fitting(
    sources: Sequence[Source], decode: Callable[[Sequence[Source]], list[Result]]
) -> list[Result] | None:
    """What a batch decodes to; None if it does not fit into the memory.

    The error is gone when this returns: with it would stay all that the failed try had allocated.
    """
    try:
        return decode(sources)
    except (RuntimeError, MemoryError) as error:
        if not out_of_memory(error):
            raise
    return None

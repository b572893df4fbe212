"""What decodes: a small protocol that CTranslate2 and PyTorch both fulfil."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, Protocol

from corpora.errors import UsageError
from translate.models import Model

ENGINES = ("auto", "ct2", "torch")
DEVICES = ("auto", "cpu", "cuda")


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search.

    Attributes:
        beam: hypotheses kept; 1 is greedy.
        batch_tokens: source tokens of a batch, padding included.
        length_factor: an output has at most this many times the source tokens ...
        length_offset: ... plus this many; what reaches that is marked as cut.
        hypotheses: outputs given for each source, best first; at most `beam`.
        repetition_penalty: divides the scores of tokens that were said; 1 is none.
        no_repeat_ngram: length of the runs of tokens that may stand only once; 0 is none.
    """

    beam: int = 4
    batch_tokens: int = 512
    length_factor: float = 2.0
    length_offset: int = 24
    hypotheses: int = 1
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0

    def longest_output(self, source_tokens: int, positions: int) -> int:
        """Tokens after which the decoder stops.

        Args:
            source_tokens: of the longest source of a batch.
            positions: that the decoder has for them; a loop would run past the last.
        """
        return min(int(self.length_factor * source_tokens) + self.length_offset, positions)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Target tokens of one sentence.

    Attributes:
        tokens: without the end of sentence.
        score: mean log probability per token, 0 is certain.
        cut: whether the decoder was stopped rather than done.
        others: further hypotheses, best first, if the decoding asked for some.
    """

    tokens: tuple[str, ...]
    score: float
    cut: bool
    others: tuple["Decoded", ...] = ()


class Stopped(Exception):
    """Decoding was stopped before all was decoded.

    Attributes:
        found: what was decoded until then, by what asked for it: the position of a source, a
            sentence.
    """

    def __init__(self, found: Mapping[Any, Any]) -> None:
        """Tell what is there."""
        super().__init__(f"stopped; {len(found)} are decoded")
        self.found = found


class Engine(Protocol):
    """A loaded model that decodes.

    Attributes:
        name: `ct2` or `torch`.
        device: `cpu` or `cuda`.
        compute_type: the number format it computes in.
        lanes: threads that keep it busy when each hands it sentences and waits for them.
        stopped: to be set when nothing more shall be decoded; all that decode end with `Stopped`.
    """

    name: str
    device: str
    compute_type: str
    lanes: int
    stopped: Event

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Decode every source (tokens as `Tokens.encode` gives them); the order is kept.

        Several threads may call it. A batch that does not fit into memory is halved.

        Raises:
            Stopped: with the results by position; soon after `stopped` was set.
        """
        ...

    def release(self) -> None:
        """Give the memory of the device back; the next decoding loads the model again."""
        ...


def load_engine(
    model: Model, engine: str = "auto", device: str = "auto", compute_type: str = "auto"
) -> Engine:
    """Load a model into an engine on a device; `auto` is CTranslate2, and a GPU if there is one.

    Raises:
        UserError: an unknown engine, a device that this machine lacks, or a folder that the
            engine cannot load.
    """
    if engine not in ENGINES:
        raise UsageError(f"no engine {engine!r}; there are {', '.join(ENGINES)}")
    if device not in DEVICES:
        raise UsageError(f"no device {device!r}; there are {', '.join(DEVICES)}")
    if engine == "torch":
        from translate.pytorch import TorchEngine

        return TorchEngine(model, device, compute_type)
    from translate.ctranslate import CTranslateEngine

    return CTranslateEngine(model, device, compute_type)

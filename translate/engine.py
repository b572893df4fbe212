"""What decodes: a small protocol that CTranslate2 and PyTorch both fulfil."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpora.errors import UserError
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
    """

    beam: int = 4
    batch_tokens: int = 2048
    length_factor: float = 2.0
    length_offset: int = 24

    def longest_output(self, source_tokens: int) -> int:
        """Tokens after which the decoder stops."""
        return int(self.length_factor * source_tokens) + self.length_offset


@dataclass(frozen=True, slots=True)
class Decoded:
    """Target tokens of one sentence.

    Attributes:
        tokens: without the end of sentence.
        score: mean log probability per token, 0 is certain.
        cut: whether the decoder was stopped rather than done.
    """

    tokens: tuple[str, ...]
    score: float
    cut: bool


class Engine(Protocol):
    """A loaded model that decodes.

    Attributes:
        name: `ct2` or `torch`.
        device: `cpu` or `cuda`.
        compute_type: the number format it computes in.
    """

    name: str
    device: str
    compute_type: str

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Decode every source (tokens as `Tokens.encode` gives them); the order is kept."""
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
        raise UserError(f"no engine {engine!r}; there are {', '.join(ENGINES)}")
    if device not in DEVICES:
        raise UserError(f"no device {device!r}; there are {', '.join(DEVICES)}")
    if engine == "torch":
        from translate.pytorch import TorchEngine

        return TorchEngine(model, device, compute_type)
    from translate.ctranslate import CTranslateEngine

    return CTranslateEngine(model, device, compute_type)

"""Sentences in, English out: tokens, engine and the splitting of what is too long, put together."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpora.splitting import split_long
from translate.engine import Decoding, Engine, load_engine
from translate.models import Model, find_model
from translate.tokens import Tokens, tokens_of


@dataclass(frozen=True, slots=True)
class Translation:
    """The English of one sentence.

    Attributes:
        text: English; empty for an empty source, and when the model says nothing.
        score: mean log probability per token, 0 is certain.
        cut: whether the decoder was stopped by its length limit.
    """

    text: str
    score: float
    cut: bool


@dataclass(frozen=True, slots=True)
class Translator:
    """A model with its tokens, ready to translate."""

    model: Model
    tokens: Tokens
    engine: Engine
    decoding: Decoding

    @classmethod
    def load(
        cls,
        model: str = "bundled",
        *,
        engine: str = "auto",
        device: str = "auto",
        compute_type: str = "auto",
        decoding: Decoding | None = None,
    ) -> "Translator":
        """Find a model by name and load it (see `find_model` and `load_engine`)."""
        found = find_model(model)
        loaded = load_engine(found, engine, device, compute_type)
        return cls(found, tokens_of(found), loaded, decoding or Decoding())

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """Translate sentences; the order is kept and nothing is truncated.

        A sentence that stands several times is decoded once. One with more tokens than the model
        takes is cut at clause borders and its parts are joined again.
        """
        distinct = list(dict.fromkeys(sentence.strip() for sentence in sentences))
        parts = {text: list(split_long(text, self.fits)) if text else [] for text in distinct}
        pieces = list(dict.fromkeys(part for found in parts.values() for part in found))
        decoded = self.engine.decode(self.tokens.encode(pieces), self.decoding)
        english = {
            piece: Translation(self.tokens.decode(result.tokens), result.score, result.cut)
            for piece, result in zip(pieces, decoded, strict=True)
        }
        whole = {text: joined([english[part] for part in found]) for text, found in parts.items()}
        return [whole[sentence.strip()] for sentence in sentences]

    def fits(self, text: str) -> bool:
        """Tell whether the model takes the text in one piece."""
        return len(self.tokens.encode([text])[0]) <= self.model.longest


def joined(parts: Sequence[Translation]) -> Translation:
    """The translation of a sentence from those of its parts; the score is their mean."""
    if len(parts) == 1:
        return parts[0]
    score = sum(part.score for part in parts) / len(parts) if parts else 0.0
    text = " ".join(part.text for part in parts if part.text)
    return Translation(text, score, any(part.cut for part in parts))

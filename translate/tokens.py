"""Text to tokens and back, as each family of models was trained, by SentencePiece itself."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from corpora.errors import UserError
from translate.models import Model

SPECIAL = frozenset({"</s>", "<s>", "<pad>", "<unk>"})
TAGS = {"nllb": ("ind_Latn", "eng_Latn"), "m2m100": ("__id__", "__en__")}


class Tokens(Protocol):
    """What turns text into the tokens of one model and back.

    Attributes:
        prefix: tokens that the decoder is made to begin with.
    """

    prefix: tuple[str, ...]

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Source tokens of each text, with the special ones that the encoder expects."""
        ...

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target tokens; special tokens among them are left out."""
        ...

    def ids(self) -> dict[str, int]:
        """The vocabulary: the number of every token."""
        ...


def load_spm(file: Path) -> Any:
    """A SentencePiece model."""
    import sentencepiece

    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(file))
    except (OSError, RuntimeError):
        raise UserError(
            f"{file}: missing or no SentencePiece model; fetch the model again"
        ) from None


class MarianTokens:
    """Two SentencePiece models, `</s>` behind the source, a vocabulary in `vocab.json`."""

    prefix: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        """Read `source.spm` and `target.spm` of a checkpoint."""
        self.folder = folder
        self.source = load_spm(folder / "source.spm")
        self.target = load_spm(folder / "target.spm")

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Source tokens, `</s>` last: CTranslate2 does not add it to Marian models."""
        return [[*pieces, "</s>"] for pieces in self.source.encode(list(texts), out_type=str)]

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target tokens."""
        return str(self.target.decode([token for token in tokens if token not in SPECIAL]))

    def ids(self) -> dict[str, int]:
        """The contents of `vocab.json`."""
        found: dict[str, int] = json.loads((self.folder / "vocab.json").read_text("utf-8"))
        return found


class TaggedTokens:
    """One SentencePiece model; a language tag before the source and before the target."""

    def __init__(self, folder: Path, family: str) -> None:
        """Read the SentencePiece model, or else the `tokenizer.json`, of a checkpoint."""
        self.folder, self.family = folder, family
        self.tag, target = TAGS[family]
        self.prefix: tuple[str, ...] = (target,)
        spm = folder / "sentencepiece.bpe.model"
        self.spm = load_spm(spm) if spm.exists() else None
        self.fast: Any = None if self.spm else self.load_fast(folder / "tokenizer.json")

    @staticmethod
    def load_fast(file: Path) -> Any:
        """The tokenizer that transformers 5 saves."""
        from tokenizers import Tokenizer

        if not file.exists():
            raise UserError(f"{file.parent}: no sentencepiece.bpe.model and no tokenizer.json")
        return Tokenizer.from_file(str(file))

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Language tag, source tokens, `</s>`."""
        if self.spm is not None:
            found = self.spm.encode(list(texts), out_type=str)
        else:
            found = [
                encoding.tokens
                for encoding in self.fast.encode_batch(list(texts), add_special_tokens=False)
            ]
        return [[self.tag, *pieces, "</s>"] for pieces in found]

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target tokens, without the language tag."""
        pieces = [token for token in tokens if token not in SPECIAL and token not in self.prefix]
        if self.spm is not None:
            return str(self.spm.decode(pieces))
        return "".join(pieces).replace("▁", " ").strip()

    def ids(self) -> dict[str, int]:
        """The vocabulary as transformers numbers it, language tags included."""
        from transformers import AutoTokenizer

        found: dict[str, int] = AutoTokenizer.from_pretrained(self.folder).get_vocab()
        return found


def tokens_of(model: Model) -> Tokens:
    """The tokens of a model, by its family."""
    if model.family == "marian":
        return MarianTokens(model.folder)
    return TaggedTokens(model.folder, model.family)

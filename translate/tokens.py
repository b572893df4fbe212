"""Text to tokens and back, as each family of models was trained, by SentencePiece itself."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from corpora.errors import UserError
from translate.model_files import first_line, unreadable
from translate.models import Model

SPECIAL = frozenset({"</s>", "<s>", "<pad>", "<unk>"})


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
        file = self.folder / "vocab.json"
        try:
            found: dict[str, int] = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            raise UserError(f"{file}: missing or no JSON; fetch the model again") from None
        return found


class NllbTokens:
    """The `tokenizer.json` of an NLLB model; language tags before source and target."""

    prefix: tuple[str, ...] = ("eng_Latn",)
    source_tag = "ind_Latn"

    def __init__(self, folder: Path) -> None:
        """Read `tokenizer.json`."""
        from tokenizers import Tokenizer

        file = folder / "tokenizer.json"
        if not file.exists():
            raise UserError(
                f"{file}: missing; save the tokenizer with transformers, or fetch again"
            )
        try:
            self.tokenizer: Any = Tokenizer.from_file(str(file))
        except Exception:  # the library raises nothing narrower
            raise UserError(f"{file}: no tokenizer; fetch the model again") from None
        unknown = [tag for tag in (self.source_tag, *self.prefix) if tag not in self.ids()]
        if unknown:
            raise UserError(f"{file}: lacks the language tags {', '.join(unknown)}; not NLLB")

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Language tag, source tokens, `</s>`."""
        found = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [[self.source_tag, *encoding.tokens, "</s>"] for encoding in found]

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target tokens."""
        pieces = [token for token in tokens if token not in SPECIAL]
        return str(self.tokenizer.decoder.decode(pieces)).strip()

    def ids(self) -> dict[str, int]:
        """The vocabulary, language tags included."""
        found: dict[str, int] = self.tokenizer.get_vocab()
        return found


class M2M100Tokens:
    """One SentencePiece model; language tags before source and target."""

    prefix: tuple[str, ...] = ("__en__",)
    source_tag = "__id__"

    def __init__(self, folder: Path) -> None:
        """Read `sentencepiece.bpe.model`."""
        self.folder = folder
        self.spm = load_spm(folder / "sentencepiece.bpe.model")

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Language tag, source tokens, `</s>`."""
        found = self.spm.encode(list(texts), out_type=str)
        return [[self.source_tag, *pieces, "</s>"] for pieces in found]

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target tokens."""
        return str(self.spm.decode([token for token in tokens if token not in SPECIAL]))

    def ids(self) -> dict[str, int]:
        """The vocabulary as transformers numbers it, language tags included."""
        from transformers import AutoTokenizer

        try:
            tokenizer: Any = AutoTokenizer.from_pretrained(self.folder)
        except unreadable() as error:
            raise UserError(
                f"{self.folder}: no usable tokenizer ({first_line(error)}); fetch the model again"
            ) from None
        return {**tokenizer.get_vocab(), **tokenizer.lang_token_to_id}


FAMILIES: dict[str, Callable[[Path], Tokens]] = {
    "marian": MarianTokens,
    "nllb": NllbTokens,
    "m2m100": M2M100Tokens,
}


def tokens_of(model: Model) -> Tokens:
    """The tokens of a model, by its family."""
    return FAMILIES[model.family](model.folder)

"""The vocabulary that is trained with: learnt for both languages in one, or that of a model.

Ours is byte-pair encoding with bytes to fall back on, one for both languages. Others (opus-mt) have
a SentencePiece model a language, and numbers of their own for the pieces of both.
"""

import json
import random
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.files import write_text
from translate.models import Model
from translate.tokens import MarianTokens, load_spm
from translate.training.pairs import TrainingPair

SAMPLE = 800_000  # sentences that the vocabulary is learnt from; more changes little
SOURCE, TARGET, NUMBERS = FILES = ("source.spm", "target.spm", "vocab.json")


def train_vocabulary(pairs: Iterable[TrainingPair], folder: Path, size: int) -> None:
    """Learn a joint vocabulary of `size` pieces into a folder; digits are always single pieces.

    Settings after Kudo and Richardson (2018, https://aclanthology.org/D18-2012): BPE, byte
    fallback so that no sign is unknown, split digits so that numbers are spelt and not guessed.

    Raises:
        UserError: the size is smaller than the signs of the text.
    """
    import sentencepiece

    text = [side for pair in pairs for side in (pair.source, pair.target)
            for _ in range(max(1, round(pair.weight)))]  # fmt: skip
    random.Random(1).shuffle(text)
    with made_whole(folder) as partial:
        prefix = partial / "joint"
        try:
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=iter(text[:SAMPLE]),
                model_prefix=str(prefix),
                vocab_size=size,
                model_type="bpe",
                character_coverage=0.9995,
                byte_fallback=True,
                split_digits=True,
                hard_vocab_limit=False,
                pad_id=-1,
                bos_id=-1,
                eos_id=0,
                unk_id=1,
                minloglevel=2,
                max_sentence_length=2000,
            )
        except RuntimeError as error:
            why = str(error).rpartition("] ")[2].partition(" Increase")[0]  # behind file and line
            raise UserError(f"no vocabulary of {size} pieces: {why}") from None
        for side in (SOURCE, TARGET):
            shutil.copyfile(prefix.with_suffix(".model"), partial / side)
        numbers = own_numbers(load_spm(partial / SOURCE))
        write_text(partial / NUMBERS, json.dumps(numbers, ensure_ascii=False))


def own_numbers(spm: Any) -> dict[str, int]:
    """Number of each piece of a joint SentencePiece model: its own, and `<pad>` comes last."""
    pieces = {spm.id_to_piece(number): number for number in range(len(spm))}
    return {**pieces, "<pad>": len(spm)}


def copy_vocabulary(start: Model, folder: Path) -> None:
    """Take the vocabulary of a Marian model into a folder.

    Raises:
        UserError: it is no Marian model, or source and target have numbers of their own.
    """
    if start.family != "marian" or start.converted:
        raise UserError(f"{start.name}: only Marian checkpoints can be fine-tuned here")
    if (start.folder / "target_vocab.json").exists():
        raise UserError(
            f"{start.name}: source and target are numbered apart (target_vocab.json); "
            "only models with one vocab.json can be fine-tuned here"
        )
    with made_whole(folder) as partial:
        for name in FILES:
            shutil.copyfile(start.folder / name, partial / name)
        Vocabulary(partial)


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of the wanted one when the block ends well."""
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    yield partial
    aside = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if folder.exists():
        folder.rename(aside)
    partial.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)


class Vocabulary:
    """The SentencePiece models of source and target, and the numbers of their pieces.

    Attributes:
        folder: of the files that a Marian checkpoint has too.
        end, pad: numbers of the end of sentence and of padding, which is the last.
    """

    def __init__(self, folder: Path) -> None:
        """Read the files.

        Raises:
            UserError: they are damaged, or padding is not numbered last.
        """
        self.folder = folder
        known = MarianTokens(folder)
        ids = known.ids()
        self.end, self.pad = ids.get("</s>", -1), ids.get("<pad>", -1)
        if self.end < 0 or self.pad != len(ids) - 1:
            raise UserError(f"{folder / NUMBERS}: </s> is missing, or <pad> is not the last number")
        self.sides = tuple(Side.of(spm, ids) for spm in (known.source, known.target))

    def __len__(self) -> int:
        """Number of pieces, padding included."""
        return self.pad + 1

    def source(self, texts: list[str], dropout: float = 0.0) -> list[list[int]]:
        """Numbers of the pieces of each source text, the end of sentence last.

        Args:
            texts: sentences.
            dropout: chance that a merge is left out (BPE-dropout, Provilkov et al. 2020,
                https://aclanthology.org/2020.acl-main.170).
        """
        return [[*found, self.end] for found in self.sides[0].numbers(texts, dropout)]

    def target(self, texts: list[str]) -> list[list[int]]:
        """The same of target texts."""
        return [[*found, self.end] for found in self.sides[1].numbers(texts)]

    def copy_to(self, folder: Path) -> None:
        """Put the files into the folder of a checkpoint."""
        for name in FILES:
            shutil.copyfile(self.folder / name, folder / name)


@dataclass(frozen=True, slots=True)
class Side:
    """A SentencePiece model, and the number that the vocabulary gives each of its pieces.

    Attributes:
        spm: the model.
        renumbered: by SentencePiece's own number; None if the numbers are the same, as in ours.
    """

    spm: Any
    renumbered: tuple[int, ...] | None

    @classmethod
    def of(cls, spm: Any, ids: dict[str, int]) -> "Side":
        """Of a model; pieces without a number are unknown."""
        unknown = ids.get("<unk>", 0)
        numbers = tuple(ids.get(spm.id_to_piece(own), unknown) for own in range(len(spm)))
        return cls(spm, None if numbers == tuple(range(len(spm))) else numbers)

    def numbers(self, texts: list[str], dropout: float = 0.0) -> list[list[int]]:
        """Numbers of the pieces of each text."""
        sampling = {"enable_sampling": True, "alpha": dropout} if dropout else {}
        found: list[list[int]] = self.spm.encode(texts, **sampling)
        if self.renumbered is None:
            return found
        return [list(map(self.renumbered.__getitem__, numbers)) for numbers in found]

"""One vocabulary for both languages: byte-pair encoding with bytes to fall back on."""

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from translate.tokens import load_spm
from translate.training.pairs import TrainingPair

SAMPLE = 800_000  # sentences that the vocabulary is learnt from; more changes little


def train_vocabulary(pairs: Iterable[TrainingPair], folder: Path, size: int) -> Path:
    """Learn a joint SentencePiece model of `size` pieces; digits are always single pieces.

    Settings after Kudo and Richardson (2018, https://aclanthology.org/D18-2012): BPE, byte
    fallback so that no sign is unknown, split digits so that numbers are spelt and not guessed.
    """
    import sentencepiece

    text = [side for pair in pairs for side in (pair.source, pair.target)
            for _ in range(max(1, round(pair.weight)))]  # fmt: skip
    random.Random(1).shuffle(text)
    prefix = folder / "joint"
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
    return prefix.with_suffix(".model")


class Vocabulary:
    """A SentencePiece model with the numbers that a Marian model of ours gives its pieces.

    The numbers are SentencePiece's own, and `<pad>` comes last.
    """

    def __init__(self, file: Path) -> None:
        """Read the SentencePiece model."""
        self.file = file
        self.spm: Any = load_spm(file)
        self.end: int = self.spm.eos_id()
        self.pad: int = len(self.spm)

    def __len__(self) -> int:
        """Number of pieces, padding included."""
        return self.pad + 1

    def numbers(self, texts: list[str], dropout: float = 0.0) -> list[list[int]]:
        """Numbers of the pieces of each text, the end of sentence last.

        Args:
            texts: sentences.
            dropout: chance that a merge is left out (BPE-dropout, Provilkov et al. 2020,
                https://aclanthology.org/2020.acl-main.170).
        """
        sampling = {"enable_sampling": True, "alpha": dropout} if dropout else {}
        return [[*found, self.end] for found in self.spm.encode(texts, **sampling)]

    def as_json(self) -> str:
        """The contents of `vocab.json` of a Marian checkpoint."""
        pieces = {self.spm.id_to_piece(number): number for number in range(self.pad)}
        return json.dumps({**pieces, "<pad>": self.pad}, ensure_ascii=False)

"""A checkpoint as opus-mt's are: a SentencePiece model a language, numbers of its own."""

import json
import random
import shutil

import pytest

from tests.conftest import EXAMPLES
from translate.quiet import quiet_libraries


def train_side(sentences, file):
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_prefix=str(file.with_suffix("")),
        vocab_size=300,
        model_type="unigram",
        character_coverage=1.0,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    file.with_suffix(".model").rename(file)
    return sentencepiece.SentencePieceProcessor(model_file=str(file))


@pytest.fixture(scope="session")
def marian_apart(tmp_path_factory):
    import torch
    from transformers import MarianConfig, MarianMTModel

    folder = tmp_path_factory.mktemp("opus")
    file = EXAMPLES.parent / "tests/translate/cases/gate.tsv"
    pairs = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
    sides = [
        train_side([pair[side] for pair in pairs], folder / name)
        for side, name in enumerate(("source.spm", "target.spm"))
    ]
    pieces = {spm.id_to_piece(number) for spm in sides for number in range(len(spm))}
    rest = sorted(pieces - {"<s>", "</s>", "<unk>"})
    random.Random(5).shuffle(rest)
    names = ["</s>", "<unk>", *rest, "<pad>"]
    numbers = {name: number for number, name in enumerate(names)}
    (folder / "vocab.json").write_text(json.dumps(numbers, ensure_ascii=False), "utf-8")
    pad = numbers["<pad>"]
    torch.manual_seed(2)
    config = MarianConfig(
        vocab_size=len(numbers), d_model=32, encoder_layers=1, decoder_layers=1,
        encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=64,
        decoder_ffn_dim=64, pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0,
        forced_eos_token_id=0, bos_token_id=None, activation_function="swish",
        scale_embedding=True, max_position_embeddings=512,
    )  # fmt: skip
    model = MarianMTModel(config)
    model.final_logits_bias.normal_(std=0.5)
    with quiet_libraries():
        model.save_pretrained(folder)
    yield folder
    shutil.rmtree(folder)

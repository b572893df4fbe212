"""Checkpoints that tests make, and data that a user's clone does not have."""

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """Converted models go to a folder of the test run, not to the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SELARAS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def seeds():
    """The five real articles; a clone outside of the workshop has none."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip(f"{folder}: no such data here")
    return folder


@pytest.fixture(scope="session")
def trained_spm(tmp_path_factory):
    """A SentencePiece BPE model of 300 pieces, trained on the example articles."""
    import sentencepiece

    folder = tmp_path_factory.mktemp("spm")
    text = [
        line
        for file in sorted(EXAMPLES.glob("*/*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text),
        model_prefix=str(folder / "joint"),
        vocab_size=300,
        model_type="bpe",
        character_coverage=1.0,
        minloglevel=2,
    )
    return folder / "joint.model"


def write_random_model(folder: Path, vocabulary: int) -> None:
    """Save an M2M100 of two thin layers with random weights, far apart enough for clear choices."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    from translate.quiet import quiet_libraries

    torch.manual_seed(1)
    config = M2M100Config(
        vocab_size=vocabulary,
        d_model=32,
        encoder_layers=2,
        decoder_layers=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        max_position_embeddings=128,
        scale_embedding=True,
    )
    model = M2M100ForConditionalGeneration(config)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.normal_(0, 0.3)
    with quiet_libraries():
        model.save_pretrained(folder)


@pytest.fixture(scope="session")
def tiny_nllb(tmp_path_factory, trained_spm):
    """A complete NLLB checkpoint: own SentencePiece model, transformers tokenizer, weights."""
    import sentencepiece
    from transformers import NllbTokenizer

    folder = tmp_path_factory.mktemp("tiny-nllb")
    spm = sentencepiece.SentencePieceProcessor(model_file=str(trained_spm))
    pieces = [spm.id_to_piece(number) for number in range(3, len(spm))]
    vocabulary = {
        piece: number for number, piece in enumerate(["<s>", "<pad>", "</s>", "<unk>", *pieces])
    }
    merges: Any = [
        (piece[:cut], piece[cut:])
        for piece in pieces
        for cut in range(1, len(piece))
        if piece[:cut] in vocabulary and piece[cut:] in vocabulary
    ]
    tokenizer = NllbTokenizer(
        vocab=vocabulary, merges=merges, src_lang="ind_Latn", tgt_lang="eng_Latn"
    )
    tokenizer.save_pretrained(folder)
    (folder / "sentencepiece.bpe.model").write_bytes(trained_spm.read_bytes())
    write_random_model(folder, len(tokenizer))
    return folder


@pytest.fixture(scope="session")
def tiny_m2m100(tmp_path_factory, trained_spm):
    """A complete M2M100 checkpoint."""
    import sentencepiece
    from transformers import M2M100Tokenizer

    folder = tmp_path_factory.mktemp("tiny-m2m100")
    spm = sentencepiece.SentencePieceProcessor(model_file=str(trained_spm))
    pieces = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces += [spm.id_to_piece(number) for number in range(3, len(spm))]
    vocabulary = folder / "vocab.json"
    vocabulary.write_text(json.dumps({piece: n for n, piece in enumerate(pieces)}), "utf-8")
    tokenizer = M2M100Tokenizer(str(vocabulary), str(trained_spm), src_lang="id", tgt_lang="en")
    tokenizer.save_pretrained(folder)
    write_random_model(folder, max(tokenizer.lang_token_to_id.values()) + 1)
    return folder

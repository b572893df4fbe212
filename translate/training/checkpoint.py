"""Marian checkpoints: made new, taken from a model, and exported for both engines."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from transformers import MarianConfig, MarianMTModel, MarianTokenizer

from corpora.errors import UserError
from corpora.files import write_text
from translate.conversion import convert
from translate.models import Model, from_folder
from translate.quiet import quiet_libraries
from translate.training.vocabulary import FILES, Vocabulary, made_whole

WEIGHTS = "model.safetensors"
NEVER = -1e4  # logit of the padding token: never chosen, and still a number in float16


def new_model(
    vocabulary: Vocabulary, *, width: int, encoder: int, decoder: int, heads: int, feed: int
) -> MarianMTModel:
    """A Marian model with tied embeddings and random weights (Xavier; embeddings by width)."""
    config = MarianConfig(
        vocab_size=len(vocabulary),
        d_model=width,
        encoder_layers=encoder,
        decoder_layers=decoder,
        encoder_attention_heads=heads,
        decoder_attention_heads=heads,
        encoder_ffn_dim=feed,
        decoder_ffn_dim=feed,
        pad_token_id=vocabulary.pad,
        decoder_start_token_id=vocabulary.pad,
        eos_token_id=vocabulary.end,
        bos_token_id=None,
        forced_eos_token_id=vocabulary.end,
        max_position_embeddings=512,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        activation_function="relu",
        scale_embedding=True,
        attention_dropout=0.0,
        activation_dropout=0.0,
    )
    model: Any = MarianMTModel(config)
    for name, parameter in model.named_parameters():
        if parameter.dim() > 1 and "embed" not in name and "shared" not in name:
            torch.nn.init.xavier_uniform_(parameter)
    torch.nn.init.normal_(model.model.shared.weight, std=width**-0.5)
    model.model.shared.weight.data[vocabulary.pad].zero_()
    return model  # type: ignore[no-any-return]


def loaded_model(start: Model) -> MarianMTModel:
    """A Marian model to go on from, in float32."""
    with quiet_libraries():
        model = MarianMTModel.from_pretrained(start.folder, dtype=torch.float32)
    return model


@contextmanager
def swapped(
    parameters: Sequence[torch.nn.Parameter], values: Sequence[torch.Tensor]
) -> Iterator[None]:
    """Put other values into parameters, and the own ones back at the end."""
    own = [parameter.detach().clone() for parameter in parameters]
    for parameter, value in zip(parameters, values, strict=True):
        parameter.data.copy_(value)
    try:
        yield
    finally:
        for parameter, value in zip(parameters, own, strict=True):
            parameter.data.copy_(value)


def export(
    model: MarianMTModel,
    vocabulary: Vocabulary,
    folder: Path,
    longest: int,
    languages: tuple[str, str] = ("id", "en"),
) -> None:
    """Write a float16 Marian checkpoint that transformers and CTranslate2 load.

    Args:
        model: with the weights to export; it keeps its own number format.
        vocabulary: of the model.
        folder: to write, in place of what is there; appears whole.
        longest: source tokens that it has been trained on, noted in `config.json`.
        languages: codes of source and target.
    """
    exported: Any = MarianMTModel(model.config)
    exported.load_state_dict(model.state_dict())
    exported.final_logits_bias[0, vocabulary.pad] = NEVER
    with made_whole(folder) as partial:
        with quiet_libraries():
            exported.half().save_pretrained(partial)
            vocabulary.copy_to(partial)
            MarianTokenizer(
                str(partial / "source.spm"),
                str(partial / "target.spm"),
                str(partial / "vocab.json"),
                source_lang=languages[0],
                target_lang=languages[1],
            ).save_pretrained(partial)
        settings = partial / "config.json"
        config = json.loads(settings.read_text(encoding="utf-8"))
        write_text(settings, json.dumps({**config, "selaras_longest_source": longest}, indent=2))


@contextmanager
def converted_meanwhile(checkpoint: Path) -> Iterator[Model]:
    """A Marian checkpoint in int8 for CTranslate2, beside it and gone when the block ends.

    The user's cache is for models that are used again; of a run, every saved checkpoint would
    stay there. It is not compared with the original: a model that has learnt little yet chooses
    between tokens that are almost alike, and a score of it is wanted nevertheless.
    """
    model = from_folder(str(checkpoint), checkpoint)
    made = checkpoint.with_name(f".{checkpoint.name}.scored")
    shutil.rmtree(made, ignore_errors=True)  # of a run that was killed
    try:
        convert(model, made, "int8")
        for name in FILES:
            shutil.copyfile(checkpoint / name, made / name)
        yield replace(model, folder=made, converted=True)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def mean_of(checkpoints: Sequence[tuple[Path, float]], output: Path) -> None:
    """Write the weighted mean of checkpoints as one, with all else as the first has it.

    Args:
        checkpoints: folders with one `model.safetensors` each, and their weights, scaled to 1.
        output: folder to write; appears whole.

    Raises:
        UserError: one cannot be read, has another shape, the weights add up to nothing, or
            something is there already.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file, save_file

    total = sum(weight for _, weight in checkpoints)
    if total <= 0:
        raise UserError("the weights add up to nothing; give one above 0")
    if output.exists():
        raise UserError(f"{output}: is there already; name another folder")
    mean: dict[str, torch.Tensor] = {}
    for folder, weight in checkpoints:
        try:
            tensors = load_file(folder / WEIGHTS)
        except (OSError, SafetensorError) as error:
            raise UserError(f"{folder / WEIGHTS}: cannot be read ({error})") from None
        shapes = {name: tensor.shape for name, tensor in tensors.items()}
        if mean and shapes != {name: tensor.shape for name, tensor in mean.items()}:
            raise UserError(f"{folder}: of another shape than {checkpoints[0][0]}")
        for name, tensor in tensors.items():
            mean[name] = mean.get(name, torch.zeros(())) + tensor.float() * (weight / total)
    halves = {name: tensor.half().contiguous() for name, tensor in mean.items()}
    rest = shutil.ignore_patterns(WEIGHTS)
    with made_whole(output) as partial:
        shutil.copytree(checkpoints[0][0], partial, dirs_exist_ok=True, ignore=rest)
        save_file(halves, partial / WEIGHTS, metadata={"format": "pt"})

"""Checkpoints with files that are missing or cut off: one line with the cure, never a traceback."""

import os
import shutil

import pytest

from corpora.errors import UserError
from translate.engine import load_engine
from translate.model_files import faults, is_whole
from translate.models import BUNDLED, find_model


@pytest.fixture
def checkpoint(tmp_path):
    """A copy of the bundled model to break."""
    return shutil.copytree(BUNDLED, tmp_path / "model")


def test_the_bundled_model_has_no_fault():
    assert list(faults(BUNDLED)) == []


@pytest.mark.parametrize("name", ["vocab.json", "source.spm", "target.spm", "model.safetensors"])
def test_a_missing_file_is_named_with_the_cure(checkpoint, name):
    (checkpoint / name).unlink()
    what = "no weights" if "tensors" in name else f"{name} is missing"
    with pytest.raises(UserError, match=rf"incomplete \(.*{what}\) in .*copy or save"):
        find_model(str(checkpoint))


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.5, 0.999])
def test_weights_that_are_cut_off_are_named(checkpoint, share):
    weights = checkpoint / "model.safetensors"
    os.truncate(weights, int(share * weights.stat().st_size))
    with pytest.raises(UserError, match=r"model.safetensors is cut off or damaged"):
        find_model(str(checkpoint))


@pytest.mark.parametrize("engine", ["ct2", "torch"])
@pytest.mark.parametrize("name", ["vocab.json", "source.spm", "config.json"])
def test_a_file_that_is_garbage_is_one_line(checkpoint, monkeypatch, tmp_path, name, engine):
    monkeypatch.setenv("SELARAS_CACHE", str(tmp_path / "cache"))
    (checkpoint / name).write_bytes(b"\x00garbage\xff" * 9)
    with pytest.raises(UserError, match=r"copy|fetch") as caught:
        load_engine(find_model(str(checkpoint)), engine, "cpu")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_a_tokenizer_that_is_garbage_is_one_line(tiny_nllb, tmp_path, monkeypatch, engine):
    monkeypatch.setenv("SELARAS_CACHE", str(tmp_path / "cache"))
    folder = shutil.copytree(tiny_nllb, tmp_path / "nllb")
    (folder / "tokenizer.json").write_text('{"model": ', encoding="utf-8")
    with pytest.raises(UserError, match="tokenizer"):
        load_engine(find_model(str(folder)), engine, "cpu")


def test_torch_never_makes_up_weights_that_are_not_there(checkpoint):
    import safetensors.torch

    weights = safetensors.torch.load_file(checkpoint / "model.safetensors")
    del weights[next(name for name in weights if "decoder.layers.0.fc1.weight" in name)]
    safetensors.torch.save_file(weights, checkpoint / "model.safetensors", {"format": "pt"})
    with pytest.raises(UserError, match=r"incomplete \(no weights for .*fc1"):
        load_engine(find_model(str(checkpoint)), "torch", "cpu")


def test_archives_of_pytorch_that_are_cut_off_are_noticed(tmp_path):
    import torch

    whole, old = tmp_path / "pytorch_model.bin", tmp_path / "pytorch_model_old.bin"
    torch.save({"a": torch.zeros(99)}, whole)
    torch.save({"a": torch.zeros(99)}, old, _use_new_zipfile_serialization=False)
    assert is_whole(whole) and is_whole(old)
    os.truncate(whole, whole.stat().st_size - 30)
    assert not is_whole(whole)

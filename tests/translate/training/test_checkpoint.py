"""Checkpoints that are made of others."""

import pytest
import torch
from safetensors.torch import load_file, save_file

from corpora.errors import UserError
from translate.training.checkpoint import mean_of


def test_the_mean_of_two_checkpoints_is_one(tmp_path):
    zeros, ones = (tmp_path / name for name in ("zeros", "ones"))
    for folder, value in ((zeros, 0.0), (ones, 1.0)):
        folder.mkdir()
        (folder / "config.json").write_text("{}", "utf-8")
        save_file({"a": torch.full((2, 3), value)}, folder / "model.safetensors")
    mean_of([(zeros, 3.0), (ones, 1.0)], tmp_path / "mean")
    found = load_file(tmp_path / "mean" / "model.safetensors")["a"]
    assert found.dtype == torch.float16 and torch.equal(found, torch.full((2, 3), 0.25).half())
    assert (tmp_path / "mean" / "config.json").exists()
    save_file({"a": torch.zeros(2)}, ones / "model.safetensors")
    for checkpoints, output, message in (
        ([(zeros, 1.0), (ones, 1.0)], "x", "of another shape"),
        ([(zeros, 0.0)], "x", "add up to nothing"),
        ([(zeros, 1.0)], "mean", "is there already"),
        ([(tmp_path / "none", 1.0)], "x", "cannot be read"),
    ):
        with pytest.raises(UserError, match=message):
            mean_of(checkpoints, tmp_path / output)
        assert not (tmp_path / "x").exists()

"""Models of the Hub without a Hub: what the cache has is used, what it lacks is said."""

import logging
import os
import shutil

import pytest
import safetensors.torch
import torch

from corpora.errors import UserError
from corpora.publishing.manifest import sha256_of
from corpora.publishing.push_plan import git_hash
from translate.hub import complete
from translate.models import BUNDLED, find_model

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def hub_cache(tmp_path, monkeypatch):
    """An own cache of the Hub, with the network switched off."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    return tmp_path


def fill(cache, hub_id):
    """Put the bundled weights into the cache as a download of `hub_id` would."""
    folder = cache / f"models--{hub_id.replace('/', '--')}"
    (folder / "refs").mkdir(parents=True)
    (folder / "refs" / "main").write_text(COMMIT, encoding="utf-8")
    shutil.copytree(BUNDLED, folder / "snapshots" / COMMIT)
    return folder / "snapshots" / COMMIT


def test_a_cached_model_needs_no_network(hub_cache):
    folder = fill(hub_cache, "Helsinki-NLP/opus-mt-id-en")
    model = find_model("opus")
    assert (model.folder, model.revision, model.licence) == (folder, COMMIT, "Apache-2.0")
    assert find_model(f"opus@{COMMIT}").revision == COMMIT


def test_a_model_that_is_nowhere_says_what_to_do(hub_cache):
    with pytest.raises(UserError, match=r"models fetch nobody/nothing.* or use --model bundled"):
        find_model("nobody/nothing")


def test_another_revision_than_the_cached_one_is_not_made_do_with(hub_cache):
    fill(hub_cache, "nobody/something")
    with pytest.raises(UserError, match="Hub cannot be reached"):
        find_model("nobody/something@v2")


def test_half_a_download_is_no_model(hub_cache):
    folder = fill(hub_cache, "nobody/something")
    for weights in folder.glob("*.safetensors"):
        weights.unlink()
    with pytest.raises(UserError, match="Hub cannot be reached"):
        find_model("nobody/something")


def test_weights_in_parts_are_complete_when_all_are_there(tmp_path):
    part = {"a": torch.zeros(2)}
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    index = '{"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}'
    (tmp_path / "model.safetensors.index.json").write_text(index, encoding="utf-8")
    safetensors.torch.save_file(part, tmp_path / "model-1.safetensors")
    assert not complete(tmp_path)
    (tmp_path / "model-2.safetensors").touch()
    assert not complete(tmp_path)
    safetensors.torch.save_file(part, tmp_path / "model-2.safetensors")
    assert complete(tmp_path)


@pytest.mark.parametrize("name", ["vocab.json", "target.spm"])
def test_a_download_without_its_tokenizer_does_not_count_as_here(hub_cache, name):
    (fill(hub_cache, "nobody/something") / name).unlink()
    with pytest.raises(UserError, match="Hub cannot be reached"):
        find_model("nobody/something")


def test_a_damaged_file_is_fetched_again_and_the_others_are_not(hub_cache, monkeypatch, caplog):
    """As the cache of the Hub keeps files: under their digests, with links to them."""
    folder = fill(hub_cache, "nobody/something")
    blobs = folder.parent.parent / "blobs"
    blobs.mkdir()
    for file in list(folder.iterdir()):
        large = file.suffix in (".safetensors", ".spm")
        blob = blobs / (sha256_of(file) if large else git_hash(file))
        if not blob.exists():
            shutil.move(file, blob)
        file.unlink(missing_ok=True)
        file.symlink_to(blob)
    os.truncate(folder / "model.safetensors", 1000)
    (folder / "vocab.json").resolve().write_bytes(b"{}")
    fetched = []

    def from_the_hub(hub_id, *, revision, allow_patterns=None, local_files_only=False):
        for file in BUNDLED.iterdir():
            if not local_files_only and not (folder / file.name).exists():
                fetched.append(file.name)
                shutil.copy(file, folder / file.name)
        return str(folder)

    monkeypatch.setattr("huggingface_hub.snapshot_download", from_the_hub)
    monkeypatch.setattr("translate.hub.require_hub", lambda *_: None)
    with caplog.at_level(logging.WARNING):
        assert find_model("nobody/something", fresh=True).folder == folder
    assert sorted(fetched) == ["model.safetensors", "vocab.json"]
    assert "vocab.json was damaged; it is fetched again" in caplog.text

import shutil

import pytest
import safetensors.torch

from corpora.errors import UserError
from translate import equivalence
from translate.conversion import convert, converted
from translate.equivalence import Agreement, agreement, require_agreement
from translate.models import find_model


@pytest.fixture(scope="module")
def bundled(tmp_path_factory):
    model = find_model("bundled")
    folder = tmp_path_factory.mktemp("ct2") / "model"
    convert(model, folder, "float32")
    return model, folder


def test_a_faithful_conversion_agrees(bundled):
    model, folder = bundled
    found = agreement(model, folder, "float32")
    assert found.share > 0.99 and found.tokens > 200


def test_a_model_with_a_target_tag_is_compared_after_the_tag(tiny_nllb, tmp_path):
    model = find_model(str(tiny_nllb))
    convert(model, tmp_path / "model", "float32")
    assert agreement(model, tmp_path / "model", "float32").share > 0.99


def test_a_conversion_that_says_something_else_is_refused(bundled, tmp_path):
    """One matrix of the checkpoint is turned round behind the converted one."""
    model, folder = bundled
    other = tmp_path / "other"
    shutil.copytree(model.folder, other)
    weights = safetensors.torch.load_file(other / "model.safetensors")
    name = next(n for n in weights if "decoder.layers.0.fc1.weight" in n)
    weights[name] = weights[name].flip(0)
    safetensors.torch.save_file(weights, other / "model.safetensors", {"format": "pt"})
    with pytest.raises(UserError, match=r"agrees with the original on only .*--compute-type float"):
        require_agreement(find_model(str(other)), folder, "int8")
    with pytest.raises(UserError, match="use --engine torch"):
        require_agreement(find_model(str(other)), folder, "float32")


def test_a_refused_conversion_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("SELARAS_CACHE", str(tmp_path))
    monkeypatch.setattr(equivalence, "FLOOR", 1.1)
    with pytest.raises(UserError, match="refused"):
        converted(find_model("bundled"), "float32")
    assert list((tmp_path / "ct2").iterdir()) == []


def test_nothing_to_compare_agrees():
    assert Agreement(0, 0).share == 1.0
    assert Agreement(3, 4).share == 0.75

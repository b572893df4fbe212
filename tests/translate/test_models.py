import json

import pytest

from corpora.errors import UserError
from translate.models import digest, find_model


def test_the_bundled_model_is_complete_and_states_its_licence():
    model = find_model("bundled")
    assert (model.family, model.converted, model.licence) == ("marian", False, "apache-2.0")


def test_a_local_folder_is_known_by_its_family(tiny_nllb, tiny_m2m100):
    assert find_model(str(tiny_nllb)).family == "nllb"
    assert find_model(str(tiny_m2m100)).family == "m2m100"


def test_a_corpus_tells_the_name_of_a_folder_and_not_where_it_lies(tiny_nllb, monkeypatch):
    assert find_model(str(tiny_nllb)).label == tiny_nllb.name
    monkeypatch.chdir(tiny_nllb)
    assert find_model(".").label == tiny_nllb.name
    assert find_model("bundled").label == "bundled"


def test_the_longest_source_comes_from_the_configuration(tiny_nllb):
    assert find_model(str(tiny_nllb)).longest == 128 - 12


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(UserError, match=r"no model 'opos'; there are bundled, opus, nllb"):
        find_model("opos")


def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(UserError, match=rf"{tmp_path}.*not a model folder"):
        find_model(str(tmp_path))


def test_a_checkpoint_of_another_kind_is_named(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}), encoding="utf-8")
    with pytest.raises(UserError, match=r"model type 'bert'.*expected a Marian, NLLB or M2M100"):
        find_model(str(tmp_path))


def test_a_configuration_that_is_no_object_is_named(tmp_path):
    (tmp_path / "config.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UserError, match="expected a JSON object"):
        find_model(str(tmp_path))


def test_a_folder_of_the_same_name_does_not_shadow_a_known_model(tmp_path, monkeypatch):
    """As after `selaras build artikel opus --model opus`; a folder is meant by a path."""
    from tests.translate.test_hub import COMMIT, fill

    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    (tmp_path / "opus").mkdir()
    (tmp_path / "bundled").mkdir()
    monkeypatch.chdir(tmp_path)
    fill(tmp_path / "hub", "Helsinki-NLP/opus-mt-id-en")
    assert find_model("opus").revision == find_model(f"opus@{COMMIT}").revision == COMMIT
    assert find_model("bundled").licence == "apache-2.0"
    with pytest.raises(UserError, match="not a model folder"):
        find_model("./opus")


def test_the_digest_follows_the_weights(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"one")
    before = digest(tmp_path)
    (tmp_path / "README.md").write_text("a card may change", encoding="utf-8")
    assert digest(tmp_path) == before
    (tmp_path / "model.safetensors").write_bytes(b"two")
    assert digest(tmp_path) != before

"""Conversions that are damaged are made again, and nothing is passed over in silence."""

import logging
import os
import time

import pytest

from corpora.errors import UserError
from translate import ctranslate
from translate.conversion import RECORD, WORK, as_made, converted, place_of, prune
from translate.engine import Decoding, load_engine
from translate.models import find_model
from translate.tokens import tokens_of


@pytest.fixture
def model(tiny_nllb, tmp_path, monkeypatch):
    """A small checkpoint, and a cache of its own."""
    monkeypatch.setenv("SELARAS_CACHE", str(tmp_path / "cache"))
    return find_model(str(tiny_nllb))


def cut_off(file):
    os.truncate(file, file.stat().st_size // 2)


def blank(file):
    file.write_bytes(bytes(file.stat().st_size))


@pytest.mark.parametrize("damage", [cut_off, blank, os.unlink])
def test_a_damaged_conversion_is_made_again_and_computes_as_before(model, caplog, damage):
    source = tokens_of(model).encode(["Harga beras naik."])
    fresh = load_engine(model, "ct2", "cpu")
    expected = fresh.decode(source, Decoding(beam=1))
    damage(place_of(model, "int8") / "model.bin")
    with caplog.at_level(logging.WARNING):
        again = load_engine(model, "ct2", "cpu")
    assert again.compute_type == fresh.compute_type
    assert again.decode(source, Decoding(beam=1)) == expected
    assert "converted again" in caplog.text and as_made(place_of(model, "int8"))


def test_a_conversion_that_is_whole_is_not_made_again(model, monkeypatch):
    folder = converted(model, "int8")
    monkeypatch.setattr("translate.conversion.convert", None)
    assert converted(model, "int8") == folder


def test_a_format_that_does_not_work_here_is_named(model, monkeypatch, caplog):
    """As int8 on some new GPUs: it is listed as supported, and fails."""
    opened = ctranslate.CTranslateEngine.opened

    def without_int8(self, model, compute_type):
        if compute_type == "int8":
            raise RuntimeError("no kernel image\nfor this device")
        return opened(self, model, compute_type)

    monkeypatch.setattr(ctranslate.CTranslateEngine, "opened", without_int8)
    with caplog.at_level(logging.WARNING):
        engine = load_engine(model, "ct2", "cpu")
    assert engine.compute_type == "float32"
    assert "int8: no kernel image; computing in float32 instead" in caplog.text
    assert as_made(place_of(model, "int8")) is False  # it was never made, and is not now


def test_a_folder_of_the_user_is_never_removed(model, tmp_path):
    import shutil

    own = tmp_path / "own"
    shutil.copytree(converted(model, "int8"), own)
    shutil.copy(model.folder / "tokenizer.json", own)
    shutil.copy(model.folder / "tokenizer_config.json", own)
    cut_off(own / "model.bin")
    with pytest.raises(UserError, match=r"int8.*; float32"):
        load_engine(find_model(str(own)), "ct2", "cpu")
    assert (own / "model.bin").exists()


def test_what_a_broken_off_conversion_left_is_swept_away_a_day_later(model):
    place = place_of(model, "int8").parent
    for name, age in (("old", 2 * 86_400), ("new", 60)):
        left = place / f"{WORK}{name}"
        left.mkdir(parents=True)
        os.utime(left, (time.time() - age,) * 2)
    converted(model, "int8")
    assert [path.name for path in place.glob(f"{WORK}*")] == [f"{WORK}new"]


def test_conversions_that_nobody_used_for_long_are_removed(model):
    old, used = converted(model, "int8"), converted(model, "float32")
    long_ago = time.time() - 40 * 86_400
    for folder in (old, used):
        os.utime(folder / RECORD, (long_ago, long_ago))
    converted(model, "float32")
    assert prune(50) == (0, 0)
    count, size = prune(30)
    assert count == 1 and size > 1000
    assert not old.exists() and as_made(used)
    assert as_made(converted(model, "int8"))
    assert prune(0)[0] == 2 and not list(used.parent.iterdir())

"""The size of batch that is measured, and where it is remembered."""

import json
from dataclasses import dataclass, field, replace
from threading import Event

import pytest

from translate import tuning
from translate.engine import Decoded, Decoding
from translate.models import find_model
from translate.tokens import tokens_of
from translate.translator import Translator

SENTENCES = [f"Harga beras naik {number} persen pada hari Selasa." for number in range(300)]


@dataclass
class Clocked:
    """An engine with a speed of its own for each size of batch, on a clock of its own."""

    seconds: dict[int, float]
    now: float = 0.0
    asked: list[int] = field(default_factory=list)
    stopped: Event = field(default_factory=Event)
    name = "ct2"
    device = "cpu"
    compute_type = "int8"
    lanes = 1

    def release(self):
        pass

    def decode(self, sources, decoding):
        self.asked.append(decoding.batch_tokens)
        self.now += self.seconds.get(decoding.batch_tokens, 0.01) * len(sources)
        return [Decoded(("a",), -1.0, False) for _ in sources]


@pytest.fixture
def translator():
    model = find_model("bundled")
    engine = Clocked({128: 0.02, 256: 0.005, 512: 0.01})
    return Translator(model, tokens_of(model), engine, Decoding())


def test_the_fastest_size_is_taken(translator):
    engine = translator.engine
    assert tuning.measured(translator, SENTENCES, lambda: engine.now) == 256
    assert engine.now < 2 * tuning.SECONDS


def test_the_guess_stays_unless_another_is_clearly_faster(translator):
    engine = Clocked({256: 0.0099})
    other = replace(translator, engine=engine)
    assert tuning.measured(other, SENTENCES, lambda: engine.now) == 512


@pytest.mark.parametrize("rate", [0.3, 2, 10, 25, 60, 400])
def test_a_slow_model_is_not_measured_for_long(translator, rate):
    """What is decoded to find out is thrown away."""
    engine = Clocked(dict.fromkeys((128, 256, 512, 1024, 2048), 1 / rate))
    other = replace(translator, engine=engine)
    assert tuning.measured(other, SENTENCES, lambda: engine.now) == (512 if rate > 20 else None)
    assert engine.now < max(2 / rate + 0.01, 2 * tuning.SECONDS)


def test_what_could_not_be_measured_is_not_remembered(translator, tmp_path, monkeypatch):
    monkeypatch.setattr(tuning, "measured", lambda *_: None)
    file = tmp_path / "tuning.json"
    assert tuning.tuned(translator, SENTENCES, file) == translator and not file.exists()


def test_a_size_is_measured_once(translator, tmp_path, monkeypatch):
    monkeypatch.setattr(tuning, "measured", lambda *_: 777)
    file = tmp_path / "cache" / "tuning.json"
    assert tuning.tuned(translator, SENTENCES, file).decoding.batch_tokens == 777
    monkeypatch.setattr(tuning, "measured", lambda *_: pytest.fail("measured again"))
    assert tuning.tuned(translator, SENTENCES, file).decoding.batch_tokens == 777
    assert tuning.guessed(translator, file).decoding.batch_tokens == 777
    greedy = replace(translator, decoding=Decoding(beam=1))
    assert tuning.guessed(greedy, file).decoding.batch_tokens == tuning.GUESS["ct2", "cpu"]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"KEY": -5}', '{"KEY": "x"}'])
def test_a_file_that_is_nonsense_is_measured_anew(translator, tmp_path, monkeypatch, content):
    monkeypatch.setattr(tuning, "measured", lambda *_: 99)
    file = tmp_path / "tuning.json"
    file.write_text(content.replace("KEY", tuning.key_of(translator)), "utf-8")
    assert tuning.guessed(translator, file).decoding.batch_tokens == 512
    assert tuning.tuned(translator, SENTENCES, file).decoding.batch_tokens == 99
    assert json.loads(file.read_text("utf-8")) == {tuning.key_of(translator): 99}


def test_the_first_try_of_a_real_engine(tmp_path, monkeypatch):
    monkeypatch.setattr(tuning, "SECONDS", 0.01)
    translator = Translator.load("bundled", device="cpu")
    tuned = tuning.tuned(translator, SENTENCES[:4], tmp_path / "tuning.json")
    assert tuned.decoding.batch_tokens in {int(512 * factor) for factor in tuning.TRIED}

from collections import Counter

import pytest

from translate.engine import load_engine
from translate.models import find_model
from translate.tokens import tokens_of
from translate.training import synthesis
from translate.training.pairs import TrainingPair
from translate.training.synthesis import back_translated, distilled, kept, nearest
from translate.translator import Translator

PAIRS = [
    TrainingPair("Hujan turun di kota itu.", "It rained in the city."),
    TrainingPair("Presiden tiba pada hari Selasa.", "The president arrived on Tuesday."),
    TrainingPair("Harga beras naik 4,8 persen.", "Nothing of this was ever said by anybody.", 2.0),
]


@pytest.fixture(scope="module")
def bundled():
    model = find_model("bundled")
    return load_engine(model, device="cpu"), tokens_of(model)


def test_the_teacher_stands_in_for_the_human(bundled, monkeypatch):
    engine, tokens = bundled
    monkeypatch.setattr(synthesis, "WINDOW", 2)
    found = list(distilled(PAIRS, engine, tokens, 4))
    assert [pair.source for pair in found] == [pair.source for pair in PAIRS[:2]]
    best = [each.text for each in Translator.load(device="cpu").translate([PAIRS[1].source])]
    said = nearest([*best, found[1].target], PAIRS[1].target)[0]
    assert said == found[1].target, "the nearest hypothesis is no farther than the best one"


def test_english_stays_as_the_human_wrote_it(bundled):
    engine, tokens = bundled
    found = list(back_translated(PAIRS, engine, tokens, 1))
    assert [pair.target for pair in found] == [pair.target for pair in PAIRS]
    assert found[2].weight == 2.0 and all(pair.source for pair in found)


def test_faulty_pairs_are_counted():
    counts: Counter[str] = Counter()
    made = [TrainingPair("", "x"), PAIRS[0], TrainingPair("Sama saja.", "sama saja.")]
    assert list(kept(made, counts)) == [PAIRS[0]]
    assert counts == {"empty": 1, "kept": 1, "copy": 1}

from collections import Counter

import pytest

from corpora.errors import UserError
from translate.models import find_model
from translate.training import synthesis
from translate.training.pairs import TrainingPair
from translate.training.synthesis import (
    Teacher,
    back_translated,
    distilled,
    kept,
    nearest,
    write_made,
)
from translate.translator import Translator

PAIRS = [
    TrainingPair("Hujan turun di kota itu.", "It rained in the city."),
    TrainingPair("Presiden tiba pada hari Selasa.", "The president arrived on Tuesday."),
    TrainingPair("Harga beras naik 4,8 persen.", "Nothing of this was ever said by anybody.", 2.0),
]


LONG = "电话 " * 150  # three bytes a sign: no fault, and more tokens than any model takes


@pytest.fixture(scope="module")
def teachers():
    model = find_model("bundled")
    return Teacher.of(model, 4, "cpu"), Teacher.of(model, 1, "cpu")


def test_the_teacher_stands_in_for_the_human(teachers):
    counts: Counter[str] = Counter()
    found = list(distilled(PAIRS, counts, teachers[0]))
    assert [pair.source for pair in found] == [pair.source for pair in PAIRS[:2]]
    assert counts == {"far": 1}
    best = [each.text for each in Translator.load(device="cpu").translate([PAIRS[1].source])]
    said = nearest([*best, found[1].target], PAIRS[1].target)[0]
    assert said == found[1].target, "the nearest hypothesis is no farther than the best one"


def test_english_stays_as_the_human_wrote_it(teachers):
    counts: Counter[str] = Counter()
    found = list(back_translated(PAIRS, counts, teachers[1]))
    assert [pair.target for pair in found] == [pair.target for pair in PAIRS]
    assert found[2].weight == 2.0 and all(pair.source for pair in found) and not counts


@pytest.mark.parametrize("way", [distilled, back_translated])
@pytest.mark.parametrize("others", [[], PAIRS[:2]])
def test_what_is_too_long_for_the_model_is_left_out_and_counted(teachers, way, others):
    counts: Counter[str] = Counter()
    pairs = [*others[:1], TrainingPair(LONG, LONG), *others[1:]]
    found = list(way(pairs, counts, teachers[0]))
    assert len(found) == len(others) and counts == {"too long": 1}


MANY = [TrainingPair(f"Ada {number} orang.", f"There are {number} people.") for number in range(9)]
SETTINGS = {"way": "upper", "beam": 4}


def upper(stop=10):
    """A way that makes capitals, leaves the third pair out, and dies at its call number `stop`."""
    calls = []

    def way(pairs, counts):
        calls.append(pairs)
        if len(calls) == stop:
            raise KeyboardInterrupt
        for pair in pairs:
            if pair is MANY[2]:
                counts["far"] += 1
            else:
                yield TrainingPair(pair.source.upper(), pair.target)

    return way, calls


@pytest.fixture
def begun(tmp_path, monkeypatch):
    """A file that was begun and stopped in its third window of two pairs."""
    monkeypatch.setattr(synthesis, "WINDOW", 2)
    with pytest.raises(KeyboardInterrupt):
        write_made(iter(MANY), tmp_path / "new/a.tsv", upper(3)[0], SETTINGS)
    assert not (tmp_path / "new/a.tsv").exists()
    return tmp_path / "new/a.tsv"


@pytest.mark.parametrize("torn", ["", "a line that was being writt"])
def test_what_was_made_is_kept_and_gone_on_with(begun, tmp_path, torn):
    with (begun.parent / ".a.tsv.partial").open("a") as file:
        file.write(torn)
    way, calls = upper()
    counts = write_made(iter(MANY), begun, way, SETTINGS)
    assert [len(pairs) for pairs in calls] == [2, 2, 1], "two windows of five were done"
    assert counts == {"kept": 8, "far": 1}
    assert [file.name for file in begun.parent.iterdir()] == ["a.tsv"]
    write_made(MANY, tmp_path / "whole.tsv", upper()[0], SETTINGS)
    assert begun.read_bytes() == (tmp_path / "whole.tsv").read_bytes()
    assert begun.read_text().startswith("ADA 0 ORANG.\tThere are 0 people.\nADA 1")


@pytest.mark.parametrize(
    ("pairs", "settings", "message"),
    [
        (MANY, {**SETTINGS, "beam": 1}, "begun with another beam; name another file, or remove"),
        (MANY[1:], SETTINGS, "begun with other pairs"),
        (MANY[:3], SETTINGS, "begun with other pairs"),
    ],
)
def test_what_was_begun_otherwise_is_not_gone_on_with(begun, pairs, settings, message):
    with pytest.raises(UserError, match=message):
        write_made(pairs, begun, upper()[0], settings)
    assert write_made(MANY, begun, upper()[0], SETTINGS)["kept"] == 8, "nothing was lost"


@pytest.mark.parametrize("lost", [".a.tsv.partial", ".a.tsv.json"])
def test_half_of_what_was_begun_is_begun_anew(begun, lost):
    (begun.parent / lost).unlink()
    way, calls = upper()
    assert write_made(MANY, begun, way, SETTINGS) == {"kept": 8, "far": 1}
    assert len(calls) == 5


def test_nothing_made_is_said_and_leaves_no_empty_file(tmp_path):
    with pytest.raises(UserError, match=r"no pair is left to write; of all, {'far': 1"):
        write_made([MANY[2]], tmp_path / "a.tsv", upper()[0], SETTINGS)
    assert not list(tmp_path.iterdir())


def test_faulty_pairs_are_counted():
    counts: Counter[str] = Counter()
    made = [TrainingPair("", "x"), PAIRS[0], TrainingPair("Sama saja.", "sama saja.")]
    assert list(kept(made, counts)) == [PAIRS[0]]
    assert counts == {"empty": 1, "kept": 1, "copy": 1}

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.conftest import EXAMPLES
from translate.training.batches import TrainingSet
from translate.training.noise import Noise
from translate.training.options import TrainingOptions
from translate.training.pairs import TrainingPair
from translate.training.trainer import Trainer
from translate.training.vocabulary import Vocabulary, train_vocabulary


@pytest.fixture(scope="module")
def pairs():
    lines = (EXAMPLES.parent / "tests/translate/cases/gate.tsv").read_text("utf-8").splitlines()
    return [TrainingPair(source, target) for source, target in (x.split("\t") for x in lines)]


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory, pairs):
    folder = tmp_path_factory.mktemp("run") / "vocabulary"
    train_vocabulary(pairs, folder, 600)
    return Vocabulary(folder)


def rows_of(data, epoch, noise=None):
    found = list(data.epoch(epoch, 500, noise or Noise()))
    for sources, targets in found:
        assert len(sources) == len(targets)
        assert len(sources) == 1 or len(sources) * max(sources.shape[1], targets.shape[1]) <= 500
    return [tuple(row) for _, targets in found for row in targets]


def test_digits_are_single_pieces_and_no_sign_is_unknown(vocabulary):
    spm = vocabulary.sides[0].spm
    pieces = spm.encode("10.450 日", out_type=str)
    assert all(digit in pieces for digit in "1045")
    assert spm.decode(spm.encode("Nhân 日 🙂")) == "Nhân 日 🙂"


def test_an_epoch_shows_every_pair_once(pairs, vocabulary):
    data = TrainingSet(pairs, vocabulary, 400, seed=3)
    assert len(rows_of(data, 0)) == len(pairs) == len(data)


def test_weights_are_times_an_epoch(pairs, vocabulary):
    heavy = [TrainingPair(pairs[0].source, pairs[0].target, 3.0)]
    half = [TrainingPair(pair.source, pair.target, 0.5) for pair in pairs]
    assert len(rows_of(TrainingSet(heavy, vocabulary, 400, seed=1), 0)) == 3
    assert (
        0.3 * len(pairs)
        < len(rows_of(TrainingSet(half, vocabulary, 400, seed=1), 0))
        < 0.7 * len(pairs)
    )


def test_epochs_repeat_by_seed_and_number(pairs, vocabulary):
    noise = Noise(dropout=0.1, accidents=0.5)
    first, again = (TrainingSet(pairs, vocabulary, 400, seed=3) for _ in range(2))
    for number in (0, 1):
        for one, other in zip(
            first.epoch(number, 500, noise), again.epoch(number, 500, noise), strict=True
        ):
            assert np.array_equal(one[1], other[1])
    assert rows_of(first, 0) != rows_of(first, 1)


def test_long_pairs_are_left_out_and_counted(pairs, vocabulary):
    data = TrainingSet(pairs, vocabulary, 30, seed=1)
    assert 0 < data.left_out < len(pairs) and len(data) + data.left_out == len(pairs)


def test_noise_changes_sources_only(pairs, vocabulary):
    data = TrainingSet(pairs, vocabulary, 400, seed=1)
    rough = data.rough(Noise(accidents=1.0), 0)[0]
    changed = sum(not np.array_equal(a, b) for a, b in zip(rough, data.sources, strict=True))
    assert changed > 0.4 * len(pairs)  # not every accident fits every sentence


def parts(data, rank, world, epochs):
    """What one of several processes trains on in some epochs, batch by batch."""
    options = TrainingOptions(tokens=60)
    standing: Any = SimpleNamespace(
        rank=rank, world=world, data=data, options=options, epoch=0, batch=0
    )
    batches = Trainer.batches(standing)
    found: list[list[tuple[int, ...]]] = []
    while True:
        sources, targets = next(batches)
        if standing.epoch == epochs:
            return found
        assert len(sources) == len(targets) > 0
        found.append([tuple(row) for row in targets.tolist()])


@pytest.mark.parametrize("count", [1, 2, 7, 40])
@pytest.mark.parametrize("world", [1, 2, 5])
def test_every_process_has_part_in_every_batch_and_every_pair_is_seen(
    pairs, vocabulary, count, world
):
    data = TrainingSet(pairs[:count], vocabulary, 400, seed=3)
    every = [parts(data, rank, world, 1) for rank in range(world)]
    assert len({len(each) for each in every}) == 1, "a step needs all of them"
    seen = {row for each in every for batch in each for row in batch}
    pad = vocabulary.pad
    assert {tuple(t for t in row if t != pad) for row in seen} == {tuple(t) for t in data.targets}

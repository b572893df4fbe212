"""Tiny runs of the real loop: new, resumed after a stop, and fine-tuned from the bundled model."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from corpora.errors import UsageError, UserError
from scripts.train_model import Validation
from translate.training.loop import begin, is_over, train
from translate.training.noise import Noise
from translate.training.options import TrainingOptions
from translate.training.pairs import TrainingPair
from translate.translator import Translator

SENTENCES = {
    "Hujan turun di kota itu.": "It is raining in the city.",
    "Presiden tiba pada hari Selasa.": "The president arrived on Tuesday.",
    "Harga beras naik 4,8 persen.": "Rice prices rose 4.8 percent.",
}
PAIRS = [TrainingPair(*pair) for pair in SENTENCES.items() for _ in range(20)]
TINY = TrainingOptions(
    minutes=10, steps=60, width=32, feed=64, heads=2, encoder=1, decoder=1, vocabulary=320,
    tokens=400,    warmup=5, processes=1, averaging=0.9, save_minutes=0.01,
)  # fmt: skip


def entries(run):
    return [json.loads(line) for line in (run / "log.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    run = tmp_path_factory.mktemp("run")
    train(PAIRS, run, TINY, evaluate=lambda folder: {"files": float(len(list(folder.iterdir())))})
    return run


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_both_engines_load_what_was_trained(finished, engine):
    translator = Translator.load(str(finished / "final"), engine=engine, device="cpu")
    assert all(found.text is not None for found in translator.translate(list(SENTENCES)))
    assert translator.model.longest == TINY.longest - 8


def test_the_loss_falls_and_checkpoints_are_scored(finished):
    losses = [entry["loss"] for entry in entries(finished) if "loss" in entry]
    assert losses[-1] < 0.8 * losses[0]
    assert any("files" in entry for entry in entries(finished))


def test_scores_of_a_checkpoint_leave_nothing_behind(finished):
    before = {*finished.iterdir()}, {*Path(os.environ["SELARAS_CACHE"]).rglob("*")}
    scores = Validation(tuple(SENTENCES), tuple(SENTENCES.values()))(finished / "final")
    assert set(scores) == {"BLEU", "chrF2++"}
    assert before == ({*finished.iterdir()}, {*Path(os.environ["SELARAS_CACHE"]).rglob("*")})


def content(run):
    return {
        file.relative_to(run): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in run.rglob("*")
        if file.is_file()
    }


def test_a_run_that_has_ended_is_left_as_it_is(finished):
    before = content(finished)
    assert train(PAIRS, finished, TINY) == finished / "final"
    assert content(finished) == before
    assert is_over(finished, replace(TINY, steps=40))
    assert not is_over(finished, replace(TINY, steps=61))


def test_a_model_that_got_lost_at_the_end_is_written_without_a_further_step(finished):
    model = "final/model.safetensors"
    before = (finished / model).read_bytes()
    (finished / "final").rename(finished / "lost")
    train(PAIRS, finished, TINY)
    assert (finished / model).read_bytes() == before
    assert entries(finished)[-1]["step"] == 60


def test_a_run_goes_on_where_it_was(finished, tmp_path):
    before = entries(finished)[-1]["step"]
    train(PAIRS, finished, replace(TINY, steps=90))
    steps = [entry["step"] for entry in entries(finished)]
    assert steps[-1] > before and steps == sorted(steps)
    assert json.loads((finished / "options.json").read_text("utf-8"))["steps"] == 90


@pytest.mark.parametrize(
    ("pairs", "options", "message"),
    [
        (PAIRS, {"width": 64}, "begun with another width; use a new folder"),
        (PAIRS, {"reverse": True}, r"begun with the other direction \(--reverse\);"),
        (PAIRS, {"noise": Noise(accidents=0.1), "seed": 2}, "another noise, another seed"),
        (PAIRS[1:], {}, "begun with other pairs or weights"),
        ([replace(PAIRS[0], weight=2.0), *PAIRS[1:]], {}, "begun with other pairs or weights"),
    ],
)
def test_other_options_and_pairs_are_refused(finished, pairs, options, message):
    before = content(finished)
    with pytest.raises(UserError, match=message):
        train(pairs, finished, replace(TINY, **options))
    assert content(finished) == before


@pytest.mark.parametrize("reverse", [False, True])
def test_a_run_of_an_older_version_goes_on_and_is_noted(tmp_path, reverse):
    options = replace(TINY, reverse=reverse)
    known = asdict(TINY)
    del known["reverse"]
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "options.json").write_text(json.dumps({**known, "retired": 1}), "utf-8")
    begin(PAIRS, tmp_path, replace(options, minutes=99, processes=7, cooldown=0.5, save_minutes=1))
    with pytest.raises(UserError, match="the other direction"):
        begin(PAIRS, tmp_path, replace(options, reverse=not reverse))
    with pytest.raises(UserError, match="other pairs"):
        begin(PAIRS[2:], tmp_path, options)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    for run in (tmp_path / "file", tmp_path / "file/run"):
        with pytest.raises(UserError, match="cannot be made"):
            begin(PAIRS, run, TINY)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"minutes": 0}, "minutes: expected more than 0, got 0"),
        ({"minutes": float("nan")}, "minutes: expected more than 0, got nan"),
        ({"steps": -1}, "steps: expected 0 or more"),
        ({"tokens": 0}, "tokens: expected more than 0"),
        ({"processes": -2}, "processes: expected 0 or more"),
        ({"cooldown": 1.5}, "cooldown: expected 0 to 1"),
        ({"dropout": 1.0}, "dropout: expected 0 or more, less than 1"),
        ({"noise": Noise(dropout=1.0)}, "dropout: expected"),
        ({"noise": Noise(swaps=-0.1)}, "swaps: expected 0 to 1"),
        ({"width": 33}, "width: expected a multiple of 2 heads, got 33"),
    ],
)
def test_options_that_train_nothing_are_wrong_usage(options, message):
    with pytest.raises(UsageError, match=message):
        replace(TINY, **options)


def test_nothing_to_train_on_is_said(tmp_path):
    with pytest.raises(UserError, match="no pair to train on"):
        train([], tmp_path, TINY)
    with pytest.raises(UserError, match="more than 2 tokens"):
        train(PAIRS, tmp_path, replace(TINY, longest=2))
    few = [replace(pair, weight=0.01) for pair in PAIRS]
    with pytest.raises(UserError, match=r"weights add up to 0\.6: an epoch shows less than one"):
        train(few, tmp_path / "few", TINY)


def test_what_failed_before_it_began_is_mended_in_the_same_folder(tmp_path):
    with pytest.raises(UserError, match="no vocabulary of 20 pieces: Vocabulary size is smaller"):
        train(PAIRS, tmp_path, replace(TINY, vocabulary=20))
    with pytest.raises(UserError, match="no model 'bundeld'"):
        train(PAIRS, tmp_path, replace(TINY, start="bundeld"))
    begin(PAIRS[1:], tmp_path, TINY)


def test_two_processes_train_together(tmp_path):
    """Batches of this size have one row more often than two."""
    options = replace(TINY, processes=2, tokens=12, steps=17, save_minutes=9)
    final = train(PAIRS[::20], tmp_path, options)
    assert (final / "model.safetensors").exists()
    assert entries(tmp_path)[-1]["step"] == 17


def test_the_bundled_model_learns_a_users_sentences(tmp_path):
    options = replace(
        TINY, start="bundled", rate=1e-3, matrix_rate=1e-3, averaging=0.0, save_minutes=9, steps=40
    )
    final = train(PAIRS, tmp_path, options)
    found = Translator.load(str(final), device="cpu").translate(list(SENTENCES))
    assert [each.text for each in found] == list(SENTENCES.values())


def test_a_model_whose_languages_are_numbered_apart_learns_too(marian_apart, tmp_path):
    options = replace(
        TINY, start=str(marian_apart), rate=5e-3, matrix_rate=5e-3, save_minutes=9, steps=400
    )
    final = train(PAIRS, tmp_path, options)
    for engine in ("ct2", "torch"):
        translator = Translator.load(str(final), engine=engine, device="cpu")
        found = translator.translate(list(SENTENCES))
        assert [each.text for each in found] == list(SENTENCES.values())


KILLED = """
import multiprocessing, os, signal, time
from translate.training.loop import end_with_parent

def work(ready):
    end_with_parent()
    ready.put("began")
    time.sleep(300)

if __name__ == "__main__":
    spawned = multiprocessing.get_context("spawn")
    ready = spawned.Queue()
    spawned.Process(target=work, args=(ready,)).start()
    print(ready.get(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_processes_of_a_killed_run_end_too(tmp_path):
    file = tmp_path / "killed.py"
    file.write_text(KILLED)
    command = [sys.executable, str(file)]
    # the pipe ends with the last process that can write into it, or the time is over
    killed = subprocess.run(command, stdout=subprocess.PIPE, check=False, timeout=150)
    assert killed.returncode == -signal.SIGKILL and killed.stdout == b"began\n"

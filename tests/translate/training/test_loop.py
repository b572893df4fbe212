"""Tiny runs of the real loop: new, resumed after a stop, and fine-tuned from the bundled model."""

import json
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from corpora.errors import UserError
from translate.training.loop import train
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


def test_a_run_goes_on_where_it_was(finished, tmp_path):
    before = entries(finished)[-1]["step"]
    train(PAIRS, finished, replace(TINY, steps=90))
    steps = [entry["step"] for entry in entries(finished)]
    assert steps[-1] > before and steps == sorted(steps)


def test_other_options_are_refused(finished):
    with pytest.raises(UserError, match="begun with another width"):
        train(PAIRS, finished, replace(TINY, width=64))


def test_nothing_to_train_on_is_said(tmp_path):
    with pytest.raises(UserError, match="no pair to train on"):
        train([], tmp_path, TINY)
    with pytest.raises(UserError, match="more than 2 tokens"):
        train(PAIRS, tmp_path, replace(TINY, longest=2))


def test_two_processes_train_together(tmp_path):
    final = train(PAIRS, tmp_path, replace(TINY, processes=2, steps=20, save_minutes=9))
    assert (final / "model.safetensors").exists()


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

"""Workers watched: those that die are started again, and how a run ends when none is left."""

import errno
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from corpora.errors import EndedEarly, UserError
from corpora.page import Cleaning
from corpora.reading import ReadingOptions
from translate import worker_process, workers
from translate.claims import Claims
from translate.engine import Decoding
from translate.progress import Silence
from translate.quality.glossary import NO_GLOSSARY
from translate.worker import Task

DOUBLE = """
import base64, json, os, pickle, signal, sys, time
from corpora.reading import ReadingOptions, sources
from translate.claims import Claims
from translate.shares import Share

class Light:
    def __setstate__(self, state):
        self.state = state

class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):  # to import what they are of takes a second
        ours = module.startswith(("translate", "corpora"))
        return Light if ours else super().find_class(module, name)

articles, journal, _, name, *_ = Unpickler(sys.stdin.buffer).load().state
share = Share(Claims(journal, name), ReadingOptions())

def say(told):
    print(json.dumps(told), flush=True)

def translate(read):
    window = list(read)
    text = "".join(getattr(each, "text", "") for each in window)
    if "SIGNAL" in text:
        os.kill(os.getpid(), int(text.split("SIGNAL")[1].split()[0]))
    if "DEFECT" in text:
        sys.exit(70)
    if "HANG" in text:
        time.sleep(1000)
    if "FULL" in text:
        error = pickle.dumps(OSError(28, "No space left on device", "out/journal"))
        say({"error": base64.b64encode(error).decode()})
        sys.exit(1)
    known = open("JOURNAL", "a+")
    known.seek(0)
    before = known.read().split()
    for each in window:
        print(each.path, file=known, flush=True)
        failure = 10_000 * "x" if "LONG" in text else getattr(each, "reason", "")
        share.done(each.path)
        article = {"path": each.path, "sentences": 1, "words": 2, "failure": failure}
        if each.path not in before:
            say({"article": article})

translate(share.fresh(sources(articles)))
while share.more():
    translate(share.fresh(sources(articles)))
    for few in share.suspects(sources(articles)):
        translate(few)
"""


LOADED: Any = SimpleNamespace(engine=SimpleNamespace(release=lambda: None), memory=None)


class Heard(Silence):
    """Articles that were told of."""

    def __init__(self):
        self.failures = {}

    def article(self, article):
        assert article.path not in self.failures
        self.failures[article.path] = article.failure


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Have articles of given texts done by doubles of workers; give what was heard of them."""
    double = tmp_path / "double.py"
    double.write_text(DOUBLE.replace("JOURNAL", str(tmp_path / "done")), "utf-8")
    monkeypatch.setattr(worker_process, "COMMAND", (sys.executable, str(double)))
    monkeypatch.setattr(workers, "LOOK_SECONDS", 0.01)

    def translated(texts, count=2, heard=None):
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
        heard = heard or Heard()
        found = [task(tmp_path, f"worker-{number}") for number in range(count)]
        workers.translate_with_workers(found, LOADED, tmp_path / "logs", heard)
        return heard.failures

    return translated


def task(place, name):
    return Task(
        articles=place / "in",
        journal=place / "journal.sqlite",
        memory=place / "memory.sqlite",
        name=name,
        cores=(),
        settings="",
        model="bundled",
        engine="ct2",
        device="cpu",
        compute_type="int8",
        decoding=Decoding(),
        ladder=True,
        glossary=NO_GLOSSARY,
        tune=False,
        reading=ReadingOptions(),
        cleaning=Cleaning(),
        repeats=None,
    )


def articles(count, **others):
    texts = {f"{number:02}.txt": f"Kalimat {number}." for number in range(count)}
    return texts | {f"{name}.txt": text for name, text in others.items()}


@pytest.mark.parametrize(
    ("count", "text", "end"),
    [
        (1, "DEFECT", "ended with exit code 70"),
        (4, "SIGNAL 9 .", "killed by SIGKILL (was the machine out of memory?)"),
    ],
)
def test_a_deadly_article_alone_is_given_up(run, tmp_path, count, text, end, caplog):
    failures = run(articles(9, mati=text), count)
    assert len(failures) == 10
    assert [name for name in failures if failures[name]] == ["mati.txt"]
    assert "workers died with it" in failures["mati.txt"]
    assert f"{end}; started again" in caplog.text
    logs = "".join(log.read_text("utf-8") for log in (tmp_path / "logs").iterdir())
    assert end in logs


def test_a_worker_without_a_sign_of_life_is_given_up(run, monkeypatch, caplog):
    monkeypatch.setattr(workers, "SILENT_SECONDS", 4.0)  # more than a start takes
    monkeypatch.setattr(workers, "MOST_IN_VAIN", 1)
    with pytest.raises(EndedEarly, match="worker-0: hung"):
        run({"macet.txt": "HANG"}, 1)
    assert "no sign of life" in caplog.text


def test_deaths_without_end_are_given_up_and_remembered(run, monkeypatch, tmp_path):
    """The next run of the same command goes on; it does not begin to search anew."""
    monkeypatch.setattr(workers, "MOST_IN_VAIN", 2)
    with pytest.raises(EndedEarly, match=r"worker-0: killed by SIGSEGV.*the same command goes on"):
        run({"mati.txt": "SIGNAL 11 ."}, 1)
    assert list(run({}, 1)) == ["mati.txt"]


def test_a_worker_that_somebody_ends_is_no_fault_of_its_articles(run, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "MOST_IN_VAIN", 2)
    with pytest.raises(EndedEarly, match="killed by SIGTERM"):
        run({"a.txt": f"SIGNAL {signal.SIGTERM.value} ."}, 1)
    claims = Claims(tmp_path / "journal.sqlite", "supervisor")
    assert claims.deaths("a.txt") == 0 < claims.tries("a.txt")
    claims.close()


def test_what_a_user_can_mend_is_raised_as_it_was(run):
    with pytest.raises(OSError, match="No space left") as raised:
        run({"a.txt": "FULL"}, 2)
    assert (raised.value.errno, raised.value.filename) == (errno.ENOSPC, "out/journal")


def test_a_reader_who_goes_away_ends_the_run(run, monkeypatch):
    """More is told than a pipe holds: workers that nobody hears would wait for ever."""
    monkeypatch.setattr(worker_process, "END_SECONDS", 5.0)

    class Gone(Silence):
        def article(self, article):
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    started = time.monotonic()
    with pytest.raises(BrokenPipeError):
        run(articles(100, panjang="LONG"), 2, Gone())
    assert time.monotonic() - started < 60
    assert not [each for each in children() if "double.py" in each]


def children():
    import psutil

    return [" ".join(each.cmdline()) for each in psutil.Process(os.getpid()).children()]


def test_a_real_worker_says_what_a_user_can_mend(tmp_path):
    wrong = replace(task(tmp_path, "worker-0"), model="no-such-model")
    with pytest.raises(UserError, match="no model 'no-such-model'"):
        workers.translate_with_workers([wrong], LOADED, tmp_path / "logs", Heard())


def test_a_real_worker_keeps_the_traceback_of_a_defect(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "MOST_IN_VAIN", 1)
    cores: Any = "none"
    wrong = replace(task(tmp_path, "worker-0"), cores=cores)
    with pytest.raises(EndedEarly, match="ended with exit code 70"):
        workers.translate_with_workers([wrong], LOADED, tmp_path / "logs", Heard())
    assert "Traceback" in (tmp_path / "logs" / "worker-0.log").read_text("utf-8")


def test_a_worker_that_even_a_kill_does_not_end_is_not_waited_for(tmp_path, monkeypatch):
    """What waits for a device in the kernel hears of no signal before the device answers."""
    monkeypatch.setattr(worker_process, "END_SECONDS", 0.01)
    signals: list[str] = []

    def wait(timeout):
        raise subprocess.TimeoutExpired("worker", timeout)

    process: Any = SimpleNamespace(stdin=None, wait=wait, kill=lambda: signals.append("KILL"))
    worker_process.Worker(task(tmp_path, "stuck"), "0", process, tmp_path / "log").end()
    assert signals == ["KILL", "KILL"]

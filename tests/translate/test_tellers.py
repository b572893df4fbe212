"""What a job tells of its way: counts, rates, events and gauges."""

import json
import logging
from types import SimpleNamespace

import pytest

from translate import gauges, tellers
from translate.progress import Article, Stage
from translate.tellers import Bars, Events, doing, warnings_to


def test_events_are_lines_that_say_what_they_are(monkeypatch):
    monkeypatch.setattr(tellers, "EVERY_SECONDS", 0.0)
    lines: list[str] = []
    events = Events(lines.append)
    events.watch(SimpleNamespace(asked=10, hits=4))
    events.begin("translate", 3)
    events.article(Article("a.txt", before=True))
    events.article(Article("b.txt", sentences=2, words=9))
    events.article(Article("c.txt", failure="c.txt: empty"))
    told = [json.loads(line) for line in lines]
    assert [each["event"] for each in told] == ["begin", *["article", "progress"] * 3]
    last = told[-1]
    assert (last["done"], last["total"], last["sentences"], last["words"]) == (3, 3, 2, 9)
    assert (last["memory_asked"], last["memory_hits"]) == (10, 4) and last["eta_seconds"] == 0
    assert last["words_per_second"] > 0 and last["host_bytes"] > 1e6


def test_progress_is_told_once_a_second_at_most():
    lines: list[str] = []
    events = Events(lines.append)
    events.begin("translate", None)
    for number in range(50):
        events.article(Article(f"{number}.txt"))
    assert sum('"event": "progress"' in line for line in lines) <= 2


def test_what_an_earlier_run_did_does_not_shorten_the_estimate(monkeypatch):
    stage = Stage("translate", 10, 0.0)
    monkeypatch.setattr("translate.progress.time.monotonic", lambda: 8.0)
    stage.count(Article("a", before=True))
    assert stage.eta_seconds() is None
    stage.count(Article("b", words=4))
    assert stage.eta_seconds() == 8 * 8.0 and stage.words_per_second() == 0.5


def test_bars_follow(monkeypatch):
    monkeypatch.setattr(tellers, "EVERY_SECONDS", 0.0)
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    column = TextColumn("{task.completed} {task.fields[doing]}")
    with Progress(column, console=Console(file=None, quiet=True)) as rich:
        bars = Bars(rich)
        bars.begin("translate", 2)
        bars.article(Article("a", sentences=1, words=5))
        bars.advance()
        assert rich.tasks[0].completed == 2 and "words/s" in rich.tasks[0].fields["doing"]


def test_warnings_of_ours_are_passed_on():
    said: list[str] = []
    with warnings_to(said.append):
        logging.getLogger("translate.memory").warning("%s: damaged", "x")
        logging.getLogger("translate.memory").info("all is well")
    logging.getLogger("translate.memory").warning("later")
    assert said == ["x: damaged"]


class Nvml:
    """The management library of a machine with two GPUs, one of which says nothing."""

    class NVMLError(Exception):
        pass

    def nvmlInit(self):
        pass

    def nvmlDeviceGetCount(self):
        return 2

    def nvmlDeviceGetHandleByIndex(self, index):
        return index

    def nvmlDeviceGetUtilizationRates(self, gpu):
        if gpu:
            raise self.NVMLError
        return SimpleNamespace(gpu=87)

    def nvmlDeviceGetMemoryInfo(self, gpu):
        return SimpleNamespace(used=5_000_000_000)

    def nvmlDeviceGetName(self, gpu):
        return "H200"


@pytest.fixture
def nvml(monkeypatch):
    double = Nvml()
    monkeypatch.setattr(gauges, "library", lambda: double)
    gauges.gpus.cache_clear()
    yield double
    gauges.gpus.cache_clear()


def test_the_gpu_is_shown_where_there_is_one(nvml):
    used = gauges.usage()
    assert (used.gpu_percent, used.gpu_bytes) == (87, 5_000_000_000)
    assert gauges.names() == ["H200", "H200"]
    assert "GPU 87 %, 5.0 GB" in doing(Stage("translate", 1, 0.0), None)


def test_no_driver_is_no_error(nvml, monkeypatch):
    def missing():
        raise nvml.NVMLError("NVML Shared Library Not Found")

    monkeypatch.setattr(nvml, "nvmlInit", missing)
    assert gauges.usage().gpu_percent is None and gauges.names() == []

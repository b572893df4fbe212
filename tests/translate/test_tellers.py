"""What a job tells of its way: counts, rates, events and gauges."""

import io
import json
import logging
import threading
from types import SimpleNamespace

import pytest

from translate import gauges, tellers
from translate.bars import Bars, bars_on, doing
from translate.progress import Article, Portion, Stage
from translate.tellers import Events, progress, ticking, warnings_to


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


def test_what_is_begun_counts_and_nothing_goes_back():
    stage = Stage("translate", 10, 0.0)
    stage.ahead += Portion(2, 100, 1000).times(0.5)
    assert stage.so_far() == Portion(1, 50, 500) and stage.words_per_second() > 0
    stage.ahead += Portion(2, 100, 1000).times(-0.5)  # before its articles are told of
    assert stage.so_far() == Portion(1, 50, 500)
    stage.count(Article("a", sentences=40, words=400))
    stage.count(Article("b", sentences=60, words=600))
    assert stage.so_far() == Portion(2, 100, 1000)


def test_progress_is_told_while_the_job_waits_and_when_it_ends(monkeypatch):
    monkeypatch.setattr(tellers, "EVERY_SECONDS", 0.01)
    told: list[dict[str, object]] = []
    came = threading.Event()

    def hear(line):
        told.append(json.loads(line))
        if told[-1]["event"] == "progress" and told[-1]["sentences"]:
            came.set()

    with progress(quiet=False, events=hear) as events:
        events.begin("translate", 4)
        events.under_way(Portion(2, 30, 400))
        assert came.wait(10)
        events.under_way(Portion(-2, -30, -400))
        for name in "abcd":
            events.article(Article(name, sentences=15, words=200))
        tellers.EVERY_SECONDS = 3600
    steps = [each for each in told if each["event"] == "progress"]
    assert (steps[-1]["done"], steps[-1]["sentences"], steps[-1]["words"]) == (4, 60, 800)
    assert steps[-1]["eta_seconds"] == 0


def test_a_listener_who_goes_away_breaks_no_thread(monkeypatch):
    monkeypatch.setattr(tellers, "EVERY_SECONDS", 0.01)
    gone = threading.Event()

    def write(_line):
        gone.set()
        raise BrokenPipeError

    events = Events(write)
    events.stage = Stage("translate", 1, 0.0)
    with pytest.raises(BrokenPipeError), ticking(events):
        assert gone.wait(10)


@pytest.mark.parametrize("width", [80, 60, 120])
def test_a_bar_is_one_line_that_says_the_speed(width):
    from rich.console import Console

    drawn = io.StringIO()
    console = Console(file=drawn, force_terminal=True, width=width, color_system=None)
    with bars_on(console) as bars:
        bars.begin("translate", 12_345)
        bars.watch(SimpleNamespace(asked=1000, hits=333))
        bars.under_way(Portion(200.5, 6_000, 90_000))
        bars.last()
    line = drawn.getvalue().split("\r")[-1].strip("\n").removesuffix("\x1b[?25h").strip()
    assert "200/12345" in line and "left" in line and "\u2026" not in line
    assert "words/s" in line or width < 80


def test_a_warning_is_told_once():
    said: list[object] = []
    shown: list[str] = []
    with (
        warnings_to(shown.append),
        progress(quiet=False, events=lambda line: said.append(json.loads(line))),
    ):
        logging.getLogger("translate.memory").warning("%s: damaged", "x")
    assert said == [{"event": "warning", "message": "x: damaged"}] and shown == []


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

"""Several processes for one run, one a GPU: they claim articles and write the one journal.

`translate_with_workers` starts and watches them, and starts one again that dies;
`translate.worker` is one of them.
"""

import logging
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpora.errors import EndedEarly
from corpora.lines.repeats import Repeats
from corpora.page import Cleaning
from corpora.reading import ReadingOptions
from translate.claims import Claims
from translate.job import Work
from translate.memory import MemoryFile
from translate.progress import Progress
from translate.translator import Translator
from translate.worker import Task
from translate.worker_process import MENDABLE, STOPPED, Told, Worker, cause, start

LOG = logging.getLogger(__name__)
MOST_IN_VAIN = 5  # times that a worker dies without an article in between, until it is given up
SILENT_SECONDS = 1800.0  # a batch of a large model on few cores, or its loading, takes minutes
LOOK_SECONDS = 0.2


def tasks(
    translator: Translator,
    memory: MemoryFile,
    *,
    count: int,
    articles: Path,
    journal: Path,
    tune: bool,
    reading: ReadingOptions,
    cleaning: Cleaning,
    repeats: Repeats | None,
) -> list[Task]:
    """A task for each worker; on a CPU they share its cores out among themselves."""
    shares = core_shares(count) if translator.engine.device == "cpu" else [()] * count
    return [
        Task(
            articles=articles,
            journal=journal,
            memory=memory.path,
            name=f"worker-{number}",
            cores=cores,
            settings=translator.settings(),
            model=translator.model.name,
            engine=translator.engine.name,
            device=translator.engine.device,
            compute_type=translator.engine.compute_type,
            decoding=translator.decoding,
            ladder=translator.ladder,
            glossary=translator.glossary,
            tune=tune,
            reading=reading,
            cleaning=cleaning,
            repeats=repeats,
        )
        for number, cores in enumerate(shares)
    ]


def core_shares(count: int) -> list[tuple[int, ...]]:
    """The cores of this process in so many shares; where there are too few, some are shared."""
    if not hasattr(os, "sched_getaffinity"):  # Linux alone has it
        return [()] * count
    cores = sorted(os.sched_getaffinity(0))
    return [tuple(cores[number::count]) or (cores[number % len(cores)],) for number in range(count)]


def gpu_shares(count: int) -> list[str]:
    """The GPU of each worker, as `CUDA_VISIBLE_DEVICES` names it."""
    named = os.environ.get("CUDA_VISIBLE_DEVICES")
    if named:
        visible = named.split(",")
    else:
        from translate.gauges import gpus

        visible = [str(number) for number in range(len(gpus()))] or ["0"]
    return [visible[number % len(visible)] for number in range(count)]


def translate_with_workers(
    found: Sequence[Task], translator: Translator, logs: Path, progress: Progress
) -> Work:
    """Have the input translated by several processes; give what they did.

    Raises:
        EndedEarly: all of them died before the work was done; the same command goes on.
        Exception: the error that ended them, if a user can mend it.
    """
    translator.engine.release()
    logs.mkdir(parents=True, exist_ok=True)
    claims = Claims(found[0].journal, "supervisor")
    told = Told(progress, translator.memory.counts if translator.memory else None)
    try:
        claims.begin()
        with Crew(claims, logs, told).at_work(found) as crew:
            crew.watch()
        claims.forget()
    finally:
        claims.close()
    return told.work


@dataclass(slots=True)
class Crew:
    """The workers of a run.

    Attributes:
        claims: of the run.
        logs: folder of their logs.
        told: what they tell.
        workers: that live.
        in_vain: how often each died, by name, since it last finished an article.
        ends: what became of those that are gone.
        error: one of theirs that a user can mend.
        complete: whether one of them has seen that nothing is left to do.
    """

    claims: Claims
    logs: Path
    told: Told
    workers: list[Worker] = field(default_factory=list)
    in_vain: dict[str, int] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    error: Exception | None = None
    complete: bool = False

    @contextmanager
    def at_work(self, found: Sequence[Task]) -> Iterator["Crew"]:
        """The workers, started; however the block ends, none is left."""
        try:
            for task, gpu in zip(found, gpu_shares(len(found)), strict=True):
                self.workers.append(start(task, gpu, self.logs, self.told))
            yield self
        finally:
            for worker in self.workers:
                worker.ask_to_end()
            for worker in self.workers:
                worker.end()

    def watch(self) -> None:
        """Wait for all workers; start those again that die.

        Raises:
            EndedEarly: none is left and the work is not done.
            Exception: what they told could not be passed on, or a user must mend something.
        """
        while self.workers:
            time.sleep(LOOK_SECONDS)
            if self.told.error:
                raise self.told.error
            for worker in list(self.workers):
                code = worker.process.poll()
                if code is not None:
                    worker.end()
                    self.workers.remove(worker)
                    self.ended(worker, code, cause(code))
                elif time.monotonic() - worker.heard > SILENT_SECONDS:
                    worker.process.kill()
                    worker.end()
                    self.workers.remove(worker)
                    self.ended(worker, -signal.SIGKILL, "hung, no sign of life")
        if self.told.error:
            raise self.told.error
        if not self.complete:
            ends = "; ".join(f"{name}: {end}" for name, end in sorted(self.ends.items()))
            raise self.error or EndedEarly(
                f"all workers ended early ({ends}); see {self.logs}; the same command goes on"
            )

    def ended(self, worker: Worker, code: int, end: str) -> None:
        """Free what a worker had claimed, and start it again if it has died."""
        name = worker.task.name
        worker.note(end)
        self.told.under_way(worker, worker.ahead.times(-1))
        if code == 0:
            self.complete = True
        elif code == MENDABLE:
            self.claims.release(name)
            self.error = self.error or worker.error
            self.ends[name] = str(worker.error or end)
            LOG.warning("%s stopped: %s", name, self.ends[name])
        else:
            (self.claims.release if code in STOPPED else self.claims.blame)(name)
            self.ends[name] = end
            self.again(worker, end)

    def again(self, worker: Worker, end: str) -> None:
        """Start a worker again that has died, unless it always does."""
        name = worker.task.name
        vain = 1 if worker.finished else self.in_vain.get(name, 0) + 1
        self.in_vain[name] = vain
        if self.complete:
            return
        if vain >= MOST_IN_VAIN:
            LOG.warning("%s %s, the %dth time without an article; given up", name, end, vain)
            return
        LOG.warning("%s %s; started again, see %s", name, end, worker.log)
        self.workers.append(start(worker.task, worker.gpu, self.logs, self.told))

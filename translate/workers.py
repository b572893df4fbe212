"""Several processes for one run, one a GPU: they claim articles and write the one journal.

`translate_with_workers` starts and watches them; `translate.worker` is one of them.
"""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

from corpora.errors import UserError
from corpora.page import Cleaning
from corpora.reading import ReadingOptions
from corpora.repeats import Repeats
from translate.claims import Claims
from translate.job import Work
from translate.memory import MemoryFile
from translate.progress import Article, Progress
from translate.translator import Translator
from translate.worker import Task

END_SECONDS = 20.0  # that a worker has to finish its batch when the run is interrupted


@dataclass(slots=True)
class Worker:
    """A process that was started, and what it said."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path
    listener: Thread | None = None
    error: str = ""
    asked: int = 0
    hits: int = 0
    lock: Lock = field(default_factory=Lock)


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
        UserError: all of them ended before the work was done.
    """
    translator.engine.release()
    claims = Claims(found[0].journal, "supervisor")
    work, lock = Work(), Lock()
    try:
        claims.begin()
        with running(found, logs, work, lock, progress) as workers:
            ended(workers, claims)
        if claims.others_open() or not claims.number("SELECT COUNT(*) FROM claims", ()):
            said = next((worker.error for worker in workers if worker.error), "")
            raise UserError(
                said or f"all workers ended early; see {logs}; the same command goes on"
            )
    finally:
        claims.close()
    if translator.memory:
        translator.memory.counts.asked += sum(worker.asked for worker in workers)
        translator.memory.counts.hits += sum(worker.hits for worker in workers)
    return work


def ended(workers: Sequence[Worker], claims: Claims) -> None:
    """Wait for all workers; what one had claimed that died is free for the others at once."""
    alive = list(workers)
    while alive:
        for worker in list(alive):
            assert worker.listener is not None
            worker.listener.join(timeout=0.2)
            if worker.process.poll() is None:
                continue
            alive.remove(worker)
            worker.listener.join()
            if worker.process.returncode:
                claims.release(worker.name)


@contextmanager
def running(
    found: Sequence[Task], logs: Path, work: Work, lock: Lock, progress: Progress
) -> Iterator[list[Worker]]:
    """The workers, started; however the block ends, none is left."""
    logs.mkdir(parents=True, exist_ok=True)
    workers: list[Worker] = []
    try:
        for task, gpu in zip(found, gpu_shares(len(found)), strict=True):
            worker = started(task, gpu, logs)
            workers.append(worker)
            worker.listener = Thread(
                target=listen, args=(worker, work, lock, progress), daemon=True
            )
            worker.listener.start()
        yield workers
    finally:
        for worker in workers:
            if worker.process.stdin:
                worker.process.stdin.close()  # which a worker takes as the end
        for worker in workers:
            try:
                worker.process.wait(timeout=END_SECONDS)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
            if worker.listener:
                worker.listener.join()
            if worker.process.stdout:
                worker.process.stdout.close()


def started(task: Task, gpu: str, logs: Path) -> Worker:
    """Start a worker and hand it its task."""
    environment = os.environ | ({"CUDA_VISIBLE_DEVICES": gpu} if task.device == "cuda" else {})
    log = logs / f"{task.name}.log"
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "translate.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            start_new_session=True,  # Ctrl-C comes to the supervisor alone, which ends them
        )
    assert process.stdin is not None
    try:
        pickle.dump(task, process.stdin)
        process.stdin.flush()
    except BrokenPipeError:
        pass  # it has died: its end says so
    return Worker(task.name, process, log)


def listen(worker: Worker, work: Work, lock: Lock, progress: Progress) -> None:
    """Pass on what a worker tells, until it ends."""
    assert worker.process.stdout is not None
    for line in worker.process.stdout:
        try:
            told = json.loads(line)
        except ValueError:
            continue  # a line that was cut off when the worker died
        if "article" in told:
            article = Article(**told["article"])
            with lock:
                work.count(article)
                progress.article(article)
        elif "memory" in told:
            worker.asked, worker.hits = told["memory"]
        elif "error" in told:
            worker.error = told["error"]

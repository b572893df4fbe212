"""A worker as its supervisor sees it: a process that is started, tells of its work, and ends."""

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from translate.job import Work
from translate.memory import Counts
from translate.progress import Article, Portion, Progress
from translate.worker import Task, unpacked

COMMAND = (sys.executable, "-m", "translate.worker")
MENDABLE = 1  # the exit code of a worker with an error that is none of its articles'
STOPPED = (130, -signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP)  # by somebody, not by its work
END_SECONDS = 8.0  # that a worker has to end when the run does; it takes three at the most


@dataclass(slots=True)
class Worker:
    """A process that was started, and what it said.

    Attributes:
        task: what it does.
        gpu: where, as `CUDA_VISIBLE_DEVICES` names it.
        process: of the system.
        log: file of its standard error.
        heard: reading of the monotonic clock when it last said something.
        finished: articles that it told of.
        asked: sentences that it looked up in the memory.
        hits: of these, those that were there.
        ahead: what it has translated of articles that are not done.
        error: what a user can mend, or None.
        listener: thread that hears it.
    """

    task: Task
    gpu: str
    process: "subprocess.Popen[bytes]"
    log: Path
    heard: float = field(default_factory=time.monotonic)
    finished: int = 0
    asked: int = 0
    hits: int = 0
    ahead: Portion = field(default_factory=Portion)
    error: Exception | None = None
    listener: Thread | None = None

    def note(self, line: str) -> None:
        """Write a line of our own into its log, which has nothing of a process that was killed."""
        with self.log.open("a", encoding="utf-8") as log:
            now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            log.write(f"{now} {self.task.name} (process {self.process.pid}): {line}\n")

    def ask_to_end(self) -> None:
        """Close its standard input, which it takes as the end."""
        if self.process.stdin:
            with suppress(BrokenPipeError):  # it is gone, and did not read all of it
                self.process.stdin.close()

    def end(self) -> None:
        """See that it ends; one that is stuck in a driver is killed, and ends when it comes out."""
        self.ask_to_end()
        for _ in range(2):
            try:
                self.process.wait(timeout=END_SECONDS)
                break
            except subprocess.TimeoutExpired:
                self.process.kill()
        if self.listener:
            self.listener.join(timeout=END_SECONDS)


@dataclass(slots=True)
class Told:
    """What all workers told, put together.

    Attributes:
        progress: told of every article.
        memory: counts of the run's memory, or None.
        work: what they did.
        error: why it could not be passed on, or None.
    """

    progress: Progress
    memory: Counts | None
    work: Work = field(default_factory=Work)
    error: BaseException | None = None
    lock: Lock = field(default_factory=Lock)

    def take(self, worker: Worker, said: dict[str, Any]) -> None:
        """Take what a worker said into account."""
        with self.lock:
            self.under_way(worker, Portion(*said.get("ahead", ())))
            if "article" in said:
                article = Article(**said["article"])
                worker.finished += 1
                self.work.count(article)
                self.progress.article(article)
            elif "memory" in said:
                self.remembered(worker, *said["memory"])
            elif "error" in said:
                worker.error = unpacked(said["error"])

    def under_way(self, worker: Worker, portion: Portion) -> None:
        """Tell of what is translated of articles that are not done; that of the dead is undone."""
        worker.ahead += portion
        if portion != Portion():
            self.progress.under_way(portion)

    def remembered(self, worker: Worker, asked: int, hits: int) -> None:
        """Count what a worker has asked the memory since it last said so."""
        if self.memory:
            self.memory.asked += asked - worker.asked
            self.memory.hits += hits - worker.hits
        worker.asked, worker.hits = asked, hits


def start(task: Task, gpu: str, logs: Path, told: Told) -> Worker:
    """Start a worker, hand it its task and listen to it."""
    environment = os.environ | ({"CUDA_VISIBLE_DEVICES": gpu} if task.device == "cuda" else {})
    log = logs / f"{task.name}.log"
    with log.open("ab") as errors:
        process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            start_new_session=True,  # Ctrl-C comes to the supervisor alone, which ends them
        )
    worker = Worker(task, gpu, process, log)
    worker.note("started")
    assert process.stdin is not None
    try:
        pickle.dump(task, process.stdin)
        process.stdin.flush()
    except BrokenPipeError:
        pass  # it has died: its end says so
    worker.listener = Thread(target=listen, args=(worker, told), daemon=True)
    worker.listener.start()
    return worker


def listen(worker: Worker, told: Told) -> None:
    """Pass on what a worker tells, until it ends.

    Where that fails, the error is kept for the supervisor and listening goes on: a worker whose
    pipe is full would wait for ever.
    """
    assert worker.process.stdout is not None
    with worker.process.stdout as lines:
        for line in lines:
            worker.heard = time.monotonic()
            try:
                said = json.loads(line)
            except ValueError:
                continue  # a line that was cut off when the worker died
            try:
                if not told.error:
                    told.take(worker, said)
            except BaseException as error:
                told.error = error


def cause(code: int) -> str:
    """What an exit code of a process says of its end.

    >>> cause(-9)
    'killed by SIGKILL (was the machine out of memory?)'
    >>> cause(-11), cause(70)
    ('killed by SIGSEGV', 'ended with exit code 70')
    """
    if code >= 0:
        return f"ended with exit code {code}"
    hint = " (was the machine out of memory?)" if code == -signal.SIGKILL else ""
    try:
        return f"killed by {signal.Signals(-code).name}{hint}"
    except ValueError:  # a signal without a name
        return f"killed by signal {-code}"

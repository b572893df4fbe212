"""One of several processes of a run: `python -m translate.worker`.

It gets its task on standard input, tells of each article on standard output, and ends when standard
input is closed: no worker outlives the run that started it.
"""

import json
import os
import pickle
import signal
import sys
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import IO, Any

from corpora.errors import UserError
from corpora.page import Cleaning, taken_apart_together
from corpora.reading import ReadingOptions, sources
from corpora.repeats import Repeats
from translate.claims import LEASE_SECONDS, Claims, Share
from translate.engine import Decoding
from translate.job import translate_articles
from translate.journal import Journal
from translate.memory import MemoryFile
from translate.progress import Article, Silence
from translate.quality.glossary import Glossary
from translate.translator import Translator


@dataclass(frozen=True, slots=True)
class Task:
    """All that a worker must know.

    Attributes:
        articles: the input, as the user named it.
        journal: file of the run.
        memory: file that sentences are remembered in.
        name: of the worker.
        cores: CPU cores that it may use; empty: all.
        settings: of the translator that the run was begun with.
        model: name of the model; the rest is how to load and use it.
    """

    articles: Path
    journal: Path
    memory: Path
    name: str
    cores: tuple[int, ...]
    settings: str
    model: str
    engine: str
    device: str
    compute_type: str
    decoding: Decoding
    ladder: bool
    glossary: Glossary
    tune: bool
    reading: ReadingOptions
    cleaning: Cleaning
    repeats: Repeats | None


class Telling(Silence):
    """Tells the supervisor of each article, and the claims that it is done."""

    def __init__(self, share: Share, out: IO[str]) -> None:
        """Write lines of JSON."""
        self.share = share
        self.out = out

    def article(self, article: Article) -> None:
        """An article is in the journal."""
        self.share.done(article.path)
        self.say({"article": asdict(article)})

    def say(self, told: dict[str, Any]) -> None:
        """Write a line."""
        self.out.write(json.dumps(told) + "\n")
        self.out.flush()


def work_on(task: Task, out: IO[str]) -> None:
    """Translate what can be claimed until all is done.

    Raises:
        UserError: this process would translate otherwise than the run.
    """
    if task.cores:
        os.sched_setaffinity(0, task.cores)
    translator = Translator.load(
        task.model,
        engine=task.engine,
        device=task.device,
        compute_type=task.compute_type,
        decoding=task.decoding,
        ladder=task.ladder,
        glossary=task.glossary,
    )
    if translator.settings() != task.settings:
        raise UserError(f"{task.name}: other settings than the run; are all GPUs alike?")
    claims = Claims(task.journal, task.name)
    stopped = Event()
    try:
        Thread(target=keep, args=(claims, stopped), daemon=True).start()
        with MemoryFile(task.memory) as memory, Journal(task.journal) as journal:
            share = Share(claims)
            telling = Telling(share, out)
            take_apart = partial(taken_apart_together, cleaning=task.cleaning, repeats=task.repeats)
            translator, first = translator.remembering(memory), True
            while first or share.more():
                read = share.documents(sources(task.articles), task.reading)
                translate_articles(
                    journal, read, take_apart, translator, telling, tune=task.tune and first
                )
                first = False
            telling.say({"memory": [memory.counts.asked, memory.counts.hits]})
    finally:
        stopped.set()
        claims.close()


def keep(claims: Claims, stopped: Event) -> None:
    """Renew the leases as long as the worker lives."""
    while not stopped.wait(LEASE_SECONDS / 4):
        claims.renew()


def obey() -> None:
    """Interrupt this process when the supervisor is gone or wants no more."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGINT)


def main() -> int:
    """Be a worker; 1 with a line in the log for what a user can mend, 130 when interrupted."""
    task: Task = pickle.load(sys.stdin.buffer)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's & may have it ignored
    Thread(target=obey, daemon=True).start()
    try:
        work_on(task, sys.stdout)
    except UserError as error:
        sys.stdout.write(json.dumps({"error": str(error)}) + "\n")
        sys.stderr.write(f"{task.name}: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

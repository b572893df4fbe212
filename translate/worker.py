"""One of several processes of a run: `python -m translate.worker`.

It gets its task on standard input, tells of each article and that it lives on standard output, and
ends when standard input is closed: no worker outlives the run that started it.
"""

import base64
import faulthandler
import json
import os
import pickle
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread
from typing import IO, Any

from corpora.document import Document
from corpora.errors import UserError
from corpora.lines.repeats import Repeats
from corpora.page import Cleaning, taken_apart_together
from corpora.reading import Failure, ReadingOptions, sources
from translate.claims import LEASE_SECONDS, Claims
from translate.engine import Decoding
from translate.job import translate_articles
from translate.journal import Journal
from translate.memory import Counts, MemoryFile
from translate.progress import Article, Portion, Silence
from translate.pulse import last_beat
from translate.quality.glossary import Glossary
from translate.shares import Share
from translate.translator import Translator

SIGN_SECONDS = 1.0  # between two signs of life
STOP_SECONDS = 3.0  # for what is being written when the run is interrupted


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

    def __init__(self, share: Share, memory: Counts, out: IO[str]) -> None:
        """Write lines of JSON."""
        self.share = share
        self.memory = memory
        self.out = out
        self.ahead = Portion()
        self.lock = Lock()

    def article(self, article: Article) -> None:
        """An article is in the journal."""
        again = self.share.done(article.path)
        if not (again and article.before):  # else a worker that died has told of it
            self.say({"article": asdict(article)})

    def under_way(self, portion: Portion) -> None:
        """So much more is translated of articles not yet done; told with the next sign of life."""
        with self.lock:
            self.ahead += portion

    def alive(self) -> None:
        """The worker lives; what it had from the memory until now."""
        self.say({"memory": [self.memory.asked, self.memory.hits]})

    def say(self, told: dict[str, Any]) -> None:
        """Write a line."""
        with self.lock:
            ahead, self.ahead = self.ahead, Portion()
            self.out.write(json.dumps({"ahead": astuple(ahead), **told}) + "\n")
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
        with MemoryFile(task.memory) as memory, Journal(task.journal) as journal:
            share = Share(claims, task.reading)
            telling = Telling(share, memory.counts, out)
            Thread(target=keep, args=(claims, telling, stopped), daemon=True).start()
            translate_share(task, translator.remembering(memory), journal, share, telling)
            telling.alive()
    finally:
        stopped.set()
        claims.close()


def translate_share(
    task: Task, translator: Translator, journal: Journal, share: Share, telling: Telling
) -> None:
    """Translate what can be claimed, and last what workers died on."""
    take_apart = partial(taken_apart_together, cleaning=task.cleaning, repeats=task.repeats)

    def translate(read: Iterable[Document | Failure], *, tune: bool = False) -> None:
        translate_articles(
            journal, read, take_apart, translator, telling, repeats=task.repeats, tune=tune
        )

    translate(share.fresh(sources(task.articles)), tune=task.tune)
    while share.more():
        translate(share.fresh(sources(task.articles)))
        for few in share.suspects(sources(task.articles)):
            translate(few)


def keep(claims: Claims, telling: Telling, stopped: Event) -> None:
    """Renew the leases as long as the worker lives, and tell of it while something is done.

    A journal that is busy or out of reach for a moment must not end it: the leases would lapse,
    and others would do again what this worker has at hand.
    """
    told = renewed = time.monotonic()
    while not stopped.wait(SIGN_SECONDS):
        if last_beat() > told:
            told = last_beat()
            telling.alive()
        if time.monotonic() - renewed > LEASE_SECONDS / 4:
            with suppress(sqlite3.OperationalError):
                claims.renew()
                renewed = time.monotonic()


def packed(error: Exception) -> str:
    """An error as a worker tells it; one that cannot leave the process is told by its words."""
    try:
        data = pickle.dumps(error)
        pickle.loads(data)  # some go in and do not come out
    except Exception:
        data = pickle.dumps(UserError(str(error)))
    return base64.b64encode(data).decode()


def unpacked(text: str) -> Exception:
    """The error that a worker told of.

    >>> unpacked(packed(OSError(28, "No space left on device", "out/journal"))).filename
    'out/journal'
    """
    error = pickle.loads(base64.b64decode(text))
    assert isinstance(error, Exception)
    return error


def obey() -> None:
    """Interrupt this process when the supervisor is gone or wants no more.

    What decodes may not hear of it for long; nothing that is written is lost by going then.
    """
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(STOP_SECONDS)
    os._exit(130)


def main() -> int:
    """Be a worker.

    Returns:
        0; 1 for what a user can mend, which is none of the articles' fault; 70 for any other error,
        with a traceback in the log; 130 when interrupted.
    """
    task: Task = pickle.load(sys.stdin.buffer)
    faulthandler.enable()
    for sign in (signal.SIGINT, signal.SIGTERM):  # a shell's & may have the first one ignored
        signal.signal(sign, signal.default_int_handler)
    Thread(target=obey, daemon=True).start()
    try:
        work_on(task, sys.stdout)
    except (UserError, OSError, sqlite3.Error) as error:
        sys.stdout.write(json.dumps({"error": packed(error)}) + "\n")
        sys.stdout.flush()
        traceback.print_exc()
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception:
        traceback.print_exc()
        return 70
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # threads that decode are not waited for

"""Runs that are killed without a word: what is lost, and whether the end is the same.

Children are forked from a server that has imported everything, so a run costs its work alone. They
kill themselves, half of them at a random moment, half at a random step of theirs in the file
system: between two steps of a busy machine a clock seldom strikes.
"""

import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import pytest

from corpora.errors import UserError
from eval.report.page import write_report
from eval.report.run_files import RunFiles
from tests.conftest import EXAMPLES, ROOT
from translate.conversion import converted
from translate.models import find_model
from translate.run_folder import RunFolder, may_write

KILLS = 20
ARTICLES, LINES = 3, 14  # of the examples
BY_NATURE = ("finished", "timings", "memory")  # of run.json: when and how fast, not what
STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect")
SPEED = re.compile(
    r"[\d.,]+ ?(?:words/s|s|min|h|words a second)\b|\d{4}-\d\d-\d\dT[\d:+]+"  # and when
)


@dataclass(frozen=True)
class Death:
    """When a run is killed: seconds after its begin, or at a step in its folder; 0: never."""

    seconds: float = 0.0
    step: int = 0


def run(
    articles: Path, output: Path, memory: str, workers: int = 0, death: Death = Death()
) -> None:
    """A whole run, in windows so small that there are many; its steps are counted in a file."""
    from translate import job, lanes
    from translate.engine import Decoding
    from translate.pipeline import BuildOptions, build

    vars(job)["WINDOW"], lanes.FIRST_WINDOW = 8, 8
    steps = counted(output.parent, death.step)
    if death.seconds:
        timer = Timer(death.seconds, kill_myself)
        timer.daemon = True  # a run that ends before has got away
        timer.start()
    build(
        articles,
        output,
        references=articles.parent / "references",
        options=BuildOptions(memory=memory, workers=workers, decoding=Decoding(beam=1)),
    )
    (output.parent / "steps").write_text(str(len(steps)), "utf-8")


def kill_myself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def counted(place: Path, last: int) -> list[str]:
    """The steps of this process in a folder from now on, as they come; the last one kills it."""
    steps: list[str] = []

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event in STEPS and str(arguments[0]).startswith(str(place)):
            steps.append(event)
            if len(steps) == last:
                kill_myself()

    sys.addaudithook(hear)
    return steps


@pytest.fixture(scope="module")
def context():
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(
        ["translate.pipeline", "translate.ctranslate", "ctranslate2", "sentencepiece", __name__]
    )
    return found


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    """The heads of some examples, and one article that is longer than several windows."""
    home = tmp_path_factory.mktemp("examples")
    folder, references = home / "articles", home / "references"
    folder.mkdir()
    references.mkdir()
    texts = []
    for file in sorted((EXAMPLES / "articles").glob("*.txt"))[:ARTICLES]:
        lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
        texts.append("\n\n".join(lines[:LINES]))
        (folder / file.name).write_text(texts[-1], "utf-8")
        snippets = (EXAMPLES / "references" / file.name).read_text("utf-8")
        (references / file.name).write_text(snippets, "utf-8")
    (folder / "long.txt").write_text("\n\n".join(texts), "utf-8")
    return folder


def outputs(folder: Path, record: dict[str, object]) -> dict[str, bytes]:
    """All files of a finished run but its state, with the times and speeds of another run.

    Those of `record` are put into `run.json` and the report is made again with them: it must come
    out the same to the last byte. In the card they are left out.
    """
    own = json.loads((folder / "run.json").read_bytes())
    assert made_again(folder, own) == (folder / "report.html").read_bytes()
    other = own | {name: record[name] for name in BY_NATURE}
    found = {"run.json": json.dumps(other).encode(), "report.html": made_again(folder, other)}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, data = file.relative_to(folder).as_posix(), file.read_bytes()
        if name == "README.md":
            data = SPEED.sub("", data.decode()).encode()
        if not name.startswith(("journal.sqlite", "logs/")):
            found.setdefault(name, data)
    return found


def made_again(folder: Path, record: dict[str, object]) -> bytes:
    """The report of a run folder with a record in place of its `run.json`."""
    file = folder.parent / "again.html"
    write_report(file, RunFiles(folder, record))
    return file.read_bytes()


def same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def ended(context, *arguments) -> bool:
    """Whether a run came to its end; if not, it was killed."""
    process = context.Process(target=run, args=arguments)
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return bool(process.exitcode == 0)


@dataclass(frozen=True)
class Whole:
    """What an uninterrupted run ends with: its record and files, the seconds and steps it takes."""

    record: dict[str, object]
    files: dict[str, bytes]
    seconds: float
    steps: int


@pytest.fixture(scope="module")
def whole(context, articles, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "out"
    converted(find_model("bundled"), "int8")  # once, and not part of a run
    started = time.monotonic()
    assert ended(context, articles, folder, "off")
    seconds = time.monotonic() - started
    record = json.loads((folder / "run.json").read_bytes())
    steps = int((folder.parent / "steps").read_text("utf-8"))
    return Whole(record, outputs(folder, record), seconds, steps)


@pytest.mark.parametrize("memory", ["off", "file"])
def test_killed_at_random_the_run_ends_the_same(context, articles, whole, tmp_path, memory):
    """Killed again and again, while it loads, reads, translates, aligns and writes."""
    dice = random.Random(memory)
    kills = number = 0
    while kills < KILLS // 2:
        number += 1
        folder = tmp_path / str(number) / "out"  # its name is in the report
        folder.parent.mkdir()
        place = memory if memory == "off" else str(folder.parent / "memory.sqlite")
        done = False
        while kills < KILLS // 2 and not done:
            moment, step = dice.uniform(0.01, 0.6 * whole.seconds), dice.randint(1, whole.steps)
            death = Death(seconds=moment) if kills % 2 else Death(step=step)
            done = ended(context, articles, folder, place, 0, death)
            kills += not done
            done = done or RunFolder(folder).finished()
        if not RunFolder(folder).finished():
            assert ended(context, articles, folder, place)
        assert not may_write(RunFolder(folder), "skip")  # the same command again
        same(outputs(folder, whole.record), whole.files)


def test_a_killed_run_keeps_the_sentences_of_a_long_article(context, articles, tmp_path):
    """The one article is a single window: what is done of it is in the journal of sentences."""
    folder, one = tmp_path / "out", tmp_path / "in" / "articles"
    shutil.copytree(articles.parent / "references", tmp_path / "in" / "references")
    one.mkdir()
    (one / "long.txt").write_bytes((articles / "long.txt").read_bytes())
    process = context.Process(target=run_with_small_chunks, args=(one, folder))
    process.start()
    deadline = time.monotonic() + 120
    while sentences_in(folder) < 10 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert sentences_in(folder) >= 10
    assert ended(context, one, folder, "off")
    assert not RunFolder(folder).sentences.exists()
    record = json.loads((folder / "run.json").read_text("utf-8"))
    assert record["counts"]["articles"] == 1 and record["memory"] is None


def run_with_small_chunks(articles: Path, output: Path) -> None:
    from translate import lanes

    lanes.BATCHES = 0.05
    run(articles, output, "off")


def sentences_in(folder: Path) -> int:
    file = RunFolder(folder).sentences
    if not file.exists():
        return 0
    try:
        database = sqlite3.connect(file)
        (count,) = database.execute("SELECT COUNT(*) FROM translations").fetchone()
        database.close()
        return int(count)
    except sqlite3.OperationalError:  # the table is not there yet
        return 0


def test_several_workers_write_what_one_process_writes(articles, whole, tmp_path):
    run(articles, tmp_path / "out", "off", workers=2)
    same(outputs(tmp_path / "out", whole.record), whole.files)


def worker_ids(parent: int) -> list[int]:
    import psutil

    children = psutil.Process(parent).children()
    return [each.pid for each in children if "translate.worker" in " ".join(each.cmdline())]


def test_a_worker_that_dies_leaves_its_articles_to_the_others(articles, whole, tmp_path):
    folder = tmp_path / "out"
    command = [sys.executable, "-m", "translate", "build", str(articles), str(folder), "--json"]
    command += ["--references", str(articles.parent / "references"), "--beam", "1"]
    command += ["--memory", "off", "--workers", "2"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "begin":
                break
        deadline = time.monotonic() + 60
        while not worker_ids(process.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(random.Random(1).uniform(0, 4))
        os.kill(worker_ids(process.pid)[0], signal.SIGKILL)
        assert '"event": "end"' in process.stdout.read().splitlines()[-1]
    assert process.returncode == 0
    same(outputs(folder, whole.record), whole.files)


def test_two_runs_do_not_share_a_folder(tmp_path):
    folder = RunFolder(tmp_path / "out")
    with (
        folder.held(afresh=False),
        pytest.raises(UserError, match="another run is writing here"),
        folder.held(afresh=True),
    ):
        pass
    with folder.held(afresh=False):
        pass
    assert list((tmp_path / "out").iterdir()) == []


HEARD = "selaras: stopping ... (once more ends it at once)\n"


def begun(command: list[str], memory: Path) -> "subprocess.Popen[str]":
    """A process of the command that has translated some sentences."""
    process = subprocess.Popen(
        [sys.executable, "-m", "translate", *command, "--memory", str(memory)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not remembered(memory) and process.poll() is None:
        time.sleep(0.02)
    return process


def remembered(memory: Path) -> int:
    if not memory.exists():
        return 0
    database = sqlite3.connect(memory)
    try:
        return int(database.execute("SELECT COUNT(*) FROM translations").fetchone()[0])
    except sqlite3.OperationalError:  # the table is not there yet
        return 0
    finally:
        database.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """More than is translated in some seconds: a folder of many articles, and a file of all."""
    home = tmp_path_factory.mktemp("large")
    lines = [f"Harga beras naik {n} persen di pasar.\n" for n in range(4_000)]
    (home / "all.txt").write_text("".join(lines), "utf-8")
    (home / "articles").mkdir()
    for first in range(0, len(lines), 50):
        text = "".join(lines[first : first + 50])
        (home / "articles" / f"{first:04}.txt").write_text(text, "utf-8")
    return home


@pytest.mark.parametrize(
    ("command", "sign"),
    [
        (["build", "{in}/articles", "{out}/run"], signal.SIGINT),
        (["translate", "{in}/articles", "{out}/english"], signal.SIGTERM),
        (["translate", "{in}/all.txt"], signal.SIGINT),
    ],
    ids=["build", "translate to a folder", "translate to standard output"],
)
def test_an_interruption_is_heard_at_once_and_keeps_what_is_done(large, tmp_path, command, sign):
    """systemd and Slurm end a job with SIGTERM; both are told from an error by their code."""
    memory = tmp_path / "memory.sqlite"
    named = [each.replace("{in}", str(large)).replace("{out}", str(tmp_path)) for each in command]
    with begun(named, memory) as process:
        process.send_signal(sign)
        _, said = process.communicate()
    assert process.returncode == 130, said
    first, second = said.splitlines(keepends=True)
    assert first == HEARD and second.startswith("selaras: interrupted; finished articles and")
    assert 0 < remembered(memory) < 3_000
    assert not list(tmp_path.rglob("lock.sqlite*")) and not list(tmp_path.rglob("run.json"))


def test_a_second_interruption_ends_the_process(large, tmp_path):
    with begun(["translate", str(large / "all.txt")], tmp_path / "memory.sqlite") as process:
        for _ in range(3):
            process.send_signal(signal.SIGINT)
            time.sleep(0.01)
        _, said = process.communicate()
    assert process.returncode == 130
    assert said.startswith(HEARD) and said.count("\n") <= 2 and "Traceback" not in said


def test_an_interruption_is_heard_while_nobody_types(tmp_path):
    memory = tmp_path / "memory.sqlite"
    with subprocess.Popen(
        [sys.executable, "-m", "translate", "translate", "-", "--memory", str(memory)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write("Hujan turun.\n")
        process.stdin.flush()
        assert process.stdout.readline().strip()  # though no second line came
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130

"""Measure writing, exporting and planning the push of a corpus of a million rows.

    python scripts/benchmark_publish.py make FOLDER [--rows 1000000]
    python scripts/benchmark_publish.py export FOLDER [--to tmx]
    python scripts/benchmark_publish.py plan FOLDER
    python scripts/benchmark_publish.py push FOLDER

`make` writes a run folder of made-up rows; the others measure on it, each in a process of its own,
so that the peak of its memory is its own. `push` goes twice to the stand-in of the tests, on
loopback.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from corpora.publishing.dataset_card import write_card
from corpora.publishing.export import FORMATS, PAIR_OF_FILES, ExportOptions, export
from corpora.publishing.shards import write_corpus
from corpora.publishing.splits import split_of
from corpora.row import Row, row_id

SYLLABLES = (
    "ka",
    "ri",
    "ma",
    "ta",
    "ba",
    "nu",
    "se",
    "di",
    "pe",
    "la",
    "mo",
    "gu",
    "ti",
    "sa",
    "na",
)
ROWS_OF_ARTICLE = 20
RECORD = {
    "finished": "2026-01-01T00:00:00+00:00",
    "settings": {"model": "bundled", "revision": "sha256:0"},
    "licence": "apache-2.0",
    "versions": {},
}


def sentence(chance: random.Random, words: list[str]) -> str:
    """A sentence of 8 to 28 words, of which one in ten is a number, as in news."""
    chosen = [
        f"{chance.randrange(1, 10**6):,}".replace(",", ".")
        if chance.random() < 0.1
        else chance.choice(words)
        for _ in range(chance.randrange(8, 29))
    ]
    return " ".join(chosen).capitalize() + "."


def rows(count: int) -> Iterator[Row]:
    """So many rows; every third has a reference, one in a thousand a telephone number."""
    chance = random.Random(1)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randrange(1, 5))) for _ in range(20_000)]
    for number in range(count):
        article = f"situs-{number // ROWS_OF_ARTICLE % 50:02}/{number // ROWS_OF_ARTICLE:07}.txt"
        text = sentence(chance, words)
        if number % 1000 == 0:
            text += f" Hubungi 0812-{chance.randrange(1000, 9999)}-{chance.randrange(1000, 9999)}."
        start = number % ROWS_OF_ARTICLE * 200
        human = number % 3 == 0
        yield Row(
            id=row_id(article, start, start + len(text), text),
            article=article,
            position=number % ROWS_OF_ARTICLE,
            line=number % ROWS_OF_ARTICLE + 1,
            start=start,
            end=start + len(text),
            source_raw=text,
            source=text,
            translation=sentence(chance, words),
            translation_score=-chance.random(),
            reference=sentence(chance, words) if human else None,
            reference_id=f"{article}#1" if human else None,
            alignment="1-1" if human else "1-0",
            alignment_score=chance.random() if human else None,
            flags=("numbers-differ",) if number % 11 == 0 else (),
            model="bundled@sha256:0123456789abcdef",
        )


def make(folder: Path, count: int) -> None:
    """Write the run folder."""
    started = time.process_time()
    scores = {"coverage": None}
    write_corpus(folder / "corpus", rows(count), lambda article: split_of(article, {}))
    written = time.process_time()
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for number in range(0, count, ROWS_OF_ARTICLE):
            article = number // ROWS_OF_ARTICLE
            name = f"situs-{article % 50:02}/{article:07}.txt"
            print(json.dumps({"article": name, "site": f"situs-{article % 50:02}"}), file=file)
    (folder / "scores.json").write_text(json.dumps(scores), encoding="utf-8")
    card = time.process_time()
    write_card(folder, RECORD, scores)
    report(written - started, "make and write", card=time.process_time() - card)
    (folder / "run.json").write_text(json.dumps(RECORD), encoding="utf-8")


def plan(folder: Path) -> None:
    """Look through the corpus, make the card, plan the push: all before the first byte is sent."""
    from corpora.publishing.publication import PublicationOptions, publication
    from corpora.publishing.push import card_of
    from corpora.publishing.push_plan import Remote, planned, shard_item, text_item
    from corpora.publishing.pushed_card import merged_card

    started = time.process_time()
    content = PublicationOptions()
    with tempfile.TemporaryDirectory(dir=folder) as staging:
        found = publication(folder, Path(staging), content)
        looked = time.process_time()
        card = card_of(folder, "user/name", found, content, RECORD, {"coverage": None})
        text = merged_card(folder, card, Remote(), "user/name@main")
        items = [*(shard_item(*file) for file in found.files), text_item("README.md", text)]
        planned("user/name", "main", Remote(), items, public=False)
        done = time.process_time()
        report(done - started, "plan", publication=looked - started, card=done - looked)
        print(dict(found.masked or {}))


def push(folder: Path) -> None:
    """Push twice to the stand-in; say how many bytes of files each push sent."""
    from tests.hub.stand_in import TOKEN, Hub

    with ExitStack() as stack:
        hub = stack.enter_context(Hub().running())
        home = stack.enter_context(tempfile.TemporaryDirectory())
        environment = {
            **os.environ,
            "HF_ENDPOINT": hub.endpoint,
            "HF_TOKEN": TOKEN,
            "HF_HOME": home,
            "HF_HUB_DISABLE_XET": "1",
        }
        for number in ("first", "second"):
            hub.requests.clear()
            started = time.monotonic()
            command = [sys.executable, "-m", "translate", "push", str(folder), "user/name"]
            subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)
            seconds = time.monotonic() - started
            print(f"{number} push: {hub.sent():,} bytes of files sent, {seconds:.1f} s elapsed")


def report(seconds: float, what: str, **parts: float) -> None:
    """Print CPU seconds and the peak of memory."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    detail = "".join(f", {name} {value:.1f} s" for name, value in parts.items())
    print(f"{what}: {seconds:.1f} s of CPU, peak {peak:.0f} MB{detail}")


def main() -> None:
    """Read the arguments and do one of the four."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["make", "export", "plan", "push"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--to", choices=sorted([*FORMATS, PAIR_OF_FILES]))
    options = parser.parse_args()
    match options.what:
        case "make":
            options.folder.mkdir(parents=True)
            make(options.folder, options.rows)
        case "plan":
            plan(options.folder)
        case "push":
            push(options.folder)
        case "export" if options.to:
            started = time.process_time()
            output = options.folder / f"exported.{options.to}"
            done = export(
                options.folder,
                output,
                options.to,
                ExportOptions("machine", on_existing="overwrite"),
            )
            report(time.process_time() - started, f"{options.to}, {done.pairs:,} pairs")
            for file in done.files:
                file.unlink()
        case _:
            for name in sorted([*FORMATS, PAIR_OF_FILES]):
                command = [sys.executable, __file__, "export", str(options.folder), "--to", name]
                subprocess.run(command, check=True)


if __name__ == "__main__":
    main()

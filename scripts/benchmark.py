"""The engine against what else runs the same weights, in alternating rounds of one process.

    .venv/bin/python scripts/benchmark.py
    .venv/bin/python scripts/benchmark.py --growth 2000 --growth 50000
    .venv/bin/python scripts/benchmark.py --gpu

Every system gets the same sentences, all different, written for this project and varied in names,
numbers and openings; transformers, which is slow, gets some of them, evenly spread, and rates are
compared. Loading of models is not timed, of none. "End to end" is `selaras translate`
from files to files (reading, splitting, repairing, tokenising, decoding, checking, writing).
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from corpora.files import core_count
from scripts.engine_on_gpu import SHAPES, on_gpu
from scripts.engine_sentences import ROOT, sentences_of, short_sentences, write_files
from scripts.engine_systems import (
    BEAM,
    Timed,
    end_to_end,
    engine_of,
    generate,
    print_ratios,
    random_checkpoint,
    raw_in_order,
    raw_sorted,
    rounds_of,
)
from translate.conversion import converted
from translate.engine import Decoding
from translate.memory import MemoryFile
from translate.models import BUNDLED, find_model
from translate.tokens import tokens_of
from translate.translator import Translator


def compare_bundled(count: int, rounds: int, slow: int, work: Path) -> None:
    """The rows of the bundled model."""
    sentences = sentences_of(count)
    articles = work / "articles"
    write_files(articles, sentences)
    model = find_model("bundled")
    tokens = tokens_of(model)
    sources, numbers = tokens.encode(sentences), tokens.ids()
    folder = converted(model, "int8")
    few = [[numbers[token] for token in source] for source in sources[:: max(1, count // slow)]]
    translator = Translator.load("bundled", device="cpu", decoding=Decoding(BEAM))
    plain = replace(translator, ladder=False)
    systems = [
        end_to_end(translator, articles, work, count),
        raw_sorted(folder, sources, "cpu", "int8"),
        raw_in_order(folder, sources, "cpu"),
        generate(BUNDLED, few, batch=8, device="cpu", limit=None),
        replace(
            end_to_end(plain, articles, work / "plain", count),
            name="Selaras, end to end, suspects not decoded again",
        ),
    ]
    floors = {
        "CTranslate2, presorted": 0.9,
        "CTranslate2, file order, defaults": 1.3,
        "transformers, batch 8, fp32": 5.0,
    }
    print(f"\n## Bundled model, {count:,} sentences, beam {BEAM}, {core_count()} cores")
    print_ratios(rounds_of(systems, rounds), floors)


def compare_opus_shaped(count: int, rounds: int, work: Path) -> None:
    """The row of the opus-mt-shaped checkpoint, at a fixed length of the output."""
    limit = 32
    folder = random_checkpoint(work / "opus-shaped", **SHAPES["opus-shaped"])
    model, engine = engine_of(folder, work, "int8", "cpu")
    sentences = sentences_of(count)
    tokens = tokens_of(model)
    sources, numbers = tokens.encode(sentences), tokens.ids()
    few = [[numbers[token] for token in source] for source in sources[: max(8, count // 16)]]
    decoding = Decoding(BEAM, length_factor=0, length_offset=limit)

    def ours() -> None:
        assert all(found.cut for found in engine.decode(sources, decoding))

    systems = [
        Timed("Selaras, opus-mt-shaped", ours, count),
        generate(folder, few, batch=8, device="cpu", limit=limit),
    ]
    print(f"\n## opus-mt-shaped random checkpoint, {count:,} sentences, {limit} tokens each")
    print_ratios(rounds_of(systems, rounds), {"transformers, batch 8, fp32": 4.0})


def second_run(count: int, rounds: int, work: Path) -> None:
    """A first run that fills the memory, and a second that needs no decoding."""
    articles = work / "again"
    write_files(articles, sentences_of(count))
    translator = Translator.load("bundled", device="cpu", decoding=Decoding(BEAM))
    ratios = []
    for number in range(rounds):
        with MemoryFile(work / f"memory-{number}.sqlite") as memory:
            timed = end_to_end(translator.remembering(memory), articles, work, count)
            took = []
            for _ in range(2):
                started = time.perf_counter()
                timed.run()
                took.append(time.perf_counter() - started)
            size = memory.size()
        ratios.append(took[0] / took[1])
        print(f"  first {took[0]:.2f} s, second {took[1]:.2f} s, {size}", file=sys.stderr)
    print(f"\n## Second run, {count:,} sentences, all in the memory (floor 20)")
    each = ", ".join(f"{ratio:.1f}" for ratio in ratios)
    print(f"\n{statistics.median(ratios):.1f} times the first ({each})")


def peak_memory(command: str, count: int, work: Path) -> float:
    """Most megabytes that a process of its own had resident while it handled so many sentences."""
    articles = work / f"growth-{count}"
    if not articles.exists():
        write_files(articles, short_sentences(count))
    output = work / f"{command}-{count}"
    arguments = [str(articles), str(output), "--memory", "off", "--beam", "1", "--quiet"]
    process = subprocess.Popen([sys.executable, "-m", "translate", command, *arguments], cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise RuntimeError(f"{command} ended with {status}")
    return float(usage.ru_maxrss) / 1000


def growth(counts: Sequence[int], work: Path) -> None:
    """How much more memory many sentences take than few."""
    print("\n## Peak memory, MB (floor: 10 % more), beam 1, sentences of four words\n")
    print("| command | " + " | ".join(f"{count:,}" for count in counts) + " | growth |")
    print("|---|" + "---|" * (len(counts) + 1))
    for command in ("translate", "build"):
        peaks = [peak_memory(command, count, work) for count in counts]
        cells = " | ".join(f"{peak:.0f}" for peak in peaks)
        print(f"| {command} | {cells} | {100 * (peaks[-1] / peaks[0] - 1):+.1f} % |", flush=True)


def compare_threads(count: int, rounds: int) -> None:
    """Workers of one thread each against one worker of several threads."""
    import ctranslate2

    model = find_model("bundled")
    sources = sorted(tokens_of(model).encode(sentences_of(count)), key=len)
    folder, cores = converted(model, "int8"), core_count()

    def timed(workers: int, threads: int) -> Timed:
        translator = ctranslate2.Translator(
            str(folder), compute_type="int8", inter_threads=workers, intra_threads=threads
        )

        def run() -> object:
            return translator.translate_batch(
                sources, beam_size=BEAM, max_batch_size=2048, batch_type="tokens"
            )

        return Timed(f"{workers} workers of {threads} threads", run, count)

    print(f"\n## Threads, {count:,} sentences, {cores} cores")
    print_ratios(rounds_of([timed(cores, 1), timed(1, cores)], rounds), {})


def main(
    sentences: Annotated[int, typer.Option(min=2, help="sentences of the main table")] = 2000,
    rounds: Annotated[int, typer.Option(min=1, help="alternating rounds")] = 2,
    slow: Annotated[int, typer.Option(min=1, help="of these for transformers, the slow one")] = 96,
    opus: Annotated[int, typer.Option(min=0, help="sentences of the opus-shaped row")] = 320,
    growth_of: Annotated[
        list[int] | None, typer.Option("--growth", help="sentences to compare peak memory at")
    ] = None,
    threads: Annotated[bool, typer.Option("--threads", help="compare numbers of threads")] = False,
    gpu: Annotated[bool, typer.Option("--gpu", help="the rows of a GPU, alone")] = False,
) -> None:
    """Print Markdown tables of ratios; progress goes to standard error."""
    print(f"{datetime.now(UTC):%d %B %Y}, {platform.processor() or platform.machine()}")
    with tempfile.TemporaryDirectory(prefix="selaras-benchmark-") as name:
        work = Path(name)
        if gpu:
            on_gpu(sentences, rounds, work)
            return
        if growth_of:
            growth(growth_of, work)
            return
        if threads:
            compare_threads(sentences, rounds)
            return
        compare_bundled(sentences, rounds, slow, work)
        second_run(sentences // 2, 1, work)
        if opus:
            compare_opus_shaped(opus, rounds, work)


if __name__ == "__main__":
    typer.run(main)

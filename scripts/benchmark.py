"""The engine against what else runs the same weights, in alternating rounds of one process.

    .venv/bin/python scripts/benchmark.py
    .venv/bin/python scripts/benchmark.py --growth 2000 --growth 50000
    .venv/bin/python scripts/benchmark.py --gpu

Every system gets the same sentences, all different, written for this project and varied in names,
numbers and openings; transformers, which is slow, gets some of them, evenly spread, and rates are
compared. Loading of models is not timed, of none. "End to end" is `selaras translate`
from files to files (reading, splitting, repairing, tokenising, decoding, checking, writing).
"""

import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Annotated, Any

import typer

from corpora.files import core_count
from corpora.repair import repair
from corpora.splitting import split
from translate.conversion import convert, converted
from translate.engine import Decoding, Engine, load_engine
from translate.memory import MemoryFile
from translate.mirror import mirror
from translate.models import BUNDLED, Model, find_model, from_folder
from translate.quiet import quiet_libraries
from translate.tokens import tokens_of
from translate.translator import Translator

ROOT = Path(__file__).parent.parent
OPENINGS = (
    "", "Pada hari Senin, ", "Menurut laporan itu, ", "Sehari sebelumnya, ", "Di ibu kota, ",
    "Dalam pidatonya, ", "Selain itu, ", "Hingga malam hari, ", "Pekan lalu, ", "Sementara itu, ",
    "Kepada wartawan dijelaskan bahwa ", "Sejak awal tahun, ", "Untuk pertama kalinya, ",
)  # fmt: skip
NAMES = (
    "Hartono", "Siregar", "Wijaya", "Lestari", "Nugroho", "Pratama", "Simanjuntak", "Kusuma",
    "Marvalia", "Skarvik", "Halcyon", "Tzankal", "Bandung", "Medan", "Makassar", "Denpasar",
    "Lima", "Praha", "Lisbon", "Oslo", "Nairobi", "Bogota", "Manila", "Helsinki",
)  # fmt: skip
WHO = ("Petani", "Polisi", "Pedagang", "Mereka", "Nelayan", "Pemerintah", "Warga", "Kami")
DID = ("membeli", "menjual", "melihat", "membawa", "menemukan", "membutuhkan", "menghitung")
WHAT = ("ekor sapi", "buku", "mobil", "rumah", "kapal", "pohon", "surat", "kursi", "sepeda")
BEAM = 4
SENTENCES_A_FILE = 20


@dataclass(frozen=True, slots=True)
class Timed:
    """One system: its name, and a function that handles so many of the sentences."""

    name: str
    run: Callable[[], object]
    sentences: int


def written_for_us() -> list[str]:
    """Sentences of the project: the gate of the bundled model and the example articles."""
    gate = (ROOT / "tests/translate/cases/gate.tsv").read_text("utf-8").splitlines()
    lines = [line.split("\t")[0] for line in gate]
    for file in sorted((ROOT / "examples/articles").glob("*.txt")):
        lines += file.read_text("utf-8").splitlines()
    found = (sentence for line in lines for sentence in split(repair(line)))
    return [each for each in dict.fromkeys(found) if len(each.split()) >= 5]


def varied(sentence: str, dice: random.Random) -> str:
    """A sentence with another opening, other numbers and other names."""
    text = re.sub(r"\d", lambda _: str(dice.randrange(1, 10)), sentence)
    text = re.sub(r"(?<=[a-z] )[A-Z][a-z]{3,}\b", lambda _: dice.choice(NAMES), text)
    opening = dice.choice(OPENINGS)
    return opening + (text[:1].lower() + text[1:] if opening and text[:1].isupper() else text)


def sentences_of(count: int) -> list[str]:
    """So many different sentences, in the order of a shuffled text."""
    dice, base = random.Random(11), written_for_us()
    found = dict.fromkeys(base[:count])
    while len(found) < count:
        found[varied(dice.choice(base), dice)] = None
    texts = list(found)
    dice.shuffle(texts)
    # what our splitter would cut would be other sentences than those of the other systems
    return [text if split(repair(text)) == [text] else text.replace(". ", ", ") for text in texts]


def short_sentences(count: int) -> list[str]:
    """So many different sentences of four words, which show how memory grows in little time."""
    dice = random.Random(13)
    found: dict[str, None] = {}
    while len(found) < count:
        number = dice.randrange(2, 1000)
        words = (dice.choice(WHO), dice.choice(DID), str(number), dice.choice(WHAT))
        found[" ".join(words) + "."] = None
    return list(found)


def write_files(folder: Path, sentences: Sequence[str]) -> None:
    """Articles of some sentences each, a sentence a line."""
    folder.mkdir(parents=True)
    for first in range(0, len(sentences), SENTENCES_A_FILE):
        part = sentences[first : first + SENTENCES_A_FILE]
        (folder / f"{first:06}.txt").write_text("\n".join(part) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds a thousand sentences took: on the clock of the wall, and of all cores together."""

    wall: float
    cpu: float


def rounds_of(systems: Sequence[Timed], rounds: int) -> dict[str, list[Took]]:
    """What each system took in each round; they take turns."""
    took: dict[str, list[Took]] = {system.name: [] for system in systems}
    for number in range(rounds):
        for system in systems if number % 2 == 0 else systems[::-1]:
            wall, cpu = time.perf_counter(), time.process_time()
            system.run()
            scale = 1000 / system.sentences
            each = Took(scale * (time.perf_counter() - wall), scale * (time.process_time() - cpu))
            took[system.name].append(each)
            print(
                f"  round {number + 1}: {system.name}: {each.wall:.2f} s, CPU {each.cpu:.2f} s",
                file=sys.stderr,
            )
    return took


def print_ratios(took: dict[str, list[Took]], floors: dict[str, float]) -> None:
    """A table: how many times as fast as each other system the first one is, round by round.

    On a machine that others use, the ratio of CPU time says more.
    """
    (ours, own), *others = took.items()
    rate = 1000 / statistics.median(each.wall for each in own)
    print(f"\n{ours}: {rate:.1f} sentences/s (median)\n")
    print("| against | sentences/s | ratio, median (of the rounds) | of CPU time | floor |")
    print("|---|---|---|---|---|")
    for name, theirs in others:
        ratios = [b.wall / a.wall for a, b in zip(own, theirs, strict=True)]
        cpu = statistics.median(b.cpu / a.cpu for a, b in zip(own, theirs, strict=True))
        rate = 1000 / statistics.median(each.wall for each in theirs)
        each_round = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        print(
            f"| {name} | {rate:.1f} | **{statistics.median(ratios):.2f}** ({each_round}) | "
            f"{cpu:.2f} | {floors.get(name, '-')} |",
            flush=True,
        )


def raw_sorted(folder: Path, sources: Sequence[Sequence[str]], device: str, kind: str) -> Timed:
    """CTranslate2 itself, fed tokens sorted by length, in batches of tokens, on all cores."""
    import ctranslate2

    cores = core_count() if device == "cpu" else 1
    translator = ctranslate2.Translator(
        str(folder), device=device, compute_type=kind, inter_threads=cores, intra_threads=1
    )
    tokens = sorted((list(source) for source in sources), key=len)

    def run() -> object:
        return translator.translate_batch(
            tokens, beam_size=BEAM, max_batch_size=2048, batch_type="tokens"
        )

    return Timed("CTranslate2, presorted", run, len(tokens))


def raw_in_order(folder: Path, sources: Sequence[Sequence[str]], device: str) -> Timed:
    """CTranslate2 itself, in the order of the file, with its defaults (32 sentences a batch)."""
    import ctranslate2

    translator = ctranslate2.Translator(str(folder), device=device, compute_type="int8")
    tokens = [list(source) for source in sources]

    def run() -> object:
        return list(translator.translate_iterable(iter(tokens), beam_size=BEAM))

    return Timed("CTranslate2, file order, defaults", run, len(tokens))


def generate(
    folder: Path, rows: Sequence[Sequence[int]], *, batch: int, device: str, limit: int | None
) -> Timed:
    """`generate` of transformers as a script calls it: file order, padded batches."""
    import torch
    from transformers import AutoModelForSeq2SeqLM

    kind = torch.float32 if device == "cpu" else torch.bfloat16
    with quiet_libraries():
        model: Any = AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=kind)
    model = model.to(device).eval()
    pad = int(model.config.pad_token_id)

    def run() -> None:
        for first in range(0, len(rows), batch):
            part = rows[first : first + batch]
            longest = max(map(len, part))
            ids = torch.tensor([[*row, *[pad] * (longest - len(row))] for row in part])
            mask = (ids != pad).long()
            with torch.inference_mode():
                model.generate(
                    input_ids=ids.to(device),
                    attention_mask=mask.to(device),
                    num_beams=BEAM,
                    max_new_tokens=limit or 2 * longest + 24,
                )

    name = f"transformers, batch {batch}, {'fp32' if device == 'cpu' else 'bf16'}"
    return Timed(name, run, len(rows))


def end_to_end(translator: Translator, articles: Path, work: Path, count: int) -> Timed:
    """`selaras translate`: files in, files out."""

    def run() -> None:
        output = work / "english"
        shutil.rmtree(output, ignore_errors=True)
        done = mirror(articles, output, translator)
        assert not done.failures

    return Timed("Selaras, end to end", run, count)


def random_checkpoint(folder: Path, *, width: int, layers: int, hidden: int, pieces: int) -> Path:
    """A Marian checkpoint of random weights that never ends a sentence: outputs have one length."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(3)
    vocabulary = json.loads((BUNDLED / "vocab.json").read_text("utf-8"))
    pad, end = vocabulary.pop("<pad>"), vocabulary["</s>"]
    vocabulary |= {f"<extra{number}>": number for number in range(pad, pieces - 1)}
    vocabulary["<pad>"] = pieces - 1
    config = MarianConfig(
        vocab_size=pieces,
        d_model=width,
        encoder_layers=layers,
        decoder_layers=layers,
        encoder_ffn_dim=hidden,
        decoder_ffn_dim=hidden,
        encoder_attention_heads=width // 64,
        decoder_attention_heads=width // 64,
        max_position_embeddings=512,
        activation_function="swish",
        scale_embedding=True,
        pad_token_id=pieces - 1,
        eos_token_id=end,
        decoder_start_token_id=pieces - 1,
        forced_eos_token_id=None,
        bos_token_id=None,
    )
    model = MarianMTModel(config)
    with torch.no_grad():
        model.final_logits_bias[0, end] = -1e4
    with quiet_libraries():
        model.save_pretrained(folder)
    (folder / "vocab.json").write_text(json.dumps(vocabulary), "utf-8")
    settings = {"tokenizer_class": "MarianTokenizer"}  # that of the bundled model numbers <pad>
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copy(BUNDLED / name, folder / name)
    return folder


def engine_of(folder: Path, work: Path, kind: str, device: str) -> tuple[Model, Engine]:
    """A random checkpoint in our engine; converted here, since random weights agree on nothing."""
    output = work / f"{folder.name}-{kind}"
    convert(from_folder(folder.name, folder), output, kind)
    for name in ("vocab.json", "config.json", "source.spm", "target.spm", "tokenizer_config.json"):
        if name != "config.json" or not (output / name).exists():
            shutil.copy(folder / name, output / name)
    model = from_folder(folder.name, output)
    return model, load_engine(model, "ct2", device, "auto")


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
    folder = random_checkpoint(work / "opus-shaped", width=512, layers=6, hidden=2048, pieces=58101)
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


class Busy:
    """Share of the time in which the first GPU worked, from samples while a block runs."""

    def __enter__(self) -> "Busy":
        """Begin to sample."""
        self.samples: list[int] = []
        self.stopped = Event()
        self.thread = Thread(target=self.sample, daemon=True)
        self.thread.start()
        return self

    def sample(self) -> None:
        """Look five times a second."""
        from translate.gauges import usage

        while not self.stopped.wait(0.2):
            percent = usage().gpu_percent
            if percent is not None:
                self.samples.append(percent)

    def __exit__(self, *_: object) -> None:
        """End; the steady state is what is left without the first and the last tenth."""
        self.stopped.set()
        self.thread.join()
        cut = len(self.samples) // 10
        steady = self.samples[cut : len(self.samples) - cut] or self.samples or [0]
        self.percent = statistics.mean(steady)


SHAPES = {
    "opus-shaped": {"width": 512, "layers": 6, "hidden": 2048, "pieces": 58101},
    "nllb-600m-shaped": {"width": 1024, "layers": 12, "hidden": 4096, "pieces": 256206},
}


def on_gpu(count: int, rounds: int, work: Path) -> None:
    """The rows of a GPU: our engine against `generate` in bfloat16 with batches of 64."""
    limit = 32
    print(f"\n## GPU, {count:,} sentences, beam {BEAM}, {limit} tokens out (bundled: free)\n")
    print("| checkpoint | engine | sentences/s | target tokens/s | ratio | GPU busy |")
    print("|---|---|---|---|---|---|")
    for name in ("bundled", *SHAPES):
        for row in gpu_rows(name, count, rounds, limit, work):
            print("| " + " | ".join(row) + " |", flush=True)


def gpu_rows(
    name: str, count: int, rounds: int, limit: int, work: Path
) -> Iterator[tuple[str, ...]]:
    """Both engines and `generate` on one checkpoint."""
    sentences = sentences_of(count)
    if name == "bundled":
        folder, model = BUNDLED, find_model("bundled")
        fast, decoding, fixed = load_engine(model, "ct2", "cuda"), Decoding(BEAM, 16384), None
    else:
        folder = random_checkpoint(work / name, **SHAPES[name])
        model, fast = engine_of(folder, work, "float16", "cuda")
        decoding, fixed = Decoding(BEAM, 16384, length_factor=0, length_offset=limit), limit
    tokens = tokens_of(model)
    sources, numbers = tokens.encode(sentences), tokens.ids()
    few = [[numbers[token] for token in source] for source in sources[: max(64, count // 8)]]
    theirs = generate(folder, few, batch=64, device="cuda", limit=fixed)
    engines: list[tuple[str, Engine, Sequence[Sequence[str]]]] = [("ct2", fast, sources)]
    engines.append(
        ("torch", load_engine(from_folder(name, folder), "torch", "cuda"), sources[: len(few)])
    )
    for engine_name, engine, some in engines:
        told: list[int] = []

        def run(
            engine: Engine = engine,
            some: Sequence[Sequence[str]] = some,
            told: list[int] = told,
        ) -> None:
            told.append(sum(len(found.tokens) for found in engine.decode(some, decoding)))

        run()
        with Busy() as busy:
            for _ in range(3):
                run()
        took = rounds_of([Timed(engine_name, run, len(some)), theirs], rounds)
        own, other = took[engine_name], took[theirs.name]
        rate = 1000 / statistics.median(each.wall for each in own)
        ratio = statistics.median(b.wall / a.wall for a, b in zip(own, other, strict=True))
        tokens_a_second = rate * told[-1] / len(some)
        yield (
            *(name, f"{engine_name} {engine.compute_type}", f"{rate:,.0f}"),
            *(f"{tokens_a_second:,.0f}", f"{ratio:.1f}", f"{busy.percent:.0f} %"),
        )


def main(
    sentences: Annotated[int, typer.Option(help="sentences of the main table")] = 2000,
    rounds: Annotated[int, typer.Option(help="alternating rounds")] = 2,
    slow: Annotated[int, typer.Option(help="of these for transformers, which is slow")] = 96,
    opus: Annotated[int, typer.Option(help="sentences of the opus-shaped row; 0: none")] = 320,
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

"""The rows of a GPU: our engines against `generate` of transformers, and how busy the GPU is."""

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Thread

from scripts.engine_sentences import sentences_of
from scripts.engine_systems import BEAM, Timed, engine_of, generate, random_checkpoint, rounds_of
from translate.engine import Decoding, Engine, load_engine
from translate.models import BUNDLED, find_model, from_folder
from translate.tokens import tokens_of

SHAPES = {
    "opus-shaped": {"width": 512, "layers": 6, "hidden": 2048, "pieces": 58101},
    "nllb-600m-shaped": {"width": 1024, "layers": 12, "hidden": 4096, "pieces": 256206},
}


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

"""What is timed against each other: our engine and others that run the same weights."""

import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.files import core_count
from translate.conversion import convert
from translate.engine import Engine, load_engine
from translate.mirror import mirror
from translate.models import BUNDLED, Model, from_folder
from translate.quiet import quiet_libraries
from translate.translator import Translator

BEAM = 4


@dataclass(frozen=True, slots=True)
class Timed:
    """One system: its name, and a function that handles so many of the sentences."""

    name: str
    run: Callable[[], object]
    sentences: int


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

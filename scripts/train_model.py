"""Train or fine-tune an Indonesian-English Marian model; see docs/training.md.

python scripts/train_model.py RUN --pairs news.tsv --pairs memory.tmx=3 --start bundled --minutes 30
"""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UserError
from corpora.files import write_text
from eval.curves import svg
from eval.metrics import score
from translate.training.loop import train
from translate.training.noise import Noise
from translate.training.options import TrainingOptions
from translate.training.pairs import TrainingPair, cleaned, read_pairs
from translate.translator import Translator


@dataclass(frozen=True, slots=True)
class Validation:
    """Held-out pairs on which every saved checkpoint is scored (picklable, for the processes)."""

    sources: tuple[str, ...]
    references: tuple[str, ...]

    def __call__(self, checkpoint: Path) -> dict[str, float]:
        translator = Translator.load(str(checkpoint), engine="ct2", device="cpu")
        hypotheses = [found.text for found in translator.translate(self.sources)]
        found = score(hypotheses, list(self.references))
        return {each.metric: round(each.value, 2) for each in found if each.metric != "TER"}


def weights_of(file: Path | None) -> Mapping[str, float]:
    """Weight by origin, from a TSV with the columns `source` and `weight`."""
    if file is None:
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["source"]: float(row["weight"]) for row in rows}


def training_pairs(
    files: list[str], weights: Mapping[str, float], run: Path, *, reverse: bool
) -> list[TrainingPair]:
    """All pairs that may be trained on; what was left out is counted in `RUN/pairs.json`.

    With `reverse` the sides change places: the model learns to make Indonesian of English.
    """
    counts: Counter[str] = Counter()

    def every() -> list[TrainingPair]:
        found: list[TrainingPair] = []
        for entry in files:
            name, _, weight = entry.partition("=")
            found += read_pairs(Path(name), float(weight or 1), weights)
        return found

    pairs = list(cleaned(every(), counts))
    write_text(run / "pairs.json", json.dumps(dict(counts.most_common()), indent=2) + "\n")
    typer.echo(f"pairs: {dict(counts.most_common())}", err=True)
    return [turned(pair) for pair in pairs] if reverse else pairs


def turned(pair: TrainingPair) -> TrainingPair:
    """The pair the other way round."""
    return TrainingPair(pair.target, pair.source, pair.weight)


def draw(run: Path) -> None:
    """Draw `log.jsonl` as `RUN/curves.svg`."""
    entries = [json.loads(line) for line in (run / "log.jsonl").read_text("utf-8").splitlines()]
    series = {
        name: [(entry["minute"], entry[name]) for entry in entries if name in entry]
        for name in ("loss", "BLEU", "chrF2++")
    }
    write_text(run / "curves.svg", svg("Training", series, "minutes"))


def main(
    run: Annotated[Path, typer.Argument(help="folder of the run; an interrupted one is resumed")],
    pairs: Annotated[list[str], typer.Option(help="TSV or TMX file, with =WEIGHT behind if not 1")],
    weights: Annotated[Path | None, typer.Option(help="TSV with source and weight")] = None,
    validation: Annotated[
        Path | None, typer.Option(help="held-out TSV, scored at every save")
    ] = None,
    start: Annotated[str, typer.Option(help="model to go on from: bundled or a folder")] = "",
    reverse: Annotated[bool, typer.Option("--reverse", help="English to Indonesian")] = False,
    minutes: Annotated[float, typer.Option(help="length of the whole schedule")] = 120.0,
    steps: Annotated[int, typer.Option(help="or its length in steps; 0 is no limit")] = 0,
    width: int = 256,
    feed: int = 1024,
    heads: int = 4,
    encoder: int = 6,
    decoder: int = 2,
    vocabulary: int = 8000,
    tokens: Annotated[int, typer.Option(help="padded tokens per process and step")] = 2560,
    rate: Annotated[float, typer.Option(help="step size; about a tenth to fine-tune")] = 2e-3,
    warmup: int = 300,
    cooldown: float = 0.2,
    dropout: float = 0.0,
    bpe_dropout: float = 0.0,
    accidents: Annotated[float, typer.Option(help="share of roughened sources")] = 0.0,
    swaps: Annotated[float, typer.Option(help="share of pairs with other names, numbers")] = 0.0,
    processes: Annotated[int, typer.Option(help="on a CPU; 0 is one a core")] = 0,
    save_minutes: float = 10.0,
    seed: int = 1,
) -> None:
    """Train until the schedule is over; the model is RUN/final, the newest one RUN/last."""
    held_out = list(read_pairs(validation)) if validation else []
    if reverse:
        held_out = [turned(pair) for pair in held_out]
    evaluate = (
        Validation(tuple(p.source for p in held_out), tuple(p.target for p in held_out))
        if held_out
        else None
    )
    options = TrainingOptions(
        minutes=minutes, steps=steps, width=width, feed=feed, heads=heads, encoder=encoder,
        decoder=decoder, vocabulary=vocabulary, start=start, tokens=tokens,
        matrix_rate=rate, rate=rate, warmup=warmup, cooldown=cooldown,
        dropout=dropout, noise=Noise(bpe_dropout, accidents, swaps),
        processes=processes, save_minutes=save_minutes, seed=seed,
    )  # fmt: skip
    run.mkdir(parents=True, exist_ok=True)
    found = training_pairs(pairs, weights_of(weights), run, reverse=reverse)
    final = train(found, run, options, evaluate)
    draw(run)
    typer.echo(f"{final}: use it with --model {final}")


if __name__ == "__main__":
    try:
        typer.run(main)
    except UserError as error:
        typer.echo(f"train_model: {error}", err=True)
        raise SystemExit(1) from None

"""Train or fine-tune an Indonesian-English Marian model; see docs/training.md.

python scripts/train_model.py RUN --pairs news.tsv --pairs memory.tmx=3 --start bundled --minutes 30
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UserError
from corpora.files import write_json, write_text
from eval.curves import svg
from eval.metrics import score
from translate.engine import Decoding, load_engine
from translate.tokens import tokens_of
from translate.training.checkpoint import converted_meanwhile
from translate.training.loop import begin, train
from translate.training.noise import Noise
from translate.training.options import TrainingOptions
from translate.training.pairs import (
    TrainingPair,
    cleaned,
    read_pairs,
    read_weights,
    turned,
    weighted_file,
)
from translate.translator import Translator


@dataclass(frozen=True, slots=True)
class Validation:
    """Held-out pairs on which every saved checkpoint is scored (picklable, for the processes)."""

    sources: tuple[str, ...]
    references: tuple[str, ...]

    @classmethod
    def of(cls, file: Path, *, reverse: bool) -> "Validation":
        """The pairs of a file that have both sides.

        Raises:
            UserError: there are none.
        """
        pairs = list(read_pairs(file))
        whole = [pair for pair in pairs if pair.source.strip() and pair.target.strip()]
        if not whole:
            raise UserError(f"{file}: no pair with both sides to validate on")
        if len(whole) < len(pairs):
            typer.echo(f"{file}: left out for want of a side: {len(pairs) - len(whole)}", err=True)
        whole = [turned(pair) for pair in whole] if reverse else whole
        return cls(tuple(p.source for p in whole), tuple(p.target for p in whole))

    def __call__(self, checkpoint: Path) -> dict[str, float]:
        with converted_meanwhile(checkpoint) as model:
            engine = load_engine(model, "ct2", "cpu")
            translator = Translator(model, tokens_of(model), engine, Decoding())
            hypotheses = [found.text for found in translator.translate(self.sources)]
        found = score(hypotheses, list(self.references))
        return {each.metric: round(each.value, 2) for each in found if each.metric != "TER"}


def training_pairs(
    entries: list[str], weights: Path | None, counts: Counter[str]
) -> list[TrainingPair]:
    """All pairs that may be trained on; `counts` learns what became of all."""
    files = [weighted_file(entry) for entry in entries]
    by_origin = read_weights(weights) if weights else {}
    every = (pair for file, weight in files for pair in read_pairs(file, weight, by_origin))
    return list(cleaned(every, counts))


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
    """Train until the schedule is over; the model is RUN/final, those on the way RUN/last."""
    options = TrainingOptions(
        minutes=minutes, steps=steps, width=width, feed=feed, heads=heads, encoder=encoder,
        decoder=decoder, vocabulary=vocabulary, start=start, tokens=tokens,
        matrix_rate=rate, rate=rate, warmup=warmup, cooldown=cooldown,
        dropout=dropout, noise=Noise(bpe_dropout, accidents, swaps),
        processes=processes, save_minutes=save_minutes, seed=seed, reverse=reverse,
    )  # fmt: skip
    evaluate = Validation.of(validation, reverse=reverse) if validation else None
    counts: Counter[str] = Counter()
    found = training_pairs(pairs, weights, counts)
    typer.echo(f"pairs: {dict(counts.most_common())}", err=True)
    begin(found, run, options)
    write_json(run / "pairs.json", dict(counts.most_common()))
    final = train(found, run, options, evaluate)
    draw(run)
    typer.echo(f"{final}: use it with --model {final}")


if __name__ == "__main__":
    try:
        typer.run(main)
    except UserError as error:
        typer.echo(f"train_model: {error}", err=True)
        raise SystemExit(error.code) from None

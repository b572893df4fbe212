"""Make training pairs with a model: distil a teacher, or back-translate; see docs/training.md.

python scripts/synthesise_pairs.py distil TEACHER --pairs parallel.tsv.xz --output distilled.tsv
python scripts/synthesise_pairs.py back-translate REVERSED --pairs parallel.tsv.xz --output back.tsv
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UserError
from corpora.files import written_whole
from translate.engine import load_engine
from translate.models import find_model
from translate.tokens import tokens_of
from translate.training.pairs import TrainingPair, cleaned, read_pairs
from translate.training.synthesis import back_translated, distilled, kept

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
Model = Annotated[str, typer.Argument(help="name or folder of the model that translates")]
Pairs = Annotated[list[Path], typer.Option(help="TSV or TMX; repeatable")]
Output = Annotated[Path, typer.Option(help="TSV to write: Indonesian, English")]
Beam = Annotated[int, typer.Option(min=1, help="hypotheses kept in the search")]


@app.command()
def distil(model: Model, pairs: Pairs, output: Output, beam: Beam = 4) -> None:
    """Write the pairs with the teacher's English."""
    found = find_model(model)
    write(output, distilled(all_of(pairs), load_engine(found), tokens_of(found), beam))


@app.command()
def back_translate(model: Model, pairs: Pairs, output: Output, beam: Beam = 1) -> None:
    """Write the pairs with the Indonesian that a model trained with --reverse makes."""
    found = find_model(model)
    write(output, back_translated(all_of(pairs), load_engine(found), tokens_of(found), beam))


def all_of(files: list[Path]) -> Iterator[TrainingPair]:
    """Every pair of the files without a fault, each once."""
    return cleaned((pair for file in files for pair in read_pairs(file)), Counter())


def write(output: Path, pairs: Iterator[TrainingPair]) -> None:
    """Write pairs as a TSV that appears whole."""
    counts: Counter[str] = Counter()
    with written_whole(output) as partial, partial.open("w", encoding="utf-8") as file:
        for pair in kept(pairs, counts):
            fields = (" ".join(side.split()) for side in (pair.source, pair.target))
            print("\t".join(fields), file=file)
    typer.echo(f"{output}: {dict(counts.most_common())}", err=True)


if __name__ == "__main__":
    try:
        app()
    except UserError as error:
        typer.echo(f"synthesise_pairs: {error}", err=True)
        raise SystemExit(1) from None

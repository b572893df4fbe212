"""Make training pairs with a model: distil a teacher, or back-translate; see docs/training.md.

python scripts/synthesise_pairs.py distil TEACHER --pairs parallel.tsv.xz --output distilled.tsv
python scripts/synthesise_pairs.py back-translate REVERSED --pairs parallel.tsv.xz --output back.tsv

The same command goes on where one that was killed has stopped.
"""

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UserError
from translate.models import find_model
from translate.training.pairs import cleaned, read_pairs, weighted_file
from translate.training.synthesis import Teacher, back_translated, distilled, write_made

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
WAYS = {"distil": distilled, "back-translate": back_translated}
Model = Annotated[str, typer.Argument(help="name or folder of the model that translates")]
Pairs = Annotated[list[str], typer.Option(help="TSV or TMX; =WEIGHT behind it is passed over")]
Output = Annotated[Path, typer.Option(help="TSV to write: Indonesian, English")]
Beam = Annotated[int, typer.Option(min=1, help="hypotheses kept in the search")]


@app.command()
def distil(model: Model, pairs: Pairs, output: Output, beam: Beam = 4) -> None:
    """Write the pairs with the teacher's English."""
    make("distil", model, pairs, output, beam)


@app.command()
def back_translate(model: Model, pairs: Pairs, output: Output, beam: Beam = 1) -> None:
    """Write the pairs with the Indonesian that a model trained with --reverse makes."""
    make("back-translate", model, pairs, output, beam)


def make(way: str, model: str, files: list[str], output: Path, beam: int) -> None:
    """Write what a model makes of the pairs of files that have no fault, each once."""
    found = find_model(model)
    settings = {"way": way, "model": found.revision, "beam": beam}
    paths = [weighted_file(entry)[0] for entry in files]
    read: Counter[str] = Counter()
    pairs = cleaned((pair for path in paths for pair in read_pairs(path)), read)
    made = write_made(pairs, output, partial(WAYS[way], teacher=Teacher.of(found, beam)), settings)
    typer.echo(f"read: {dict(read.most_common())}", err=True)
    typer.echo(f"{output}: {dict(made.most_common())}", err=True)


if __name__ == "__main__":
    try:
        app()
    except UserError as error:
        typer.echo(f"synthesise_pairs: {error}", err=True)
        raise SystemExit(error.code) from None

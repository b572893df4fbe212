"""The mean of the weights of some checkpoints of one shape, as a checkpoint.

    .venv/bin/python scripts/mean_model.py OUT third/final=0.7 fourth/final=0.3

Runs that began with the same weights often have a mean that is better than each of them (Wortsman
et al. 2022, https://arxiv.org/abs/2203.05482). Compare it on held-out pairs before you use it.
"""

from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UserError
from translate.training.checkpoint import mean_of
from translate.training.pairs import weighted_file


def main(
    output: Annotated[Path, typer.Argument(help="folder to write")],
    checkpoints: Annotated[list[str], typer.Argument(help="folders, with =WEIGHT behind if not 1")],
) -> None:
    """Write the mean; the weights are scaled to add up to 1."""
    mean_of([weighted_file(each) for each in checkpoints], output)
    typer.echo(f"{output}: use it with --model {output}")


if __name__ == "__main__":
    try:
        typer.run(main)
    except UserError as error:
        typer.echo(f"mean_model: {error}", err=True)
        raise SystemExit(error.code) from None

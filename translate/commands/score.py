"""`selaras score`: metrics of plain files or of a run."""

from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UserError
from translate.commands.options import plain_lines


def score(
    run: Annotated[Path | None, typer.Argument(help="a run folder of build")] = None,
    hypothesis: Annotated[Path | None, typer.Option(help="translations, one a line")] = None,
    reference: Annotated[Path | None, typer.Option(help="references, one a line")] = None,
) -> None:
    """Score translations with BLEU, chrF2++ and TER.

    Example: selaras score --hypothesis H.en --reference R.en
    """
    from eval.metrics import score as score_pairs

    if run is not None:
        from translate.run_folder import RunFolder

        scores = RunFolder(run).scores
        if not scores.exists():
            raise UserError(f"{run}: no finished run (no scores.json); build it first")
        typer.echo(scores.read_text(encoding="utf-8"), nl=False)
        return
    if hypothesis is None or reference is None:
        raise UserError("name a run folder, or both --hypothesis and --reference")
    hypotheses, references = list(plain_lines(hypothesis)), list(plain_lines(reference))
    if len(hypotheses) != len(references):
        raise UserError(
            f"{hypothesis} has {len(hypotheses)} lines, {reference} {len(references)}; "
            "expected one translation for each reference"
        )
    if "" in map(str.strip, references) or not references:
        raise UserError(f"{reference}: an empty line, or no line; expected a reference in each")
    for found in score_pairs(hypotheses, references):
        typer.echo(f"{found.metric}\t{found.value:.2f}\t{found.signature}")

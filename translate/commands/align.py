"""`selaras align`: plain files, one JSON object a link."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UserError
from translate.commands.options import plain_lines


def align(
    translation: Annotated[Path, typer.Option(help="machine English, one sentence a line")],
    reference: Annotated[Path, typer.Option(help="reference English, one passage a line")],
    source: Annotated[
        Path | None, typer.Option(help="Indonesian, as many lines as the machine English")
    ] = None,
) -> None:
    """Align machine English with reference English; one JSON object a link, 0-based.

    Example: selaras align --translation T.en --reference R.en
    """
    from corpora.alignment import links

    translations, references = list(plain_lines(translation)), list(plain_lines(reference))
    if source is not None and (lines := sum(1 for _ in plain_lines(source))) != len(translations):
        raise UserError(
            f"{source} has {lines} lines, {translation} {len(translations)}; "
            "expected one translation for each line of the source"
        )
    for link in links(translations, references):
        typer.echo(json.dumps(asdict(link)))

"""`selaras align`: plain files, one JSON object a link."""

import json
from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UserError
from translate.commands.options import plain_lines


def align(
    translation: Annotated[Path, typer.Option(help="machine English, one sentence a line")],
    reference: Annotated[Path, typer.Option(help="reference English, one passage a line")],
    source: Annotated[
        Path | None,
        typer.Option(help="Indonesian of each line; its numbers and names are evidence"),
    ] = None,
    table: Annotated[
        Path | None, typer.Option(help="also write the links as a table to correct (.tsv)")
    ] = None,
    links: Annotated[
        Path | None, typer.Option(help="corrected table; print the links that it says")
    ] = None,
    quote_twice: Annotated[
        bool, typer.Option("--quote-twice", help="a line may match several reference lines")
    ] = False,
) -> None:
    """Align machine English with reference English; one JSON object a link, 0-based.

    Example: selaras align --translation T.en --reference R.en
    """
    from corpora.alignment import AlignOptions
    from corpora.link_table import read_links, write_links
    from corpora.linking import cautions, corrected, link_lines
    from corpora.linking import links as found_links

    translations, references = list(plain_lines(translation)), list(plain_lines(reference))
    sources = list(plain_lines(source)) if source is not None else []
    if source is not None and len(sources) != len(translations):
        raise UserError(
            f"{source} has {len(sources)} lines, {translation} {len(translations)}; "
            "expected one translation for each line of the source"
        )
    for caution in cautions(translations, references):
        typer.echo(f"selaras: {caution}", err=True)
    options = AlignOptions(quote_twice=quote_twice)
    found = found_links(translations, references, options, sources)
    if links is not None:
        found = corrected(found, read_links(links), translations, references)
    if table is not None:
        write_links(table, link_lines(found, translations, references, sources))
    for link in found:
        typer.echo(json.dumps(link.as_json(), ensure_ascii=False))

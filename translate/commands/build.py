"""`selaras build`: the whole job."""

import json
from pathlib import Path
from typing import Annotated

import typer

from translate.commands.options import (
    AsJson,
    BatchTokens,
    Beam,
    ComputeType,
    DeviceName,
    Drop,
    EngineName,
    Keep,
    ModelName,
    OnExisting,
    OwnRules,
    Quiet,
    TextColumn,
    cleaning_of,
    report_failures,
)


def build(
    articles: Annotated[Path, typer.Argument(help="a folder, a file, - or hf:NAME")],
    output: Annotated[Path, typer.Argument(help="run folder to write")],
    references: Annotated[
        Path | None,
        typer.Option(help="folder of .txt snippets named as the articles, or a .jsonl"),
    ] = None,
    model: ModelName = "bundled",
    engine: EngineName = "auto",
    device: DeviceName = "auto",
    compute_type: ComputeType = "auto",
    beam: Beam = 4,
    batch_tokens: BatchTokens = 2048,
    text_column: TextColumn = "",
    keep: Keep = None,
    drop: Drop = None,
    rules: OwnRules = None,
    on_existing: OnExisting = "fail",
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Clean, split, translate, align, score; write corpus and report.

    Example: selaras build artikel/ out/ --references refs/
    """
    from corpora.reading import ReadingOptions
    from translate.engine import Decoding
    from translate.pipeline import BuildOptions, build
    from translate.progress import progress

    options = BuildOptions(
        model=model,
        engine=engine,
        device=device,
        compute_type=compute_type,
        decoding=Decoding(beam, batch_tokens),
        on_existing=on_existing,
        reading=ReadingOptions(text_column),
        cleaning=cleaning_of(keep, drop, rules),
    )
    with progress(quiet=quiet or as_json) as bars:
        summary = build(articles, output, references=references, options=options, progress=bars)
    if summary is None:
        typer.echo(f"selaras: {output}: a finished run is there; left as it is", err=True)
        return
    if as_json:
        typer.echo(json.dumps(summary.as_json(), ensure_ascii=False))
    elif not quiet:
        for line in summary.lines():
            typer.echo(line)
    report_failures(reason for _, reason in summary.failures)

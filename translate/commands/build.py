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
    GlossaryFile,
    Keep,
    MemoryPlace,
    ModelName,
    OnExisting,
    OwnRules,
    Quiet,
    Redecode,
    TextColumn,
    batch_size,
    cleaning_of,
    report_failures,
)


def build(
    articles: Annotated[Path, typer.Argument(help="a folder, a file, - or hf:NAME")],
    output: Annotated[Path, typer.Argument(help="run folder to write")],
    references: Annotated[
        Path | None,
        typer.Option(help="folder of .txt named as the articles, or a .jsonl, .csv or .tsv"),
    ] = None,
    links: Annotated[
        Path | None, typer.Option(help="corrected links.tsv of a run; decides what is aligned")
    ] = None,
    model: ModelName = "bundled",
    engine: EngineName = "auto",
    device: DeviceName = "auto",
    compute_type: ComputeType = "auto",
    beam: Beam = 4,
    batch_tokens: BatchTokens = "auto",
    memory: MemoryPlace = "auto",
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="processes that share the work and are started again if they die"),
    ] = None,
    glossary: GlossaryFile = None,
    redecode: Redecode = True,
    text_column: TextColumn = "",
    keep: Keep = None,
    drop: Drop = None,
    rules: OwnRules = None,
    dedupe: Annotated[
        bool,
        typer.Option("--dedupe", help="leave articles and sentences that repeat earlier ones out"),
    ] = False,
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
    from translate.tellers import progress

    tokens, tune = batch_size(batch_tokens)
    options = BuildOptions(
        model=model,
        engine=engine,
        device=device,
        compute_type=compute_type,
        decoding=Decoding(beam, tokens),
        tune=tune,
        memory=memory,
        workers=workers or 0,
        glossary=glossary,
        redecode=redecode,
        on_existing=on_existing,
        links=links,
        reading=ReadingOptions(text_column),
        cleaning=cleaning_of(keep, drop, rules),
        dedupe=dedupe,
    )
    with progress(quiet=quiet, events=typer.echo if as_json else None) as bars:
        summary = build(articles, output, references=references, options=options, progress=bars)
    if summary is None:
        typer.echo(f"selaras: {output}: a finished run is there; left as it is", err=True)
        return
    if as_json:
        typer.echo(json.dumps({"event": "end", **summary.as_json()}, ensure_ascii=False))
    elif not quiet:
        for line in summary.lines():
            typer.echo(line)
    report_failures(reason for _, reason in summary.failures)

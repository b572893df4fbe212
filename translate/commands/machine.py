"""`selaras doctor` and `selaras estimate`: what this machine can do, and what a job will take."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from translate.commands.options import (
    AsJson,
    Beam,
    ComputeType,
    DeviceName,
    Drop,
    EngineName,
    Keep,
    ModelName,
    OwnRules,
    TextColumn,
    cleaning_of,
    report_failures,
    require_one,
)

MARKS = {"ok": "ok     ", "note": "note   ", "problem": "PROBLEM"}


def doctor(
    network: Annotated[bool, typer.Option(help="ask whether the Hub answers")] = True,
    as_json: AsJson = False,
) -> None:
    """Say what this machine can do; each problem with its cure. Exit code 1 if there is one.

    Example: selaras doctor
    """
    from translate.doctor import examination

    problems = 0
    for found in examination(network=network):
        problems += found.state == "problem"
        if as_json:
            typer.echo(json.dumps(asdict(found), ensure_ascii=False))
            continue
        typer.echo(f"{MARKS[found.state]}  {found.part}: {found.what}")
        if found.cure:
            typer.echo(f"         cure: {found.cure}")
    if not as_json:
        typer.echo(f"{problems} problem(s)" if problems else "everything that is needed works")
    if problems:
        raise typer.Exit(1)


def estimate(
    articles: Annotated[Path, typer.Argument(help="a folder, a file or hf:NAME")],
    model: ModelName = "bundled",
    engine: EngineName = "auto",
    device: DeviceName = "auto",
    compute_type: ComputeType = "auto",
    beam: Beam = 4,
    text_column: TextColumn = "",
    keep: Keep = None,
    drop: Drop = None,
    rules: OwnRules = None,
    as_json: AsJson = False,
) -> None:
    """Say how many sentences there are, and what time, memory and disk they will take here.

    All of the input is read and cleaned; translating is timed on a sample of it.

    Example: selaras estimate artikel/ --model opus
    """
    from corpora.reading import ReadingOptions, documents, sources
    from translate.engine import Decoding
    from translate.estimate import counted, estimated
    from translate.translator import Translator
    from translate.tuning import guessed

    found = sources(articles)
    loaded = Translator.load(
        model, engine=engine, device=device, compute_type=compute_type, decoding=Decoding(beam)
    )
    translator = guessed(loaded)  # the size of batch that `build` begins with
    count = counted(documents(found, ReadingOptions(text_column)), cleaning_of(keep, drop, rules))
    require_one(count.articles, count.failures)
    guess = estimated(count, translator)
    if as_json:
        facts = asdict(count) | asdict(guess)
        del facts["sample"]
        facts["failed"] = len(facts.pop("failures"))
        typer.echo(json.dumps(facts))
        report_failures(count.failures)
        return
    again = count.sentences - count.distinct
    typer.echo(
        f"{count.articles:,} articles ({count.failed} cannot be read), "
        f"{count.sentences:,} sentences ({again:,} repeated), {count.words:,} words; "
        f"{count.dropped:,} lines will be dropped"
    )
    typer.echo(
        f"about {duration(guess.seconds)} at {guess.sentences_per_second:,.0f} sentences/s "
        f"({translator.model.name}, {translator.engine.name} {translator.engine.compute_type} "
        f"on {translator.engine.device}, measured on {guess.timed:,} sentences)"
    )
    megabytes = max(1, guess.disk_bytes / 1e6)
    typer.echo(f"memory {guess.memory_bytes / 1e9:.1f} GB, disk {megabytes:,.0f} MB")
    report_failures(count.failures)


def duration(seconds: float) -> str:
    """A length of time as people say it.

    >>> duration(0.4), duration(75), duration(5400), duration(200_000)
    ('1 second', '75 seconds', '90 minutes', '56 hours')
    """
    for size, name, limit in ((1, "second", 120), (60, "minute", 120), (3600, "hour", 96)):
        if seconds < limit * size:
            count = max(1, round(seconds / size))
            return f"{count} {name}{'s' if count > 1 else ''}"
    return f"{round(seconds / 86400)} days"

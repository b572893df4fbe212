"""`selaras memory`: what the translation memory holds; `prune` it, `delete` it."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UsageError
from translate.commands.options import AsJson, MemoryPlace, called_alone

memory = typer.Typer(
    name="memory",
    help="The translation memory: how much it holds; make it smaller, or remove it.",
    invoke_without_command=True,
    rich_markup_mode=None,
    add_completion=False,
)


@memory.callback()
def shown(
    context: typer.Context,
    memory: MemoryPlace = "auto",
    as_json: AsJson = False,
) -> None:
    """Say where the translation memory is and how much it holds.

    It keeps every sentence that was translated, and its English, as plain text.

    Example: selaras memory
    """
    context.obj = memory
    if not called_alone(context, as_json=as_json):
        return
    from translate.memory_upkeep import contents

    found = contents(file_of(memory, context))
    if as_json:
        aside = [str(path) for path in found.set_aside]
        typer.echo(json.dumps(asdict(found) | {"file": str(found.file), "set_aside": aside}))
        return
    typer.echo(f"{found.file}: {found.entries:,} translations, {found.bytes / 1e6:,.1f} MB")
    if found.oldest_days is not None:
        typer.echo(f"the oldest was last used {ago(found.oldest_days)}; all are plain text")
    for path in found.set_aside:
        typer.echo(f"set aside because it was damaged: {path}; `selaras memory delete` removes it")


@memory.command()
def prune(
    context: typer.Context,
    unused_days: Annotated[
        int | None, typer.Option(min=0, help="forget what was not used for more days than this")
    ] = None,
    megabytes: Annotated[
        float | None, typer.Option(min=0, help="forget the oldest until the file is no larger")
    ] = None,
    memory: MemoryPlace = "auto",
) -> None:
    """Forget old translations; what is forgotten is gone from the file.

    A look-up is a use; its day is written down once a week.

    Example: selaras memory prune --unused-days 180 --megabytes 2000
    """
    from translate.memory_upkeep import contents, prune

    if unused_days is None and megabytes is None:
        raise UsageError("say what to forget: --unused-days, --megabytes or both")
    file = file_of(memory, context)
    most = None if megabytes is None else int(megabytes * 1e6)
    forgotten = prune(file, unused_days=unused_days, most_bytes=most)
    left = contents(file)
    typer.echo(
        f"{file}: {forgotten:,} translations forgotten; {left.entries:,} are left, "
        f"{left.bytes / 1e6:,.1f} MB"
    )


@memory.command()
def delete(
    context: typer.Context,
    memory: MemoryPlace = "auto",
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
) -> None:
    """Remove the translation memory, and damaged ones that were set aside beside it.

    Example: selaras memory delete
    """
    from translate.memory_upkeep import delete

    file = file_of(memory, context)
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError(f"{file}: nobody is there to ask; say --yes to remove it")
        typer.confirm(f"Remove {file} with all translations in it?", abort=True, err=True)
    typer.echo(f"{file}: removed, {delete(file) / 1e6:,.1f} MB")


def file_of(place: str, context: typer.Context) -> Path:
    """The file that the option names, be it written before or behind the name of the command.

    Raises:
        UsageError: it names none.
    """
    from translate.memory import named_memory

    file = named_memory(context.obj if place == "auto" else place)
    if file is None:
        raise UsageError("--memory off: name a file, or leave the option out")
    return file


def ago(days: int) -> str:
    """How long ago a day was.

    >>> ago(0), ago(1), ago(1200)
    ('today', 'yesterday', '1,200 days ago')
    """
    return ("today", "yesterday")[days] if days in (0, 1) else f"{days:,} days ago"

"""`selaras models`: names, where they are, licence, size; `fetch`, `check`, `prune` them."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from translate.commands.options import AsJson, called_alone

models = typer.Typer(
    name="models",
    help="Models by name: where each is, its licence and size; fetch or check one.",
    invoke_without_command=True,
    rich_markup_mode=None,
    add_completion=False,
)
Name = Annotated[
    str, typer.Argument(help="bundled, opus, nllb, ..., a folder, a Hub id[@REVISION]")
]


@models.callback()
def listed(context: typer.Context, as_json: AsJson = False) -> None:
    """List the models that have a name, and where they are.

    Example: selaras models
    """
    if not called_alone(context, as_json=as_json):
        return
    from translate.catalogue import listings

    for each in listings():
        if as_json:
            folder = str(each.folder) if each.folder else None
            typer.echo(json.dumps(asdict(each) | {"folder": folder}, ensure_ascii=False))
            continue
        where = str(each.folder) if each.folder else f"not here; selaras models fetch {each.name}"
        typer.echo(
            f"{each.name:<10} {each.megabytes:>6,} MB  {each.licence:<13} {each.purpose}\n"
            f"{'':<10} {where}"
        )


@models.command()
def fetch(name: Name) -> None:
    """Download a model, or what is new of it; then everything works with the network off.

    Example: selaras models fetch opus
    """
    from translate.models import find_model

    model = find_model(name, fresh=True)
    typer.echo(f"{model.name}: {model.folder} (revision {model.revision}, {model.licence})")


@models.command()
def check(name: Name) -> None:
    """Look at a model's files, convert it, and compare the conversion with the original.

    Example: selaras models check bundled
    """
    from translate.conversion import converted, mend
    from translate.equivalence import require_agreement
    from translate.models import find_model

    model = find_model(name)
    typer.echo(f"{model.name}: {model.family}, revision {model.revision}, {model.licence}")
    typer.echo(f"files: {model.folder}")
    if model.converted:
        typer.echo("a CTranslate2 folder; there is no original to compare it with")
        return
    for quantization in ("int8", "float32"):
        mend(model, quantization)
        folder = converted(model, quantization)
        found = require_agreement(model, folder, quantization)
        typer.echo(
            f"{quantization}: agrees with the original on {100 * found.share:.1f} % "
            f"of {found.tokens} tokens; {folder}"
        )


@models.command()
def prune(
    unused_days: Annotated[
        float, typer.Option(min=0, help="remove what was not used for so many days")
    ] = 30.0,
) -> None:
    """Remove conversions that are not used any more; what is asked for again is made again.

    Models that were fetched stay: they belong to the cache of the Hub's own tools.

    Example: selaras models prune --unused-days 90
    """
    from translate.conversion import cache_folder
    from translate.conversion import prune as pruned

    count, size = pruned(unused_days)
    typer.echo(f"{cache_folder()}: {count} conversions removed, {size / 1e6:,.1f} MB")

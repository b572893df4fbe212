"""`selaras export`, `push` and `rebuild`: a corpus leaves, and comes back."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpora.errors import UsageError
from translate.commands.options import AsJson, OnExisting, Quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpora.publishing.push import Pushed

Run = Annotated[Path, typer.Argument(help="a finished run folder of build")]


def export(
    run: Run,
    output: Annotated[Path, typer.Argument(help="file to write; ending in .gz: compressed")],
    to: Annotated[str, typer.Option(help="tmx, xliff, moses, tsv, jsonl or csv")],
    configuration: Annotated[
        str, typer.Option(help="aligned (human English) or machine; default: aligned if any")
    ] = "",
    split: Annotated[str, typer.Option(help="train, validation, test or all")] = "all",
    mask_personal_data: Annotated[
        bool, typer.Option("--mask-personal-data", help="placeholders for addresses and numbers")
    ] = False,
    on_existing: OnExisting = "fail",
    quiet: Quiet = False,
) -> None:
    """Write the corpus in another format; moses writes OUTPUT.id and OUTPUT.en.

    Example: selaras export out/ corpus.tmx --to tmx
    """
    from corpora.publishing.export import ExportOptions, export

    options = ExportOptions(configuration, split, mask_personal_data, on_existing)
    done = export(run, output, to, options)
    if quiet:
        return
    if not done.files:
        typer.echo(f"{output}: is there already and stays", err=True)
        return
    names = ", ".join(map(str, done.files))
    typer.echo(f"{done.pairs:,} pairs ({done.configuration}) -> {names}", err=True)
    for what, count in sorted(done.losses.counts.items()):
        typer.echo(f"selaras: {what} ({count:,} times)", err=True)


def push(
    run: Run,
    name: Annotated[str, typer.Argument(help="USER/NAME of the dataset on the Hub")],
    publish: Annotated[
        str, typer.Option(help="what of the articles leaves: full, snippets or hashes")
    ] = "",
    public: Annotated[bool, typer.Option("--public", help="everybody may read it")] = False,
    revision: Annotated[str, typer.Option(help="branch; made if it is not there")] = "main",
    commit_message: Annotated[str, typer.Option(help="of the commit")] = "",
    tag: Annotated[str, typer.Option(help="name for the commit, as v1.0")] = "",
    leaks: Annotated[
        Path | None, typer.Option(help="folder of test sets that the corpus should not hold")
    ] = None,
    drop_leaks: Annotated[
        bool, typer.Option("--drop-leaks", help="leave out rows that overlap with them")
    ] = False,
    keep_personal_data: Annotated[
        bool, typer.Option("--keep-personal-data", help="do not mask addresses and numbers")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="say what would be sent, only; no account needed")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Publish the corpus as a dataset on the Hugging Face Hub; private unless --public.

    Example: selaras push out/ user/name --dry-run
    """
    from corpora.publishing.dataset_repository import check_name
    from corpora.publishing.leaks import read_test_sets
    from corpora.publishing.publication import PublicationOptions
    from corpora.publishing.push import PushOptions, push

    check_name(name)
    if drop_leaks and leaks is None:
        raise UsageError("--drop-leaks: name the test sets with --leaks FOLDER")
    content = PublicationOptions(
        mode=publish or "full",
        keep_personal_data=keep_personal_data,
        test_sets=read_test_sets(leaks) if leaks else (),
        drop_leaks=drop_leaks,
    )
    options = PushOptions(public, revision, tag=tag, dry_run=dry_run)
    if commit_message:
        options = PushOptions(public, revision, commit_message, tag, dry_run)
    done = push(
        run,
        name,
        content,
        options,
        choose=ask if sys.stdin.isatty() and not quiet else None,
        mode_is_chosen=bool(publish),
        tell=(lambda _: None) if quiet or as_json else teller(dry_run=dry_run),
    )
    if as_json:
        typer.echo(json.dumps(as_object(done), ensure_ascii=False))
    elif quiet:
        for warning in done.warnings:
            typer.echo(f"selaras: warning: {warning}", err=True)
    elif not dry_run:
        sent = len(done.plan.send)
        typer.echo(f"{name}: {sent} files sent, verified at {done.commit[:12]}")


def ask() -> str:
    """Ask a person what of the articles may leave."""
    from corpora.publishing.publication import MODES

    while True:
        answer = str(typer.prompt(f"What of the articles may everybody read? {', '.join(MODES)}"))
        if answer in MODES:
            return answer


def teller(*, dry_run: bool) -> "Callable[[str], None]":
    """What tells a person the plan: the result of a dry run, talk before a push."""
    return lambda line: typer.echo(line, err=not dry_run)


def as_object(done: "Pushed") -> dict[str, Any]:
    """A push for a machine."""
    plan = done.plan
    return {
        "repository": plan.repository,
        "revision": plan.revision,
        "public": plan.public,
        "create": plan.create,
        "send": [
            {"path": item.path, "size": item.size, "sha256": item.sha256} for item in plan.send
        ],
        "keep": [item.path for item in plan.keep],
        "delete": list(plan.delete),
        "commit": done.commit or None,
        "compared": done.compared,
        "masked": dict(done.publication.masked or {}),
        "leaking": dict(done.publication.leaking),
        "warnings": list(done.warnings),
    }


def rebuild(
    dataset: Annotated[str, typer.Argument(help="USER/NAME on the Hub, or a local folder")],
    articles: Annotated[Path, typer.Argument(help="the articles it was made from")],
    output: Annotated[Path, typer.Argument(help="run folder to write")],
    references: Annotated[
        Path | None, typer.Option(help="the reference snippets it was aligned with")
    ] = None,
    model: Annotated[
        str, typer.Option("--model", help="translates again; default: the dataset's own model")
    ] = "",
    source_only: Annotated[
        bool, typer.Option("--source-only", help="leave the machine English empty")
    ] = False,
    revision: Annotated[str, typer.Option(help="branch, tag or commit on the Hub")] = "main",
    text_column: Annotated[
        str, typer.Option("--text-column", help="column of tables that holds the article")
    ] = "",
    quiet: Quiet = False,
) -> None:
    """Make a corpus again that was published as hashes, from the articles it was made from.

    Example: selaras rebuild user/name artikel/ out/ --references refs/
    """
    from translate.rebuilding import RebuildOptions, rebuild

    done = rebuild(
        dataset,
        articles,
        output,
        RebuildOptions(references, model, source_only, revision, text_column),
    )
    for line in done.lines():
        if not quiet:
            typer.echo(line, err=True)
    if done.missing:
        raise typer.Exit(3)

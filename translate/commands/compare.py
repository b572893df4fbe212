"""`selaras compare`: systems side by side, of runs or of plain files."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpora.errors import UsageError, UserError
from translate.commands.options import AsJson, plain_lines
from translate.commands.score import (
    ArticleNames,
    MetricCommands,
    MetricTimeout,
    Resamples,
    Seed,
    commands_of,
    fully_referenced,
    names_of_articles,
)

if TYPE_CHECKING:
    from eval.contest import Contest

AsMarkdown = Annotated[bool, typer.Option("--markdown", help="tables in Markdown")]
AsLatex = Annotated[bool, typer.Option("--latex", help="tables in LaTeX (booktabs)")]


def compare(
    systems: Annotated[
        list[Path], typer.Argument(help="run folders, or files of translations, one a line")
    ],
    reference: Annotated[
        list[Path] | None, typer.Option(help="references of the files, one a line; repeatable")
    ] = None,
    source: Annotated[Path | None, typer.Option(help="Indonesian of the files")] = None,
    articles: ArticleNames = None,
    segments: Annotated[
        int, typer.Option("--segments", min=0, help="of those that differ most, how many to show")
    ] = 10,
    metric_command: MetricCommands = None,
    metric_timeout: MetricTimeout = 3600.0,
    resamples: Resamples = 1000,
    seed: Seed = 12345,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    as_latex: AsLatex = False,
) -> None:
    """Compare systems on the same sentences, the first with all others.

    Example: selaras compare --reference R.en --source S.id A.en B.en
    """
    if as_json + as_markdown + as_latex > 1:
        raise UsageError("name one of --json, --markdown and --latex")
    if len(systems) < 2:
        raise UsageError(f"{systems[0]}: one system only; name two or more")
    commands = commands_of(metric_command, metric_timeout)
    contest = contest_of(systems, reference or [], source, articles)

    from corpora.files import core_count
    from eval.bootstrap import Resampling
    from eval.comparison import CompareOptions
    from eval.comparison import compare as compare_systems
    from eval.comparison_tables import tables
    from eval.significance import Trials
    from eval.tables import FORMATS

    trials = Trials(Resampling(resamples, seed))
    options = CompareOptions(trials, commands, segments, core_count())
    found = compare_systems(contest, options)
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    show = FORMATS["markdown" if as_markdown else "latex" if as_latex else "text"]
    typer.echo("\n\n".join(show(table) for table in tables(found)))


def contest_of(
    systems: Sequence[Path], references: Sequence[Path], source: Path | None, articles: Path | None
) -> "Contest":
    """The systems that run folders or files hold."""
    for path in systems:
        if not path.exists():
            raise UserError(f"{path}: not there; check the name")
    folders = [path for path in systems if path.is_dir()]
    if folders and len(folders) < len(systems):
        raise UsageError("run folders and files cannot be compared; name either")
    if folders:
        if references or source or articles:
            raise UsageError("run folders bring their own --reference, --source and --articles")
        from eval.shared_alignment import contest_of_runs

        return contest_of_runs(folders)
    if not references:
        raise UsageError("files of translations need --reference; run folders have their own")
    return contest_of_files(systems, references, source, articles)


def contest_of_files(
    systems: Sequence[Path], references: Sequence[Path], source: Path | None, articles: Path | None
) -> "Contest":
    """Systems of plain files, one sentence a line.

    Raises:
        UserError: files of unlike length, or a line without a reference.
    """
    from eval.contest import Contest
    from eval.shared_alignment import names_of

    hypotheses = [list(plain_lines(system)) for system in systems]
    count = len(hypotheses[0])
    for system, lines in zip(systems, hypotheses, strict=True):
        if len(lines) != count:
            raise UserError(
                f"{system} has {len(lines)} lines, {systems[0]} {count}; "
                "expected the same sentences in each"
            )
    given, empty = fully_referenced(references, systems[0], count)
    sources = list(plain_lines(source)) if source else None
    if source and sources is not None and len(sources) != count:
        raise UserError(
            f"{source} has {len(sources)} lines, {systems[0]} {count}; expected one source for each"
        )
    return Contest(
        names=names_of(systems),
        hypotheses=tuple(hypotheses),
        references=given,
        sources=sources,
        places=[f"line {number}" for number in range(1, count + 1)],
        articles=names_of_articles(articles, systems[0], count),
        notes=(f"{empty} empty references were left out",) if empty else (),
    )

"""`selaras score`: metrics of plain files or of a run."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpora.errors import UsageError, UserError
from translate.commands.options import AsJson, plain_lines

if TYPE_CHECKING:
    from eval.bootstrap import Resampling
    from eval.external import MetricCommand
    from eval.metrics import Score

ArticleNames = Annotated[
    Path | None,
    typer.Option("--articles", help="article of each line: whole articles are then resampled"),
]
MetricCommands = Annotated[
    list[str] | None,
    typer.Option(
        "--metric-command", help="NAME=COMMAND of another metric (docs/evaluation.md); repeatable"
    ),
]
MetricTimeout = Annotated[
    float, typer.Option("--metric-timeout", min=1, help="seconds that such a command may take")
]
Resamples = Annotated[
    int, typer.Option("--resamples", min=100, max=100_000, help="of the bootstrap")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="of the bootstrap")]


def score(
    run: Annotated[Path | None, typer.Argument(help="a run folder of build")] = None,
    hypothesis: Annotated[Path | None, typer.Option(help="translations, one a line")] = None,
    reference: Annotated[
        list[Path] | None,
        typer.Option(help="references, one a line; repeatable, a line may then be empty in some"),
    ] = None,
    source: Annotated[Path | None, typer.Option(help="Indonesian, one sentence a line")] = None,
    articles: ArticleNames = None,
    reverse: Annotated[
        str, typer.Option(help="model from English to Indonesian, for the way there and back")
    ] = "",
    metric_command: MetricCommands = None,
    metric_timeout: MetricTimeout = 3600.0,
    resamples: Resamples = 1000,
    seed: Seed = 12345,
    as_json: AsJson = False,
) -> None:
    """Score translations with BLEU, chrF2++ and TER; warnings go to standard error.

    Example: selaras score --hypothesis H.en --reference R.en
    """
    from corpora.files import core_count
    from eval.bootstrap import Resampling

    options = Resampling(resamples, seed)
    commands = commands_of(metric_command, metric_timeout)
    if run is not None:
        if hypothesis or reference or source or articles:
            raise UsageError("a run folder brings its own --hypothesis, --reference and --source")
        scored_run(run, options, commands, reverse, as_json=as_json)
        return
    if hypothesis is None or not reference:
        raise UsageError("name a run folder, or both --hypothesis and --reference")
    if reverse and source is None:
        raise UsageError("--reverse needs --source to compare with")
    hypotheses = list(plain_lines(hypothesis))
    given, empty = fully_referenced(reference, hypothesis, len(hypotheses))
    sources = sources_of(source, hypothesis, len(hypotheses))

    from eval.plain_scores import PlainFiles, scored_files

    back = translated_back(reverse, hypotheses) if reverse else None
    files = PlainFiles(
        hypotheses, given, sources, names_of_articles(articles, hypothesis, len(hypotheses)), back
    )
    found = scored_files(files, options, commands, core_count(), empty)
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    for each in found.scores:
        typer.echo(line_of(each))
    for line in found.lines():
        typer.echo(line)
    for warning in found.warnings:
        typer.echo(f"selaras: note: {warning}", err=True)


def line_of(found: "Score") -> str:
    """A score as a line with tabs: metric, value, signature, interval, how that was made."""
    cells = [found.metric, f"{found.value:.2f}", found.signature]
    if found.low is not None and found.high is not None:
        cells += [f"[{found.low:.2f}, {found.high:.2f}]", found.resampling]
    return "\t".join(cells)


def scored_run(
    run: Path,
    options: "Resampling",
    commands: "Sequence[MetricCommand]",
    reverse: str,
    *,
    as_json: bool,
) -> None:
    """Print the scores of a run, and those that are asked for beside them."""
    from eval.report.run_files import mapping
    from translate.run_folder import RunFolder

    file = RunFolder(run).scores
    if not file.exists():
        raise UserError(f"{run}: no finished run (no scores.json); build it first")
    known = dict(mapping(file))
    if not made_with(known, options):
        known |= scored_again(run, options)
    if commands or reverse:
        known |= beside(run, options, commands, reverse)
    if as_json:
        typer.echo(json.dumps(known, ensure_ascii=False))
        return
    from eval.run_lines import lines

    for line in lines(known):
        typer.echo(line)
    for warning in known.get("warnings") or ():
        typer.echo(f"selaras: note: {warning}", err=True)


def made_with(known: Mapping[str, Any], options: "Resampling") -> bool:
    """Tell whether the intervals of a `scores.json` are of these resamples."""
    from eval.bootstrap import Resampling

    made = known.get("resampling") or asdict(Resampling())
    return asdict(options).items() <= made.items()


def scored_again(run: Path, options: "Resampling") -> dict[str, Any]:
    """Everything that `scores.json` holds, from the rows of a run; its file stays as it is."""
    from corpora.files import core_count
    from eval.gathering import Unaligned
    from eval.report.run_files import RunFiles
    from eval.run_scores import scored
    from translate.run_folder import RunFolder

    file, files = RunFolder(run).unaligned, RunFiles(run)
    files.check()
    if not file.exists():  # without it all references would seem to be aligned
        raise UserError(f"{file}: not there, and rows alone cannot be scored; build the run again")
    left = (
        Unaligned(*(str(entry.get(name) or "") for name in ("article", "text", "reference_id")))
        for entry in files.lines(file.name)
    )
    articles = files.articles().items()
    sites = {path: str(known["site"]) for path, known in articles if known.get("site")}
    found = scored(files.rows(), left, sites=sites, options=options, workers=core_count())
    return found.as_json()


def beside(
    run: Path, options: "Resampling", commands: "Sequence[MetricCommand]", reverse: str
) -> dict[str, Any]:
    """Scores of other programs, and of the way there and back, of the aligned rows of a run."""
    from corpora.files import core_count
    from eval.plain_scores import PlainFiles, scored_files
    from eval.report.run_files import RunFiles

    rows = [row for row in RunFiles(run).rows() if row.reference and row.reference.strip()]
    if not rows:
        raise UserError(f"{run}: no row has a reference; nothing to score")
    english = [row.translation for row in rows]
    files = PlainFiles(
        english,
        [[row.reference or ""] for row in rows],
        [row.source for row in rows],
        [row.article for row in rows],
        translated_back(reverse, english) if reverse else None,
    )
    found = scored_files(files, options, commands, core_count(), 0).as_json()
    return {name: found[name] for name in ("external", "round_trip") if found[name]}


def translated_back(model: str, english: Sequence[str]) -> list[str]:
    """English in Indonesian again."""
    from translate.translator import Translator

    return [each.text for each in Translator.load(model).translate(english)]


def commands_of(options: list[str] | None, timeout_seconds: float) -> "tuple[MetricCommand, ...]":
    """What `--metric-command` says, each time that it is given."""
    from eval.external import metric_command

    found = tuple(metric_command(option, timeout_seconds) for option in options or ())
    if len({each.name for each in found}) < len(found):
        raise UsageError("--metric-command: a name is given twice; use another")
    return found


def fully_referenced(
    files: Sequence[Path], hypothesis: Path, count: int
) -> tuple[list[list[str]], int]:
    """The references of each line, and how many lines of the files are empty.

    Raises:
        UserError: a file of another length, or a line that is empty in all.
    """
    columns = [list(plain_lines(file)) for file in files]
    for file, lines in zip(files, columns, strict=True):
        if len(lines) != count:
            raise UserError(
                f"{hypothesis} has {count} lines, {file} {len(lines)}; "
                "expected one translation for each reference"
            )
    names = ", ".join(map(str, files))
    given = [[each for each in row if each.strip()] for row in zip(*columns, strict=True)]
    bare = [number for number, row in enumerate(given, 1) if not row]
    if bare or not given:
        where = f"line {bare[0]}: an empty line" if bare else "no line"
        raise UserError(f"{names}: {where}; expected a reference for each translation")
    return given, count * len(files) - sum(map(len, given))


def sources_of(source: Path | None, hypothesis: Path, count: int) -> list[str] | None:
    """The lines of the source, if one is named.

    Raises:
        UserError: there are more or fewer than translations.
    """
    if source is None:
        return None
    lines = list(plain_lines(source))
    if len(lines) != count:
        raise UserError(
            f"{source} has {len(lines)} lines, {hypothesis} {count}; expected one source for each"
        )
    return lines


def names_of_articles(file: Path | None, hypothesis: Path, count: int) -> list[str] | None:
    """The article of each line, if a file says so.

    Raises:
        UserError: it has more or fewer lines than there are translations.
    """
    if file is None:
        return None
    names = list(plain_lines(file))
    if len(names) != count:
        raise UserError(
            f"{file} has {len(names)} lines, {hypothesis} {count}; expected an article for each"
        )
    return names

"""Options that several commands share, with one name and one meaning, and what they stand for."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpora.errors import UsageError, UserError

if TYPE_CHECKING:
    from corpora.document import Document
    from corpora.page import Cleaning

ModelName = Annotated[
    str,
    typer.Option("--model", help="bundled, opus, nllb, nllb-1.3b, nllb-3.3b, a folder or a Hub id"),
]
EngineName = Annotated[str, typer.Option("--engine", help="auto, ct2 or torch")]
DeviceName = Annotated[str, typer.Option("--device", help="auto, cpu or cuda")]
ComputeType = Annotated[
    str, typer.Option("--compute-type", help="auto, int8, float32, float16 or bfloat16")
]
Beam = Annotated[int, typer.Option("--beam", min=1, max=64, help="hypotheses kept in the search")]
BatchTokens = Annotated[
    str,
    typer.Option(
        "--batch-tokens", help="source tokens of a batch, or auto: measure what is fastest here"
    ),
]
MemoryPlace = Annotated[
    str,
    typer.Option("--memory", help="file of the translation memory, auto (in your cache) or off"),
]
GlossaryFile = Annotated[
    Path | None,
    typer.Option("--glossary", help="TSV of terms: Indonesian, English, perhaps a note (exact)"),
]
Redecode = Annotated[
    bool,
    typer.Option("--redecode/--no-redecode", help="decode what looks wrong again in other ways"),
]
Keep = Annotated[
    list[str] | None, typer.Option("--keep", help="label to keep beside title and body; repeatable")
]
Drop = Annotated[list[str] | None, typer.Option("--drop", help="label to drop; repeatable")]
OwnRules = Annotated[
    list[Path] | None, typer.Option("--rules", help="TOML of own line rules, asked first")
]
OnExisting = Annotated[
    str, typer.Option("--on-existing", help="output that is there: fail, skip or overwrite")
]
TextColumn = Annotated[
    str, typer.Option("--text-column", help="column of tables that holds the article")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="no progress and no summary")]
AsJson = Annotated[bool, typer.Option("--json", help="one JSON object an event, the summary last")]


def batch_size(batch_tokens: str) -> tuple[int, bool]:
    """Source tokens of a batch, and whether they are but a guess that is to be measured."""
    from translate.engine import Decoding
    from translate.tuning import AUTO

    if batch_tokens == AUTO:
        return Decoding().batch_tokens, True
    if not batch_tokens.isdecimal() or not int(batch_tokens):
        raise typer.BadParameter(f"--batch-tokens {batch_tokens}: expected a number, or auto")
    return int(batch_tokens), False


def plain_lines(file: Path) -> Iterator[str]:
    """The lines of a UTF-8 file, or of standard input for `-`, without their ends."""
    if str(file) == "-":
        data = sys.stdin.buffer.read()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(f"standard input: byte {error.start} is not UTF-8") from None
        yield from text.removesuffix("\n").split("\n") if text else ()
        return
    from corpora.references import read_text

    text = read_text(file)
    yield from text.removesuffix("\n").split("\n") if text else ()


def input_lines(location: Path, text_column: str) -> "Iterator[str]":
    """The lines of a text file of any size or of standard input, else those of the articles."""
    from corpora.document import lines_of
    from corpora.reading import Source, plain_text, text_lines

    if plain_text(location):
        for text in text_lines(Source(location, location.name)):
            yield from (line.text for line in lines_of(text))
        return
    for document in articles_of(location, text_column):
        yield from (line.text for line in lines_of(document.text))


def cleaning_of(
    keep: list[str] | None, drop: list[str] | None, rules: list[Path] | None
) -> "Cleaning":
    """What the options say of the cleaning."""
    from corpora.lines.rules import read_rules
    from corpora.page import Cleaning

    own = tuple(rule for file in rules or () for rule in read_rules(file))
    return Cleaning(frozenset(keep or ()), frozenset(drop or ()), own)


def articles_of(location: Path, text_column: str) -> "Iterator[Document]":
    """The articles of an input; when they end, those that failed are listed (exit code 3).

    Raises:
        UserError: the one article there is cannot be read.
    """
    from corpora.reading import Failure, ReadingOptions, documents, sources, warn_of_others

    failures, read = [], 0
    stream = documents(sources(location), ReadingOptions(text_column))
    warn_of_others(location)
    for found in stream:
        if isinstance(found, Failure):
            failures.append(found.reason)
        else:
            read += 1
            yield found
    require_one(read, failures)
    report_failures(failures)


def require_one(read: int, reasons: Sequence[str]) -> None:
    """Refuse an input of which the one thing there is cannot be read.

    Raises:
        UserError: so it is.
    """
    if not read and len(reasons) == 1:
        raise UserError(reasons[0])


def report_failures(reasons: Iterable[str]) -> None:
    """List inputs that failed on standard error and leave with exit code 3 if there are any."""
    found = list(reasons)
    for reason in found:
        typer.echo(f"selaras: failed: {reason}", err=True)
    if found:
        raise typer.Exit(3)


def called_alone(context: typer.Context, *, as_json: bool) -> bool:
    """Tell whether a group of commands was called without one of them.

    Raises:
        UsageError: it was not, and `--json` stands before the command, which does not hear it.
    """
    if context.invoked_subcommand and as_json:
        raise UsageError(f"--json: goes with `{context.command_path}` alone")
    return context.invoked_subcommand is None

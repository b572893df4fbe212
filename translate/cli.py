"""The `selaras` command: parse, call, print."""

import errno
import json
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpora.errors import UserError

if TYPE_CHECKING:
    from corpora.document import Document
    from corpora.page import Cleaning

app = typer.Typer(
    name="selaras",
    help="Indonesian articles into English, aligned with the original reporting and scored.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

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
    int, typer.Option("--batch-tokens", min=1, help="source tokens of a batch, padding included")
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
AsJson = Annotated[bool, typer.Option("--json", help="the summary as one JSON object")]


@app.command()
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


@app.command()
def translate(
    source: Annotated[Path, typer.Argument(help="a file, a folder, - or hf:NAME")],
    output: Annotated[
        Path | None, typer.Argument(help="file or folder to write; without it, standard output")
    ] = None,
    model: ModelName = "bundled",
    engine: EngineName = "auto",
    device: DeviceName = "auto",
    compute_type: ComputeType = "auto",
    beam: Beam = 4,
    batch_tokens: BatchTokens = 2048,
    text_column: TextColumn = "",
    on_existing: OnExisting = "fail",
    quiet: Quiet = False,
) -> None:
    """Translate a file, a folder (names mirrored) or standard input; paragraphs are kept.

    Example: selaras translate artikel/ english/
    """
    from corpora.reading import ReadingOptions, Source, sources, text_lines
    from translate.engine import Decoding
    from translate.mirror import mirror, translate_stream, translate_texts
    from translate.progress import progress
    from translate.translator import Translator

    def load() -> Translator:
        return Translator.load(
            model,
            engine=engine,
            device=device,
            compute_type=compute_type,
            decoding=Decoding(beam, batch_tokens),
        )

    to_stdout = output is None or str(output) == "-"
    if str(source) == "-":
        if not to_stdout:
            raise UserError("standard input goes to standard output; leave the second name out")
        for piece in translate_stream(text_lines(Source(source, "stdin.txt")), load()):
            typer.echo(piece, nl=False)
    elif to_stdout:
        if source.is_dir():
            raise UserError(f"{source}: a folder needs an output folder; name one")
        translator = None
        for document in articles_of(source, text_column):
            if translator is None:  # after the first look at the input: it may be wrong
                translator = load()
            else:
                typer.echo()
            typer.echo(translate_texts([document.text], translator)[0], nl=False)
    else:
        assert output is not None
        sources(source)  # complain of the input before a model is loaded
        with progress(quiet=quiet) as bars:
            done = mirror(
                source,
                output,
                load(),
                on_existing=on_existing,
                progress=bars,
                options=ReadingOptions(text_column),
            )
        if not quiet:
            left = f", {done.skipped} there already" if done.skipped else ""
            typer.echo(f"{done.written} files, {done.words:,} words -> {output}{left}", err=True)
        report_failures(failure.reason for failure in done.failures)


@app.command()
def clean(
    file: Annotated[Path, typer.Argument(help="a page, or anything that build reads")],
    text_column: TextColumn = "",
    keep: Keep = None,
    drop: Drop = None,
    rules: OwnRules = None,
) -> None:
    """Label every line of a page; one JSON object a line, `article` in it if there are several.

    Each line has a score (how sure the rule is of the label) and a verdict (kept or not).

    Example: selaras clean artikel/korut.txt
    """
    from corpora.cleaning import label_lines
    from corpora.reading import count

    cleaning = cleaning_of(keep, drop, rules)
    one = count(file) == 1
    for document in articles_of(file, text_column):
        for line in label_lines(document, cleaning.rules):
            entry = {
                "line": line.line.number,
                "label": line.label,
                "rule": line.rule,
                "score": line.score,
                "kept": line.label in cleaning.kept,
                "text": line.line.text,
            }
            which = {} if one else {"article": document.path}
            typer.echo(json.dumps(which | entry, ensure_ascii=False))


@app.command()
def split(
    file: Annotated[Path, typer.Argument(help="a file, a folder, or - for standard input")],
    repair: Annotated[bool, typer.Option("--repair", help="mend broken typography first")] = False,
    text_column: TextColumn = "",
) -> None:
    """Print one sentence a line.

    Example: selaras split artikel.txt --repair
    """
    from corpora.repair import repair as mend
    from corpora.splitting import split

    for line in input_lines(file, text_column):
        for sentence in split(mend(line) if repair else line):
            typer.echo(sentence)


@app.command()
def align(
    translation: Annotated[Path, typer.Option(help="machine English, one sentence a line")],
    reference: Annotated[Path, typer.Option(help="reference English, one passage a line")],
    source: Annotated[
        Path | None, typer.Option(help="Indonesian, as many lines as the machine English")
    ] = None,
) -> None:
    """Align machine English with reference English; one JSON object a link, 0-based.

    Example: selaras align --translation T.en --reference R.en
    """
    from corpora.alignment import links

    translations, references = list(plain_lines(translation)), list(plain_lines(reference))
    if source is not None and (lines := sum(1 for _ in plain_lines(source))) != len(translations):
        raise UserError(
            f"{source} has {lines} lines, {translation} {len(translations)}; "
            "expected one translation for each line of the source"
        )
    for link in links(translations, references):
        typer.echo(json.dumps(asdict(link)))


@app.command()
def score(
    run: Annotated[Path | None, typer.Argument(help="a run folder of build")] = None,
    hypothesis: Annotated[Path | None, typer.Option(help="translations, one a line")] = None,
    reference: Annotated[Path | None, typer.Option(help="references, one a line")] = None,
) -> None:
    """Score translations with BLEU, chrF2++ and TER.

    Example: selaras score --hypothesis H.en --reference R.en
    """
    from eval.metrics import score as score_pairs

    if run is not None:
        from translate.run_folder import RunFolder

        scores = RunFolder(run).scores
        if not scores.exists():
            raise UserError(f"{run}: no finished run (no scores.json); build it first")
        typer.echo(scores.read_text(encoding="utf-8"), nl=False)
        return
    if hypothesis is None or reference is None:
        raise UserError("name a run folder, or both --hypothesis and --reference")
    hypotheses, references = list(plain_lines(hypothesis)), list(plain_lines(reference))
    if len(hypotheses) != len(references):
        raise UserError(
            f"{hypothesis} has {len(hypotheses)} lines, {reference} {len(references)}; "
            "expected one translation for each reference"
        )
    if "" in map(str.strip, references) or not references:
        raise UserError(f"{reference}: an empty line, or no line; expected a reference in each")
    for found in score_pairs(hypotheses, references):
        typer.echo(f"{found.metric}\t{found.value:.2f}\t{found.signature}")


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
    from corpora.page import Cleaning
    from corpora.rules import read_rules

    own = tuple(rule for file in rules or () for rule in read_rules(file))
    return Cleaning(frozenset(keep or ()), frozenset(drop or ()), own)


def articles_of(location: Path, text_column: str) -> "Iterator[Document]":
    """The articles of an input; when they end, those that failed are listed (exit code 3).

    Raises:
        UserError: the one article there is cannot be read.
    """
    from corpora.reading import Failure, ReadingOptions, documents, sources

    failures, read = [], 0
    for found in documents(sources(location), ReadingOptions(text_column)):
        if isinstance(found, Failure):
            failures.append(found.reason)
        else:
            read += 1
            yield found
    if not read and len(failures) == 1:
        raise UserError(failures[0])
    report_failures(iter(failures))


def report_failures(reasons: "Iterator[str]") -> None:
    """List inputs that failed on standard error and leave with exit code 3 if there are any."""
    found = list(reasons)
    for reason in found:
        typer.echo(f"selaras: failed: {reason}", err=True)
    if found:
        raise typer.Exit(3)


GO_ON = "build goes on with the same command, translate with --on-existing skip"
CURES = {
    errno.ENOSPC: "no space left on the disk; free some, then go on",
    errno.EDQUOT: "disk quota reached; free some space, then go on",
    errno.ENOTDIR: "a file stands where a folder is needed; name another place",
    errno.EISDIR: "a folder stands where a file is needed; name another place",
    errno.EEXIST: "a file stands where a folder is needed; name another place",
    errno.ENAMETOOLONG: "the name is too long for this file system; use shorter names",
    errno.EFBIG: "the file grew over the limit of this system or shell (ulimit -f)",
    errno.EACCES: "permission denied; check who owns it",
    errno.EROFS: "a read-only file system; name another folder",
}


def main() -> None:
    """Run the command; what a user can mend becomes one line on standard error."""
    try:
        app()
    except UserError as error:
        fail(str(error), 1)
    except KeyboardInterrupt:
        fail(f"interrupted; what was done is kept. {GO_ON}", 130)
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
    except sqlite3.OperationalError as error:
        fail(f"the journal cannot be written ({error}); free disk space, then go on. {GO_ON}", 1)
    except sqlite3.DatabaseError as error:
        fail(f"the journal is damaged ({error}); use --on-existing overwrite, or a new folder", 1)
    except OSError as error:
        if error.errno not in CURES:
            raise
        fail(f"{error.filename or 'output'}: {CURES[error.errno]}", 1)


def fail(message: str, code: int) -> None:
    """Say why, in one line, and leave."""
    typer.echo(f"selaras: {message}", err=True)
    raise SystemExit(code)

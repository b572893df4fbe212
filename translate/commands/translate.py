"""`selaras translate`: a file, a folder or a stream into English."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpora.errors import UsageError
from translate.commands.options import (
    AsJson,
    BatchTokens,
    Beam,
    ComputeType,
    DeviceName,
    EngineName,
    GlossaryFile,
    MemoryPlace,
    ModelName,
    OnExisting,
    Quiet,
    Redecode,
    TextColumn,
    articles_of,
    batch_size,
    report_failures,
    require_one,
)

if TYPE_CHECKING:
    from corpora.document import Document
    from translate.translator import Translator


def translate(
    source: Annotated[Path, typer.Argument(help="a file, a folder, - or hf:NAME")],
    output: Annotated[
        str, typer.Argument(help="file or folder/ to write; without it, standard output")
    ] = "",
    model: ModelName = "bundled",
    engine: EngineName = "auto",
    device: DeviceName = "auto",
    compute_type: ComputeType = "auto",
    beam: Beam = 4,
    batch_tokens: BatchTokens = "auto",
    memory: MemoryPlace = "auto",
    glossary: GlossaryFile = None,
    redecode: Redecode = True,
    text_column: TextColumn = "",
    on_existing: OnExisting = "fail",
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Translate a file, a folder (names mirrored) or standard input; paragraphs are kept.

    Nothing is dropped: `build` and `clean` tell an article from what stands around it.

    Example: selaras translate artikel/ english/
    """
    from corpora.files import check_on_existing
    from translate.engine import Decoding
    from translate.memory import memory_at
    from translate.quality.glossary import NO_GLOSSARY, read_glossary
    from translate.translator import Translator
    from translate.tuning import guessed

    tokens, tune = batch_size(batch_tokens)
    check_on_existing(on_existing)
    to_stdout = output in ("", "-")
    if as_json and to_stdout:
        raise UsageError("--json: standard output has the English; name a file or folder for it")
    if str(source) == "-" and not to_stdout:
        raise UsageError("standard input goes to standard output; leave the second name out")
    terms = read_glossary(glossary) if glossary else NO_GLOSSARY
    with memory_at(memory) as remembered:

        def load() -> Translator:
            loaded = Translator.load(
                model,
                engine=engine,
                device=device,
                compute_type=compute_type,
                decoding=Decoding(beam, tokens),
                ladder=redecode,
                glossary=terms,
            )
            return replace(guessed(loaded) if tune else loaded, memory=remembered)

        if to_stdout:
            print_english(source, text_column, load, tune=tune, quiet=quiet)
        else:
            write_english(
                source,
                Path(output),
                load,
                is_folder=output.endswith(("/", os.sep)),
                text_column=text_column,
                on_existing=on_existing,
                tune=tune,
                quiet=quiet,
                as_json=as_json,
            )


def print_english(
    source: Path, text_column: str, load: Callable[[], "Translator"], *, tune: bool, quiet: bool
) -> None:
    """Translate standard input, a file or the rows of a table to standard output."""
    from corpora.reading import Source, text_lines
    from translate.stream import translate_lines, translate_stream
    from translate.tellers import progress

    if str(source) == "-":
        loaded = load()
        lines = warned_of_page(text_lines(Source(source, "stdin.txt")))
        for piece in translate_stream(lines, loaded):
            typer.echo(piece, nl=False)
        tell(loaded, quiet=quiet)
        return
    if source.is_dir():
        raise UsageError(f"{source}: a folder needs an output folder; name one")
    ended: list[typer.Exit] = []
    lines = lines_of_all(articles_of(source, text_column), ended)
    first = list(islice(lines, 1))  # before the model is loaded: the input may be wrong
    if first:
        loaded = load()
        with progress(quiet=quiet or sys.stdout.isatty()) as bars:
            bars.begin("translate", None)
            for piece in translate_lines(chain(first, lines), loaded, tune=tune, progress=bars):
                typer.echo(piece, nl=False)
        tell(loaded, quiet=quiet)
    for each in ended:
        raise each


def warned_of_page(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines of standard input; say so if they are of an HTML page, which is not taken apart.

    They are translated as they come, so nothing knows what of the page is its article.
    """
    from corpora.webpage import begins_page

    for number, line in enumerate(lines):
        if not number and begins_page(line.encode("utf-8", "replace")):
            typer.echo(
                "selaras: standard input is an HTML page, its tags count as text; for its article "
                "save it as page.html and name that",
                err=True,
            )
        yield line


def lines_of_all(articles: "Iterable[Document]", ended: list[typer.Exit]) -> Iterator[str]:
    """The lines of all articles with their ends, a blank one between two.

    Args:
        articles: those that can be read.
        ended: gets what they end with when some cannot be.
    """
    from translate.mirror import missing_end
    from translate.stream import lines_with_ends

    try:
        for number, document in enumerate(articles):
            if number:
                yield "\n"
            yield from lines_with_ends(document.text + missing_end(document))
    except typer.Exit as exit_:
        ended.append(exit_)


def tell(translator: "Translator", *, quiet: bool) -> None:
    """Say on standard error how many terms of a glossary came through."""
    if translator.glossary.terms and not quiet:
        for line in translator.tally.lines():
            typer.echo(line, err=True)


def write_english(
    source: Path,
    output: Path,
    load: Callable[[], "Translator"],
    *,
    is_folder: bool,
    text_column: str,
    on_existing: str,
    tune: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Translate a file or a folder into files, and say what was done."""
    from corpora.reading import ReadingOptions, sources
    from translate.mirror import mirror
    from translate.tellers import progress

    sources(source)  # complain of the input before a model is loaded
    translator = load()
    if is_folder:  # as its name says, though it is not there yet
        output.mkdir(parents=True, exist_ok=True)
    with progress(quiet=quiet, events=typer.echo if as_json else None) as bars:
        if translator.memory:
            bars.watch(translator.memory.counts)
        done = mirror(
            source,
            output,
            translator,
            on_existing=on_existing,
            progress=bars,
            options=ReadingOptions(text_column),
            tune=tune,
        )
    reasons = [failure.reason for failure in done.failures]
    require_one(done.written + done.skipped, reasons)
    if as_json:
        ended = {"event": "end", **asdict(done), **translator.tally.as_json()}
        typer.echo(json.dumps(ended, ensure_ascii=False))
    elif not quiet:
        left = f", {done.skipped} there already" if done.skipped else ""
        files = "1 file" if done.written == 1 else f"{done.written:,} files"
        typer.echo(f"{files}, {done.words:,} words -> {output}{left}", err=True)
        for line in translator.tally.lines():
            typer.echo(line, err=True)
    report_failures(reasons)

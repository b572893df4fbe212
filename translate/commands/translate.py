"""`selaras translate`: a file, a folder or a stream into English."""

from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UserError
from translate.commands.options import (
    BatchTokens,
    Beam,
    ComputeType,
    DeviceName,
    EngineName,
    ModelName,
    OnExisting,
    Quiet,
    TextColumn,
    articles_of,
    report_failures,
)


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

"""`selaras report`: the page of a run again, or several runs side by side."""

from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import UsageError


def report(
    runs: Annotated[list[Path], typer.Argument(help="run folders of build")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="page to write; RUN/report.html for one")
    ] = None,
) -> None:
    """Write the page of a run from its files, or one page of several runs side by side.

    Example: selaras report out-a/ out-b/ -o compared.html
    """
    from eval.report.page import write_report
    from eval.report.run_files import RunFiles

    if output is None and len(runs) > 1:
        raise UsageError("several runs need a page to write; name it with -o compared.html")
    if output is not None and (output.is_dir() or output.suffix not in {".html", ".htm"}):
        raise UsageError(f"{output}: no page; name one to write that ends in .html")
    page = output or runs[0] / "report.html"
    write_report(page, *map(RunFiles, runs))
    typer.echo(page)

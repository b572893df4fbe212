"""The `selaras` command: its commands, and what becomes of errors."""

import errno
import os
import sqlite3
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from corpora.errors import EndedEarly, UserError
from corpora.files import PARTIAL
from translate.commands.align import align
from translate.commands.build import build
from translate.commands.compare import compare
from translate.commands.machine import doctor, estimate
from translate.commands.memory import memory
from translate.commands.models import models
from translate.commands.publish import export, push, rebuild
from translate.commands.report import report
from translate.commands.score import score
from translate.commands.text import clean, split
from translate.commands.translate import translate
from translate.interruption import interruptible
from translate.tellers import warnings_to

app = typer.Typer(
    name="selaras",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def said(wanted: bool) -> None:
    """Say the version and leave, if that is what was asked for."""
    if wanted:
        typer.echo(f"selaras {version('selaras')}")
        raise typer.Exit


@app.callback()
def of_all(
    _: Annotated[
        bool, typer.Option("--version", callback=said, is_eager=True, help="say it and exit")
    ] = False,
) -> None:
    """Indonesian articles into English, aligned with the original reporting and scored."""


for command in (build, translate, clean, split, align, score, compare, report, estimate, doctor):
    app.command()(command)
for leaving in (export, push, rebuild):
    app.command()(leaving)
for group in (models, memory):
    app.add_typer(group)

GO_ON = "build goes on with the same command, translate with --on-existing skip"
KEPT = "finished articles and remembered sentences are kept"
DEFECT, GOES_ON = 70, EndedEarly.code  # EX_SOFTWARE of sysexits.h, and what may be over soon
NOT_READ = 141  # as shells call a program that a closed pipe has ended (128 + SIGPIPE)
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
    errno.EMFILE: "too many open files; allow this process more (ulimit -n)",
    errno.ENFILE: "too many open files on this machine; close other programs",
}
PASSING = {  # faults of a disk or a file server that may be over in a minute
    errno.EIO: "the disk or the file server cannot be read or written",
    errno.ESTALE: "the file server has lost this file",
    errno.ETIMEDOUT: "the file server does not answer",
    errno.ENOTCONN: "the file server does not answer",
    errno.EHOSTDOWN: "the file server does not answer",
}


def main() -> None:
    """Run the command and leave with its exit code, 70 and a traceback for a defect of ours."""
    try:
        run()
    except Exception:
        sys.excepthook(*sys.exc_info())
        raise SystemExit(DEFECT) from None


def run() -> None:
    """Run the command; what a user can mend becomes one line on standard error."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # the others keep what is freed
    try:
        with (
            interruptible(f"interrupted; {KEPT}. {GO_ON}") as interruption,
            warnings_to(lambda message: typer.echo(f"selaras: {message}", err=True)),
        ):
            try:
                app()
            finally:
                if interruption.heard:
                    interruption.leave()
    except UserError as error:
        fail(str(error), error.code)
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(NOT_READ) from None
    except sqlite3.OperationalError as error:
        cure = "free disk space" if "full" in str(error) else "see to the disk of the run folder"
        fail(f"the journal cannot be written ({error}); {cure}, then go on. {GO_ON}", 1)
    except sqlite3.DatabaseError as error:
        fail(f"the journal is damaged ({error}); use --on-existing overwrite, or a new folder", 1)
    except OSError as error:
        refuse(error)


def refuse(error: OSError) -> NoReturn:
    """Say what the system refused and where, in one line, and leave.

    Raises:
        OSError: it names neither a reason nor a place, so that it says nothing to a user.
    """
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    place = meant(error.filename) or (f"output or {tempfile.gettempdir()}" if full else "output")
    reason = error.errno or 0
    if reason in PASSING:
        fail(f"{place}: {PASSING[reason]} ({error.strerror}). {GO_ON}", GOES_ON)
    if reason in CURES:
        fail(f"{place}: {CURES[reason]}", 1)
    if not error.filename or not error.strerror:
        raise error
    fail(f"{place}: {error.strerror[:1].lower()}{error.strerror[1:]}", 1)


def meant(file: object) -> str:
    """The place that a user knows by the name of a file: of one half written its folder.

    >>> meant("out/.8a6dcb9c9836d0a0.26975.partial"), meant("out/a.txt"), meant(None)
    ('out', 'out/a.txt', '')
    """
    if file is None:
        return ""
    path = Path(os.fsdecode(file) if isinstance(file, bytes) else str(file))
    return str(path.parent if PARTIAL.fullmatch(path.name) else path)


def fail(message: str, code: int) -> NoReturn:
    """Say why, in one line, and leave."""
    typer.echo(f"selaras: {message}", err=True)
    raise SystemExit(code)

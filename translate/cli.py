"""The `selaras` command: its commands, and what becomes of errors."""

import errno
import signal
import sqlite3
import sys

import typer

from corpora.errors import UserError
from translate.commands.align import align
from translate.commands.build import build
from translate.commands.compare import compare
from translate.commands.machine import doctor, estimate
from translate.commands.models import models
from translate.commands.publish import export, push, rebuild
from translate.commands.report import report
from translate.commands.score import score
from translate.commands.text import clean, split
from translate.commands.translate import translate
from translate.tellers import warnings_to

app = typer.Typer(
    name="selaras",
    help="Indonesian articles into English, aligned with the original reporting and scored.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (build, translate, clean, split, align, score, compare, report, estimate, doctor):
    app.command()(command)
for leaving in (export, push, rebuild):
    app.command()(leaving)
app.add_typer(models)

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
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # of systemd, Slurm: like Ctrl-C
    try:
        with warnings_to(lambda message: typer.echo(f"selaras: {message}", err=True)):
            app()
    except UserError as error:
        fail(str(error), 1)
    except SystemExit as ended:
        if ended.code != 130:  # what typer makes of Ctrl-C, without a word
            raise
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

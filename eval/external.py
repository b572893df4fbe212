"""Metrics of other programs, such as COMET, that need an environment of their own.

A program reads one pair a line from standard input, `source TAB hypothesis TAB reference`, and
writes one score a line to standard output, in the same order (see `docs/evaluation.md`).
"""

import math
import shlex
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass

from corpora.errors import UsageError, UserError
from eval.metrics import NAMES

TIMEOUT_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class MetricCommand:
    """A program that scores pairs.

    Attributes:
        name: of the metric; more is better.
        words: the program and its arguments.
        timeout_seconds: after which it is stopped.
    """

    name: str
    words: tuple[str, ...]
    timeout_seconds: float = TIMEOUT_SECONDS


def metric_command(option: str, timeout_seconds: float = TIMEOUT_SECONDS) -> MetricCommand:
    """What `--metric-command NAME=COMMAND` says.

    >>> metric_command("COMET=python 'my comet.py'").words
    ('python', 'my comet.py')

    Raises:
        UserError: no name, no command, an open quotation mark, or a name that is taken.
    """
    name, equals, command = option.partition("=")
    name = name.strip()
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        raise UsageError(f"--metric-command {option!r}: {str(error).lower()}") from None
    if not equals or not name or not words:
        raise UsageError(f"--metric-command {option!r}: expected NAME=COMMAND")
    if name in NAMES:
        raise UsageError(f"--metric-command {option!r}: {name} is sacreBLEU's; use another name")
    return MetricCommand(name, words, timeout_seconds)


def line_of(source: str, hypothesis: str, reference: str) -> str:
    r"""One pair as a line; tabs and line breaks inside become spaces.

    >>> line_of("a\tb", "c\nd", "e")
    'a b\tc d\te\n'
    """
    return "\t".join(" ".join(text.split()) for text in (source, hypothesis, reference)) + "\n"


def external_scores(command: MetricCommand, pairs: Iterable[tuple[str, str, str]]) -> list[float]:
    """Scores of `(source, hypothesis, reference)`, one each.

    Raises:
        UserError: the program is not there, fails, takes too long, or does not answer with one
            number for each pair.
    """
    lines = [line_of(*pair) for pair in pairs]
    where = f"--metric-command {command.name}"
    try:
        ended = subprocess.run(
            command.words,
            input="".join(lines).encode("utf-8", "replace"),
            capture_output=True,
            timeout=command.timeout_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        seconds = f"{command.timeout_seconds:g}"
        raise UserError(
            f"{where}: no answer in {seconds} s; allow more (--metric-timeout)"
        ) from None
    except OSError as error:
        raise UserError(f"{where}: {command.words[0]}: {error.strerror}; name a program") from None
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise UserError(f"{where}: ended with code {ended.returncode}: {said or 'said nothing'}")
    return read_scores(ended.stdout.decode("utf-8", "replace"), len(lines), where)


def read_scores(output: str, count: int, where: str) -> list[float]:
    r"""Numbers of a program's output, one a line.

    >>> read_scores("0.5\n1\n", 2, "x")
    [0.5, 1.0]

    Raises:
        UserError: too few or too many lines, or something that is no finite number.
    """
    lines = output.splitlines()
    if len(lines) != count:
        raise UserError(f"{where}: expected {count} scores, one a line, got {len(lines)} lines")
    found = []
    for number, line in enumerate(lines, 1):
        try:
            value = float(line)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise UserError(f"{where}: line {number}: expected a number, got {line[:40]!r}")
        found.append(value)
    return found

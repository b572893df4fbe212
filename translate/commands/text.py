"""`selaras clean` and `selaras split`: what stands on a page, and its sentences."""

import json
from pathlib import Path
from typing import Annotated

import typer

from translate.commands.options import (
    Drop,
    Keep,
    OwnRules,
    TextColumn,
    articles_of,
    cleaning_of,
    input_lines,
)


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

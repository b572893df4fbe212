"""Tables for a terminal, for Markdown and for LaTeX."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

LATEX_SIGNS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "↑": r"$\uparrow$",
        "↓": r"$\downarrow$",
        "→": r"$\rightarrow$",
        "|": r"\textbar{}",
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    }
)


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of text under a title; the first column names the rows.

    Attributes:
        title: what it shows.
        header: names of the columns.
        rows: as many cells each.
        notes: to stand below.
        wordy: the last column holds sentences, and stands on the left.
    """

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    wordy: bool = False


def text(table: Table) -> str:
    """The table for a terminal.

    >>> print(text(Table("Lakes", ["name", "km"], [["Toba", "100"], ["Poso", "37"]])))
    Lakes
      name   km
      Toba  100
      Poso   37
    """
    lines = [[printable(cell) for cell in row] for row in (table.header, *table.rows)]
    widths = [max(map(len, column)) for column in zip_longest(*lines, fillvalue="")]
    found = [printable(table.title)]
    for first, *others in lines:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        if table.wordy:
            cells[-1] = others[-1]
        found.append(f"  {'  '.join(cells)}".rstrip())
    return "\n".join([*found, *(f"  {printable(note)}" for note in table.notes)])


def markdown(table: Table) -> str:
    r"""The table in Markdown.

    >>> print(markdown(Table("Lakes", ["name", "km"], [["To|ba", "100"]])))
    **Lakes**
    <BLANKLINE>
    | name | km |
    |---|---:|
    | To\|ba | 100 |
    """

    def row(cells: Sequence[str]) -> str:
        return f"| {' | '.join(map(markdown_cell, cells))} |"

    under = "|---|" + "---:|" * (len(table.header) - 1)
    lines = [
        f"**{markdown_cell(table.title)}**",
        "",
        row(table.header),
        under,
        *map(row, table.rows),
    ]
    notes = [line for note in table.notes for line in ("", markdown_cell(note))]
    return "\n".join([*lines, *notes])


def latex(table: Table) -> str:
    r"""The table in LaTeX, for the package `booktabs`.

    >>> print(latex(Table("Lakes", ["name", "km"], [["Toba_1", "100"]])))
    \begin{table}
    \centering
    \caption{Lakes}
    \begin{tabular}{lr}
    \toprule
    name & km \\
    \midrule
    Toba\_1 & 100 \\
    \bottomrule
    \end{tabular}
    \end{table}
    """

    def row(cells: Sequence[str]) -> str:
        line = " & ".join(map(latex_cell, cells))
        # else what stands before the row, `\\` or a rule, would read this as its own
        return f"{'{}' if line.startswith(('[', '*')) else ''}{line} \\\\"

    columns = "l" + "r" * (len(table.header) - 1)
    columns = f"{columns[:-1]}p{{.6\\textwidth}}" if table.wordy else columns
    return "\n".join(
        [
            r"\begin{table}",
            r"\centering",
            f"\\caption{{{latex_cell(table.title)}}}",
            f"\\begin{{tabular}}{{{columns}}}",
            r"\toprule",
            row(table.header),
            r"\midrule",
            *map(row, table.rows),
            r"\bottomrule",
            r"\end{tabular}",
            *(f"\\par\\footnotesize {latex_cell(note)}" for note in table.notes),
            r"\end{table}",
        ]
    )


def printable(cell: str) -> str:
    r"""A cell on one line, without signs that steer a terminal or turn the direction of writing.

    >>> printable("a\x1b[31m\nb\u202e")
    'a[31m b'
    """
    return "".join(sign for sign in " ".join(cell.split()) if sign.isprintable())


def markdown_cell(cell: str) -> str:
    """A cell that Markdown shows as it stands."""
    plain = printable(cell).replace("\\", "\\\\")
    for sign in "|*_`<[&~$":
        plain = plain.replace(sign, f"\\{sign}")
    return plain


def latex_cell(cell: str) -> str:
    """A cell that LaTeX shows as it stands."""
    return printable(cell).translate(LATEX_SIGNS)


FORMATS: Mapping[str, Callable[[Table], str]] = {"text": text, "markdown": markdown, "latex": latex}

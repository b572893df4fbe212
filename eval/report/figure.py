"""A figure of the page: a plot, the same in words, and the same as a table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot with its text and its table.

    Attributes:
        name: of the figure in links.
        title: what it shows.
        words: what is to be seen in it, or why there is nothing.
        plot: SVG; empty when there is nothing to draw.
        head: names of the columns of the table.
        table: its rows.
        links: where each row of the table leads on the page, as far as it leads anywhere.
    """

    name: str
    title: str
    words: str
    plot: str = ""
    head: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    links: tuple[str, ...] = ()

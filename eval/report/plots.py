"""Plots as SVG whose colours come from the style of the page: columns, bars, boxes, lines.

They are 360 wide, the width of a phone, so that their letters are as large as those around them.
Nothing in them can be pressed: what they show also stands in a table, where links are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from eval.curves import ticks
from eval.report.visible import visible

WIDTH, HEIGHT = 360, 210
LEFT, RIGHT, TOP, BOTTOM = 38, 10, 22, 34
LABEL_CHARACTERS = 22


@dataclass(frozen=True, slots=True)
class Box:
    """Quartiles of some values, and how many they are."""

    label: str
    low: float
    middle: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """A named series of points."""

    name: str
    points: Sequence[tuple[float, float]]


def columns(edges: Sequence[float], counts: Sequence[int], across: str, up: str) -> str:
    """A histogram: a column from each edge to the next.

    >>> columns([0, 50, 100], [3, 4], "score", "rows").count('class="bar"')
    2
    """
    scale = Frame((edges[0], edges[-1]), (0, max(*counts, 1)))
    parts = [scale.grid(), scale.axis(ticks(edges[0], edges[-1], 5), across, up)]
    for left, right, count in zip(edges[:-1], edges[1:], counts, strict=True):
        x, end, y = scale.x(left), scale.x(right), scale.y(count)
        parts.append(
            f'<rect class="bar" x="{x + 0.75:.1f}" y="{y:.1f}" width="{max(end - x - 1.5, 1):.1f}" '
            f'height="{scale.y(0) - y:.1f}"/>'
        )
    return framed(parts)


def bars(items: Sequence[tuple[str, float]], *, full: float = 0, unit: str = "") -> str:
    """A bar for each label; `full` is the length of the longest possible one, if there is such.

    >>> bars([("a", 1), ("b", 2)]).count('class="bar"')
    2
    """
    longest = full or max((value for _, value in items), default=0) or 1
    row, label = 20, 148
    space = WIDTH - label - 46
    parts = []
    for number, (name, value) in enumerate(items):
        y = number * row + 4
        length = max(value / longest * space, 1)
        track = f'<rect class="track" x="{label}" y="{y}" width="{space}" height="12" rx="2"/>'
        parts.append(
            f'<text class="label" x="{label - 8}" y="{y + 10}" text-anchor="end">'
            f"{written(shortened(name))}</text>{track if full else ''}"
            f'<rect class="bar" x="{label}" y="{y}" width="{length:.1f}" height="12" rx="2"/>'
            f'<text class="value" x="{label + (space if full else length) + 6:.1f}" y="{y + 10}">'
            f"{value:,.0f}{unit}</text>"
        )
    return framed(parts, len(items) * row + 8)


def boxes(items: Sequence[Box], limits: tuple[float, float], across: str, up: str) -> str:
    """A box from the lower to the upper quartile of each group, with a line at the median.

    >>> boxes([Box("1-10", 20, 30, 40, 5)], (0, 100), "words", "score").count('class="box"')
    1
    """
    scale = Frame((0, len(items)), limits)
    parts = [scale.grid(), scale.titles(across, up)]
    for number, box in enumerate(items):
        x, width = scale.x(number + 0.5), min(38.0, scale.x(0.56) - scale.x(0))
        top, middle, bottom = (scale.y(value) for value in (box.high, box.middle, box.low))
        left = x - width / 2
        parts.append(
            f'<rect class="box" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" '
            f'height="{max(bottom - top, 1):.1f}" rx="2"/>'
            f'<path class="median" d="M{left:.1f} {middle:.1f}h{width:.1f}"/>'
            f'<text class="tick" x="{x:.1f}" y="{HEIGHT - BOTTOM + 13}" text-anchor="middle">'
            f"{written(box.label)}</text>"
        )
    return framed(parts)


def lines(series: Sequence[Line], limits: tuple[float, float], across: str, up: str) -> str:
    """Lines over one scale, each with its name where it ends, and a mark at every point.

    >>> lines([Line("a", [(0, 1), (1, 2)])], (0, 2), "x", "y").count("<polyline")
    1
    """
    every = [x for line in series for x, _ in line.points] or [0.0, 1.0]
    scale = Frame((min(every), max(every) if max(every) > min(every) else min(every) + 1), limits)
    parts = [scale.grid(), scale.axis(ticks(*scale.across, 5), across, up)]
    for number, line in enumerate(series):
        places = [(scale.x(x), scale.y(y)) for x, y in line.points]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2"/>' for x, y in places[:50])
        x, y = places[-1]
        parts.append(
            f'<g class="line s{number}"><polyline points="{joined}"/>{marks}'
            f'<text x="{x - 4:.1f}" y="{y + (16 if y < 40 else -8):.1f}" '
            f'text-anchor="end">{written(line.name)}</text></g>'
        )
    return framed(parts)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values stand in a plot with two axes; each pair is the least and the greatest."""

    across: tuple[float, float]
    up: tuple[float, float]

    def x(self, value: float) -> float:
        """The horizontal place of a value."""
        low, high = self.across
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """The vertical place of a value."""
        low, high = self.up
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    def grid(self) -> str:
        """Level lines with their values."""
        return "".join(
            f'<path class="grid" d="M{LEFT} {self.y(tick):.1f}H{WIDTH - RIGHT}"/>'
            f'<text class="tick" x="{LEFT - 6}" y="{self.y(tick) + 3.5:.1f}" '
            f'text-anchor="end">{tick:,g}</text>'
            for tick in ticks(*self.up, 4)
        )

    def axis(self, places: Sequence[float], across: str, up: str) -> str:
        """Values below the plot, and what both axes are."""
        below = "".join(
            f'<text class="tick" x="{self.x(tick):.1f}" y="{HEIGHT - BOTTOM + 13}" '
            f'text-anchor="middle">{tick:,g}</text>'
            for tick in places
        )
        return below + self.titles(across, up)

    def titles(self, across: str, up: str) -> str:
        """What both axes are."""
        return (
            f'<text class="axis" x="{WIDTH - RIGHT}" y="{HEIGHT - 5}" text-anchor="end">'
            f'{written(across)}</text><text class="axis" x="2" y="9">{written(up)}</text>'
        )


def framed(parts: Sequence[str], height: int = HEIGHT) -> str:
    """The parts as a picture that words describe elsewhere."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


def shortened(name: str) -> str:
    """A label that fits: both ends of a long one.

    >>> shortened("a/very/long/path/to/an/article.txt")
    'a/very/lon…article.txt'
    """
    if len(name) <= LABEL_CHARACTERS:
        return name
    half = LABEL_CHARACTERS // 2
    return f"{name[: half - 1]}…{name[-half:]}"


def written(text: str) -> str:
    """Foreign text inside a plot: escaped, and what hides in it named.

    >>> written("<b>\u202e")
    '&lt;b&gt;⟨U+202E⟩'
    """
    return escape(visible(text))

"""Curves of numbers over time as a small SVG, for reports and training logs."""

import math
from collections.abc import Mapping, Sequence
from html import escape

COLOURS = ("#0b6e4f", "#b3541e", "#3956a3", "#8a2c7a", "#5c6570")
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 300, 56, 28, 16, 40


def svg(title: str, curves: Mapping[str, Sequence[tuple[float, float]]], across: str) -> str:
    """A line chart of named series of points `(x, y)`; series without a point are left out.

    >>> svg("Loss", {"train": [(0, 8.0), (1, 4.0)]}, "minutes").count("<polyline")
    1
    """
    shown = {name: points for name, points in curves.items() if points}
    every = [point for points in shown.values() for point in points]
    low_x, high_x = bounds([x for x, _ in every])
    low_y, high_y = bounds([y for _, y in every])

    def place(x: float, y: float) -> tuple[float, float]:
        right = LEFT + (x - low_x) / (high_x - low_x) * (WIDTH - LEFT - RIGHT)
        down = HEIGHT - BOTTOM - (y - low_y) / (high_y - low_y) * (HEIGHT - TOP - BOTTOM)
        return round(right, 1), round(down, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="currentColor">',
        f"<title>{escape(title)}</title>",
        f'<text x="{LEFT}" y="16" font-weight="600">{escape(title)}</text>',
    ]
    for value in ticks(low_y, high_y, 5):
        _, y = place(low_x, value)
        parts.append(
            f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="currentColor" stroke-opacity=".15"/>'
            f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{value:g}</text>'
        )
    for at in ticks(low_x, high_x, 6):
        x, _ = place(at, low_y)
        parts.append(f'<text x="{x}" y="{HEIGHT - 20}" text-anchor="middle">{at:g}</text>')
    for index, (name, points) in enumerate(shown.items()):
        colour = COLOURS[index % len(COLOURS)]
        line = " ".join(f"{x},{y}" for x, y in (place(*point) for point in points))
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
            f'<text x="{WIDTH - RIGHT}" y="{TOP + 14 * (index + 1)}" text-anchor="end" '
            f'fill="{colour}">{escape(name)}</text>'
        )
    parts.append(
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 4}" text-anchor="middle">{escape(across)}</text>'
    )
    return "".join([*parts, "</svg>"])


def bounds(values: Sequence[float]) -> tuple[float, float]:
    """Smallest and largest value, apart even when all are equal or none is there."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` round values from `low` to `high`, evenly apart: steps of 1, 2 or 5.

    >>> ticks(0, 100, 6)
    [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
    >>> ticks(0, 7, 4)
    [0.0, 2.0, 4.0, 6.0]
    """
    span = high - low
    if span <= 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(span / most))
    for factor in (1, 2, 5, 10, 20, 50, 100):
        step = power * factor
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            return [round(number * step, 12) for number in range(first, last + 1)]
    return [low, high]

"""Nested records as the cells of Markdown tables."""

from collections.abc import Iterator, Mapping
from typing import Any


def flat(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Names and plain values of nested mappings.

    >>> list(flat({"a": {"b": 1}, "c": [1, 2]}))
    [('a b', 1), ('c', '1, 2')]
    """
    for key, found in value.items():
        name = f"{before} {key}".strip().replace("_", " ")
        if isinstance(found, Mapping):
            yield from flat(found, name)
        elif isinstance(found, list | tuple):
            yield name, ", ".join(map(str, found))
        else:
            yield name, found


def number(value: Any) -> str:
    """A number with two decimals, anything else as it is."""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def size(count: int) -> str:
    """A number of bytes for people.

    >>> size(38_919), size(1_250_000)
    ('39 kB', '1.2 MB')
    """
    return f"{count / 1e6:,.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1e3))} kB"


def cell(value: Any) -> str:
    """Text that stays inside its cell of a table."""
    return " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")

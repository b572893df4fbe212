"""Tables of many rows, kept as the JSON that they become: a few bytes a value."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, overload

WAITING = 4096  # values that are kept as they came, before they are written together


@dataclass(slots=True)
class Column:
    """The values of one column, in order.

    >>> column = Column()
    >>> for value in (1, None, "a"):
    ...     column.append(value)
    >>> "".join(column.pieces()), len(column)
    ('[1,null,"a"]', 3)
    """

    parts: list[str] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    count: int = 0

    def append(self, value: Any) -> None:
        """Add a value that JSON has."""
        self.waiting.append(value)
        self.count += 1
        if len(self.waiting) == WAITING:
            self.close()

    def close(self) -> None:
        """Write what waits."""
        if self.waiting:
            self.parts.append(compact(self.waiting)[1:-1])
            self.waiting = []

    def __len__(self) -> int:
        """How many values there are."""
        return self.count

    def pieces(self) -> Iterator[str]:
        """The column as a JSON array, piece by piece."""
        self.close()
        yield "["
        for number, part in enumerate(self.parts):
            yield f",{part}" if number else part
        yield "]"


@dataclass(slots=True)
class Table:
    """Columns of one length, by name."""

    columns: dict[str, Column] = field(default_factory=dict)

    def append(self, entry: Mapping[str, Any]) -> None:
        """Add a row; all rows have the same columns."""
        for name, value in entry.items():
            self.columns.setdefault(name, Column()).append(value)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values()), ()))

    def pieces(self) -> Iterator[str]:
        """The table as a JSON object with an array for each column, piece by piece.

        >>> table = Table()
        >>> table.append({"id": "a", "words": 3})
        >>> "".join(table.pieces())
        '{"id":["a"],"words":[3]}'
        """
        yield "{"
        for number, (name, column) in enumerate(self.columns.items()):
            yield f"{',' if number else ''}{compact(name)}:"
            yield from column.pieces()
        yield "}"


@overload
def scaled(value: float, by: int) -> int: ...


@overload
def scaled(value: float | None, by: int) -> int | None: ...


def scaled(value: float | None, by: int) -> int | None:
    """A number as a whole one, which packs smaller.

    >>> scaled(0.6254, 1000), scaled(None, 10)
    (625, None)
    """
    return None if value is None else round(value * by)


def compact(value: Any) -> str:
    """A value as JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def object_pieces(entries: Mapping[str, Any]) -> Iterator[str]:
    """A JSON object, piece by piece; values that are tables are not put together first.

    >>> "".join(object_pieces({"a": 1, "b": Table()}))
    '{"a":1,"b":{}}'
    """
    yield "{"
    for number, (name, value) in enumerate(entries.items()):
        yield f"{',' if number else ''}{compact(name)}:"
        if isinstance(value, Table):
            yield from value.pieces()
        else:
            yield compact(value)
    yield "}"

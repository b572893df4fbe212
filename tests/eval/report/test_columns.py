"""Columns that are kept as JSON: what comes out is what went in."""

import json

from hypothesis import given
from hypothesis import strategies as st

from eval.report import columns
from eval.report.columns import Column, Table, object_pieces

VALUES = st.lists(st.none() | st.integers() | st.text(max_size=3), max_size=9)


@given(VALUES, st.integers(1, 4))
def test_a_column_is_the_array_of_its_values(values, waiting):
    before, columns.WAITING = columns.WAITING, waiting
    try:
        column = Column()
        for value in values:
            column.append(value)
        assert json.loads("".join(column.pieces())) == values and len(column) == len(values)
        assert "".join(column.pieces()) == "".join(column.pieces())
    finally:
        columns.WAITING = before


def test_a_table_stands_in_an_object():
    table = Table()
    for number in range(3):
        table.append({"id": str(number), "words": number or None})
    found = json.loads("".join(object_pieces({"a": [1], "rows": table, "z": "é"})))
    assert found == {
        "a": [1],
        "rows": {"id": ["0", "1", "2"], "words": [None, 1, 2]},
        "z": "é",
    }
    assert len(table) == 3 and len(Table()) == 0

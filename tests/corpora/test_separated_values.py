"""Cases live in cases/separated_values.jsonl: CSV as people write it; `BAD` is a complaint."""

import csv
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpora.document import Document
from corpora.reading import ReadingOptions, Source, documents
from corpora.separated_values import separated_entries
from corpora.source import Unreadable

LONG = "x" * 50_000
cells = st.text(st.sampled_from('ab ",;\n\r\t|é“'), max_size=6)


def test_case(case, tmp_path):
    (tmp_path / "a.csv").write_bytes(case["table"].replace("LONG", LONG).encode())
    source = Source(tmp_path / "a.csv", "a.csv")
    found = list(documents([source], ReadingOptions(largest_bytes=20_000)))
    assert len(found) == len(case["texts"])
    for each, expected in zip(found, case["texts"], strict=True):
        if isinstance(each, Document):
            assert each.text == expected
        else:
            assert expected.startswith("BAD ") and expected[4:] in each.reason


@given(st.lists(st.tuples(cells, cells), min_size=1), st.sampled_from(",;|"))
def test_what_a_spreadsheet_writes_is_read(rows, delimiter):
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "text"), *rows])
    lines = io.BytesIO(table.getvalue().encode())
    found = separated_entries(lines, Source(Path("a"), "a"), ReadingOptions())
    for entry, row in zip(found, rows, strict=True):
        assert not isinstance(entry.fields, Unreadable)
        assert (entry.fields["id"].decode(), entry.fields["text"].decode()) == row

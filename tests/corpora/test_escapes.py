"""Cases live in cases/escapes.jsonl: what programs wrote out, and what only looks like it."""

from hypothesis import given
from hypothesis import strategies as st

from corpora.escapes import without_escapes

PIECES = ["=E2=80=9C", "=E2=80", "=0D", "=0A", "=C2=85", "=E2=80=A8", "=", "a", " ", "\n", "\r\n"]


def test_case(case):
    assert without_escapes(case["raw"]) == case["bare"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_octets_of_mail_begin_no_line(raw):
    assert len(without_escapes(raw).splitlines()) == len(raw.splitlines())

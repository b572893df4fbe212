from dataclasses import dataclass

from translate.quality.glossary import NO_GLOSSARY, Glossary, Term, TermsKept
from translate.quality.tally import Tally, counted, suspect_lines


@dataclass
class Row:
    flags: tuple[str, ...]


def test_rows_are_counted_the_most_frequent_flag_first():
    rows = [Row(("loop",)), Row(("loop", "copied")), Row(()), Row(("empty",))]
    assert list(counted(rows).items()) == [("loop", 2), ("copied", 1), ("empty", 1)]


def test_a_tally_adds_up():
    glossary = Glossary((Term("beras", "rice"),))
    tally = Tally()
    tally.add(glossary, [("Beras naik.", "Rice rose.", ("loop",))])
    tally.add(glossary, [("Beras turun.", "Prices fell.", ("loop", "glossary-missed"))])
    assert tally.terms == TermsKept(1, 2)
    assert tally.as_json() == {
        "suspects": {"loop": 2, "glossary-missed": 1},
        "glossary": {"kept": 1, "total": 2},
    }
    assert list(tally.lines()) == [
        "looks wrong: loop 2, glossary-missed 1",
        "glossary: 1 of 2 terms came through (50.0 %)",
    ]


def test_nothing_is_said_of_nothing():
    tally = Tally()
    tally.add(NO_GLOSSARY, [("Beras.", "Rice.", ())])
    assert list(tally.lines()) == [] and tally.as_json() == {"suspects": {}, "glossary": None}
    assert list(suspect_lines({}, TermsKept(0, 0))) == ["glossary: 0 of 0 terms came through"]

"""Every clue that a page gives has names, and the same names whatever else is on the page."""

from pathlib import Path

import numpy as np
import pytest

from corpora.cleaning import shipped_book
from corpora.document import lines_of
from corpora.lines.evidence import NAMES, names_of
from corpora.lines.features import own_clues, place_of, placed_clues
from corpora.lines.model import line_model
from corpora.lines.numbering import OWN, PLACED

PAGES = Path(__file__).parents[1] / "cases" / "pages" / "develop"


@pytest.fixture(scope="module")
def clues():
    found = set()
    for page in PAGES.iterdir():
        lines = list(lines_of(page.read_text(encoding="utf-8")))
        place = place_of(lines, [shipped_book().find(line.text.strip()) for line in lines])
        numbers = {number for line in own_clues(place) for number in line}
        found |= {clue for clue, number in OWN.items() if number in numbers}
        found |= set(map(PLACED.clue, placed_clues(place).ravel().tolist()))
    return found


def test_pages_give_clues_of_every_sort(clues):
    assert {clue[0] for clue in clues} == NAMES.keys()


def test_most_names_have_weights(clues):
    """A name that was misspelt here would have none."""
    names = {name for clue in clues for name in names_of(clue)}
    known = names & line_model().evidence.rows.keys()
    assert len(known) > 0.6 * len(names)


def test_no_name_is_said_by_clues_of_two_sorts(clues):
    by_name: dict[str, set[object]] = {}
    for clue in clues:
        for name in names_of(clue):
            by_name.setdefault(name, set()).add(clue[0])
    assert [name for name, sorts in by_name.items() if len(sorts) > 1] == []


def test_every_line_is_always_something(clues):
    assert all("always" in names_of(clue) for clue in clues if clue[0] == "written")


def test_every_number_of_a_place_is_that_of_its_clue():
    sizes = [len(values) for values in PLACED.fields.values()]
    chance = np.random.default_rng(4)
    found = np.stack([chance.integers(size, size=50) for size in sizes], axis=1)
    rows = dict(enumerate(PLACED.fields.values()))
    for line, numbers in zip(found, PLACED.numbers(found), strict=True):
        said = {field: rows[row][line[row]] for row, field in enumerate(PLACED.fields)}
        for number, (sort, told) in zip(numbers.tolist(), PLACED.clues.items(), strict=True):
            assert PLACED.clue(number) == (sort, *(said[field] for field in told))

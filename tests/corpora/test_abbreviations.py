from importlib.resources import files

from corpora.abbreviations import ABBREVIATIONS, BEFORE_NUMBER, MAY_END


def entries():
    text = files("corpora").joinpath("data", "abbreviations.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_what_may_end_a_sentence_is_an_abbreviation():
    assert MAY_END < ABBREVIATIONS


def test_no_abbreviation_both_ends_a_sentence_and_waits_for_a_number():
    assert BEFORE_NUMBER < ABBREVIATIONS - MAY_END


def test_the_mark_of_the_file_is_no_part_of_the_word():
    assert {"dll", "WIB", "Tbk"} <= MAY_END
    assert {"hal", "tgl"} <= BEFORE_NUMBER
    assert not [word for word in ABBREVIATIONS if {"+", "#"} & set(word)]


def test_no_entry_stands_twice():
    words = [entry.rstrip("+#") for entry in entries()]
    assert sorted(words) == sorted(set(words))


def test_no_entry_ends_in_its_stop():
    """The splitter looks up what stands before the stop."""
    assert not [word for word in ABBREVIATIONS if word.endswith(".")]


def test_every_entry_is_one_token():
    """The splitter looks up the last token only: an entry with a space would never be found."""
    assert not [word for word in ABBREVIATIONS if " " in word]

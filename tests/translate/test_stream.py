"""Lines to standard output: layout kept, and nothing waits for what has not come."""

import io
import threading

import pytest

from translate import stream
from translate.stream import lines_with_ends, translate_lines, translate_stream
from translate.translator import Translator


@pytest.fixture(scope="module")
def translator():
    return Translator.load("bundled", device="cpu")


def skeleton(text):
    """What must survive: which lines are blank, their indents, how each ends."""
    return [
        (line[: len(line) - len(line.lstrip(" \t"))], not line.strip(), line.endswith("\n"))
        for line in text.splitlines(keepends=True)
    ]


def test_paragraphs_blank_lines_and_indents_are_kept(translator):
    text = "Judul\n\n  Hujan turun. Jalan tergenang.\n\n\nSelesai."
    english = "".join(translate_lines(lines_with_ends(text), translator))
    assert skeleton(english) == skeleton(text)
    assert all(
        bool(a.strip()) == bool(b.strip())
        for a, b in zip(english.split("\n"), text.split("\n"), strict=True)
    )


def test_windows_line_ends_stay(translator):
    english = "".join(translate_lines(lines_with_ends("Halo.\r\n\r\nHujan.\r\n"), translator))
    assert english.count("\r\n") == 3 and english.endswith("\r\n")


@pytest.mark.parametrize("way", [translate_lines, translate_stream])
def test_a_stream_comes_out_line_for_line(translator, way):
    text = "Halo.\n\n" * 400
    assert skeleton("".join(way(io.StringIO(text), translator))) == skeleton(text)


def test_a_line_is_answered_before_the_next_comes(translator):
    answered = threading.Event()

    def typed():
        for number in range(3):
            answered.clear()
            yield f"Hujan turun {number} jam.\n"
            if number < 2:
                assert answered.wait(60), "no answer"

    found = []
    for piece in translate_stream(typed(), translator):
        found.append(piece)
        answered.set()
    assert len(found) == 3 and all(each.endswith("\n") for each in found)


def test_a_long_file_is_printed_from_its_beginning_on(translator, monkeypatch):
    """The last line is made only after the first was printed."""
    monkeypatch.setattr(stream, "FIRST_WINDOW", 2)
    printed = threading.Event()

    def lines():
        yield from (f"Harga naik {number} persen.\n" for number in range(20))
        assert printed.wait(60), "nothing was printed"
        yield "Selesai.\n"

    pieces = []
    for piece in translate_lines(lines(), translator):
        pieces.append(piece)
        printed.set()
    assert "".join(pieces).count("\n") == 21 and len(pieces) > 2

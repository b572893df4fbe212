from dataclasses import dataclass, replace
from typing import Any

import pytest

from translate.engine import Decoded
from translate.translator import Translator


@dataclass
class Recorder:
    """An engine that notes what the real one was asked."""

    engine: Any
    asked: list[Any]

    def decode(self, sources, decoding):
        self.asked.append([tuple(source) for source in sources])
        return self.engine.decode(sources, decoding)


@pytest.fixture(scope="module")
def loaded():
    return Translator.load("bundled", device="cpu")


@pytest.fixture
def recorded(loaded):
    return replace(loaded, engine=Recorder(loaded.engine, []))


def test_a_repeated_sentence_is_decoded_once(recorded):
    first, other, again = recorded.translate(["Selamat pagi.", "Hujan turun.", "Selamat pagi."])
    assert first == again and first.text
    assert other.text != first.text
    assert len(recorded.engine.asked[0]) == 2


def test_a_long_sentence_is_cut_and_no_word_of_it_lost(recorded):
    long = "Menteri itu mengatakan bahwa harga beras naik, " * 30 + "kata dia."
    (translation,) = recorded.translate([long])
    sources = recorded.engine.asked[0]
    assert len(recorded.tokens.encode([long])[0]) > recorded.model.longest
    assert all(len(source) <= recorded.model.longest for source in sources)
    asked = {recorded.tokens.decode(source) for source in sources}
    assert {word for part in asked for word in part.split()} == set(long.split())
    assert translation.text


def test_one_word_without_an_end_is_translated_in_parts(loaded):
    (translation,) = loaded.translate(["abcdefghij" * 200])
    assert translation.text


@pytest.mark.parametrize("nothing", ["", "   "])
def test_an_empty_sentence_stays_empty(loaded, nothing):
    assert [translation.text for translation in loaded.translate([nothing])] == [""]
    assert loaded.translate([]) == []


def test_parts_are_joined_and_any_cut_is_told(loaded):
    class Cutting:
        def decode(self, sources, decoding):
            return [Decoded(("▁a",), -1.0, position == 0) for position in range(len(sources))]

    translator = replace(loaded, engine=Cutting(), model=replace(loaded.model, longest=12))
    (translation,) = translator.translate(["satu dua tiga, empat lima enam, tujuh delapan, dan"])
    assert translation.text == " ".join(["a"] * len(translation.text.split()))
    assert len(translation.text.split()) > 1 and translation.cut and translation.score == -1.0

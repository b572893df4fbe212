from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest

from translate.engine import Decoded, Stopped
from translate.memory import MemoryFile
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


@dataclass
class Stopping:
    """An engine that is stopped after it has decoded so many sources."""

    engine: Any
    most: int

    def __getattr__(self, name):
        return getattr(self.engine, name)

    def decode(self, sources, decoding):
        found = self.engine.decode(sources[: self.most], decoding)
        self.most -= len(found)
        if len(found) < len(sources):
            raise Stopped(dict(enumerate(found)))
        return found


def test_what_was_decoded_before_a_stop_is_kept_as_it_would_have_been(loaded, tmp_path):
    """Only what is final: a suspect that was not decoded again is no translation."""
    suspect = "Sebanyak 12.345.678 orang dan 98.765 ekor sapi " * 6
    sentences = ["Hujan turun.", "Harga beras naik.", suspect, "Selamat pagi.", "Guru pergi."]
    whole = loaded.translate(sentences)
    for most in (0, 1, 3, 5, 6):
        with MemoryFile(tmp_path / f"{most}.sqlite") as memory:
            stopping = replace(loaded, engine=Stopping(loaded.engine, most), memory=memory)
            with suppress(Stopped):
                stopping.translate(sentences)
            stripped = [each.strip() for each in sentences]
            found = memory.found(stripped, loaded.settings())
        expected = {text: each for text, each in zip(stripped, whole, strict=True) if text in found}
        assert found == expected
        assert len(found) >= min(most, 2)


WORDS = {"harga": "price", "barang": "of goods", "di": "in", "pasar": "the market"}
WORDS |= {"naik": "rose", "turun": "fell", "lagi": "again", "kemarin": "yesterday"}


def test_of_a_sentence_as_long_as_a_book_only_what_is_suspect_is_decoded_again(loaded):
    """Text without a full stop: eight thousand words of it took a minute."""
    asked: list[int] = []

    class WordByWord:
        """Translates word by word, and loops where it meets one that it does not know."""

        def decode(self, sources, decoding):
            asked.append(len(sources))
            found = []
            for source in sources:
                words = loaded.tokens.decode(source[:-1]).replace(",", "").split()
                known = all(word in WORDS for word in words)
                english = [WORDS[word] for word in words] if known else ["price"] * 40
                tokens = [f"\u2581{word}" for word in " ".join(english).split()]
                found.append(Decoded((*tokens, ","), -1.0, False))
            return found

    engine: Any = WordByWord()
    translator = replace(loaded, engine=engine, model=replace(loaded.model, longest=16))
    ends = ["naik", "turun", "naik lagi", "turun lagi", "naik kemarin", "turun kemarin"]
    clauses = [f"harga barang di pasar {ends[n % 6]} {ends[n // 6 % 6]}" for n in range(36)]
    clauses[18] = "harga melambung"
    (found,) = translator.translate([", ".join(clauses)])
    assert "loop" in found.flags and found.text.count("market") >= 34
    first, *again = asked
    assert first > 15 and again and max(again) <= 3

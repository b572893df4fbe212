"""The ladder on a decoder whose answers are given, then with the bundled model."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from translate.engine import Decoding
from translate.quality.candidates import WEIGHTS, Candidate
from translate.quality.drafts import Output
from translate.quality.glossary import NO_GLOSSARY, Glossary, Term
from translate.quality.ladder import Ladder
from translate.quality.masks import KINDS, Masks
from translate.quality.rungs import RUNGS
from translate.quality.suspects import Suspicion
from translate.translator import Translator

USUAL = Decoding(beam=2, hypotheses=2)
LOOP = "The price price price price price rose."


@dataclass
class Script:
    """A decoder that gives what stands in it, by piece and by how it is asked; else "It is so."""

    answers: dict[Any, list[str]] = field(default_factory=dict)
    asked: list[tuple[str, int, tuple[str, ...]]] = field(default_factory=list)

    def __call__(self, pieces, decoding):
        kind = "strict" if decoding.no_repeat_ngram else "plain"
        self.asked.append((kind, decoding.beam, tuple(pieces)))
        return [
            [Output(text, -0.5 - rank / 10, False) for rank, text in enumerate(found)]
            for found in (
                self.answers.get((kind, piece)) or self.answers.get(piece) or ["It is so today."]
                for piece in pieces
            )
        ]


def ladder(script, glossary=NO_GLOSSARY, *, on=True):
    return Ladder(script, lambda text: [text], USUAL, glossary, Masks(dict(KINDS)), on)


def best(script, source, glossary=NO_GLOSSARY, *, on=True):
    return ladder(script, glossary, on=on).best([source])[source]


def test_a_good_translation_is_decoded_once():
    script = Script({"Harga naik.": ["Prices rose.", "The price rose."]})
    assert best(script, "Harga naik.").text == "Prices rose."
    assert len(script.asked) == 1


def test_of_the_beam_the_hypothesis_without_findings_is_taken():
    script = Script(
        {"Sebanyak 10.000 orang pergi.": ["Some 1,000 left.", "Some 10,000 people left."]}
    )
    assert best(script, "Sebanyak 10.000 orang pergi.").text == "Some 10,000 people left."
    assert len(script.asked) == 1


def test_with_the_ladder_off_only_the_first_hypothesis_counts():
    script = Script({"Harga naik.": [LOOP, "Prices rose."]})
    found = best(script, "Harga naik.", on=False)
    assert found.text == LOOP and "loop" in found.flags
    assert len(script.asked) == 1


def test_a_loop_is_decoded_strictly():
    script = Script({("plain", "Harga naik."): [LOOP], ("strict", "Harga naik."): ["Prices rose."]})
    assert best(script, "Harga naik.").text == "Prices rose."
    assert [kind for kind, _, _ in script.asked] == ["plain", "strict"]


def test_what_no_rung_cures_keeps_its_flag_and_the_cost_is_bounded():
    source = "Harga beras naik lagi, dan warga desa menunggu bantuan dari kota."
    script = Script({source: [LOOP]})
    script.answers |= {
        piece: [LOOP]
        for piece in ("Harga beras naik lagi,", "dan warga desa menunggu bantuan dari kota.")
    }
    found = best(script, source)
    assert "loop" in found.flags
    assert len(script.asked) == 5 <= len(RUNGS)
    assert max(beam for _, beam, _ in script.asked) == 2 * USUAL.beam


def test_a_lost_name_is_masked_and_put_back():
    source = "Menurut Wabiser, harga beras di kota itu naik."
    masked = "Menurut Obama, harga beras di kota itu naik."
    script = Script(
        {
            source: ["According to him, the price of rice in the city rose."],
            masked: ["According to Obama, the price of rice in the city rose."],
        }
    )
    assert best(script, source).text == "According to Wabiser, the price of rice in the city rose."


def test_a_masked_translation_that_is_worse_is_not_taken():
    source = "Menurut Wabiser, harga beras di kota itu naik."
    masked = "Menurut Obama, harga beras di kota itu naik."
    script = Script(
        {source: ["The price of rice in the city rose, he said."], masked: [f"Obama {LOOP}"]}
    )
    assert best(script, source).text == "The price of rice in the city rose, he said."


@pytest.mark.parametrize("on", [True, False])
def test_a_term_is_found_masked_or_flagged(on):
    glossary = Glossary((Term("sawah", "paddy field"),))
    script = Script(
        {
            "Sawah itu kering.": ["The field is dry."],
            "Google itu kering.": ["Google is dry."],
            "Luas sawah berkurang.": ["Paddy fields are shrinking."],
            "Harga sawah naik.": ["Fields cost more."],
            "Harga Google naik.": ["Prices rose."],
        }
    )
    assert best(script, "Sawah itu kering.", glossary, on=on).text == "Paddy field is dry."
    assert (
        best(script, "Luas sawah berkurang.", glossary, on=on).text == "Paddy fields are shrinking."
    )
    missed = best(script, "Harga sawah naik.", glossary, on=on)
    assert missed.text == "Fields cost more." and missed.flags == {"glossary-missed"}


@pytest.mark.parametrize("on", [True, False])
def test_placeholders_come_through(on):
    script = Script(
        {
            "Buka Google sekarang.": ["Open Google now."],
            "Halo Google, apa kabar?": ["Hello, how are you?"],
            "Halo": ["Hello"],
            "apa kabar?": ["how are you?"],
        }
    )
    assert best(script, "Buka www.c.id sekarang.", on=on).text == "Open www.c.id now."
    assert best(script, "Halo {nama}, apa kabar?", on=on).text == "Hello {nama}, how are you?"


def test_a_tag_around_a_name_and_tags_that_are_loose():
    script = Script({"Ia membaca Kompas.": ["He reads Kompas."], "Ia pulang.": ["He went home."]})
    assert best(script, "Ia membaca <b>Kompas</b>.").text == "He reads <b>Kompas</b>."
    assert best(script, "Ia pulang.<br/>").text == "He went home.<br/>"


def test_capitals_are_read_as_small_letters_but_not_in_placeholders():
    script = Script({"Harga beras di Google naik lagi.": ["Rice prices on Google rose again."]})
    source = "HARGA BERAS DI WWW.Contoh.ID/X {NAMA} NAIK LAGI."
    assert [span[0] for span in KINDS.values()]  # the masks of the script exist
    assert "{NAMA}" in best(script, source).text


def test_more_suspicions_are_worth_less_and_equals_keep_the_first():
    good, bad = (
        Candidate("a", -1.0, False, ()),
        Candidate("b", -0.9, False, (Suspicion("loop", 2.0),)),
    )
    assert good.value > bad.value
    assert bad.value == pytest.approx(-0.9 - WEIGHTS["loop"])
    script = Script(
        {"Harga naik.": [LOOP, LOOP.replace("rose", "fell")], ("strict", "Harga naik."): [LOOP]}
    )
    assert best(script, "Harga naik.").text == LOOP


@pytest.fixture(scope="module")
def bundled():
    return Translator.load("bundled", device="cpu")


NEIGHBOURS = [
    "Menurut Wabiser, harga beras di Skarvik naik 4,8 persen menjadi Rp 14.250 per kilogram.",
    "hahaha hahaha hahaha hahaha hahaha hahaha",
    "Buka https://www.contoh.id/a?b=1 lalu tulis ke budi@contoh.id, {nama}.",
    "A A A A",
    "***",
]


def test_a_sentence_is_translated_alike_whatever_its_neighbours(bundled):
    together = bundled.translate(NEIGHBOURS)
    assert [bundled.translate([text])[0] for text in NEIGHBOURS] == together
    assert bundled.translate(NEIGHBOURS[::-1])[::-1] == together


def test_what_must_come_through_does(bundled):
    (translation,) = bundled.translate([NEIGHBOURS[2]])
    for part in ("https://www.contoh.id/a?b=1", "budi@contoh.id", "{nama}"):
        assert part in translation.text
    assert "placeholder-lost" not in translation.flags


def test_what_has_no_letters_stays(bundled):
    assert [each.text for each in bundled.translate(["***", "10.000", "www.contoh.id/x"])] == [
        "***",
        "10,000",
        "www.contoh.id/x",
    ]


def test_settings_tell_what_a_translation_depends_on(bundled):
    other = replace(bundled, glossary=Glossary((Term("a", "b"),)))
    off = replace(bundled, ladder=False)
    assert len({bundled.settings(), other.settings(), off.settings()}) == 3

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from translate.training.noise import names_in, roughened, with_swaps
from translate.training.pairs import TrainingPair

PAIR = TrainingPair(
    "Kirby bertemu Lavrov di Moskwa pada 17 Agustus 2024 dengan Rp 4,8 juta.",
    "Kirby met Lavrov in Moscow on August 17, 2024 with Rp 4.8 million.",
)


@given(st.text(max_size=60), st.integers())
def test_roughening_keeps_every_digit(text, seed):
    rough = roughened(text, random.Random(seed))
    assert [c for c in rough if c in "0123456789"] == [c for c in text if c in "0123456789"]


@given(st.integers())
def test_swaps_change_both_sides_alike(seed):
    swapped = with_swaps(PAIR, ["Sumarno", "Katsina"], random.Random(seed))
    digits = [sorted(re.findall(r"\d+", side)) for side in (swapped.source, swapped.target)]
    assert digits[0] == digits[1] and "2024" not in digits[0]
    for name in ("Kirby", "Lavrov"):
        assert (name in swapped.source) == (name in swapped.target)
    words = [set(re.findall(r"[A-Z]\w+", side)) for side in (swapped.source, swapped.target)]
    assert words[0] - words[1] == {"Moskwa", "Agustus"} and words[1] - words[0] == {
        "Moscow",
        "August",
    }


def test_names_are_those_of_both_sides():
    assert names_in([PAIR]) == ["Kirby", "Lavrov"]

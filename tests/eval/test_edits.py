"""Edits are those of sacreBLEU's search, shift for shift, for any words."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.lib_ter import translation_edit_rate

from eval.edits import MOST_CANDIDATES, edits, shifted

words = st.lists(st.sampled_from("abcde"), max_size=14)


@settings(max_examples=200, deadline=None)
@given(words, words)
def test_few_words(hypothesis, reference):
    assert edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]


def moved(random_, reference):
    """The reference with words changed and stretches moved."""
    found = [random_.choice(reference) if random_.random() < 0.3 else each for each in reference]
    for _ in range(random_.randrange(4)):
        start, length = random_.randrange(len(found)), random_.randrange(1, 12)
        target = random_.randrange(len(found))
        found = shifted(found, start, min(length, len(found) - start), target)
    return found[random_.randrange(5) : len(found) - random_.randrange(5)]


@pytest.mark.parametrize("longest", [12, 30, 70, 130])
def test_moved_stretches(longest):
    random_ = random.Random(longest)
    for _ in range(60 if longest < 100 else 12):
        kinds = random_.choice([4, 40, 400])
        reference = [str(random_.randrange(kinds)) for _ in range(random_.randrange(9, longest))]
        hypothesis = moved(random_, reference)
        assert edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]


def test_more_candidates_than_are_tried():
    random_ = random.Random(1)
    reference = [random_.choice("abc") for _ in range(24)]
    hypothesis = random_.sample(reference, len(reference))
    assert len(reference) ** 2 // 3 * 4 > MOST_CANDIDATES / 2
    assert edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]


@pytest.mark.parametrize(
    ("hypothesis", "reference"), [("", "a b"), ("a b", ""), ("", ""), ("a b", "a b"), ("a", "b")]
)
def test_little(hypothesis, reference):
    sides = hypothesis.split(), reference.split()
    assert edits(*sides) == translation_edit_rate(*sides)[0]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.confidence import class_of, confidence
from corpora.evidence import Evidence, Mentions, evidence, joined, mentions

texts = st.text(st.sampled_from('ab Kim 1.,0“"\n'), max_size=40)


@pytest.mark.parametrize(
    ("source", "reference", "shared"),
    [
        ("He paid 4,8 juta.", "He paid 4.8 million.", ("4.8",)),
        ("In 1.250.000 cases", "in 1,250,000 cases", ("1250000",)),
        ("", "", ()),
        ("He paid 7.", "He paid 8.", ()),
    ],
)
def test_numbers_agree_in_both_notations(source, reference, shared):
    assert evidence(mentions(source), mentions(reference)).numbers == shared


def test_the_first_word_of_a_sentence_is_no_name():
    assert mentions("Prices fell. Nobody told Kim's men in Seoul.").names == {"kim", "seoul"}


def test_both_sides_quote():
    left, right = mentions("“We are ready to go,” he said."), mentions('He said: "We are ready."')
    assert evidence(left, right).quotation
    assert not evidence(left, mentions("He said so.")).quotation


def test_what_only_one_side_has_is_missing():
    found = evidence(mentions("On 3 May, 7 men came."), mentions("On 3 May men came."))
    assert (found.conflicts, found.missing) == ((), ("7",))


@given(texts)
def test_a_text_agrees_with_itself(text):
    found = evidence(mentions(text), mentions(text))
    assert found.conflicts == found.missing == ()


@given(texts, texts)
def test_no_number_is_both_shared_and_missing(left, right):
    found = evidence(mentions(left), mentions(right))
    assert not set(found.numbers) & set(found.missing)


@given(st.lists(texts, max_size=3))
def test_sentences_together_mention_what_each_does(sentences):
    together = joined(map(mentions, sentences))
    assert all(mentions(each).numbers <= together.numbers for each in sentences)


def test_nothing_mentions_nothing():
    assert joined([]) == Mentions() == mentions("")


@given(st.floats(-10, 20), st.floats(0, 5))
def test_better_odds_are_surer(odds, more):
    assert 0 <= confidence(odds, Evidence()) <= confidence(odds + more, Evidence()) <= 1


@pytest.mark.parametrize(
    ("sure", "cosine", "source", "reference", "label"),
    [
        (0.99, 0.6, 100, 110, "parallel"),
        (0.99, 0.2, 100, 110, "loose"),
        (0.7, 0.6, 100, 110, "loose"),
        (0.99, 0.6, 50, 110, "fragment"),
        (0.4, 0.6, 100, 110, "unsupported"),
        (0.4, 0.6, 0, 0, "unsupported"),
    ],
)
def test_classes(sure, cosine, source, reference, label):
    assert class_of(sure, cosine, source, reference, Evidence()) == label

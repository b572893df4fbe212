"""Cases live in cases/splitting.jsonl: what a reader of Indonesian takes for the sentences."""

from hypothesis import given
from hypothesis import strategies as st

from corpora.splitting import split, split_long, split_spans

WORDS = ["Rapat", "usai", "Dr", "M", "1", "10", "1.250", "kata", "Pada", "WIB", "É", "Jkt", "بسم"]
SIGNS = [".", "!", "?", "…", "...", ",", "“", "”", '"', "(", ")", "–", " ", "  ", "\u00a0", "\n"]
SIGNS += ["[", "]", "‘", "’", "'", ":", ";", "-", "\t", "\u2028", "\u200b", "\x85", "e\u0301", "🙂"]
lines = st.lists(st.sampled_from([*WORDS, *SIGNS])).map("".join)
short_words = st.lists(st.text(st.sampled_from("ab,;"), min_size=1, max_size=9), min_size=1)


def fits(text):
    return len(text) <= 20


def test_case(case):
    assert split(case["text"]) == case["sentences"]


@given(lines)
def test_spans_stand_in_order_and_share_nothing(text):
    borders = [place for span in split_spans(text) for place in (span.start, span.end)]
    assert borders == sorted(borders)
    assert all(span.start < span.end for span in split_spans(text))


@given(lines)
def test_outside_of_the_spans_is_nothing_but_white_space(text):
    inside = {place for span in split_spans(text) for place in range(span.start, span.end)}
    assert not "".join(sign for place, sign in enumerate(text) if place not in inside).strip()


@given(lines)
def test_sentences_and_gaps_together_are_the_line(text):
    spans = split_spans(text)
    starts = [0, *(span.end for span in spans)]
    ends = [*(span.start for span in spans), len(text)]
    gaps = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    sentences = [*split(text), ""]
    joined = "".join(gap + sentence for gap, sentence in zip(gaps, sentences, strict=True))
    assert joined == text


@given(lines)
def test_no_sentence_begins_or_ends_in_white_space(text):
    assert all(sentence == sentence.strip() for sentence in split(text))


@given(short_words)
def test_parts_of_a_long_sentence_joined_are_the_sentence(words):
    text = " ".join(words)
    assert " ".join(split_long(text, fits)) == text


@given(st.text(st.sampled_from("ab,; ")))
def test_parts_of_a_long_sentence_fit(text):
    assert all(fits(part) for part in split_long(text, fits))


@given(st.text(st.sampled_from("ab,; ")))
def test_parts_of_a_long_sentence_lose_no_letter(text):
    assert "".join(split_long(text, fits)).replace(" ", "") == text.replace(" ", "")


def test_a_sentence_that_fits_stays_whole():
    assert list(split_long("Kami siap; kami menang.", lambda _: True)) == [
        "Kami siap; kami menang."
    ]


def test_a_long_sentence_is_cut_at_a_clause_rather_than_at_the_middle():
    text = "Harga beras naik tajam pekan ini, sedangkan harga gula justru turun."
    parts = list(split_long(text, lambda part: len(part) <= 40))
    assert parts == ["Harga beras naik tajam pekan ini,", "sedangkan harga gula justru turun."]


def test_a_character_that_never_fits_comes_out_all_the_same():
    assert list(split_long("abc", lambda _: False)) == ["a", "b", "c"]


def test_a_word_that_fits_is_not_cut():
    text = "di https://id.contoh.id"
    assert list(split_long(text, fits)) == ["di", "https://id.contoh.id"]

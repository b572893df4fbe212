import re

from hypothesis import given
from hypothesis import strategies as st

from corpora.spans import SpannedText, shared_head

PATTERNS = [r"a", r"ab+", r"\b", r"(a)(b)?", r"(?<=a)b", r"b*", r"^a|b$", r" +"]
raw_texts = st.text(st.sampled_from("ab c"), max_size=30)
patterns = st.sampled_from(PATTERNS).map(re.compile)
replacements = st.text(st.sampled_from("#a b"), max_size=4)


@given(raw_texts, patterns, replacements)
def test_sub_gives_the_text_of_re_sub(raw, pattern, new):
    assert SpannedText.of(raw).sub(pattern, new).text == pattern.sub(new, raw)


@given(raw_texts, patterns)
def test_sub_takes_groups_and_functions_as_re_sub_does(raw, pattern):
    def doubled(match):
        return match[0] * 2

    spanned = SpannedText.of(raw)
    assert spanned.sub(pattern, r"<\g<0>>").text == pattern.sub(r"<\g<0>>", raw)
    assert spanned.sub(pattern, doubled).text == pattern.sub(doubled, raw)


@given(raw_texts, st.lists(st.tuples(patterns, replacements), max_size=4))
def test_offsets_never_fall_and_end_at_the_raw_end(raw, changes):
    spanned = SpannedText.of(raw, 100)
    for pattern, new in changes:
        spanned = spanned.sub(pattern, new)
    assert len(spanned.origin) == len(spanned.text) + 1
    assert list(spanned.origin) == sorted(spanned.origin)
    assert spanned.origin[-1] == 100 + len(raw)


@given(raw_texts, patterns, st.sampled_from(["", "#", "##"]))
def test_characters_that_were_not_touched_keep_their_place(raw, pattern, new):
    spanned = SpannedText.of(raw).sub(pattern, new)
    kept = [(i, sign) for i, sign in zip(spanned.origin, spanned.text, strict=False) if sign != "#"]
    assert [raw[place] for place, _ in kept] == [sign for _, sign in kept]
    assert len({place for place, _ in kept}) == len(kept)


def test_characters_that_were_put_in_stand_where_the_piece_began_that_they_replace():
    assert SpannedText.of("abc").sub(re.compile("bc"), "xyz").origin == (0, 1, 1, 1, 3)


def test_what_a_match_and_its_replacement_share_was_not_touched():
    spanned = SpannedText.of("ini. dan").sub(re.compile(r"ini\. dan"), "ini dan")
    assert spanned.origin == (0, 1, 2, 4, 5, 6, 7, 8)


@given(raw_texts, raw_texts)
def test_shared_head_is_the_longest(left, right):
    size = shared_head(left, right)
    assert left[:size] == right[:size]
    assert left[size : size + 1] != right[size : size + 1] or not left[size:]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.fidelity.gazetteer import GAZETTEER, is_common
from corpora.fidelity.name_spelling import FEW, Spellings, distance, is_one_name, key, plain

words = st.text(st.sampled_from("abdeiklnoprstuw"), min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Soekarno", "Sukarno"),
        ("Djakarta", "Jakarta"),
        ("Tjokroaminoto", "Cokroaminoto"),
        ("Jusuf", "Yusuf"),
        ("Sergei", "Sergey"),
        ("Peskov", "Peskow"),
        ("Khamenei", "Khameini"),
        ("São", "Sao"),
    ],
)
def test_spellings_of_one_name(left, right):
    assert is_one_name(left, right)
    assert is_one_name(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Iran", "Iraq"), ("Malang", "Magelang"), ("Semarang", "Sumedang"), ("Kim", "Kam"), ("", "")],
)
def test_other_names(left, right):
    assert not is_one_name(left, right)


@given(words, words)
def test_distance_is_symmetric(left, right):
    assert distance(left, right) == distance(right, left)
    assert (distance(left, right) == 0) == (left == right)


@given(words, words, words)
def test_distance_takes_no_short_cut(left, middle, right):
    assert distance(left, right) <= distance(left, middle) + distance(middle, right)


@given(st.lists(words, min_size=FEW + 1, max_size=60), words)
def test_no_spelling_is_overlooked_among_many(names, name):
    for each in (name, *names[:5]):
        expected = {other for other in names if is_one_name(each, other)}
        assert set(Spellings.among(names).of(each)) == expected


@given(words, st.sampled_from(["n", "an", "ian", "ese", "ans"]))
def test_no_people_are_overlooked_among_many(place, ending):
    many = [f"{place}{ending}", *(f"kota{number}" for number in range(FEW))]
    expected = {other for other in many if is_one_name(place, other)}
    assert set(Spellings.among(many).of(place)) == expected


@given(st.text(max_size=20))
def test_a_key_is_made_of_plain_letters(name):
    assert len(key(name)) <= len(plain(name))
    assert plain(plain(name)) == plain(name)


def test_what_lets_english_add_a_country_is_no_country():
    indonesia = GAZETTEER.indonesian["indonesia"]
    assert {"tni", "polri", "bps", "wib"} <= GAZETTEER.implied[indonesia]
    assert GAZETTEER.implied.keys() <= set(GAZETTEER.indonesian.values())
    assert not GAZETTEER.implied[indonesia] & {"malaysia", "amerika serikat", "pbb"}


def test_every_entry_has_names_in_both_languages():
    for entry in GAZETTEER.indonesian.values():
        assert all(entry.indonesian)
        assert all(entry.english)


@pytest.mark.parametrize("word", ["kementerian", "penanggulangan", "agen-agen", "government"])
def test_common_words(word):
    assert is_common(word)


@pytest.mark.parametrize("word", ["prabowo", "sumedang", "won-sik", "zelensky"])
def test_uncommon_words(word):
    assert not is_common(word)

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import UserError
from translate.quality.glossary import NO_GLOSSARY, Glossary, Term, TermsKept, plural, read_glossary

TERMS = Glossary(
    (
        Term("kereta api", "railway"),
        Term("kereta", "carriage"),
        Term("BI", "Bank Indonesia", exact=True),
        Term("sawah", "paddy field"),
    )
)


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("Kereta api itu berhenti.", ["railway"]),
        ("Kereta-apinya berhenti.", ["railway"]),
        ("KERETA lewat.", ["carriage"]),
        ("Kereta-kereta lewat.", ["carriages"]),
        ("BI bi.", ["Bank Indonesia"]),
        ("Sawahnya dan persawahan.", ["paddy field"]),
        ("Keretakan dinding", []),
    ],
)
def test_terms_are_found_as_indonesian_writes_them(source, english):
    assert [each.english for each in TERMS.occurrences(source)] == english


@pytest.mark.parametrize(
    ("english", "missed"),
    [
        ("The paddy fields dried.", 0),
        ("Paddy-field prices", 0),
        ("The rice field dried.", 1),
        ("The paddyfields", 1),
    ],
)
def test_the_english_may_be_inflected_too(english, missed):
    assert len(TERMS.missed("Sawah itu kering.", english)) == missed


def test_a_term_that_stands_twice_must_come_twice():
    assert TERMS.missed("Sawah ini, sawah itu.", "This paddy field.") == ("paddy field",)
    assert TERMS.kept([("Sawah ini, sawah itu.", "This paddy field."), ("Hujan.", "Rain.")]) == (
        TermsKept(1, 2)
    )
    assert NO_GLOSSARY.kept([("Sawah.", "Field.")]) == TermsKept(0, 0)


def test_a_file_is_read(tmp_path):
    file = tmp_path / "terms.tsv"
    file.write_text("\ufeff# Indonesian\tEnglish\nsawah\tpaddy field\n\n", encoding="utf-8")
    assert read_glossary(file).terms == (Term("sawah", "paddy field"),)
    file.write_text("BI\tBank Indonesia\texact, an abbreviation\n")
    assert not read_glossary(file).terms[0].exact
    file.write_text("BI\tBank Indonesia\texact\nsawah\tfield\nsawah\tfield\n")
    assert read_glossary(file).terms == (
        Term("BI", "Bank Indonesia", exact=True),
        Term("sawah", "field"),
    )


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("sawah\tfield\nkereta\n", 2, "expected 2 or 3 columns, got 1"),
        ("a\tb\tc\td\n", 1, "got 4"),
        ("sawah\t \n", 1, "an empty term"),
        ("***\tstars\n", 1, "no letter or digit"),
        ("sawah\tfield\n\nSawah\tpaddy\n", 3, "'field' in line 1"),
    ],
)
def test_a_bad_line_is_named(tmp_path, text, line, says):
    file = tmp_path / "terms.tsv"
    file.write_text(text)
    with pytest.raises(UserError, match=rf"^{re.escape(str(file))}:{line}: ") as error:
        read_glossary(file)
    assert says in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("data", [b"", b"# nothing\n", b"sawah\t\xff\n", None])
def test_a_bad_file_is_named(tmp_path, data):
    file = tmp_path / "terms.tsv"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(UserError, match=rf"^{re.escape(str(file))}: "):
        read_glossary(file)


def test_the_digest_tells_glossaries_apart():
    assert Glossary(TERMS.terms[::-1]).digest == TERMS.digest
    assert len({TERMS.digest, NO_GLOSSARY.digest, Glossary(TERMS.terms[:1]).digest}) == 3


@given(st.from_regex(r"[a-z]{2,8}( [a-z]{2,8})?", fullmatch=True))
def test_a_term_and_its_plural_are_found(term):
    pattern = Term("x", term).in_english()
    assert pattern.fullmatch(term) and pattern.fullmatch(plural(term))
    assert [each.english for each in Glossary((Term(term, "y"),)).occurrences(f"({term}nya)")] == [
        "y"
    ]

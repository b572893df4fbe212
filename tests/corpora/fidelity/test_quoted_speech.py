import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.fidelity.quoted_speech import compared, quotations, straight

texts = st.text(st.sampled_from("ab \"'“”‘’.,!"), max_size=30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Ma'ruf, Jum'at, the boys' room, '90s", []),
        ('Layar 14" dijual.', []),
        ("“Ya.” Lalu ‘tidak’.", ["“Ya.”", "‘tidak’"]),
        ("«Ya,» katanya.", ["«Ya,»"]),
        ("„Ya“ katanya.", ["„Ya“"]),
        (
            "Ia berkata: \"Dia bilang 'jangan' kepadaku.\"",
            ["\"Dia bilang 'jangan' kepadaku.\"", "'jangan'"],
        ),
    ],
)
def test_quotations(text, expected):
    assert [each.text for each in quotations(straight(text))] == [
        straight(each) for each in expected
    ]


@given(texts)
def test_a_text_keeps_its_own_quotations(text):
    open_here = any(each.is_open for each in quotations(straight(text)))
    assert open_here or compared(text, text).findings == ()


@given(texts, texts)
def test_never_more_kept_than_there_are(source, english):
    kept = compared(source, english).kept
    assert 0 <= kept.kept <= kept.total == len(quotations(straight(source)))


def test_a_quotation_over_several_sentences_stays_open():
    assert compared('"Kami siap. Kami menunggu.', "“We are ready. We wait.").findings == ()
    assert compared('"Kami siap. Kami menunggu.', "“We are ready. We wait.”").findings == ()

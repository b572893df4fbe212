import ftfy  # noqa: F401 - registers the encoding "sloppy-windows-1252"
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.encoding import decoded, decoded_page, without_mojibake
from corpora.source import Unreadable
from tests.conftest import EXAMPLES, SHARED

TEXT = "“Harga naik,” kata José — 5 °C.\nSelesai."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32-le"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_the_encoding_is_found(data, encoding):
    assert decoded(data, "a") == (TEXT, encoding)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_utf8_is_never_taken_for_anything_else(text):
    if not text.startswith("\ufeff"):
        assert decoded(text.encode(), "a") == (text, "utf-8")


@pytest.mark.parametrize(
    "data",
    [
        "“Halo”".encode()[:-1],  # cut off
        b"Halo \x81 dunia",
        "Привет, мир".encode("cp1251"),
        "你好".encode("gbk"),
        b"Halo\xff\xfe",
        b"Harga naik. \xe2\x80",  # half of a quotation mark
        b"Harga naik. \xe2\x80 lagi",
        "“Ya,” kata Jos".encode() + "é".encode()[:1] + b" dan \xe2\x80 siapa",
        "Café".encode("cp437"),
        "“Café”".encode("mac-roman"),
        "日本の新聞".encode("shift-jis"),
        "中文新闻报道，记者".encode("gb18030"),
        "• Harga beras naik\n• Warga mengeluh".encode("mac-roman"),
        "Jalan Straße 5".encode("mac-roman"),
        "Kota León di Spanyol".encode("cp850"),
        "Pemain asal Álava itu pulang".encode("cp850"),
        "Badai NIÑO datang".encode("cp437"),
        "Kadar 5 µm ".encode() + b"dan \xb5lava",
    ],
)
def test_what_is_not_known_is_not_guessed(data):
    with pytest.raises(Unreadable, match=r"is not UTF-8; convert|middle of a character"):
        decoded(data, "a")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("“Ya.”".encode() + b"\nCaf\xe9 \x93Baru\x94 di Solo\n", "“Ya.”\nCafé “Baru” di Solo\n"),
        ("Harga “beras” ".encode() + b"Rp\xa025.000 naik.", "Harga “beras” Rp\xa025.000 naik."),
        (
            b"Tim\x92s kata Jos\xe9: " + "“Ya, kami siap.”".encode(),
            "Tim’s kata José: “Ya, kami siap.”",
        ),
    ],
)
def test_single_characters_of_cp1252_amid_utf8(data, text):
    assert decoded(data, "a") == (text, "utf-8+cp1252")


@pytest.mark.parametrize(
    "text",
    [
        "Pasal 5 § 2 undang-undang itu, juga §7, kata dia.",
        "Kadar debu halus 85 µg/m³, diameternya 2,5 µm.",
        "Harganya 75¢, dulu 80 ¢ per liter.",
        "Kurs menjadi ¥150 per dolar, katanya.",
    ],
)
def test_signs_of_law_measures_and_money(text):
    assert decoded(text.encode("cp1252"), "a") == (text, "cp1252")
    mixed = "“Ya,” kata dia. ".encode() + text.encode("cp1252")
    assert decoded(mixed, "a") == (f"“Ya,” kata dia. {text}", "utf-8+cp1252")


@pytest.mark.parametrize("data", [b"\0\1", b"\1\0\2\0", b"\0H\0\7"])
def test_a_few_zero_bytes_are_no_utf16(data):
    with pytest.raises(Unreadable, match="binary data"):
        decoded(data, "a")


def test_a_page_that_ends_inside_a_character_says_so():
    with pytest.raises(Unreadable, match=r"^a: ends in the middle .* \(byte 7\); fetch it again$"):
        decoded("“Halo”".encode()[:-1], "a")


def test_a_web_page_says_its_own_encoding():
    html = '<meta charset="iso-8859-2"><p>Łódź</p>'
    assert decoded_page(html.encode("iso-8859-2"), "a") == (html, "iso-8859-2")
    assert decoded_page(html.encode(), "a") == (html, "utf-8")
    latin = "<meta charset=iso-8859-1><p>“Halo”</p>"
    assert decoded_page(latin.encode("cp1252"), "a") == (latin, "cp1252")
    wrong = "<meta charset=no-such><p>“Halo”</p>"
    assert decoded_page(wrong.encode("cp1252"), "a") == (wrong, "cp1252")
    assert decoded_page("<p>Łódź".encode("iso-8859-2"), "a", "iso-8859-2")[0] == "<p>Łódź"


@pytest.mark.parametrize(
    "text",
    [
        "“Halo,” kata Müller di São Paulo… —“ya”",
        "Erdoğan, Łukasz, Đoković, İstanbul, Hà Nội",
        "5 °C, ½ £ € ¥ × … «halo» à la carte",
        "😀 emoji “‘bersarang’” 中文 العربية",
        "Harga\xa0naik\u200b.\u2028Baris\u2029",
        "ﬁ ligatur, ＡＢＣ lebar, don't, “curly” &amp; &eacute;",
    ],
)
def test_correct_text_stays(text):
    assert without_mojibake(text) == text


def test_the_articles_stay():
    for file in [*EXAMPLES.rglob("*.txt"), *SHARED.glob("*/*/*.txt")]:
        text = file.read_bytes().decode()
        assert without_mojibake(text) == text, file


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", ["“Halo,” katanya…", "José — São Paulo", "é", "Kuching à la"])
def test_text_decoded_wrongly_is_mended(text, wrong):
    try:
        broken = text.encode().decode(wrong)
    except UnicodeDecodeError:
        broken = text.encode().decode("sloppy-windows-1252")  # as browsers do; ftfy registers it
    assert without_mojibake(broken) == text


def test_only_the_broken_line_changes_and_lines_stay_lines():
    assert without_mojibake("“a”\r\n\râ€œHaloâ€\u009d\n\nà la") == "“a”\r\n\r“Halo”\n\nà la"

import pytest

from corpora.language import is_foreign, words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "Jakarta",
        "Harga beras naik di pasar induk.",
        "Film The Lord of the Rings tayang lagi di bioskop pada Sabtu.",
        "Presiden Volodymyr Zelensky (Володимир Зеленський) tiba di Jakarta.",
        "Kantor berita Yonhap (연합뉴스) melaporkan hal itu.",
        "Bank Sentral Eropa",
        "Perdana Menteri Malaysia mengatakan kerajaan akan membantu.",
    ],
)
def test_belongs_into_an_indonesian_article(text):
    assert not is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "The government said it will help the farmers.",
        "Thủ tướng Chính phủ đã đến thăm Hà Nội",
        "Президент прибыл в Москву",
        "大統領が東京に到着した",
        "الرئيس يصل إلى جدة",
        "Sila hantarkan artikel kepada pengarang",
    ],
    ids=["English", "Vietnamese", "Russian", "Japanese", "Arabic", "Malay"],
)
def test_is_another_language(text):
    assert is_foreign(text)


def test_words_are_in_lower_case_and_without_numbers():
    assert words("COVID-19 di Jawa-Bali: 3.500 kasus") == ["covid", "di", "jawa-bali", "kasus"]


def test_no_words_in_signs():
    assert words("— 12,5 % …") == []

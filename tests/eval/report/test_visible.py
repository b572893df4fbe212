"""What is named, and what a reader sees anyway and is left as it stands."""

import unicodedata

import pytest

from eval.report.visible import visible

JOINERS = {0x200C, 0x200D, *range(0xFE00, 0xFE10)}


@pytest.mark.parametrize("category", ["Cc", "Cf", "Cs", "Zl", "Zp"])
def test_controls_and_formats_are_named(category):
    """Of Cf the signs that are written above or before digits and letters are seen."""
    seen = {0x9, 0xA, *range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    seen |= {*range(0x13430, 0x13440), *JOINERS}
    for number in range(0x110000):
        if unicodedata.category(sign := chr(number)) == category and number not in seen:
            assert visible(f"a{sign}b") == f"a⟨U+{number:04X}⟩b", hex(number)


@pytest.mark.parametrize(
    "text",
    [
        "Harga beras naik 12,5 % – kata “Sari”.\tBaik\n",
        "kafe\u0301 Ngāti",
        "👩‍👩‍👧 ❤️ 1️⃣ 👍🏽 🇮🇩",
        "بِسْمِ اللَّهِ",
        "می‌خواهم",
        "क्‍ष",
        "a\u00a0b\u202fc\u3000d",
    ],
)
def test_what_is_seen_stays(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    "text",
    ["peme\u00adrintah", "a\u034fb", "\u180e", "\ufff9x\ufffay\ufffb", "\u3164", "a\U000e0101"],
)
def test_what_hides_is_named(text):
    assert "⟨U+" in visible(text) and visible(visible(text)) == visible(text)


def test_an_order_in_tags_is_read():
    """Text in tag characters, which a reader does not see and a model does."""
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "Hi")
    assert visible(f"Halo.{hidden}") == "Halo.⟨U+E0048⟩⟨U+E0069⟩"

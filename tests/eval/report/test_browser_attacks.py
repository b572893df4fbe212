"""Text that would be more than text: it is shown and does nothing."""

from dataclasses import replace

import pytest

from eval.report.visible import visible
from tests.eval.report.conftest import OTHER, ROW, lines

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By

ATTACKS = (
    "<script>window.attacked = 1</script>",
    "<img src=x onerror='window.attacked = 1'>",
    '"><svg onload="window.attacked = 1">',
    "</script><script>window.attacked = 1</script>",
    "{{ constructor.constructor('window.attacked = 1')() }}",
)


def hostile(text, number):
    return replace(
        ROW, id=f"{number:016x}", position=number, start=100 * number, end=100 * number + 50,
        source=text, source_raw=text + " ", translation=text, reference=text, flags=(text[:40],),
    )  # fmt: skip


def test_attacks_do_nothing(browser, make_page):
    rows = [hostile(text, number) for number, text in enumerate(ATTACKS)]
    evil = {"article": ROW.article, "title": ATTACKS[1], "url": "javascript:window.attacked = 1"}
    dropped = [{"file": text, "line": 1, "label": text, "rule": text, "text": text, "score": 1}
               for text in ATTACKS]  # fmt: skip
    page = make_page(rows, **{"articles.jsonl": lines([evil]), "rejected.jsonl": lines(dropped)})
    for address in ("", "#rows", "#article-1", "#articles", "#rejected"):
        browser.open(page, address).one("h1")
        browser.until(lambda address=address: browser.all(".results > *") or not address)
        assert browser.script("return window.attacked") is None
        assert browser.script("return document.querySelectorAll('img, iframe').length") == 0
    assert browser.errors() == []
    browser.open(page, "#article-1").one("h1")
    hrefs = browser.script("return [...document.links].map((link) => link.protocol)")
    assert set(hrefs) == {"file:"}
    assert "javascript:window.attacked" in browser.one(".facts").text


def test_the_policy_stops_what_gets_in_after_all(browser, page):
    browser.open(page).one("h1")
    browser.script(
        "const made = document.createElement('div');"
        "made.innerHTML = `<img src=x onerror='window.attacked = 1'>`; document.body.append(made);"
    )
    browser.until(lambda: any("Content Security Policy" in each["message"]
                              for each in browser.errors()))  # fmt: skip
    assert browser.script("return window.attacked") is None


def test_controls_that_turn_a_line_around_are_named(browser, make_page):
    text = "gaji\u202e001\u2066"
    page = make_page([hostile(text, 0)])
    row = browser.open(page, "#rows").shown(1)[0]
    assert "\u202e" not in row.text and "U+202E" in row.text and "U+2066" in row.text
    assert browser.script("return getComputedStyle(arguments[0]).unicodeBidi",
                          row.find_element(By.CSS_SELECTOR, ".text")) == "isolate"  # fmt: skip


def test_the_browser_names_what_the_frame_names(browser, page):
    """Every character of Unicode; half a pair of surrogates is U+FFFD by the time it is here."""
    browser.open(page).one("h1")
    named = browser.script(
        "const found = []; for (let number = 0; number < 0x110000; number++) {"
        "  const sign = String.fromCodePoint(number);"
        "  if (plainly(`a${sign}b`) !== `a${sign}b`) found.push(number); } return found"
    )
    ours = {number for number in range(0x110000) if visible(chr(number)) != chr(number)}
    surrogates = set(range(0xD800, 0xE000))
    assert surrogates <= ours and set(named) - surrogates == ours - surrogates | {0xFFFD}
    assert browser.script("return plainly(arguments[0])", "x\U000e0041") == "x⟨U+E0041⟩"
    assert browser.script("return plainly(arguments[0])", "👩‍👩‍👧 ❤️ 1️⃣") == "👩‍👩‍👧 ❤️ 1️⃣"


def test_a_word_of_a_megabyte_is_folded(browser, make_page):
    page = make_page([hostile("x" * 1_000_000, 0), replace(OTHER, position=1)])
    row = browser.open(page, "#rows").shown(2)[0]
    assert row.size["height"] < 5000
    assert browser.script("return document.documentElement.scrollWidth") <= 1280
    row.find_element(By.CSS_SELECTOR, ".more").click()
    assert browser.script("return arguments[0].querySelector('.text').textContent.length",
                          row) == 1_000_000  # fmt: skip
    assert browser.script("return document.documentElement.scrollWidth") <= 1280

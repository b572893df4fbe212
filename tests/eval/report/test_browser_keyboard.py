"""The page without a mouse: keys, and where the focus is."""

from dataclasses import replace

import pytest

from tests.eval.report.conftest import ALONE, OTHER, REJECTED, ROW, lines

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


def test_keys_lead_everywhere(browser, page):
    browser.open(page).one("h1")
    for key, address in (
        ("2", "#articles"),
        ("3", "#rows"),
        ("4", "#rejected"),
        ("1", "#overview"),
    ):
        browser.driver.find_element(By.TAG_NAME, "body").send_keys(key)
        browser.until(lambda address=address: browser.script("return location.hash") == address)
    browser.keys("3")
    browser.shown(3)
    browser.keys("j")
    browser.keys("j")
    assert browser.script("return document.activeElement.id") == f"row-{ALONE.id}"
    browser.keys("k")
    assert browser.script("return document.activeElement.id") == f"row-{ROW.id}"
    browser.keys("d")
    assert browser.script("return document.getElementById('main').classList.contains('plain')")
    browser.keys("/")
    browser.keys("j3")
    assert browser.script("return document.activeElement.value") == "j3"


def test_keys_are_listed_and_can_be_turned_off(browser, page):
    browser.open(page).one("h1")
    browser.driver.find_element(By.TAG_NAME, "body").send_keys("?")
    dialog = browser.until(lambda: browser.driver.find_elements(By.TAG_NAME, "dialog"))[0]
    assert "search" in dialog.text
    dialog.find_element(By.CSS_SELECTOR, "input").click()
    browser.keys(Keys.ESCAPE)
    browser.until(lambda: not browser.driver.find_elements(By.TAG_NAME, "dialog"))
    browser.keys("3")
    assert browser.script("return location.hash") == ""


def test_tab_reaches_the_content_first(browser, page):
    browser.open(page).one("h1")
    browser.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert browser.script("return document.activeElement.className") == "skip"
    browser.keys(Keys.ENTER)
    assert browser.script("return document.activeElement.id") == "main"


FOCUSED = "return document.activeElement"
LONG = {"#rows": (3, 60), "#articles": (120, 1), "#rejected": (1, 1), "#article-1": (1, 160)}


@pytest.mark.parametrize(
    ("address", "by_key"),
    [*((address, False) for address in LONG), *((address, True) for address in list(LONG)[:3])],
)
def test_the_focus_is_in_the_list_when_its_page_is_turned(browser, make_long, address, by_key):
    """At its first entry, so that the keyboard goes on from there; never on the page as a whole.

    In an article the key turns to the next article.
    """
    dropped = lines([{**REJECTED[0], "line": number} for number in range(150)])
    page = make_long(*LONG[address], **{"rejected.jsonl": dropped})
    browser.open(page, address).one(".pages")
    for way, key, said in (("next", "]", "Page 2 of"), ("prev", "[", "Page 1 of")):
        if by_key:
            browser.keys(key)
        else:
            browser.script("arguments[0].focus()", browser.one(f".pages [data-{way}]"))
            browser.keys(Keys.ENTER)
        browser.until(lambda said=said: said in browser.one(".pages").text)
        browser.until(lambda: browser.script(FOCUSED) == browser.one(".results [data-step]"))
        top = browser.script("return document.activeElement.getBoundingClientRect().top")
        assert 0 <= top <= 900


def test_a_page_that_comes_late_takes_no_focus_from_the_search(browser, make_long):
    browser.open(make_long(3, 60), "#rows").shown(50)
    browser.script(
        "const real = window.block; window.block = (number) =>"
        " new Promise((resolve) => setTimeout(resolve, 300)).then(() => real(number));"
    )
    browser.keys("]")
    browser.keys("/")
    browser.until(lambda: "Page 2 of" in browser.one(".pages").text)
    browser.keys("kalimat 2 5")
    browser.shown(11)
    assert browser.script("return document.activeElement.value") == "kalimat 2 5"


def test_a_button_that_is_still_there_keeps_the_focus(browser, make_long):
    browser.open(make_long(3, 60), "#rows").shown(50)
    toggle = browser.one(".toggles button")
    browser.script("arguments[0].focus()", toggle)
    browser.keys("]")
    browser.until(lambda: "Page 2 of" in browser.one(".pages").text)
    assert browser.script(FOCUSED) == toggle


def test_a_view_that_was_gone_to_gives_the_focus_to_its_list(browser, make_long):
    browser.open(make_long(3, 60)).one("h1")
    browser.keys("3")
    browser.shown(50)
    assert browser.script("return document.activeElement.id") == "rows"
    browser.keys("]")
    browser.until(lambda: browser.script(FOCUSED) == browser.one(".results [data-step]"))


def test_the_focus_stays_with_its_row_when_links_come_and_go(browser, page):
    browser.open(page, f"#row-{ALONE.id}").one(".linked .here-now")
    for gone in (True, False):
        browser.keys("l")
        browser.until(lambda gone=gone: bool(browser.all(".linked")) != gone)
        assert browser.script("return document.activeElement.id") == f"row-{ALONE.id}"


def test_the_focus_is_in_what_was_unfolded(browser, make_page):
    long = replace(OTHER, translation="Ship after ship arrived in Ambon. " * 200)
    row = browser.open(make_page([long]), "#rows").shown(1)[0]
    browser.script("arguments[0].focus()", row.find_element(By.CSS_SELECTOR, "button.more"))
    browser.keys(Keys.ENTER)
    browser.until(lambda: not row.find_elements(By.CSS_SELECTOR, "button.more"))
    assert browser.script(FOCUSED).text.startswith("Ship after ship")

"""What the page looks like: themes, contrast, phones, paper."""

import pytest

from tests.eval.report.conftest import ROW

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By

BACKGROUND = "return getComputedStyle(document.body).backgroundColor"
CONTRAST = """
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const paint = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
const light = (rgb) => rgb.slice(0, 3).map((part) => part / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
const behind = (node) => { for (let at = node; at; at = at.parentElement) {
  const found = paint(getComputedStyle(at).backgroundColor); if (found[3] === 255) return found; }
  return [255, 255, 255]; };
const bad = [];
for (const node of document.querySelectorAll('body *')) {
  const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  if (!own || !node.checkVisibility() || node.disabled || node.closest('script, style')) continue;
  const style = getComputedStyle(node);
  const ink = node.closest('svg') ? style.fill : style.color;
  const [a, b] = [light(paint(ink)), light(behind(node))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) bad.push(`${node.tagName} ${node.className.baseVal ?? node.className} ${ratio}`);
}
return bad;
"""


@pytest.mark.parametrize(
    ("scheme", "forced"), [("light", "none"), ("dark", "none"), ("light", "active")]
)
@pytest.mark.parametrize("address", ["", "#article-1", "#rows", "#articles", "#rejected"])
def test_letters_stand_out_in_all_themes(browser, page, scheme, forced, address):
    """WCAG 2.2, criterion 1.4.3: 4.5 to 1; also where the system forces its colours on the page."""
    browser.scheme(scheme, forced)
    browser.open(page, address).one("h1")
    browser.until(lambda: browser.all(".results > *") or not address)
    assert browser.script(CONTRAST) == []


def test_the_theme_can_be_chosen_and_is_kept(browser, page):
    light = browser.open(page).script(BACKGROUND)
    browser.scheme("dark")
    dark = browser.script(BACKGROUND)
    assert light != dark
    browser.keys("t")
    assert browser.script(BACKGROUND) == light
    browser.open(page)
    assert browser.script(BACKGROUND) == light
    browser.keys("t")
    assert browser.script(BACKGROUND) == dark


@pytest.mark.parametrize("address", ["", "#articles", "#article-1", "#rows", "#rejected"])
def test_a_phone_shows_all_without_scrolling_sideways(browser, page, address):
    browser.wide(360, 740)
    browser.open(page, address).one("h1")
    browser.until(lambda: browser.all(".results > *") or not address)
    assert browser.script("return document.documentElement.scrollWidth") <= 360


def test_it_prints(browser, page):
    browser.open(page, "#article-1").one(".linked")
    browser.script(
        "addEventListener('beforeprint', () => {"
        "  window.printed = document.querySelector('#article .results').innerText;"
        "  window.joined = document.querySelectorAll('.linked').length })"
    )
    assert len(browser.driver.print_page()) > 1000
    assert browser.script("return window.joined") == 0
    assert str(ROW.reference) in browser.script("return window.printed")
    assert browser.one(".linked")


STYLE = """
const style = getComputedStyle(arguments[0]);
const told = ['outlineStyle', 'outlineWidth', 'borderStyle', 'borderWidth', 'textDecorationLine',
  'textDecorationStyle', 'fontWeight'];
return told.map((name) => style[name]).join(' ');
"""
BEHIND = "return getComputedStyle(arguments[0]).backgroundColor"


def told(browser, selector):
    """Lines around and under the letters of an element, and how heavy they are."""
    return browser.script(STYLE, browser.one(selector))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_every_mark(browser, page, scheme):
    """What a background says, a line says too: a browser takes all backgrounds away."""
    browser.scheme(scheme, "active")
    browser.open(page, "#rows?q=beras").shown(1)
    paper = browser.script(BACKGROUND)
    assert browser.script(BEHIND, browser.one(".text .gone")) == paper
    kinds = [told(browser, f".legend .{kind}") for kind in ("gone", "come", "kept", "bad")]
    assert len({*kinds, told(browser, ".text")}) == 5
    assert kinds[:2] == [told(browser, f".text .{kind}") for kind in ("gone", "come")]
    assert browser.script(BEHIND, browser.one("mark")) != paper
    on, off = "button[aria-pressed=true]", "button[aria-pressed=false]"
    assert browser.script(BEHIND, browser.one(on)) != paper
    browser.keys("d")
    assert browser.script(BEHIND, browser.one(off)) == paper
    assert "none" in told(browser, ".text .gone").split()[0]


@pytest.mark.parametrize(
    ("selector", "name"), [(".row", "here-now"), (".row", "lit"), (".passage", "lit")]
)
def test_forced_colours_leave_what_is_pointed_at(browser, page, selector, name):
    browser.scheme("light", "active")
    browser.open(page, "#article-1").one(".linked")
    before = told(browser, selector)
    browser.script("arguments[0].classList.add(arguments[1])", browser.one(selector), name)
    assert told(browser, selector) != before


def test_forced_colours_leave_the_view_that_is_open(browser, page):
    browser.scheme("light", "active")
    browser.open(page, "#rows").shown(3)
    under = "return getComputedStyle(arguments[0]).borderBottomStyle"
    here, other = (
        browser.script(under, browser.driver.find_element(By.CSS_SELECTOR, f"nav {link}"))
        for link in ("[aria-current]", "a:not([aria-current])")
    )
    assert (here, other) == ("solid", "none")

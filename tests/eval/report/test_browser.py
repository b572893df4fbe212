"""The page in a real browser, opened from the disk as its readers open it."""

import shutil
from contextlib import suppress
from dataclasses import replace
from itertools import count

import pytest

from eval.report import blocks
from eval.report.page import write_report
from eval.report.run_files import RunFiles
from tests.eval.report.conftest import ALONE, ARTICLES, OTHER, ROW, fill, lines

pytest.importorskip("selenium")
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no Chromium here: apt-get install chromium chromium-driver"
)
ATTACKS = (
    "<script>window.attacked = 1</script>",
    "<img src=x onerror='window.attacked = 1'>",
    '"><svg onload="window.attacked = 1">',
    "</script><script>window.attacked = 1</script>",
    "{{ constructor.constructor('window.attacked = 1')() }}",
)


class Browser:
    """A browser on one page, and what a reader does with it."""

    def __init__(self, driver):
        self.driver = driver
        self.tabs = count(1)

    def open(self, page, address=""):
        # another query makes it another page: a change of the part behind # would load nothing
        self.driver.get(f"{page.as_uri()}?{next(self.tabs)}{address}")
        return self

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, f".view:not([hidden]) {selector}")

    def one(self, selector):
        return self.until(lambda: self.all(selector))[0]

    def until(self, ask):
        return WebDriverWait(self.driver, 20, 0.05).until(lambda _: ask())

    def shown(self, number):
        """Wait until so many rows are shown."""
        self.until(lambda: len(self.all("article.row")) == number)
        return self.all("article.row")

    def keys(self, text):
        self.driver.switch_to.active_element.send_keys(text)

    def errors(self):
        return [entry for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def wide(self, pixels, height=900):
        metrics = {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def scheme(self, name):
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def browser(driver):
    found = Browser(driver)
    found.wide(1280)
    found.scheme("light")
    found.errors()
    yield found
    with suppress(Exception):
        found.script("localStorage.clear()")


@pytest.fixture
def page(make_page):
    return make_page()


def test_it_opens_from_the_disk_without_a_complaint(browser, page):
    browser.open(page)
    assert browser.one("h1").text == "berita"
    for view in ("#articles", "#rows", "#rejected", "#article-1", "#overview"):
        browser.script("location.hash = arguments[0]", view)
        browser.until(lambda: browser.all("h1"))
    browser.until(lambda: browser.script("return location.hash") == "#overview")
    assert browser.errors() == []
    assert browser.script("return performance.getEntriesByType('resource').length") == 0


def test_rows_are_side_by_side(browser, page):
    first, second, third = browser.open(page, "#rows").shown(3)
    cells = [cell.text for cell in first.find_elements(By.CSS_SELECTOR, ".cell > .text")]
    assert cells[:3] == [ROW.source, ROW.translation, ROW.reference]
    assert "no counterpart" in second.text and OTHER.translation in third.text
    assert first.find_element(By.CSS_SELECTOR, "[lang=id]").text == ROW.source


def test_differences_numbers_and_names_are_marked(browser, page):
    first, _, third = browser.open(page, "#rows").shown(3)

    def marked(row, kind):
        return {each.text for each in row.find_elements(By.CSS_SELECTOR, f".{kind}")}

    assert any("125" in text for text in marked(first, "gone"))
    assert any("12.5" in text for text in marked(first, "come"))
    bad = " ".join(marked(first, "bad"))
    assert "12,5" in bad and "125" in bad
    assert "Bintang Laut" in marked(third, "kept")
    assert "→ 125" in first.find_element(By.CLASS_NAME, "lost").text


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("flag=numbers-differ", [ROW.id]),
        ("flag=none", [ALONE.id, OTHER.id]),
        ("aligned=no", [ALONE.id]),
        ("min=60", [OTHER.id]),
        ("max=60", [ROW.id]),
        ("site=1", [OTHER.id]),
        ("article=harga", [ROW.id, ALONE.id]),
        ("q=ambon", [OTHER.id]),
        ("q=farmers", [ALONE.id]),
        ("q=12.5 percent", [ROW.id]),
        ("sort=best", [OTHER.id, ROW.id, ALONE.id]),
        ("sort=score", [ROW.id, OTHER.id, ALONE.id]),
        ("sort=confidence", [ROW.id, OTHER.id, ALONE.id]),
    ],
)
def test_rows_are_filtered_searched_and_sorted(browser, page, query, ids):
    browser.open(page, f"#rows?{query}")
    found = browser.shown(len(ids))
    assert [row.get_attribute("id") for row in found] == [f"row-{each}" for each in ids]


def test_filters_work_by_hand_and_stay_in_the_address(browser, page):
    browser.open(page, "#rows").shown(3)
    browser.one("[data-search]").send_keys("petani")
    (row,) = browser.shown(1)
    assert row.find_element(By.TAG_NAME, "mark").text == "Petani"
    assert "q=petani" in browser.script("return location.hash")
    browser.one("[data-search]").send_keys(" xyz")
    browser.until(lambda: "No row is like that" in browser.one(".results").text)
    assert "0 of 3 rows" in browser.one(".count").text


def test_the_first_screen_leads_to_what_is_suspect(browser, page):
    browser.open(page).one(".suspects a[href*=flag]").click()
    (row,) = browser.shown(1)
    assert row.get_attribute("id") == f"row-{ROW.id}"


def test_a_link_to_a_row_arrives_when_the_page_loads(browser, page):
    browser.open(page, f"#row-{ALONE.id}")
    row = browser.one(".row.here-now")
    assert row.get_attribute("id") == f"row-{ALONE.id}"
    assert browser.script("return document.activeElement.id") == f"row-{ALONE.id}"
    top = row.rect["y"] - browser.script("return scrollY")
    assert 0 <= top <= browser.script("return innerHeight")


@pytest.mark.parametrize(
    ("address", "said"),
    [("#row-ffff", "No row of this page"), ("#article-99", "3 articles"), ("#article-0", "3 art")],
)
def test_a_link_that_leads_nowhere_says_so(browser, page, address, said):
    browser.open(page, address)
    browser.until(lambda: said in browser.one(".notice").text)


def test_a_flag_is_explained(browser, page):
    row = browser.open(page, f"#row-{ROW.id}").one(".row.here-now")
    flag = row.find_element(By.CSS_SELECTOR, ".flag")
    flag.find_element(By.TAG_NAME, "summary").click()
    assert "number" in flag.find_element(By.TAG_NAME, "p").text


def test_the_alignment_is_drawn(browser, page):
    browser.open(page, "#article-1")
    browser.until(lambda: browser.all(".wires path"))
    assert len(browser.all(".wires path")) == 1
    passages = [each.text for each in browser.all(".passage")]
    assert len(passages) == 2 and "Nobody cried." in passages[1]
    assert "matches no row" in passages[1]
    tops = [each.rect["y"] for each in browser.all(".passage")]
    assert tops == sorted(tops) and tops[1] >= tops[0] + browser.all(".passage")[0].size["height"]


def test_without_links_the_reference_stands_beside(browser, page):
    browser.open(page, "#article-1").one(".row")
    browser.keys("l")
    browser.until(lambda: not browser.all(".linked"))
    assert ROW.reference in browser.all(".row")[0].text
    assert "Nobody cried." in browser.one(".missed").text


def test_an_article_without_rows(browser, page):
    browser.open(page, "#article-3")
    browser.until(lambda: "All lines of this article were dropped" in browser.one(".empty").text)


def test_articles_are_listed_sorted_and_found(browser, page):
    browser.open(page, "#articles")

    def names():
        listed = "return [...document.querySelectorAll('#articles th a')].map((a) => a.innerText)"
        return browser.script(listed)

    browser.until(names)
    assert names() == ["Harga beras", "zona/kapal.txt", "zona/kosong.txt"]
    browser.one("[data-column=flagged]").click()
    assert names()[-1] == "Harga beras"
    browser.one("[data-column=flagged]").click()
    assert names()[0] == "Harga beras"
    assert browser.all("[aria-sort=descending]")
    browser.one("[data-search]").send_keys("kosong")
    browser.until(lambda: names() == ["zona/kosong.txt"])


def test_dropped_lines_say_their_rule(browser, page):
    browser.open(page, "#rejected")
    browser.until(lambda: len(browser.all("tbody tr")) == 2)
    assert "ADVERTISEMENT advert ad-marker 0.95" in " ".join(browser.one("tbody tr").text.split())
    browser.open(page, "#rejected?rule=related-link")
    browser.until(lambda: len(browser.all("tbody tr")) == 1)
    assert "Baca juga" in browser.one("tbody tr").text


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", "#article-1", "#rows", "#articles", "#rejected"])
def test_letters_stand_out_in_both_themes(browser, page, scheme, address):
    """WCAG 2.2, criterion 1.4.3: 4.5 to 1."""
    browser.scheme(scheme)
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


def test_a_word_of_a_megabyte_is_folded(browser, make_page):
    page = make_page([hostile("x" * 1_000_000, 0), replace(OTHER, position=1)])
    row = browser.open(page, "#rows").shown(2)[0]
    assert row.size["height"] < 5000
    assert browser.script("return document.documentElement.scrollWidth") <= 1280
    row.find_element(By.CSS_SELECTOR, ".more").click()
    assert browser.script("return arguments[0].querySelector('.text').textContent.length",
                          row) == 1_000_000  # fmt: skip
    assert browser.script("return document.documentElement.scrollWidth") <= 1280


def many(tmp_path, articles, rows, monkeypatch, limit=None):
    """A page of many rows; with a limit, its blocks stand beside it."""
    if limit is not None:
        monkeypatch.setattr(blocks, "PAGE_BYTES", limit)
    made = [
        replace(
            ROW, id=f"{article * rows + row:016x}", article=f"{article:04}.txt", position=row,
            start=row * 30, end=row * 30 + 24, source=f"Kalimat {article} {row} di sini.",
            source_raw=f"Kalimat {article} {row} di sini.", alignment_score=0.5 + row / rows / 2,
        )
        for article in range(articles) for row in range(rows)
    ]  # fmt: skip
    (tmp_path / "besar").mkdir()
    folder = fill(tmp_path / "besar", made, **{"articles.jsonl": lines(ARTICLES)})
    write_report(folder / "report.html", RunFiles(folder))
    return folder / "report.html"


def test_long_lists_have_pages(browser, tmp_path, monkeypatch):
    page = many(tmp_path, 3, 60, monkeypatch)
    browser.open(page, "#rows").shown(50)
    assert "180 rows" in browser.one(".count").text
    browser.keys("]")
    browser.until(lambda: browser.all("article.row")[0].get_attribute("id") == f"row-{50:016x}")
    browser.open(page, f"#row-{2 * 60 + 59:016x}").one(".row.here-now")
    assert "Kalimat 2 59" in browser.one(".row.here-now").text


def test_blocks_beside_the_page_load_from_the_disk(browser, tmp_path, monkeypatch):
    page = many(tmp_path, 3, 60, monkeypatch, limit=1)
    assert (page.parent / "report").is_dir()
    browser.open(page, "#rows?q=kalimat 2 5").shown(11)
    assert browser.errors() == []


def test_a_block_that_is_missing_is_named(browser, tmp_path, monkeypatch):
    page = many(tmp_path, 1, 2, monkeypatch, limit=1)
    shutil.rmtree(page.parent / "report")
    browser.open(page, "#rows")
    browser.until(lambda: "is missing: keep that folder" in browser.one(".notice").text)


def test_two_runs_stand_side_by_side(browser, make_run, tmp_path):
    better = tuple(replace(row, translation=row.reference or "") for row in (ROW, OTHER))
    runs = [RunFiles(make_run()), RunFiles(make_run(better, name="lain"))]
    page = tmp_path / "compared.html"
    write_report(page, *runs)
    row = browser.open(page, "#rows?sort=spread").shown(3)[0]
    assert [each.text for each in browser.all(".heads > span")] == [
        "Indonesian", "berita", "lain", "Reference English",
    ]  # fmt: skip
    assert row.find_elements(By.CSS_SELECTOR, ".cell > .text")[2].text == ROW.reference
    assert "chrF++ 100.0" in row.text

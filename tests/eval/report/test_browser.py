"""The page in a real browser, opened from the disk as its readers open it: what each view shows."""

from dataclasses import replace

import pytest

from eval.report.page import write_report
from eval.report.run_files import RunFiles
from tests.eval.report.conftest import ALONE, OTHER, ROW, ROWS

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By


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


@pytest.mark.parametrize(
    "query",
    ["sort=constructor", "sort=__proto__", "sort=toString", "sort=id", "page=-3", "page=0.5",
     "page=x", "page=1e99", "constructor=1", "__proto__=1", "min=&max="],
)  # fmt: skip
def test_an_address_that_asks_for_what_there_is_not_shows_all_rows(browser, page, query):
    found = browser.open(page, f"#rows?{query}").shown(3)
    assert [row.get_attribute("id") for row in found] == [f"row-{row.id}" for row in ROWS]
    assert not browser.all(".notice") and browser.errors() == []


@pytest.mark.parametrize("query", ["sort=constructor", "sort=__proto__", "sort=block", "page=-1"])
def test_an_address_that_asks_for_what_there_is_not_lists_all_articles(browser, page, query):
    browser.open(page, f"#articles?{query}")
    browser.until(lambda: len(browser.all("tbody tr")) == 3)
    assert browser.all("tbody tr")[0].text.startswith("Harga beras")


def test_a_score_is_filtered_as_it_is_shown(browser, page):
    """By tenths: the least is let through, the most is not, and decimals are no trouble."""
    browser.open(page, "#rows").shown(3)
    shown = browser.script("return index.rows.score[0]") / 10
    for query, ids in (
        (f"min={shown}&max={shown + 0.1:.1f}", [ROW.id]),
        (f"min={shown + 0.1:.1f}", [OTHER.id]),
        (f"max={shown}", []),
    ):
        browser.script("location.hash = arguments[0]", f"#rows?{query}")
        wanted = [f"row-{each}" for each in ids]
        browser.until(lambda wanted=wanted: [
            row.get_attribute("id") for row in browser.all("article.row")] == wanted)  # fmt: skip


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

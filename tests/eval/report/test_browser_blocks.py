"""Pages of many rows, and blocks of data that the browser loads from beside the page."""

import shutil

import pytest

LATE = """
const real = window.block;
window.block = (number) => new Promise((resolve) => {
  setTimeout(resolve, number === arguments[0] ? 400 : 0);
}).then(() => real(number));
"""


def test_long_lists_have_pages(browser, make_long):
    page = make_long(3, 60)
    browser.open(page, "#rows").shown(50)
    assert "180 rows" in browser.one(".count").text
    browser.keys("]")
    browser.until(lambda: browser.all("article.row")[0].get_attribute("id") == f"row-{50:016x}")
    browser.open(page, f"#row-{2 * 60 + 59:016x}").one(".row.here-now")
    assert "Kalimat 2 59" in browser.one(".row.here-now").text


def test_blocks_beside_the_page_load_from_the_disk(browser, make_long):
    page = make_long(3, 60, beside=True)
    assert (page.parent / "report").is_dir()
    browser.open(page, "#rows?q=kalimat 2 5").shown(11)
    assert browser.errors() == []


def test_a_block_that_is_missing_is_named(browser, make_long):
    page = make_long(1, 2, beside=True)
    shutil.rmtree(page.parent / "report")
    browser.open(page, "#rows")
    browser.until(lambda: "is missing: keep that folder" in browser.one(".notice").text)


def test_a_block_that_is_missing_is_named_when_its_page_is_turned_to(browser, make_long):
    page = make_long(3, 60, beside=True, own_blocks=True)
    browser.open(page, "#rows").shown(50)
    shutil.rmtree(page.parent / "report")
    browser.keys("]")
    browser.until(lambda: "is missing: keep that folder" in browser.one(".notice").text)


def test_a_block_that_is_damaged_is_named(browser, make_long):
    page = make_long(1, 2, beside=True)
    for file in (page.parent / "report").iterdir():
        file.write_text(file.read_text(encoding="ascii")[:50], encoding="ascii")
    browser.open(page, "#rows")
    browser.until(lambda: "is damaged: write the page again" in browser.one(".notice").text)


def test_all_who_wait_for_a_block_get_it(browser, make_long):
    """One that is given up while it loads, for others were used since, may be asked for again."""
    browser.open(make_long(1, 2, beside=True)).one("h1")
    found = browser.driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "const first = block(1); blocks.clear(); const second = block(1);"
        "Promise.all([first, second]).then((both) => done(both.map((each) => each.length)));"
        "setTimeout(() => done('somebody waits still'), 5000);"
    )
    assert found == [1, 1]
    assert browser.script("return awaited.size") == 0
    assert browser.script("return document.querySelectorAll('head script').length") == 0


def test_a_block_is_asked_for_again_after_it_was_not_there(browser, make_long):
    page = make_long(1, 2, beside=True)
    (page.parent / "report").rename(page.parent / "away")
    browser.open(page, "#rows")
    browser.until(lambda: browser.all(".notice"))
    (page.parent / "away").rename(page.parent / "report")
    browser.script("location.hash = '#article-1'")
    browser.shown(2)


@pytest.mark.parametrize("address", ["#article-2", "#rows", "#overview"])
def test_of_two_quick_clicks_the_last_one_counts(browser, make_long, address):
    """The text of the first article comes late, when something else is wanted already."""
    page = make_long(2, 3, own_blocks=True)
    browser.open(page, "#articles").one("table")
    late = browser.script("return index.articles.block[0]")
    browser.script(LATE, late)
    browser.script("location.hash = '#article-1'")
    browser.until(lambda: browser.script("return !document.getElementById('article').hidden"))
    browser.script("location.hash = arguments[0]", address)
    browser.driver.execute_async_script("setTimeout(arguments[arguments.length - 1], 900)")
    assert browser.script("return location.hash") == address
    said = browser.one("h1").text
    assert said == {"#article-2": "0001.txt", "#rows": "Rows", "#overview": "besar"}[address]
    if address == "#article-2":
        assert browser.shown(3)[0].get_attribute("id") == f"row-{3:016x}"


def test_a_search_that_nobody_waits_for_leaves_the_address_alone(browser, make_long):
    page = make_long(2, 3, own_blocks=True)
    browser.open(page, "#rows").shown(6)
    browser.one("[data-search]").send_keys("kalimat 1")
    browser.script("location.hash = '#article-1'")
    browser.shown(3)
    browser.driver.execute_async_script("setTimeout(arguments[arguments.length - 1], 500)")
    assert browser.script("return location.hash") == "#article-1"

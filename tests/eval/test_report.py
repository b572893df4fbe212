"""The page is read with a parser: what counts is what a browser would make of it."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from corpora.row import Row
from eval.coverage import partial_scores
from eval.report import ReportArticle, ReportPage, render, write_report

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "' onmouseover='alert(1)",
    '<a href="javascript:alert(1)">klik</a>',
    "</td></table><iframe src=https://contoh.id></iframe>",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp; &#60;",
    "<!-- --> ]]> \u202e\u2028",
]
LOADING = {
    "src",
    "srcset",
    "srcdoc",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
}

ROW = Row(
    id="0123456789abcdef",
    article="a.txt",
    position=0,
    line=7,
    start=0,
    end=11,
    source_raw="Harga naik .",
    source="Harga naik.",
    translation="Price rises.",
    translation_score=-0.4,
    reference="Prices rose.",
    reference_id="a.txt#1",
    alignment="1-1",
    alignment_score=0.625,
    flags=("numbers",),
    model="model@1",
)
ALONE = replace(
    ROW,
    id="fedcba9876543210",
    source="Petani senang.",
    translation="Farmers are glad.",
    reference=None,
    reference_id=None,
    alignment="1-0",
    alignment_score=None,
    flags=(),
)
SCORES = partial_scores([("Price rises.", "Prices rose.")], ["Nobody complained."])
PAGE = ReportPage(
    title="Berita",
    model="model@1",
    articles=[ReportArticle("a.txt", [ROW, ALONE], ["Nobody complained."])],
    rejected=12,
    failures=[("b.txt", "b.txt: empty; remove it")],
    words_per_second=41.6,
    scores=SCORES,
)


class Reader(HTMLParser):
    """The elements of a page with their attributes, and its text by the row of a table."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.cells = []
        self.in_cell = False
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.cells.append([])
        elif tag in {"td", "th"}:
            self.cells[-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag):
        self.in_cell = self.in_cell and tag not in {"td", "th"}

    def handle_data(self, data):
        self.text += data
        if self.in_cell:
            self.cells[-1][-1] += data

    @property
    def rows(self):
        """Cells of each row of a table."""
        return [[cell.strip() for cell in row] for row in self.cells]


def hostile_page(text):
    row = replace(
        ROW,
        source=text,
        translation=text,
        reference=text,
        alignment=text,
        flags=(text,),
        model=text,
        article=text,
        id=text,
    )
    return ReportPage(
        title=text,
        model=text,
        articles=[ReportArticle(text, [row], [text])],
        rejected=0,
        failures=[(text, text)],
        words_per_second=0.0,
        scores=SCORES,
    )


def elements(page):
    return Reader(render(page)).elements


def attributes(page):
    return [(tag, name, value) for tag, own in elements(page) for name, value in own.items()]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element(text):
    tags = [tag for tag, _ in elements(hostile_page("biasa"))]
    assert [tag for tag, _ in elements(hostile_page(text))] == tags


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_attribute(text):
    names = [(tag, name) for tag, name, _ in attributes(hostile_page("biasa"))]
    assert [(tag, name) for tag, name, _ in attributes(hostile_page(text))] == names


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_stands(text):
    harmless = Reader(render(hostile_page("@@"))).text
    assert harmless.count("@@") > 8
    assert Reader(render(hostile_page(text))).text == harmless.replace("@@", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_every_link_stays_on_the_page(text):
    links = [value for _, name, value in attributes(hostile_page(text)) if name == "href"]
    assert links and all(link.startswith("#") for link in links)


def test_the_policy_forbids_scripts_and_foreign_matter():
    policies = [own["content"] for tag, own in elements(PAGE) if "http-equiv" in own]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_the_policy_stands_before_anything_that_it_governs():
    tags = [tag if "http-equiv" not in own else "policy" for tag, own in elements(PAGE)]
    assert tags.index("policy") < tags.index("style")
    assert tags.index("policy") < tags.index("title")


def test_nothing_is_loaded():
    assert not {name for _, name, _ in attributes(PAGE)} & LOADING
    assert not {tag for tag, _ in elements(PAGE)} & {"script", "link", "iframe", "object", "embed"}


def test_no_other_address_is_named():
    html = render(PAGE)
    assert "http:" not in html and "https:" not in html
    assert "url(" not in html and "@import" not in html


def test_a_row_stands_side_by_side():
    rows = Reader(render(PAGE)).rows
    assert ["Harga naik.", "Price rises.", "Prices rose."] in [row[1:4] for row in rows]


def test_a_row_names_its_line_its_alignment_and_its_flags():
    (row,) = (row for row in Reader(render(PAGE)).rows if "Harga naik." in row)
    assert row[0].startswith("7") and "1-1" in row[0] and "numbers" in row[0]


def test_a_row_without_a_reference_has_an_empty_side():
    assert ["Petani senang.", "Farmers are glad.", ""] in [
        row[1:4] for row in Reader(render(PAGE)).rows
    ]


def test_rows_with_a_reference_are_marked():
    marked = [own.get("id") for _, own in elements(PAGE) if own.get("class") == "aligned"]
    assert marked == [f"row-{ROW.id}"]


def test_a_link_to_each_row_and_each_article_arrives():
    ids = {own["id"] for _, own in elements(PAGE) if "id" in own}
    links = {own["href"].removeprefix("#") for _, own in elements(PAGE) if "href" in own}
    assert links == ids == {"article-1", f"row-{ROW.id}", f"row-{ALONE.id}"}


def test_scores_stand_with_their_signature():
    assert SCORES is not None
    text = Reader(render(PAGE)).text
    assert all(found.signature in text for found in SCORES.adjusted)
    assert all(f"{found.value:.1f}" in text for found in SCORES.aligned)


def test_unaligned_references_and_failures_are_shown():
    text = Reader(render(PAGE)).text
    assert "Nobody complained." in text and "b.txt: empty; remove it" in text


def test_numbers():
    assert (PAGE.rows, PAGE.aligned, PAGE.flagged) == (2, 1, 1)
    assert PAGE.articles[0].aligned == 1


def test_without_references():
    page = replace(PAGE, articles=[ReportArticle("a.txt", [ALONE], [])], scores=None)
    reader = Reader(render(page))
    assert "Petani senang." in reader.text and "Scores" not in reader.text


def test_references_of_which_none_is_aligned():
    page = replace(PAGE, scores=partial_scores([], ["Nobody complained."]))
    assert "0 % of the reference words aligned" in " ".join(Reader(render(page)).text.split())


def test_without_articles():
    page = replace(PAGE, articles=[], failures=[], scores=None)
    assert "0 articles" in " ".join(Reader(render(page)).text.split())


def test_the_file_is_the_page(tmp_path):
    write_report(tmp_path / "report.html", PAGE)
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == render(PAGE)
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]

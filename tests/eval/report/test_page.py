"""The page is read with a parser: what counts is what a browser would make of it."""

import json
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from eval.report import blocks
from eval.report.blocks import unpacked
from eval.report.page import write_report
from eval.report.run_files import RunFiles
from tests.eval.report.conftest import OTHER, ROW, RUN, SCORES, lines

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "' onmouseover='alert(1)",
    '<a href="javascript:alert(1)">klik</a>',
    "</script></td></table><iframe src=https://contoh.id></iframe>",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp; &#60;",
    "<!-- --> ]]>",
]
LOADING = {"src", "srcset", "srcdoc", "action", "formaction", "data", "poster", "background"}
RAW = ("script", "style")


class Reader(HTMLParser):
    """The elements of a page with their attributes, its text, and the text of its scripts."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.text = ""
        self.inside = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in RAW:
            self.inside = tag
            self.raw[tag].append("")

    def handle_endtag(self, tag):
        self.inside = None if tag == self.inside else self.inside

    def handle_data(self, data):
        if self.inside:
            self.raw[self.inside][-1] += data
        else:
            self.text += data


def read(page):
    return Reader(page.read_text(encoding="utf-8"))


def said(page):
    return " ".join(read(page).text.split())


def hostile_files(text):
    article = {"article": text, "title": text, "site": text, "url": text, "outlets": [text]}
    run = RUN | {
        "settings": {"model": text, "revision": text},
        "failures": [{"article": text, "reason": text}],
        "references_without_article": [text],
        "input": text,
        "finished": text,
    }
    measure = {"metric": text, "value": 1.0, "signature": text, "segments": 2}
    scores = SCORES | {
        "aligned": [measure],
        "warnings": [text],
        "fidelity": {text: {"kept": 1, "total": 2, "share": 0.5}},
    }
    dropped = {"file": text, "line": 1, "label": text, "rule": text, "score": 1, "text": text}
    return {
        "articles.jsonl": lines([article]),
        "unaligned.jsonl": lines([{"article": text, "reference_id": text, "text": text}]),
        "rejected.jsonl": lines([dropped]),
        "run.json": json.dumps(run),
        "scores.json": json.dumps(scores),
    }


def hostile_row(text):
    return replace(
        ROW, article=text, source=text, source_raw=text, translation=text, reference=text,
        reference_id=text, flags=(text,), model=text, id=text, alignment=text,
    )  # fmt: skip


@pytest.fixture
def hostile_page(make_page):
    return lambda text, name="berita": make_page((hostile_row(text),), name, **hostile_files(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element_and_no_attribute(hostile_page, text):
    def shape(page):
        return [(tag, sorted(own)) for tag, own in read(page).elements]

    assert shape(hostile_page(text)) == shape(hostile_page("biasa", "jinak"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_stands(hostile_page, text):
    assert said(hostile_page(text)).count(" ".join(text.split())) >= 8


@pytest.mark.parametrize("text", HOSTILE)
def test_no_script_and_no_style_has_text_of_the_data(hostile_page, text):
    found, tame = read(hostile_page(text)).raw, read(hostile_page("biasa", "jinak")).raw
    assert found["style"] == tame["style"] and found["script"][-1] == tame["script"][-1]
    for data in found["script"][:-1]:
        assert data.isascii() and not set(data) & set("<>\"'&")


@pytest.mark.parametrize("text", HOSTILE)
def test_links_stay_on_the_page(hostile_page, text):
    links = [own["href"] for _, own in read(hostile_page(text)).elements if "href" in own]
    assert links and all(link.startswith("#") for link in links)


def test_what_turns_a_line_around_is_named(hostile_page):
    text = said(hostile_page("gaji\u202e001\u2028"))
    assert "gaji⟨U+202E⟩001⟨U+2028⟩" in text and "\u202e" not in text


def policy_of(page):
    (policy,) = (own["content"] for _, own in read(page).elements if "http-equiv" in own)
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def test_the_policy_knows_this_style_and_this_script_alone(make_page):
    page = make_page()
    policy, raw = policy_of(page), read(page).raw

    def digest(text):
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    assert policy["default-src"] == "'none'"
    assert [policy["style-src"]] == [digest(text) for text in raw["style"]]
    assert policy["script-src"] == digest(raw["script"][-1])
    assert policy["base-uri"] == policy["form-action"] == "'none'"


def test_the_policy_stands_before_anything_that_it_governs(make_page):
    tags = [tag if "http-equiv" not in own else "policy" for tag, own in read(make_page()).elements]
    assert tags.index("policy") < min(tags.index("style"), tags.index("title"))


def test_nothing_is_loaded(make_page):
    elements = read(make_page()).elements
    assert not {name for _, own in elements for name in own} & (LOADING | {"style"})
    assert not {tag for tag, _ in elements} & {"link", "iframe", "object", "embed", "img", "base"}
    assert not [name for _, own in elements for name in own if name.startswith("on")]


def test_no_address_is_named_but_that_of_svg(make_page):
    html = make_page().read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "http:" not in html and "https:" not in html
    assert "url(" not in html and "@import" not in html


def test_links_within_the_page_arrive(make_page):
    elements = read(make_page()).elements
    ids = {own["id"] for _, own in elements if "id" in own}
    targets = {own["href"][1:].partition("?")[0] for _, own in elements if "href" in own}
    assert targets <= ids
    assert len(ids) == sum("id" in own for _, own in elements)


def test_the_first_screen_says_what_matters(make_page):
    text = said(make_page())
    for part in (
        "3 articles", "1 could not be read", "31.2 BLEU", "95 %: 20.0 to 40.1", "60.0 TER",
        "less is better", "75 % of the reference words", "1 row flagged", "2 lines dropped",
        "849 words a second", "1 min 15 s in all", "22 November 2026, 04:19 UTC",
        "b.txt: empty; remove it", "numbers-differ: 1 row", "fewer than 100",
        "1 reference without an article", "1 article without a row", "75.0 % of the numbers kept",
    ):  # fmt: skip
        assert part in text, part


def test_every_plot_has_its_words_and_its_table(make_page):
    elements = read(make_page()).elements
    figures = [own for tag, own in elements if tag == "figure"]
    assert len(figures) == 5
    assert sum(tag == "figcaption" for tag, _ in elements) == 5
    assert all(own.get("aria-labelledby") for own in figures)
    drawn = [own for tag, own in elements if tag == "svg"]
    assert len(drawn) == 5 and all(own["aria-hidden"] == "true" for own in drawn)


def test_without_references(make_page):
    bare = replace(ROW, reference=None, reference_id=None, alignment="1-0", alignment_score=None)
    text = said(make_page((bare,), **{"scores.json": '{"coverage": null}', "unaligned.jsonl": ""}))
    assert "Nothing to score" in text and "No row has a reference" in text


def test_without_rows(make_page):
    names = ("articles.jsonl", "rejected.jsonl", "unaligned.jsonl", "scores.json")
    text = said(make_page((), **dict.fromkeys(names), **{"run.json": "{}"}))
    assert "0 articles" in text and "Nothing looks wrong" in text and "No line was dropped" in text


def test_the_same_run_makes_the_same_page(make_page):
    page = make_page()
    first = page.read_bytes()
    write_report(page, RunFiles(page.parent))
    assert page.read_bytes() == first


def test_a_small_page_stands_alone(make_page):
    page = make_page()
    assert not (page.parent / "report").exists()
    data = read(page).raw["script"]
    assert unpacked(data[0])["rows"]["id"][0] == ROW.id


def test_a_large_page_has_blocks_beside_it(make_page, monkeypatch):
    monkeypatch.setattr(blocks, "PAGE_BYTES", 1)
    page = make_page()
    names = {file.name for file in (page.parent / "report").iterdir()}
    named = {own["data-file"] for _, own in read(page).elements if "data-file" in own}
    assert named == {f"report/{name}" for name in names} and len(names) == 3
    assert policy_of(page)["script-src"].endswith("'strict-dynamic'")
    monkeypatch.undo()
    write_report(page, RunFiles(page.parent))
    assert not (page.parent / "report").exists()


def test_runs_side_by_side_are_tested_for_chance(make_run):
    better = tuple(replace(row, translation=row.reference or "") for row in (ROW, OTHER))
    runs = [RunFiles(make_run()), RunFiles(make_run(better, name="lain"))]
    page = runs[0].path.parent / "compared.html"
    write_report(page, *runs)
    text = said(page)
    assert "berita and lain" in text and "the 2 passages" in text
    assert "berita → lain" in text and "100.00" in text


def test_runs_of_one_name_are_told_apart(make_run, tmp_path):
    (tmp_path / "x").mkdir()
    run = make_run()
    twin = tmp_path / "x" / "berita"
    twin.symlink_to(make_run(name="lain"))
    write_report(tmp_path / "p.html", RunFiles(run), RunFiles(run))
    assert "berita (1) and berita (2)" in said(tmp_path / "p.html")


def test_runs_with_nothing_in_common(make_run, tmp_path):
    write_report(
        tmp_path / "p.html",
        RunFiles(make_run((ROW,))),
        RunFiles(make_run((OTHER,), name="lain")),
    )
    assert "Nothing can be compared" in said(tmp_path / "p.html")

"""Run folders to make pages of: a small one, and whatever a test changes of it."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest

from corpora.publishing.shard_files import write_rows
from corpora.row import Row
from eval.report import blocks, contents
from eval.report.page import write_report
from eval.report.run_files import RunFiles

ROW = Row(
    id="0123456789abcdef",
    article="warta/harga.txt",
    position=0,
    line=7,
    start=0,
    end=24,
    source_raw="Harga beras naik 12,5 % .",
    source="Harga beras naik 12,5 %.",
    translation="Rice prices rose 125 percent.",
    translation_score=-0.4,
    reference="The price of rice rose by 12.5 percent.",
    reference_id="warta/harga.txt#1",
    alignment="1-1",
    alignment_score=0.625,
    flags=("numbers-differ",),
    model="model@1",
)
ALONE = replace(
    ROW,
    id="1111111111111111",
    position=1,
    line=9,
    start=25,
    end=39,
    source_raw="Petani senang.",
    source="Petani senang.",
    translation="Farmers are glad.",
    reference=None,
    reference_id=None,
    alignment="1-0",
    alignment_score=None,
    flags=(),
)
OTHER = replace(
    ROW,
    id="2222222222222222",
    article="zona/kapal.txt",
    source_raw="Kapal Bintang Laut tiba di Ambon.",
    source="Kapal Bintang Laut tiba di Ambon.",
    end=33,
    translation="The ship Bintang Laut arrived in Ambon.",
    reference="The ship Bintang Laut reached Ambon.",
    reference_id="zona/kapal.txt#1",
    alignment_score=0.97,
    flags=(),
)
ROWS = (ROW, ALONE, OTHER)
ARTICLES = (
    {"article": "warta/harga.txt", "title": "Harga beras", "site": "warta.example"},
    {"article": "zona/kapal.txt", "title": None, "site": "zona.example"},
    {"article": "zona/kosong.txt", "site": "zona.example"},
)
UNALIGNED = (
    {"article": "warta/harga.txt", "reference_id": "warta/harga.txt#2", "text": "Nobody cried."},
    {"article": "nobody", "reference_id": "nobody#1", "text": "An orphan sentence."},
)
REJECTED = (
    {"file": "warta/harga.txt", "line": 1, "label": "advert", "rule": "ad-marker", "score": 0.95,
     "text": "ADVERTISEMENT"},
    {"file": "zona/kapal.txt", "line": 2, "label": "related", "rule": "related-link", "score": 0.9,
     "text": "Baca juga: Cuaca besok"},
)  # fmt: skip
SCORES = {
    "coverage": 0.75,
    "aligned": [
        {"metric": "BLEU", "value": 31.25, "signature": "tok:13a", "segments": 2, "low": 20.04,
         "high": 40.06},
        {"metric": "TER", "value": 60.0, "signature": "case:lc", "segments": 2},
    ],
    "unaligned_counted_as_empty": [
        {"metric": "BLEU", "value": 28.75, "signature": "tok:13a", "segments": 4},
    ],
    "warnings": ["2 scored segments, fewer than 100: a few sentences decide the score"],
    "fidelity": {"number": {"kept": 3, "total": 4, "share": 0.75}},
    "thresholds": [
        {"confidence": 0.0, "segments": 2, "coverage": 0.75, "aligned": {"BLEU": 31.2}},
        {"confidence": 0.9, "segments": 1, "coverage": 0.4, "aligned": {"BLEU": 44.4}},
    ],
}  # fmt: skip
RUN = {
    "finished": "2026-11-22T04:19:58+00:00",
    "settings": {"model": "bundled", "revision": "sha256:12", "engine": "ct2", "beam": 4},
    "input": "sha256:c068785e19c65e5af8e8b6ba1068f909",
    "licence": "apache-2.0",
    "device": "cpu",
    "counts": {"articles": 3, "failed": 1},
    "timings": {"seconds": 75.2, "words_per_second": 848.7},
    "failures": [{"article": "b.txt", "reason": "b.txt: empty; remove it"}],
    "references_without_article": ["nobody"],
}


def lines(entries):
    return "".join(json.dumps(entry) + "\n" for entry in entries)


def fill(folder, rows=ROWS, **files):
    """Write a run folder; a file given as None is left out."""
    write_rows(folder / "corpus" / "machine-train-00000.parquet", rows)
    content = {
        "articles.jsonl": lines(ARTICLES),
        "unaligned.jsonl": lines(UNALIGNED),
        "rejected.jsonl": lines(REJECTED),
        "scores.json": json.dumps(SCORES),
        "run.json": json.dumps(RUN),
    }
    for name, text in (content | files).items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def make_run(tmp_path):
    def make(rows=ROWS, name="berita", **files):
        (tmp_path / name).mkdir()
        return fill(tmp_path / name, rows, **files)

    return make


@pytest.fixture
def make_page(make_run):
    def make(rows=ROWS, name="berita", **files):
        folder = make_run(rows, name, **files)
        write_report(folder / "report.html", RunFiles(folder))
        return folder / "report.html"

    return make


@pytest.fixture
def make_long(tmp_path, monkeypatch):
    """A page of many rows; its blocks stand beside it, or each article has its own, if asked."""

    def make(articles, rows, *, beside=False, own_blocks=False, **files):
        if beside:
            monkeypatch.setattr(blocks, "PAGE_BYTES", 1)
        if own_blocks:
            monkeypatch.setattr(contents, "BLOCK_CHARACTERS", 1)
        made = [
            replace(
                ROW, id=f"{article * rows + row:016x}", article=f"{article:04}.txt", position=row,
                start=row * 30, end=row * 30 + 24, source=f"Kalimat {article} {row} di sini.",
                source_raw=f"Kalimat {article} {row} di sini.",
                alignment_score=0.5 + row / rows / 2,
            )
            for article in range(articles) for row in range(rows)
        ]  # fmt: skip
        (tmp_path / "besar").mkdir()
        folder = fill(tmp_path / "besar", made, **{"articles.jsonl": ""} | files)
        write_report(folder / "report.html", RunFiles(folder))
        return folder / "report.html"

    return make


@pytest.fixture
def page(make_page):
    return make_page()


@pytest.fixture(scope="session")
def driver(tmp_path_factory):
    pytest.importorskip("selenium")
    from tests.eval.report.chromium import started

    driver = started(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture
def browser(driver):
    """The browser as a reader starts it: wide, light, nothing kept from before."""
    from tests.eval.report.chromium import Browser

    found = Browser(driver)
    found.wide(1280)
    found.scheme("light")
    found.errors()
    yield found
    with suppress(Exception):
        found.script("localStorage.clear()")

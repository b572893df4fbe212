from dataclasses import replace

import pytest
from sacrebleu.metrics.chrf import CHRF

from eval.report import contents as module
from eval.report.blocks import unpacked
from eval.report.contents import gathered
from eval.report.run_files import RunFiles
from tests.eval.report.conftest import ALONE, OTHER, ROW, UNALIGNED, lines

FLAGS = {"numbers-differ": "A number differs."}


def blocks_of(folder):
    contents = gathered([RunFiles(folder)], ["berita"])
    return contents, [unpacked(block) for block in contents.packed_blocks(FLAGS)]


def test_the_index_has_every_row_once(make_run):
    _, (index, *_) = blocks_of(make_run())
    assert index["rows"]["id"] == [ROW.id, ALONE.id, OTHER.id]
    assert index["rows"]["confidence"] == [625, None, 970]
    assert index["articles"]["path"] == ["warta/harga.txt", "zona/kapal.txt", "zona/kosong.txt"]
    assert index["articles"]["first"] == [0, 2, 3] and index["articles"]["rows"] == [2, 1, 0]
    assert index["flags"] == FLAGS
    assert [index["flagSets"][number] for number in index["rows"]["flags"]] == [
        ["numbers-differ"],
        [],
        [],
    ]


def test_scores_are_those_of_sacrebleu(make_run):
    _, (index, *_) = blocks_of(make_run())
    metric = CHRF(word_order=2)
    for row, score in zip((ROW, ALONE, OTHER), index["rows"]["score"], strict=True):
        if row.reference is None:
            assert score is None
        else:
            expected = metric.sentence_score(row.translation, [row.reference]).score
            assert score == round(10 * expected)


def test_texts_stand_where_the_index_says(make_run):
    _, blocks = blocks_of(make_run())
    index = blocks[0]
    rows, left = blocks[index["articles"]["block"][0]][index["articles"]["slot"][0]]
    assert [row[3] for row in rows] == [ROW.source, ALONE.source]
    assert rows[0][4] == ROW.source_raw and rows[1][4] == 0
    assert [row[6] for row in rows] == [ROW.reference, 0]
    assert left == [["warta/harga.txt#2", "Nobody cried.", None]]


def test_places_add_up_to_those_of_the_corpus(make_run):
    _, blocks = blocks_of(make_run())
    end, found = 0, []
    for _, gap, surplus, source, raw, *_ in blocks[1][0][0]:
        start = end + gap
        end = start + surplus + len(raw or source)
        found.append((start, end))
    assert found == [(ROW.start, ROW.end), (ALONE.start, ALONE.end)]


def test_a_flagged_row_says_what_differs(make_run):
    _, blocks = blocks_of(make_run())
    (text, found), *_ = blocks[1][0][0][0][5]
    assert text == ROW.translation
    assert ["number", "12,5", "125"] in [finding[:3] for finding in found] or found


def test_dropped_lines_and_orphans_are_there(make_run):
    contents, blocks = blocks_of(make_run())
    index = blocks[0]
    (lines,) = (blocks[number] for number in index["rejected"])
    assert [line[3] for line in lines] == ["ADVERTISEMENT", "Baca juga: Cuaca besok"]
    assert index["rules"] == ["ad-marker", "related-link"] and index["rejectedLines"] == 2
    assert index["orphans"] == ["An orphan sentence."]
    assert contents.tally.rejected["advert", "ad-marker"] == 1


def test_counts_of_the_articles(make_run):
    tally = blocks_of(make_run())[0].tally
    assert (tally.rows, tally.aligned, tally.flagged) == (3, 2, 1)
    prices, ship, empty = tally.articles
    assert prices.coverage == pytest.approx(8 / 10) and ship.coverage == 1.0
    assert empty.coverage is None and empty.score is None and empty.rows == 0


def test_many_articles_make_many_blocks(make_run, monkeypatch):
    monkeypatch.setattr(module, "BLOCK_CHARACTERS", 1)
    monkeypatch.setattr(module, "REJECTED_PER_BLOCK", 1)
    _, blocks = blocks_of(make_run())
    index = blocks[0]
    assert index["articles"]["block"][:2] == [1, 2]
    assert len(index["rejected"]) == 2 and len(blocks) == 1 + 3 + 2
    for article, source in ((0, ROW.source), (1, OTHER.source)):
        assert blocks[index["articles"]["block"][article]][0][0][0][3] == source


def test_several_runs_stand_side_by_side(make_run):
    other = replace(ROW, translation="Rice rose 12.5 percent.", flags=(), translation_score=-0.1)
    runs = [RunFiles(make_run()), RunFiles(make_run((other, OTHER), name="lain"))]
    contents = gathered(runs, ["berita", "lain"])
    index, text, *_ = (unpacked(block) for block in contents.packed_blocks(FLAGS))
    assert index["systems"] == ["berita", "lain"]
    versions = text[0][0][0][5]
    assert [version[0] for version in versions] == [ROW.translation, other.translation]
    assert versions[0][3] != versions[1][3] and index["rows"]["spread"][0] > 0
    assert text[0][0][1][5][1] is None


def test_an_article_that_only_the_second_run_has(make_run):
    first = RunFiles(make_run((ROW,), **{"articles.jsonl": None}))
    second = RunFiles(make_run((OTHER,), name="lain"))
    index = unpacked(gathered([first, second], ["a", "b"]).packed_blocks({})[0])
    assert index["articles"]["path"] == ["warta/harga.txt", "zona/kapal.txt"]


def test_of_several_runs_no_reference_is_both_aligned_and_not(make_run):
    """The second run has aligned what the first left alone, and has an article more."""
    bare = replace(ROW, reference=None, reference_id=None, alignment="1-0", alignment_score=None)
    left = {
        "article": ROW.article, "reference_id": ROW.reference_id, "text": ROW.reference,
    }  # fmt: skip
    ship = {"article": "zona/kapal", "reference_id": OTHER.reference_id, "text": OTHER.reference}
    known = {"articles.jsonl": lines([{"article": ROW.article}])}
    unaligned = lines([left, *UNALIGNED, ship, {"article": "x", "text": "Nameless."}])
    first = make_run((bare, ALONE), **known, **{"unaligned.jsonl": unaligned})
    second = make_run((ROW, ALONE, OTHER), name="lain")
    (second / "unaligned.jsonl").write_text(
        lines([{"article": OTHER.article, "text": "They waved."}]), encoding="utf-8"
    )
    contents = gathered([RunFiles(first), RunFiles(second)], ["berita", "lain"])
    prices, boat = contents.tally.articles
    assert (prices.aligned, prices.unaligned) == (1, 1)
    assert prices.coverage == pytest.approx(8 / 10)
    assert (boat.aligned, boat.unaligned) == (1, 1)
    assert boat.coverage == pytest.approx(6 / 8)
    assert contents.tally.orphans == ["An orphan sentence.", "Nameless."]


def test_a_run_without_rows(make_run):
    contents, (index, *_) = blocks_of(make_run((), **{"articles.jsonl": None}))
    assert index["rows"] == {} and index["articles"] == {}
    assert contents.tally.scored == []

"""The whole job, on the example articles and on the seeds."""

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest

from corpora.document import lines_of
from corpora.errors import UserError
from corpora.page import taken_apart_together
from corpora.reading import ReadingOptions
from corpora.row import read_rows
from tests.conftest import EXAMPLES
from translate import job, pipeline
from translate.journal import Journal
from translate.pipeline import BuildOptions, build


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A finished run over the example articles."""
    folder = tmp_path_factory.mktemp("run") / "out"
    summary = build(EXAMPLES / "articles", folder, references=EXAMPLES / "references")
    return folder, summary


def labels(file) -> Iterator[tuple[str, int, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[0] != "article":
                yield row[0], int(row[1]), row[2]


def test_the_run_folder_is_complete(run):
    folder, summary = run
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md",
        "articles.jsonl",
        "corpus",
        "english",
        "journal.sqlite",
        "links.tsv",
        "rejected.jsonl",
        "report.html",
        "run.json",
        "scores.json",
        "unaligned.jsonl",
    ]
    assert summary.articles == 8 and summary.failures == () and summary.without_article == ()
    assert not list(folder.rglob(".*"))


def test_every_character_of_the_articles_is_accounted_for(run):
    """Rows and rejected lines together hold all of the text, at the spans that they state."""
    folder, _ = run
    rejected = [
        json.loads(line) for line in (folder / "rejected.jsonl").read_text("utf-8").splitlines()
    ]
    rows = list(read_rows(folder / "corpus"))
    for file in sorted((EXAMPLES / "articles").iterdir()):
        text = file.read_text(encoding="utf-8")
        seen = [False] * len(text)
        for row in (row for row in rows if row.article == file.name):
            assert text[row.start : row.end].split() == row.source_raw.split()
            seen[row.start : row.end] = [True] * (row.end - row.start)
        for entry in (entry for entry in rejected if entry["file"] == file.name):
            assert text[entry["start"] : entry["end"]] == entry["text"]
            seen[entry["start"] : entry["end"]] = [True] * len(entry["text"])
        assert not "".join(c for c, s in zip(text, seen, strict=True) if not s).strip()


def test_rows_are_complete_and_distinct(run):
    rows = list(read_rows(run[0] / "corpus"))
    assert len({row.id for row in rows}) == len(rows)
    assert all(row.source and row.translation for row in rows)
    for row in rows:
        assert (row.reference is None) == (row.alignment == "1-0") == (row.alignment_score is None)
    assert [(row.article, row.position) for row in rows] == sorted(
        (row.article, row.position) for row in rows
    )


def test_the_english_is_mirrored(run):
    folder, _ = run
    names = sorted(path.name for path in (folder / "english").iterdir())
    assert names == sorted(path.name for path in (EXAMPLES / "articles").iterdir())
    assert all(path.read_text(encoding="utf-8").strip() for path in (folder / "english").iterdir())


def test_scores_have_signatures_and_coverage(run):
    scores = json.loads((run[0] / "scores.json").read_text(encoding="utf-8"))
    assert 0 <= scores["coverage"] <= 1
    metrics = [score["metric"] for score in scores["unaligned_counted_as_empty"]]
    assert metrics == ["BLEU", "chrF2++", "TER"]
    assert all("version:" in score["signature"] for score in scores["unaligned_counted_as_empty"])


def test_the_record_names_model_versions_and_licence(run):
    record = json.loads((run[0] / "run.json").read_text(encoding="utf-8"))
    assert record["settings"]["revision"].startswith("sha256:")
    assert record["settings"]["dedupe"] is False
    assert record["licence"] == "apache-2.0" and record["versions"]["ctranslate2"]
    assert record["counts"]["articles"] == 8


def test_a_finished_run_is_not_touched_unasked(run):
    folder, _ = run
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(UserError, match="holds a finished run"):
        build(EXAMPLES / "articles", folder)
    assert build(EXAMPLES / "articles", folder, options=BuildOptions(on_existing="skip")) is None
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_error_before_the_work_costs_an_old_run_nothing(run):
    options = BuildOptions(model="no-such-model", on_existing="overwrite")
    with pytest.raises(UserError, match="no model"):
        build(EXAMPLES / "articles", run[0], options=options)
    assert (run[0] / "run.json").exists()


def test_a_strange_folder_is_not_written_into(tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"")
    with pytest.raises(UserError, match="not empty and no run folder"):
        build(EXAMPLES / "articles", tmp_path)


def test_the_output_may_not_lie_inside_the_input(tmp_path):
    (tmp_path / "a.txt").write_text("Halo.", encoding="utf-8")
    with pytest.raises(UserError, match="inside the input folder"):
        build(tmp_path, tmp_path / "out")


def test_an_interrupted_run_goes_on_where_it_was(tmp_path, monkeypatch):
    """Stopped after some articles, the run resumes and ends as an uninterrupted one does."""
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    monkeypatch.setattr(job, "WINDOW", 40)
    build(EXAMPLES / "articles", whole, references=EXAMPLES / "references")

    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "pair_articles", interrupt)
        real, calls = taken_apart_together, []

        def stop_at_eighth(documents, **how):
            calls.extend(documents)
            if len(calls) >= 8:
                raise KeyboardInterrupt
            return real(documents, **how)

        patch.setattr(job, "TOGETHER", 2)
        patch.setattr(pipeline, "taken_apart_together", stop_at_eighth)
        with pytest.raises(KeyboardInterrupt):
            build(EXAMPLES / "articles", broken, references=EXAMPLES / "references")
    assert not (broken / "run.json").exists()
    summary = build(EXAMPLES / "articles", broken, references=EXAMPLES / "references")
    assert summary is not None and summary.resumed >= 2
    shards = [path.relative_to(whole) for path in whole.glob("corpus/**/*.parquet")]
    assert shards
    for name in (*shards, "rejected.jsonl", "scores.json"):
        assert (whole / name).read_bytes() == (broken / name).read_bytes()


def interrupted_build(monkeypatch, articles, output):
    """Build, and press Ctrl-C when all is translated and nothing aligned."""

    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "pair_articles", interrupt)
        with pytest.raises(KeyboardInterrupt):
            build(articles, output)


def test_other_settings_do_not_resume(tmp_path, monkeypatch):
    interrupted_build(monkeypatch, EXAMPLES / "articles", tmp_path / "out")
    options = BuildOptions()
    options = replace(options, decoding=replace(options.decoding, beam=1))
    with pytest.raises(UserError, match=r"unfinished run with other settings.*beam 4 -> 1"):
        build(EXAMPLES / "articles", tmp_path / "out", options=options)


def test_failed_articles_are_listed_and_the_rest_is_done(tmp_path):
    articles = tmp_path / "in"
    articles.mkdir()
    (articles / "good.txt").write_text("Hujan turun di kota itu sejak pagi.\n", encoding="utf-8")
    (articles / "empty.txt").write_bytes(b"")
    (articles / "picture.txt").write_bytes(b"\x89PNG\r\n\x00\x00")
    summary = build(articles, tmp_path / "out")
    assert summary is not None and summary.articles == 1
    assert [path for path, _ in summary.failures] == ["empty.txt", "picture.txt"]
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert len(record["failures"]) == 2


def test_the_seeds_keep_their_text_and_lose_their_noise(seeds, tmp_path):
    summary = build(seeds / "articles", tmp_path / "out", references=seeds / "references")
    assert summary is not None and summary.articles == 5
    rows = list(read_rows(tmp_path / "out" / "corpus"))
    must_go = {"spam", "advert", "widget", "navigation", "footer", "related", "foreign"}
    for article, number, label in labels(seeds / "line_labels.tsv"):
        text = (seeds / "articles" / f"{article}.txt").read_text(encoding="utf-8")
        line = next(line for line in lines_of(text) if line.number == number)
        covered = sum(
            max(0, min(row.end, line.end) - max(row.start, line.start))
            for row in rows
            if row.article == f"{article}.txt"
        )
        if label == "body":
            missing = len(line.text.strip()) - covered
            assert missing <= line.text.count(" ") + 2, (article, number)
        elif label in must_go:
            assert covered == 0, (article, number, line.text)


def test_rows_of_a_table_are_articles_with_references_and_metadata(tmp_path):
    articles, references = tmp_path / "a.jsonl", tmp_path / "r.jsonl"
    rows = [
        {"id": "k1", "judul": "Banjir", "isi": "Hujan turun di kota itu sejak pagi."},
        {"id": "k2", "isi": "Presiden Rusia mengunjungi Korea Utara pada hari Selasa."},
        {"id": "../k3", "isi": "Jalan tergenang."},
    ]
    articles.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    wanted = [
        {"article": "k2", "text": "The Russian president visited North Korea on Tuesday."},
        {"article": "k9", "text": "Nobody knows."},
    ]
    references.write_text("\n".join(map(json.dumps, wanted)), encoding="utf-8")
    out = tmp_path / "out"
    summary = build(articles, out, references=references)
    assert summary is not None and summary.articles == 2 and summary.without_article == ("k9",)
    assert [path for path, _ in summary.failures] == ["a.jsonl:3"]
    assert {row.article for row in read_rows(out / "corpus")} == {"a.jsonl#k1", "a.jsonl#k2"}
    names = sorted(path.relative_to(out).as_posix() for path in out.glob("english/**/*.txt"))
    assert names == ["english/a.jsonl/k1.txt", "english/a.jsonl/k2.txt"]
    with Journal(out / "journal.sqlite") as journal:
        assert next(journal.articles()).metadata.title == "Banjir"


@pytest.mark.parametrize("workers", [0, 2])
def test_a_bad_row_costs_no_row_whose_id_is_its_number(tmp_path, workers):
    """Neither the article nor the failure is lost, whichever of the two comes first."""
    tables, out = tmp_path / "in", tmp_path / "out"
    tables.mkdir()
    text = ["Harga beras naik di pasar.", "Guru pergi ke sekolah.", "Hujan turun."]
    (tables / "before.csv").write_text(f"id,isi\n2,{text[0]}\n3,\n4,{text[1]}\n", "utf-8")
    (tables / "behind.csv").write_text(
        f"id,isi\n0,{text[0]}\n1,\n2,{text[1]}\n3,{text[2]}\n", "utf-8"
    )
    summary = build(tables, out, options=BuildOptions(workers=workers))
    assert summary is not None
    assert [path for path, _ in summary.failures] == ["before.csv:2", "behind.csv:2"]
    assert sorted({row.article for row in read_rows(out / "corpus")}) == [
        *("before.csv#2", "before.csv#4", "behind.csv#0", "behind.csv#2", "behind.csv#3")
    ]
    assert len(list(out.glob("english/*/*.txt"))) == 5


def test_an_article_that_left_the_input_leaves_an_unfinished_run(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text("Hujan turun di kota itu.", encoding="utf-8")
    interrupted_build(monkeypatch, tmp_path / "in", tmp_path / "out")
    (tmp_path / "in" / "a.txt").unlink()
    summary = build(tmp_path / "in", tmp_path / "out")
    assert summary is not None and (summary.articles, summary.resumed) == (1, 1)


def test_what_failed_is_tried_again_when_it_is_mended(tmp_path):
    articles = tmp_path / "in"
    articles.mkdir()
    (articles / "good.txt").write_text("Hujan turun di kota itu sejak pagi.\n", encoding="utf-8")
    (articles / "bad.txt").write_bytes(b"")
    first = build(articles, tmp_path / "out")
    assert first is not None and len(first.failures) == 1
    (articles / "bad.txt").write_text("Jalan di kota itu tergenang air.\n", encoding="utf-8")
    again = build(articles, tmp_path / "out")
    assert again is not None and not again.failures and (again.articles, again.resumed) == (2, 1)


FURNITURE = "Kios warga buka setiap hari di lapangan desa itu."


def write_pages(folder, numbers):
    """So many pages of a site: text of their own, and a line that all of them have."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    for number in numbers:
        own = f"Petani nomor {number} menanam padi di sawah itu sejak bulan Mei."
        (folder / f"p{number}.txt").write_text(f"{own}\n\n{FURNITURE}\n", "utf-8")


def result_of(folder):
    """What a run says, without times and without which shard has which article."""
    files = [*folder.glob("english/*"), *(folder / name for name in COMPARED)]
    rows = sorted(read_rows(folder / "corpus"), key=lambda row: (row.article, row.position))
    return {file.name: file.read_bytes() for file in files}, rows


COMPARED = ("articles.jsonl", "rejected.jsonl", "unaligned.jsonl", "scores.json")


@pytest.mark.parametrize("numbers", [(range(4), range(1, 8)), (range(1, 8), range(4))])
def test_pages_that_come_and_go_leave_a_run_as_if_it_were_begun_afresh(tmp_path, numbers):
    """What recurs on a site is another thing with more pages, for those that were done, too."""
    articles, fresh, again = tmp_path / "in", tmp_path / "fresh", tmp_path / "again"
    write_pages(articles, numbers[0])
    build(articles, again)
    before = (again / "rejected.jsonl").read_text("utf-8").count(FURNITURE)
    write_pages(articles, numbers[1])
    summary = build(articles, again)
    build(articles, fresh)
    assert result_of(again) == result_of(fresh)
    after = (again / "rejected.jsonl").read_text("utf-8").count(FURNITURE)
    assert sorted((before, after)) == [0, 7]
    assert summary is not None and summary.resumed == 0
    summary = build(articles, again)
    assert summary is not None and summary.resumed == len(numbers[1])


def test_an_input_of_which_nothing_can_be_read_leaves_no_finished_run(tmp_path):
    table, out = tmp_path / "a.csv", tmp_path / "out"
    table.write_text("id,isi\nk1,Hujan turun di kota itu.\n", "utf-8")
    options = BuildOptions(reading=ReadingOptions("nope"))
    with pytest.raises(UserError, match=r"nothing to build; .*a\.csv: no column 'nope'"):
        build(table, out, options=options)
    assert not (out / "run.json").exists() and not (out / "report.html").exists()
    summary = build(table, out, options=BuildOptions(redecode=False))
    assert summary is not None and summary.articles == 1 and not summary.failures


def test_a_mistaken_second_try_costs_no_article(tmp_path):
    table, out = tmp_path / "a.csv", tmp_path / "out"
    table.write_text("id,isi\nk1,Hujan turun di kota itu.\nk2,\n", "utf-8")
    build(table, out)
    with pytest.raises(UserError, match="no column 'nope'"):
        build(table, out, options=BuildOptions(reading=ReadingOptions("nope")))
    again = build(table, out)
    assert again is not None and (again.articles, again.resumed) == (1, 1)
    assert [path for path, _ in again.failures] == ["a.csv:2"]


def test_a_refused_second_try_leaves_the_finished_run_finished(tmp_path):
    articles = tmp_path / "in"
    articles.mkdir()
    (articles / "good.txt").write_text("Hujan turun di kota itu sejak pagi.\n", encoding="utf-8")
    (articles / "bad.txt").write_bytes(b"")
    build(articles, tmp_path / "out")
    options = BuildOptions()
    options = replace(options, decoding=replace(options.decoding, beam=1))
    with pytest.raises(UserError, match=r"other settings.*beam 4 -> 1"):
        build(articles, tmp_path / "out", options=options)
    assert (tmp_path / "out" / "run.json").exists()


def test_references_of_no_article_count_as_not_aligned(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Hujan turun di kota itu.\n", encoding="utf-8")
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "b.txt").write_text("The minister resigned on Friday.\n", encoding="utf-8")
    summary = build(tmp_path / "in", tmp_path / "out", references=tmp_path / "refs")
    assert summary is not None and summary.scores is not None
    assert summary.scores.coverage == 0 and summary.without_article == ("b",)


def test_two_runs_do_not_share_a_folder(tmp_path):
    import sqlite3

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Hujan turun di kota itu.\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    other = sqlite3.connect(tmp_path / "out" / "journal.sqlite")
    other.execute("CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    other.commit()
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(UserError, match="another run is writing here"):
            build(tmp_path / "in", tmp_path / "out")
    finally:
        other.close()


def test_suspects_and_terms_are_counted(tmp_path):
    """What looks wrong is flagged in the rows and counted; another glossary is another run."""
    articles, terms = tmp_path / "articles", tmp_path / "terms.tsv"
    articles.mkdir()
    (articles / "a.txt").write_text(
        "Harga beras naik lagi pada hari Selasa.\n\nWarga desa menunggu hujan sejak Mei.\n"
    )
    terms.write_text("beras\tpaddy rice\nhujan\tkhzzt\texact\n")
    folder = tmp_path / "out"
    summary = build(articles, folder, options=BuildOptions(glossary=terms))
    assert summary is not None and summary.glossary is not None
    assert summary.glossary.total == 2
    record = json.loads((folder / "run.json").read_text("utf-8"))
    rows = list(read_rows(folder / "corpus"))
    assert record["suspects"] == dict(summary.suspects)
    assert sum(record["suspects"].values()) == sum(len(row.flags) for row in rows)
    assert record["glossary"] == {"kept": summary.glossary.kept, "total": 2}
    missed = sum("glossary-missed" in row.flags for row in rows)
    assert summary.glossary.kept + missed == 2
    assert record["settings"]["redecode"] is True and record["settings"]["glossary"]
    assert any("of 2 terms came through" in line for line in summary.lines())
    (folder / "run.json").unlink()
    with pytest.raises(UserError, match="glossary"):
        build(articles, folder)

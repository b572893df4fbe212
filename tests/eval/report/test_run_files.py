import pytest

from corpora.errors import UserError
from eval.report.page import write_report
from eval.report.run_files import RunFiles


def test_a_whole_run_reads(make_run):
    run = RunFiles(make_run())
    run.check()
    assert len(list(run.rows())) == 3
    assert set(run.articles()) == {"warta/harga.txt", "zona/kapal.txt", "zona/kosong.txt"}
    assert set(run.unaligned()) == {"warta/harga.txt", "nobody"}


def test_files_that_may_lack_read_as_empty(make_run):
    names = ("articles.jsonl", "unaligned.jsonl", "rejected.jsonl", "scores.json")
    run = RunFiles(make_run(**dict.fromkeys(names)))
    run.check()
    assert not run.articles() and not run.unaligned() and not run.scores()
    assert list(run.rejected()) == []


def test_what_run_json_will_say_is_used_before_it_is_there(make_run):
    run = RunFiles(make_run(**{"run.json": None}), {"licence": "own"})
    run.check()
    assert run.run() == {"licence": "own"}


BROKEN = [
    ({"run.json": "{"}, "run.json: expected a JSON object"),
    ({"run.json": "[]"}, "run.json: expected a JSON object"),
    ({"scores.json": "NaN"}, "scores.json: expected a JSON object"),
    ({"articles.jsonl": '{"article": "a"}\n[]\n'}, "articles.jsonl:2: expected a JSON object"),
    ({"rejected.jsonl": "x\n"}, "rejected.jsonl:1: expected a JSON object"),
    ({"run.json": None}, "no finished run"),
]


@pytest.mark.parametrize(("files", "said"), BROKEN)
def test_a_broken_run_is_one_line_and_nothing_written(make_run, files, said):
    folder = make_run(**files)
    with pytest.raises(UserError, match=said.replace(".", r"\.")) as error:
        write_report(folder / "report.html", RunFiles(folder))
    assert "\n" not in str(error.value)
    assert not (folder / "report.html").exists()


def test_no_folder(tmp_path):
    with pytest.raises(UserError, match="no such run folder"):
        RunFiles(tmp_path / "nowhere").check()


def test_no_corpus(make_run):
    folder = make_run()
    for file in (folder / "corpus").iterdir():
        file.unlink()
    with pytest.raises(UserError, match="no Parquet file"):
        RunFiles(folder).check()


def test_a_corpus_without_rows_is_no_lost_one(make_run):
    folder = make_run()
    for file in (folder / "corpus").iterdir():
        file.unlink()
    manifest = folder / "corpus" / "manifest.json"
    manifest.write_text('{"format": 1, "shards": []}', encoding="utf-8")
    RunFiles(folder).check()
    manifest.write_text('{"format": 1, "shards": [{"name": "x.parquet"}]}', encoding="utf-8")
    with pytest.raises(UserError, match="no Parquet file"):
        RunFiles(folder).check()


def test_a_damaged_corpus(make_run):
    folder = make_run()
    (file,) = (folder / "corpus").iterdir()
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(UserError, match="damaged") as error:
        write_report(folder / "report.html", RunFiles(folder))
    assert "\n" not in str(error.value)


def test_a_corpus_of_other_columns(make_run):
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = make_run()
    (file,) = (folder / "corpus").iterdir()
    pq.write_table(pa.table({"text": ["Halo."]}), file)
    with pytest.raises(UserError, match=r"columns|damaged"):
        list(RunFiles(folder).rows())


def test_bytes_that_are_no_text(make_run):
    folder = make_run()
    (folder / "rejected.jsonl").write_bytes(b"\xff\xfe\n")
    with pytest.raises(UserError, match="rejected"):
        list(RunFiles(folder).rejected())

import pytest

from corpora.errors import UserError
from translate.mirror import mirror
from translate.translator import Translator


@pytest.fixture(scope="module")
def translator():
    return Translator.load("bundled", device="cpu")


def test_names_are_mirrored(tmp_path, translator):
    source = tmp_path / "in"
    (source / "dunia").mkdir(parents=True)
    (source / "satu.txt").write_text("Halo.", encoding="utf-8")
    (source / "dunia" / "dua.txt").write_text("Hujan turun.\n", encoding="utf-8")
    done = mirror(source, tmp_path / "out", translator)
    assert (done.written, done.skipped, done.failures) == (2, 0, ())
    written = sorted(
        p.relative_to(tmp_path / "out").as_posix() for p in tmp_path.glob("out/**/*.txt")
    )
    assert written == ["dunia/dua.txt", "satu.txt"]
    assert not list(tmp_path.glob("out/**/.*"))


def test_a_bad_file_is_listed_and_the_rest_goes_on(tmp_path, translator):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "in" / "b.txt").write_text("Halo.", encoding="utf-8")
    done = mirror(tmp_path / "in", tmp_path / "out", translator)
    assert [failure.path for failure in done.failures] == ["a.txt"]
    assert (tmp_path / "out" / "b.txt").exists() and not (tmp_path / "out" / "a.txt").exists()


@pytest.mark.parametrize(("choice", "text"), [("skip", "old"), ("overwrite", None)])
def test_what_is_there_is_skipped_or_overwritten(tmp_path, translator, choice, text):
    (tmp_path / "a.txt").write_text("Halo.", encoding="utf-8")
    target = tmp_path / "b.txt"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(UserError, match=r"b\.txt: exists; use --on-existing"):
        mirror(tmp_path / "a.txt", target, translator)
    mirror(tmp_path / "a.txt", target, translator, on_existing=choice)
    assert (target.read_text(encoding="utf-8") == "old") == (text == "old")


def test_one_file_into_a_folder_keeps_its_name(tmp_path, translator):
    (tmp_path / "a.txt").write_text("Halo.", encoding="utf-8")
    (tmp_path / "out").mkdir()
    mirror(tmp_path / "a.txt", tmp_path / "out", translator)
    assert (tmp_path / "out" / "a.txt").exists()


def test_rows_become_files_in_a_folder_of_the_table(tmp_path, translator):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(
        '{"id": "x/1", "isi": "Halo."}\n{"isi": "Hujan turun.\\n\\nSelesai."}\n{"isi": ""}\n',
        "utf-8",
    )
    done = mirror(tmp_path / "in", tmp_path / "out", translator)
    assert done.written == 2 and [failure.path for failure in done.failures] == ["a.jsonl:3"]
    folder = tmp_path / "out" / "a.jsonl"
    assert sorted(path.name for path in folder.iterdir()) == ["2.txt", "x%2F1.txt"]
    assert (folder / "2.txt").read_text("utf-8").count("\n\n") == 1
    with pytest.raises(UserError, match=r"a\.jsonl: exists; use --on-existing"):
        mirror(tmp_path / "in", tmp_path / "out", translator)
    (folder / "2.txt").unlink()
    done = mirror(tmp_path / "in", tmp_path / "out", translator, on_existing="skip")
    assert (done.written, done.skipped) == (1, 1)


def test_a_web_page_becomes_plain_text(tmp_path, translator):
    (tmp_path / "a.html").write_text(f"<article>{'<p>Hujan turun di kota itu.</p>' * 20}", "utf-8")
    (tmp_path / "out").mkdir()
    assert mirror(tmp_path / "a.html", tmp_path / "out", translator).written == 1
    assert "<" not in (tmp_path / "out" / "a.html.txt").read_text("utf-8")


def test_the_input_is_never_overwritten(tmp_path, translator):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Halo.", encoding="utf-8")
    for source, output in ((folder, folder), (folder, folder / "en"), (folder / "a.txt",) * 2):
        with pytest.raises(UserError, match="input"):
            mirror(source, output, translator, on_existing="overwrite")
    with pytest.raises(UserError, match="is the input itself"):
        mirror(folder / "a.txt", folder, translator, on_existing="overwrite")
    assert (folder / "a.txt").read_text(encoding="utf-8") == "Halo."


def test_ids_that_differ_in_case_become_files_that_differ_on_every_disk(tmp_path, translator):
    table = tmp_path / "a.csv"
    table.write_text("id,isi\nabC,Halo.\nABc,Hujan turun.\n", "utf-8")
    for choice in ("fail", "skip"):
        done = mirror(table, tmp_path / "out", translator, on_existing=choice)
        names = sorted(file.name for file in tmp_path.glob("out/a.csv/*"))
        assert len({name.casefold() for name in names}) == 2 and "abC.txt" in names
        assert done.written == (2 if choice == "fail" else 0)


def test_a_row_that_fails_is_told_also_where_its_number_is_an_id_that_is_there(
    tmp_path, translator
):
    table = tmp_path / "a.csv"
    table.write_text("id,isi\n2,Halo.\n3,\n", "utf-8")
    for choice in ("fail", "skip"):
        done = mirror(table, tmp_path / "out", translator, on_existing=choice)
        assert [failure.path for failure in done.failures] == ["a.csv:2"]
    assert (tmp_path / "out" / "a.csv" / "2.txt").exists()


def test_what_was_taken_out_of_a_page_or_a_table_ends_its_last_line(tmp_path, translator):
    text = "Hujan turun di kota itu dan warga pulang lebih awal karena jalan tergenang air. " * 4
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(f"<html><body><p>{text}</p></body></html>", "utf-8")
    (tmp_path / "in" / "b.jsonl").write_text('{"id": "1", "isi": "Hujan turun."}\n', "utf-8")
    (tmp_path / "in" / "c.txt").write_text("Hujan turun.", "utf-8")
    mirror(tmp_path / "in", tmp_path / "out", translator)
    for name, ends in (("a.html.txt", True), ("b.jsonl/1.txt", True), ("c.txt", False)):
        assert (tmp_path / "out" / name).read_text("utf-8").endswith("\n") is ends

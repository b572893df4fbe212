import csv
import gzip
import json

import pytest

from corpora.document import Document, Metadata
from corpora.reading import Failure, ReadingOptions, documents, sources

ROWS = [
    {
        "id": "k-1",
        "judul": "Hujan Deras",
        "isi": "Hujan turun, “deras”.\n\nJalan tergenang.",
        "tanggal": "2026-03-04",
        "penulis": "Budi",
        "sumber": "Contoh",
        "url": "https://contoh.id/1",
    },
    {
        "id": "k-2",
        "judul": "",
        "isi": "Banjir; surut.",
        "tanggal": "",
        "penulis": "",
        "sumber": "",
        "url": "",
    },
]
KNOWN = Metadata("Hujan Deras", "2026-03-04", "Budi", "Contoh", "https://contoh.id/1")


def table(path, delimiter=",", encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, ROWS[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(ROWS)


def lines(path, rows=ROWS, encoding="utf-8"):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    data = text.encode(encoding)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def parquet(path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(ROWS), path)


WRITERS = {
    "jsonl": (lines, "a.jsonl", {}),
    "jsonl.gz": (lines, "a.jsonl.gz", {}),
    "jsonl utf-16": (lines, "a.jsonl", {"encoding": "utf-16"}),
    "jsonl cp1252": (lines, "a.jsonl", {"encoding": "cp1252"}),
    "jsonl with a mark": (lines, "a.jsonl", {"encoding": "utf-8-sig"}),
    "csv": (table, "a.csv", {}),
    "csv of a spreadsheet": (table, "a.csv", {"delimiter": ";", "encoding": "utf-8-sig"}),
    "csv utf-16": (table, "a.csv", {"encoding": "utf-16"}),
    "csv cp1252": (table, "a.csv", {"encoding": "cp1252"}),
    "tsv": (table, "a.tsv", {"delimiter": "\t"}),
    "parquet": (parquet, "a.parquet", {}),
}


def found_in(location, **options):
    return list(documents(sources(location), ReadingOptions(**options)))


@pytest.mark.parametrize("kind", WRITERS)
def test_rows_are_articles(tmp_path, kind):
    write, name, options = WRITERS[kind]
    write(tmp_path / name, **options)
    first, second = found_in(tmp_path)
    assert (first.path, second.path) == (f"{name}#k-1", f"{name}#k-2")
    assert (first.text, second.text) == (ROWS[0]["isi"], ROWS[1]["isi"])
    assert (first.metadata, second.metadata) == (KNOWN, Metadata())
    assert first.steps[-1] == name.split(".")[1] and first.digest != second.digest


def test_a_row_without_an_id_has_its_number(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "Satu."}\n\n{"text": "Dua.", "id": 7}\n')
    assert [each.path for each in found_in(tmp_path)] == ["a.jsonl#1", "a.jsonl#7"]


def test_ids_that_stand_twice_lose_no_row(tmp_path):
    lines(tmp_path / "a.jsonl", [{"text": f"Nomor {n}.", "id": "x"} for n in range(3)])
    found = found_in(tmp_path)
    assert [each.path for each in found] == ["a.jsonl#x", "a.jsonl#x~2", "a.jsonl#x~3"]
    assert [each.text for each in found] == ["Nomor 0.", "Nomor 1.", "Nomor 2."]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../b", "C:\\x", "..\\x"])
def test_an_id_that_leads_out_is_refused_by_name(tmp_path, name):
    lines(tmp_path / "a.jsonl", [{"text": "Satu.", "id": name}, {"text": "Dua.", "id": "b"}])
    bad, good = found_in(tmp_path)
    assert isinstance(bad, Failure) and "a.jsonl:1" in bad.reason and repr(name) in bad.reason
    assert isinstance(good, Document)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ("[1]", "JSON of type list"),
        ("[" * 100_000, "no JSON"),
        ('{"text": ""}', "empty"),
        ('{"text": null}', "empty"),
        ('{"text": {"a": 1}}', "holds dict, expected text"),
        ('{"text": "a\\u0000"}', "zero byte"),
        ('{"text": "\\ud800"}', "surrogate"),
        ('{"text": "Dua.", "id": "\\ud800"}', "is no text"),
        ('{"text": "Dua.", "title": "\\ud800"}', "surrogate"),
        ('{"other": "x"}', "a.jsonl:2: no column is known"),
        ('{"text": "' + "a" * 3000 + '"}', "an article has under"),
        ('{"text": "' + "a" * 900 + '"}', "an article has under"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_goes_on(tmp_path, line, reason):
    content = '{"text": "Satu."}\n' + line + '\n{"text": "Tiga."}\n'
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    size = 800 if len(line) < 5000 else 8_000_000
    first, bad, third = found_in(tmp_path, largest_bytes=size)
    assert isinstance(first, Document) and isinstance(third, Document) and third.text == "Tiga."
    assert isinstance(bad, Failure) and bad.path == "a.jsonl:2"
    assert f"{tmp_path / 'a.jsonl'}:2" in bad.reason and reason in bad.reason


def test_an_unknown_text_column_is_one_failure_that_lists_the_columns(tmp_path):
    (tmp_path / "a.csv").write_text("nama,umur\nBudi,3\nAni,4\n")
    (failure,) = found_in(tmp_path)
    assert "there are: nama, umur; name one with --text-column" in failure.reason
    assert [each.text for each in found_in(tmp_path, text_column="NAMA")] == ["Budi", "Ani"]
    (failure,) = found_in(tmp_path, text_column="isi")
    assert "no column 'isi'; there are: nama, umur" in failure.reason


def test_a_row_of_another_width_is_refused_rather_than_cut(tmp_path):
    (tmp_path / "a.csv").write_text('id,text\n1,Satu, dua.\n2,"Tiga, empat."\n3\n')
    wide, good, narrow = found_in(tmp_path)
    assert "3 fields, expected 2" in wide.reason and "1 fields, expected 2" in narrow.reason
    assert good.text == "Tiga, empat."


def test_a_gzip_that_is_cut_off_keeps_what_came_before(tmp_path):
    lines(tmp_path / "a.jsonl.gz", [{"text": f"Nomor {n} {hash(str(n))}."} for n in range(9000)])
    data = (tmp_path / "a.jsonl.gz").read_bytes()
    (tmp_path / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    *good, bad = found_in(tmp_path)
    assert good and all(isinstance(each, Document) for each in good)
    assert isinstance(bad, Failure) and "damaged or cut off" in bad.reason


def test_mojibake_in_a_row_is_mended(tmp_path):
    lines(tmp_path / "a.jsonl", [{"text": "kata SÃ£o Paulo", "title": "â€œHaloâ€\u009d"}])
    (found,) = found_in(tmp_path)
    assert found.text == "kata São Paulo" and found.metadata.title == "“Halo”"
    assert found.steps == ("jsonl", "mojibake")


def test_paragraphs_as_a_list_are_lines(tmp_path):
    lines(tmp_path / "a.jsonl", [{"text": ["Satu.", "Dua."], "authors": ["A", "B"]}])
    (found,) = found_in(tmp_path)
    assert found.text == "Satu.\nDua." and found.metadata.author == "A, B"


def test_datasets_saved_and_plain(tmp_path, monkeypatch):
    import datasets

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets.disable_progress_bars()
    rows = datasets.Dataset.from_list([{"text": row["isi"]} for row in ROWS])
    rows.save_to_disk(tmp_path / "satu")
    datasets.DatasetDict({"train": rows, "test": rows}).save_to_disk(tmp_path / "dua")
    (tmp_path / "tiga").mkdir()
    lines(tmp_path / "tiga" / "train.jsonl")
    for name in ["satu", "hf:satu"]:
        location = tmp_path / "satu" if name == "satu" else type(tmp_path)(f"hf:{tmp_path}/satu")
        found = found_in(location)
        assert [each.path for each in found] == ["hf:satu#data-1", "hf:satu#data-2"]
        assert found[0].text == ROWS[0]["isi"] and found[0].steps == ("dataset",)
    assert [each.path for each in found_in(tmp_path / "dua")] == [
        f"hf:dua#{split}-{number}" for split in ("train", "test") for number in (1, 2)
    ]
    found = found_in(type(tmp_path)(f"hf:{tmp_path}/tiga"))
    assert [each.path for each in found] == ["hf:tiga#k-1", "hf:tiga#k-2"]


def test_quotation_marks_in_a_plain_tsv_are_text(tmp_path):
    lines = ["id\tisi", '1\t"Siap," kata Budi.', '2\t"Belum dibuka', "3\tHujan turun."]
    (tmp_path / "a.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert [found.text for found in found_in(tmp_path)] == [
        '"Siap," kata Budi.',
        '"Belum dibuka',
        "Hujan turun.",
    ]


@pytest.mark.parametrize("text", ['[{"text": "a"},\n{"text": "b"}]', '{\n"text": "a"\n}\n'])
def test_one_json_value_over_many_lines_is_one_failure(tmp_path, text):
    (tmp_path / "a.jsonl").write_text("[\n" + text[1:] if text[0] == "[" else text)
    (failure,) = found_in(tmp_path)
    assert isinstance(failure, Failure) and "over many lines; expected an object" in failure.reason


@pytest.mark.parametrize("count", [2, 2_000])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_one_list_on_one_line_is_one_failure_with_its_cure(tmp_path, count, mark):
    rows = json.dumps([{"text": f"Baris {number}."} for number in range(count)])
    (tmp_path / "a.jsonl").write_bytes(mark + rows.encode())
    (failure,) = found_in(tmp_path, largest_bytes=5_000)
    assert isinstance(failure, Failure) and "which jq -c .[] makes of" in failure.reason


def test_a_first_line_over_the_limit_that_is_no_list_is_one_row(tmp_path):
    lines(tmp_path / "a.jsonl", [{"text": "a" * 3_000}, {"text": "Dua."}])
    failure, found = found_in(tmp_path, largest_bytes=800)
    assert isinstance(failure, Failure) and "an article has under" in failure.reason
    assert found.text == "Dua."


def test_names_are_often_wrong_about_gzip(tmp_path):
    rows = [{"text": f"Baris {number}."} for number in range(1, 4)]
    (tmp_path / "a.jsonl").write_bytes(gzip.compress(b'{"text": "Satu."}\n'))
    (tmp_path / "b.jsonl.gz").write_text(json.dumps(rows[1]))
    assert [each.text for each in found_in(tmp_path)] == ["Satu.", "Baris 2."]


def test_a_gzip_with_something_behind_it_keeps_every_row(tmp_path):
    lines(tmp_path / "a.jsonl.gz", [{"text": f"Baris {number}."} for number in range(3_000)])
    with (tmp_path / "a.jsonl.gz").open("ab") as file:
        file.write(b"garbage")
    *rows, failure = found_in(tmp_path)
    assert len(rows) == 3_000 and all(isinstance(row, Document) for row in rows)
    assert isinstance(failure, Failure) and "damaged or cut off" in failure.reason


def test_markup_in_a_column_is_taken_out(tmp_path):
    page = "<html><head><title>Judul</title></head><body><article>"
    page += "<p>Harga beras di pasar naik tajam sejak Senin pagi, kata Budi Hartono.</p>" * 3
    lines(
        tmp_path / "a.jsonl",
        [{"text": "<p>Satu &amp; dua.</p><p>Tiga.</p>"}, {"text": page}, {"text": "a < b & c"}],
    )
    piece, whole, plain = found_in(tmp_path)
    assert (piece.text, piece.steps) == ("Satu & dua.\nTiga.", ("jsonl", "html"))
    assert whole.metadata.title == "Judul" and whole.text.startswith("Harga beras")
    assert (plain.text, plain.steps) == ("a < b & c", ("jsonl",))


def test_signs_and_blank_lines_in_a_column_with_markup(tmp_path):
    raw = (
        "Kota - Harga &amp; stok.\n\nBelanja <Rp 50.000 sehari.\n\n<h3>Gula</h3>\n\nWarga\ntenang."
    )
    lines(tmp_path / "a.jsonl", [{"text": raw}, {"text": "Satu <b dan dua.<br>Tiga."}])
    assert [each.text.split("\n") for each in found_in(tmp_path)] == [
        ["Kota - Harga & stok.", "Belanja <Rp 50.000 sehari.", "Gula", "Warga tenang."],
        ["Satu <b dan dua.", "Tiga."],
    ]


def test_a_text_inside_of_a_column_is_named_by_its_path(tmp_path):
    rows = [{"data": {"isi": "Satu."}}, {"data": {"isi": "Dua."}}, {"data": None}]
    lines(tmp_path / "a.jsonl", rows)
    first, second, none = found_in(tmp_path, text_column="data.isi")
    assert [first.text, second.text] == ["Satu.", "Dua."]
    assert isinstance(none, Failure) and "no column 'data.isi'" in none.reason

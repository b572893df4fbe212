"""Links that a person corrects, from the run folder and back into it."""

import csv
import hashlib
import json
from dataclasses import replace

import pytest

from corpora.errors import UserError
from corpora.row import read_rows
from translate.pipeline import BuildOptions, build

FLOOD = "Banjir merendam empat puluh rumah di tepi sungai pada Senin malam."
RICE = "Harga beras turun tajam di pasar pusat ibu kota."
GOAL = "Kofi Adjeman mencetak gol kemenangan pada menit ke-90."
AFRESH = BuildOptions(on_existing="overwrite")
ENGLISH = [
    {
        "article": "a",
        "text": "A flood swamped forty homes by the river on Monday night.",
        "outlet": "AP",
    },
    {"article": "a", "text": "Nobody expected the minister to resign.", "url": "http://x.test/1"},
    {"text": "Kofi Adjeman scored the winning goal in the 90th minute."},
    {"text": "Oil futures in London ended unchanged."},
]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(f"{FLOOD} {RICE}\n", encoding="utf-8")
    (folder / "in" / "b.txt").write_text(f"{GOAL}\n{RICE}\n", encoding="utf-8")
    (folder / "r.jsonl").write_text("\n".join(map(json.dumps, ENGLISH)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(inputs):
    build(inputs / "in", inputs / "out", references=inputs / "r.jsonl")
    return inputs / "out"


def again(inputs, table):
    """Build once more with a table; nothing is translated again."""
    options = replace(BuildOptions(), links=table)
    summary = build(inputs / "in", inputs / "out", references=inputs / "r.jsonl", options=options)
    assert summary is not None and summary.resumed == summary.articles == 2
    return {row.source: row for row in read_rows(inputs / "out" / "corpus")}


def lines(file):
    with file.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


def written(file, entries):
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, list(entries[0]), delimiter="\t")
        writer.writeheader()
        writer.writerows(entries)
    return file


def digests(folder):
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in [
            *folder.glob("corpus/*.parquet"),
            folder / "links.tsv",
            folder / "unaligned.jsonl",
        ]
    }


def test_the_table_holds_every_sentence_of_both_sides(run):
    found = lines(run / "links.tsv")
    assert {line["source_text"] for line in found} >= {FLOOD, RICE, GOAL}
    assert sorted({line["reference_id"] for line in found} - {""}) == [
        f"r.jsonl#{number}" for number in range(1, 5)
    ]
    linked = {line["source_text"]: line for line in found if line["source"] and line["sentences"]}
    assert set(linked) == {FLOOD, GOAL}
    assert (linked[FLOOD]["outlet"], linked[FLOOD]["source"]) == ("AP", "0")
    (oil,) = [line for line in found if line["reference_id"] == "r.jsonl#4"]
    assert (oil["article"], oil["source"]) == ("", "")


def test_a_table_that_nobody_changed_changes_nothing(inputs, run, tmp_path):
    before = digests(run)
    table = tmp_path / "links.tsv"
    table.write_bytes((run / "links.tsv").read_bytes())
    again(inputs, table)
    assert digests(run) == before
    again(inputs, run / "links.tsv")  # the file of the run itself
    assert digests(run) == before


def test_everything_follows_a_corrected_line(inputs, run, tmp_path):
    found = lines(run / "links.tsv")
    for line in found:
        if line["source_text"] == FLOOD:
            line["reference_id"] = line["sentences"] = ""
        if line["source_text"] == RICE and line["article"] == "a.txt":
            line["reference_id"], line["sentences"] = "r.jsonl#4", "0"
    rows = again(inputs, written(tmp_path / "links.tsv", found))
    in_a = {row.source: row for row in read_rows(run / "corpus") if row.article == "a.txt"}
    assert (in_a[FLOOD].reference, in_a[FLOOD].alignment) == (None, "1-0")
    assert in_a[RICE].reference == ENGLISH[3]["text"]
    assert (in_a[RICE].alignment_score, in_a[RICE].reference_id) == (1.0, "r.jsonl#4")
    assert rows[GOAL].reference == ENGLISH[2]["text"]
    left = [json.loads(line) for line in (run / "unaligned.jsonl").read_text("utf-8").splitlines()]
    assert {entry["reference_id"] for entry in left} == {"r.jsonl#1", "r.jsonl#2"}


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ("c.txt\t0\tr.jsonl#1\t0\t", r"links\.tsv:2: no article c\.txt in this run"),
        ("a.txt\t0\tr.jsonl#9\t0\t", r"links\.tsv:2: no snippet r\.jsonl#9 in the references"),
        ("a.txt\t7\tr.jsonl#1\t0\t", r"links\.tsv:2: no sentence 7 in a\.txt; its last is 1"),
        ("a.txt\t0\tr.jsonl#1\t3\t", r"links\.tsv:2: no sentence 3 in r\.jsonl#1"),
        ("a.txt\t0\tr.jsonl#1\t0\tSalah.", r"links\.tsv:2: `source_text` is not what"),
        (
            "b.txt\t0 1\tr.jsonl#3\t0\t\na.txt\t0\tr.jsonl#3\t0\t",
            r"links\.tsv:3: .* is linked in b\.txt",
        ),
    ],
)
def test_a_bad_line_is_named(inputs, run, tmp_path, cells, complaint):
    table = tmp_path / "links.tsv"
    table.write_text(f"article\tsource\treference_id\tsentences\tsource_text\n{cells}\n")
    before = digests(run)
    with pytest.raises(UserError, match=complaint):
        again(inputs, table)
    assert (run / "run.json").exists() and digests(run) == before  # it cost the run nothing


def test_two_sentences_become_one_link_whatever_the_columns_to_read_say(inputs, run, tmp_path):
    found = [
        line | {"source": "0 1"} if line["source_text"] == FLOOD else line
        for line in lines(run / "links.tsv")
        if not (line["article"] == "a.txt" and line["source_text"] == RICE)
    ]
    for line in found:
        if line["article"] == "a.txt" and line["source"]:
            line["reference_id"], line["sentences"] = "r.jsonl#1", "0"
        if line["source_text"] == GOAL:
            line["source_text"] = "Catatan saya: periksa lagi."
    rows = again(inputs, written(tmp_path / "links.tsv", found))
    assert rows[f"{FLOOD} {RICE}"].reference == ENGLISH[0]["text"]
    assert rows[GOAL].article == "b.txt"


def test_a_snippet_moves_though_its_old_line_stays(inputs, run, tmp_path):
    build(inputs / "in", run, references=inputs / "r.jsonl", options=AFRESH)
    found = lines(run / "links.tsv")
    (left,) = [line for line in found if line["reference_id"] == "r.jsonl#2"]
    assert (left["article"], left["source"]) == ("a.txt", "")
    for line in found:
        if line["article"] == "b.txt" and line["source_text"] == RICE:
            line["reference_id"], line["sentences"] = "r.jsonl#2", "0"
    rows = again(inputs, written(tmp_path / "links.tsv", found))
    (moved,) = [row for row in read_rows(run / "corpus") if row.reference_id == "r.jsonl#2"]
    assert (moved.article, moved.source) == ("b.txt", RICE) and rows


def test_a_table_needs_the_snippets(inputs, tmp_path):
    with pytest.raises(UserError, match=r"--links needs the snippets too; add --references"):
        build(
            inputs / "in",
            tmp_path / "out",
            options=replace(BuildOptions(), links=tmp_path / "l.tsv"),
        )

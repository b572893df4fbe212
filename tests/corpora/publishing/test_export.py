"""What is exported comes back as it was, read by other programs' readers."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpora.errors import UserError
from corpora.publishing.export import FORMATS, ExportOptions, export
from corpora.publishing.exported_pair import BREAKS
from corpora.publishing.shard_files import read_rows
from corpora.publishing.shards import write_corpus
from corpora.publishing.tmx import character
from tests.corpora.rows import made_row, made_rows

CASES = Path(__file__).parent / "cases"
XLIFF = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
HARD = (
    'Ia berkata, "5 < 7 & 8 > 3", lalu diam.',
    "Baris\nbaru, tab\there, kembali\rke awal\r\nlagi.",
    "Kendali \x00\x01\x0b\x0c\x1b\x1f\ufffe\uffff di tengah.",
    "Pemisah \u2028 dan \u2029 dan \x85 dan \x1c.",
    "  Spasi di depan dan belakang  ",
    "Emoji 😀, tanda ‘kutip’, Ünïcödé, العربية, 한국어.",
    "]]> <ph/> &amp; &#13; <!-- bukan --> ",
    "=2+3; 'a','b'\"\"",
    "",
)


def run_of(folder, rows):
    write_corpus(folder / "corpus", rows, lambda _: "train")
    (folder / "articles.jsonl").write_text(
        json.dumps({"article": "a.txt", "url": "https://berita.example/?a=1&b=2"}) + "\n", "utf-8"
    )
    (folder / "run.json").write_text("{}", encoding="utf-8")
    return folder


def hard_rows():
    return [
        made_row("a.txt" if n < 5 else "b\x01<&>.txt", n, reference=text, source=text, flags=("<",))
        for n, text in enumerate(HARD)
    ]


@pytest.fixture
def run(tmp_path):
    return run_of(tmp_path / "run", hard_rows())


def exported(run, format_, **options):
    output = run / f"corpus.{format_}"
    options = {"on_existing": "overwrite", **options}
    return export(run, output, format_, ExportOptions(**options)), output


def restored(element, cp):
    """The text of a segment; an inline element gives its character."""
    if element is None:
        return None
    parts = [element.text or ""]
    for inner in element:
        parts += cp(inner), inner.tail or ""
    return "".join(parts)


def tmx_pairs(file):
    for unit in etree.parse(file).iter("tu"):
        sides = [
            restored(tuv.find("seg"), lambda ph: character(ph.get("type")))
            for tuv in unit.iter("tuv")
        ]
        yield unit.get("tuid"), *sides


def xliff_pairs(file):
    for unit in etree.parse(file).iterfind(".//x:unit", XLIFF):
        sides = [
            restored(unit.find(f".//x:{side}", XLIFF), lambda cp: chr(int(cp.get("hex"), 16)))
            for side in ("source", "target")
        ]
        yield unit.get("id").removeprefix("u"), *sides


def jsonl_pairs(file):
    with file.open(encoding="utf-8") as lines:
        for found in map(json.loads, lines):
            yield found["id"], found["translation"]["id"], found["translation"]["en"]


def csv_pairs(file):
    with file.open(encoding="utf-8", newline="") as lines:
        for found in csv.DictReader(lines):
            yield found["id"], found["source"], found["english"]


READERS = {"tmx": tmx_pairs, "xliff": xliff_pairs, "jsonl": jsonl_pairs, "csv": csv_pairs}


def expected(rows, configuration):
    for row in rows:
        english = row.reference if configuration == "aligned" else row.translation
        if english is not None:
            yield row.id, row.source, english


@pytest.mark.parametrize("configuration", ["aligned", "machine"])
@pytest.mark.parametrize("format_", READERS)
def test_formats_that_can_say_everything_do(run, format_, configuration):
    done, output = exported(run, format_, configuration=configuration)
    assert list(READERS[format_](output)) == list(expected(hard_rows(), configuration))
    assert done.pairs == len(HARD) and not done.losses.counts


def test_moses_stays_line_for_line_and_says_what_it_changed(run):
    done, output = exported(run, "moses")
    sides = [file.read_text(encoding="utf-8").split("\n") for file in done.files]
    assert [file.suffix for file in done.files] == [".id", ".en"] and not output.exists()
    assert all(lines.pop() == "" for lines in sides)
    assert sides[0] == sides[1] == [BREAKS.sub(" ", text) for text in HARD]
    assert all(len(line.splitlines()) <= 1 for line in sides[0])
    assert done.losses.counts.total() == 2 * sum(len(BREAKS.findall(text)) for text in HARD)


def test_tsv_is_in_the_layout_of_bitextor(run):
    _, output = exported(run, "tsv")
    with output.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert lines[0] == ["src_url", "trg_url", "src_text", "trg_text", "aligner_score"]
    assert lines[1][0] == "https://berita.example/?a=1&b=2" and lines[1][1] == "a.txt#1"
    assert [line[2] for line in lines[1:]] == [BREAKS.sub(" ", text) for text in HARD]
    assert {line[4] for line in lines[1:]} == {"0.9"}


@pytest.mark.parametrize("configuration", ["aligned", "machine"])
def test_tmx_is_valid(run, configuration):
    _, output = exported(run, "tmx", configuration=configuration)
    tree = etree.parse(str(output))
    dtd = etree.DTD(str(CASES / "tmx14.dtd"))
    assert dtd.validate(tree), dtd.error_log
    assert tree.docinfo.root_name == "tmx" and tree.getroot().get("version") == "1.4"
    kind = "x-machine-flag" if configuration == "aligned" else "x-flag"
    assert tree.find(f".//prop[@type='{kind}']").text == "<"


@pytest.mark.parametrize("configuration", ["aligned", "machine"])
@pytest.mark.parametrize("size", [0, 1, len(HARD)])
def test_xliff_is_valid(tmp_path, configuration, size):
    run = run_of(
        tmp_path, [made_row("z", 0, reference="Yes."), *hard_rows()][-size:] if size else []
    )
    schema = etree.XMLSchema(etree.parse(str(CASES / "xliff20.xsd")))
    if not size and configuration == "aligned":
        with pytest.raises(UserError, match="no row has a reference"):
            exported(run, "xliff", configuration=configuration)
        return
    _, output = exported(run, "xliff", configuration=configuration)
    tree = etree.parse(str(output))
    assert schema.validate(tree), schema.error_log


def test_the_grammars_of_these_tests_refuse_what_is_wrong():
    dtd = etree.DTD(str(CASES / "tmx14.dtd"))
    assert not dtd.validate(etree.fromstring('<tmx version="1.4"><body/></tmx>'))
    schema = etree.XMLSchema(etree.parse(str(CASES / "xliff20.xsd")))
    for wrong in (
        "<file id='f'/>",
        "<file id='f'><unit id='a b'><segment><source/></segment></unit></file>",
    ):
        document = f"<xliff xmlns='{XLIFF['x']}' version='2.0' srcLang='id'>{wrong}</xliff>"
        assert not schema.validate(etree.fromstring(document))


def test_the_trainer_reads_the_tmx(tmp_path):
    from translate.training.pairs import read_tmx

    rows = list(made_rows(4))
    run = run_of(tmp_path, rows)
    _, output = exported(run, "tmx")
    assert list(read_tmx(output)) == [(r.source, r.reference) for r in rows if r.reference]


def test_names_that_end_in_gz_are_compressed_the_same_every_time(run):
    exported(run, "jsonl")
    data = []
    for name in ("one.jsonl.gz", "two.jsonl.gz"):
        export(run, run / name, "jsonl", ExportOptions())
        data.append((run / name).read_bytes())
    assert data[0] == data[1]
    assert gzip.decompress(data[0]) == (run / "corpus.jsonl").read_bytes()


def test_splits_and_masks_are_options(tmp_path):
    rows = [made_row(f"{n}.txt", 0, source="Surel a@b.id.") for n in range(9)]
    write_corpus(tmp_path / "corpus", rows, lambda name: "test" if name < "4" else "train")
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    done, output = exported(tmp_path, "jsonl", split="test", mask_personal_data=True)
    assert done.configuration == "machine" and done.pairs == 4
    assert {pair[1] for pair in jsonl_pairs(output)} == {"Surel [EMAIL]."}
    assert len(list(read_rows(tmp_path / "corpus", "train"))) == 5


@pytest.mark.parametrize(
    ("format_", "options", "message"),
    [
        ("doc", {}, "there are csv, jsonl, moses, tmx, tsv, xliff"),
        ("tmx", {"split": "dev"}, "there are train, validation, test, all"),
        ("tmx", {"configuration": "human"}, "there are aligned, machine"),
    ],
)
def test_wrong_names_list_the_right_ones(run, format_, options, message):
    with pytest.raises(UserError, match=message):
        exported(run, format_, **options)


def test_an_unfinished_run_is_not_exported(run):
    (run / "run.json").unlink()
    with pytest.raises(UserError, match="no finished run"):
        exported(run, "tmx")
    with pytest.raises(UserError, match="no finished run"):
        export(run / "none", run / "o", "tmx", ExportOptions())


def test_an_export_that_breaks_off_leaves_no_file(run, monkeypatch):
    def breaking(pairs, file, losses):
        file.write("half")
        raise RuntimeError("out of disk")

    monkeypatch.setitem(FORMATS, "tmx", breaking)
    with pytest.raises(RuntimeError, match="out of disk"):
        exported(run, "tmx")
    assert not list(run.glob("*tmx*")) and not list(run.glob(".*"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1))
def test_xml_holds_any_text(texts):
    from corpora.publishing import tmx, xliff
    from corpora.publishing.exported_pair import ExportedPair, Losses

    pairs = [
        ExportedPair(made_row("a", n, source=text), text, "a", "machine")
        for n, text in enumerate(texts)
    ]
    for writer, read in ((tmx.write_tmx, tmx_pairs), (xliff.write_xliff, xliff_pairs)):
        file = io.StringIO()
        writer(pairs, file, Losses())
        found = list(read(io.BytesIO(file.getvalue().encode())))
        assert [pair[1] for pair in found] == [pair[2] for pair in found] == texts


@pytest.mark.parametrize("format_", ["tmx", "xliff"])
def test_a_flag_of_the_machine_is_no_flag_of_human_english(tmp_path, format_):
    flags = ("names-lost", "near-duplicate")
    run = run_of(tmp_path / "run", [made_row("a.txt", 0, reference="Yes.", flags=flags)])
    kinds = {}
    for configuration in ("aligned", "machine"):
        _, output = exported(run, format_, configuration=configuration)
        said = output.read_text("utf-8")
        kinds[configuration] = [said.count(f'"{x}machine-flag"') for x in ("x-", "")]
        assert said.count("names-lost") == said.count("near-duplicate") == 1
    assert sum(kinds["aligned"]) == 1 and sum(kinds["machine"]) == 0


@pytest.mark.parametrize("format_", ["jsonl", "moses"])
def test_a_file_that_is_there_stays_unless_it_is_to_go(run, tmp_path, format_):
    file = tmp_path / ("catatan.en" if format_ == "moses" else "catatan")
    file.write_text("penting", "utf-8")
    output = tmp_path / "catatan"
    with pytest.raises(UserError, match=rf"{file}: is there already; .* --on-existing overwrite"):
        export(run, output, format_, ExportOptions())
    assert export(run, output, format_, ExportOptions(on_existing="skip")).files == ()
    assert file.read_text("utf-8") == "penting"
    assert export(run, output, format_, ExportOptions(on_existing="overwrite")).pairs
    assert file.read_text("utf-8") != "penting"
    with pytest.raises(UserError, match="--on-existing 'bogus'; there are fail"):
        export(run, output, format_, ExportOptions(on_existing="bogus"))

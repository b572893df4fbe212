import gzip
import lzma
from collections import Counter
from dataclasses import replace

import pytest

from corpora.errors import UsageError, UserError
from translate.training.pairs import (
    TrainingPair,
    cleaned,
    digest_of,
    fault,
    read_pairs,
    read_weights,
    weighted_file,
)

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="id"/><body>
<tu><tuv xml:lang="id-ID"><seg>Rumah <ph>x</ph>itu.</seg></tuv>
    <tuv xml:lang="en"><seg>That
      house.</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Maison</seg></tuv><tuv xml:lang="en"><seg>House</seg></tuv></tu>
</body></tmx>"""


def test_two_and_three_columns_are_read_with_weights(tmp_path):
    (tmp_path / "a.tsv").write_text("Halo.\tHello.\nnews\tHujan.\tRain.\n", encoding="utf-8")
    found = list(read_pairs(tmp_path / "a.tsv", 2.0, {"news": 3.0}))
    assert found == [TrainingPair("Halo.", "Hello.", 2.0), TrainingPair("Hujan.", "Rain.", 6.0)]


def test_a_packed_file_is_read(tmp_path):
    with gzip.open(tmp_path / "a.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("Halo.\tHello.\n")
    assert [pair.target for pair in read_pairs(tmp_path / "a.tsv.gz")] == ["Hello."]


def test_a_translation_memory_gives_its_indonesian_english_units(tmp_path):
    (tmp_path / "a.tmx").write_text(TMX, encoding="utf-8")
    assert list(read_pairs(tmp_path / "a.tmx")) == [TrainingPair("Rumah xitu.", "That house.")]


def units(*rows, attributes=""):
    """A TMX of units, each of languages and texts in turn."""
    found = "".join(
        "<tu>"
        + "".join(
            f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>'
            for language, text in zip(row[::2], row[1::2], strict=True)
        )
        + "</tu>"
        for row in rows
    )
    return f'<?xml version="1.0"?><tmx version="1.4"{attributes}><body>{found}</body></tmx>'


@pytest.mark.parametrize(
    "content",
    [
        units(("id", "Halo.", "en", "Hello.")),
        units(("EN-us", "Hello.", "ID_id", "Halo.", "de-DE", "Hallo.")),
        units(("in-ID", "Halo.", "eng", "Hello.")),
        units(("ind", "Halo.", "en-GB", "Hello.")),
        units(("id", "Halo.", "en", "Hello."), attributes=' xmlns="http://www.lisa.org/tmx14"'),
        units(("id", "Halo.", "fil", "Kumusta."), ("id", "Halo.", "en", "Hello.")),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_languages_are_known_however_a_translation_memory_writes_them(tmp_path, content, encoding):
    if encoding == "utf-16":
        content = content.replace("?>", ' encoding="UTF-16"?>')
    (tmp_path / "a.tmx").write_bytes(content.encode(encoding))
    assert list(read_pairs(tmp_path / "a.tmx")) == [TrainingPair("Halo.", "Hello.")]


def test_units_in_other_languages_are_counted(tmp_path, caplog):
    rows = [("id", "Ya.", "fr", "Oui."), ("id", "Ya.", "en", "Yes."), ("fr", "Oui.", "id", "Ya.")]
    (tmp_path / "a.tmx").write_text(units(*rows), encoding="utf-8")
    assert len(list(read_pairs(tmp_path / "a.tmx"))) == 1
    assert "2 units without Indonesian or English are passed over: in fr id (2)" in caplog.text


HALO, HUJAN = TrainingPair("Halo.", "Hello."), TrainingPair("Hujan turun.", "It rains.")


@pytest.mark.parametrize(
    ("text", "encoding", "pairs"),
    [
        ("Halo.\tHello.\r\nHujan turun.\tIt rains.\r\n", "utf-8", [HALO, HUJAN]),
        ("Halo.\tHello.\r\nHujan turun.\tIt rains.\r\n", "utf-8-sig", [HALO, HUJAN]),
        ("Halo.\tHello.\r\nHujan turun.\tIt rains.\r\n", "utf-16", [HALO, HUJAN]),
        ("\n\nHalo.\tHello.\n  \n\nHujan turun.\tIt rains.\n\n", "utf-8", [HALO, HUJAN]),
        ("Halo.\tHello.", "utf-8", [HALO]),
        ("Halo.\t\n\tHello.\n\t\n", "utf-8", [("Halo.", ""), ("", "Hello."), ("", "")]),
        ('"Ya," katanya.\t"Yes," he said.\n', "utf-8", [('"Ya," katanya.', '"Yes," he said.')]),
        ('"Ya."\t"Yes."\n', "utf-8", [('"Ya."', '"Yes."')]),
        ('Layar 5" dan 6"\t5" and 6" screens', "utf-8", [('Layar 5" dan 6"', '5" and 6" screens')]),
        (
            '"Ia berkata ""ya""."\t"""Yes,"" he said."\n',
            "utf-8",
            [('Ia berkata "ya".', '"Yes," he said.')],
        ),
    ],
)
@pytest.mark.parametrize("name", ["a.tsv", "a.tsv.gz", "a.TSV.XZ"])
def test_files_of_all_kinds_of_programs_are_read(tmp_path, name, text, encoding, pairs):
    data = text.encode(encoding)
    packed = {"z": gzip.compress(data), "Z": lzma.compress(data)}
    (tmp_path / name).write_bytes(packed.get(name[-1], data))
    wanted = [each if isinstance(each, TrainingPair) else TrainingPair(*each) for each in pairs]
    assert list(read_pairs(tmp_path / name)) == wanted


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.tsv", "Halo.\n", r"a\.tsv:1: expected 2 or 3 fields, got 1"),
        ("a.tmx", "no xml", "no TMX"),
        ("a.tsv.gz", "not packed", "cannot be read"),
        ("a.tsv", "", r"a\.tsv: no pair in it"),
        ("a.tsv", "\r\n\n", r"a\.tsv: no pair in it"),
        ("a.tsv", b"Ia berkata \x93ya\x94.\tHe said yes.\n", r"a\.tsv: not UTF-8 .*; save it as"),
        ("a.tsv", None, r"a\.tsv: cannot be read \(No such file or directory\)"),
        ("a.tmx", None, r"a\.tmx: cannot be read"),
        ("a.tsv.gz", gzip.compress(b"Halo.\tHello.\n" * 999)[:-9], "cannot be read"),
        ("a.tsv.xz", lzma.compress(b"Halo.\tHello.\n" * 999)[:-9], "cannot be read"),
        ("a.csv", "Halo.,Hello.\n", r"a\.csv:1: expected 2 or 3 fields, got 1"),
        ("a.tmx", "", "no TMX"),
        ("a.tmx", units(), r"no unit with Indonesian .*; there are no units at all"),
        ("a.tmx", "<html/>", "there are no units at all"),
        (
            "a.tmx",
            units(("en", "Yes.", "fr", "Oui."), ("id", "Ya.", "fr", "Oui.")),
            r"no unit with Indonesian .id. and English .en.; its units are in en fr .1., fr id",
        ),
    ],
)
def test_a_bad_file_is_named(tmp_path, name, content, message):
    if content is not None:
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=message):
        list(read_pairs(tmp_path / name))


@pytest.mark.parametrize("folder", [".", "a=b"])
@pytest.mark.parametrize(
    ("entry", "weight"), [("n.tsv", 1.0), ("n.tsv=3", 3.0), ("n.tsv=0", 0.0), ("n.tsv=2e-1", 0.2)]
)
def test_a_file_has_a_weight_behind_it(tmp_path, monkeypatch, folder, entry, weight):
    monkeypatch.chdir(tmp_path)
    (tmp_path / folder).mkdir(exist_ok=True)
    file = tmp_path / folder / "n.tsv"
    file.write_text("Halo.\tHello.\n")
    assert weighted_file(f"{tmp_path / folder}/{entry}") == (file, weight)


def test_a_file_that_is_called_so_has_no_weight(tmp_path):
    (tmp_path / "n.tsv=3").touch()
    assert weighted_file(f"{tmp_path}/n.tsv=3") == (tmp_path / "n.tsv=3", 1.0)


@pytest.mark.parametrize("weight", ["abc", "", "-1", "nan", "inf", "1,5"])
def test_what_is_no_weight_is_wrong_usage(weight):
    with pytest.raises(UsageError, match=r"n\.tsv=.*: expected FILE=WEIGHT with a number"):
        weighted_file(f"n.tsv={weight}")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_weights_are_read_by_origin(tmp_path, end):
    lines = ["source\tlicence\tweight", "news\tCC0\t2", "", 'a "b"\t\t0.5', ""]
    (tmp_path / "w.tsv").write_bytes(end.join(lines).encode("utf-8-sig"))
    assert read_weights(tmp_path / "w.tsv") == {"news": 2.0, 'a "b"': 0.5}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, r"w\.tsv: cannot be read \(No such file or directory\)"),
        ("", r"w\.tsv:1: expected the columns source and weight, got nothing"),
        ("origin\tw\nx\t2\n", "expected the columns source and weight, got origin, w"),
        ("source\tweight\nx\t2\ny\ttwo\n", r"w\.tsv:3: .* as weight, got two"),
        ("source\tweight\nx\n", r"w\.tsv:2: .* as weight, got nothing"),
        ("source\tweight\nx\t-1\n", r"w\.tsv:2: expected a number from 0 on"),
        (b"source\tweight\n\x93x\t1\n", r"w\.tsv: not UTF-8"),
    ],
)
def test_weights_that_cannot_be_read_are_named(tmp_path, content, message):
    if content is not None:
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "w.tsv").write_bytes(data)
    with pytest.raises(UserError, match=message):
        read_weights(tmp_path / "w.tsv")


def test_a_digest_is_of_sides_order_and_weights():
    some = [HALO, HUJAN]
    heavy, empty = replace(HUJAN, weight=2.0), replace(HUJAN, source="")
    others = [[HUJAN, HALO], [HALO], [HALO, heavy], [HALO, empty]]
    assert digest_of(some) == digest_of(iter(some)) != digest_of(some, digest_of(some))
    assert len({digest_of(each) for each in [some, *others]}) == 5


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("", "x", "empty"),
        ("Halo.", " ", "empty"),
        ("a" * 2000, "b" * 2000, "long"),
        ("Selamat pagi.", "selamat pagi.", "copy"),
        ("Jakarta", "Jakarta", None),
        ("Satu kalimat.", "One sentence that is far too long for what it says." * 2, "ratio"),
        ("Ada 12 orang.", "There are 13 people.", "numbers"),
        ("Ada 12 orang.", "There are 12 people.", None),
    ],
)
def test_faults(source, target, reason):
    assert fault(TrainingPair(source, target)) == reason


def test_every_pair_is_counted_once():
    counts: Counter[str] = Counter()
    pairs = [TrainingPair("Halo.", "Hello."), TrainingPair("Halo.", "Hello."), TrainingPair("", "")]
    assert len(list(cleaned(pairs, counts))) == 1
    assert counts == {"kept": 1, "duplicate": 1, "empty": 1}


def test_a_pair_that_no_epoch_shows_is_counted_and_is_no_duplicate_of_one_that_it_does():
    counts: Counter[str] = Counter()
    assert list(cleaned([replace(HALO, weight=0.0), HALO], counts)) == [HALO]
    assert counts == {"weightless": 1, "kept": 1}

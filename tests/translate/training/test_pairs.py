import gzip
from collections import Counter

import pytest

from corpora.errors import UserError
from translate.training.pairs import TrainingPair, cleaned, fault, read_pairs

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


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.tsv", "Halo.\n", r"a\.tsv:1: expected 2 or 3 fields, got 1"),
        ("a.tmx", "no xml", "no TMX"),
        ("a.tsv.gz", "not packed", "cannot be read"),
    ],
)
def test_a_bad_file_is_named(tmp_path, name, content, message):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        list(read_pairs(tmp_path / name))


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

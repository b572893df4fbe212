"""Sentences to time engines with: written for this project, varied in names, numbers, openings."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

from corpora.repair import repair
from corpora.splitting import split

ROOT = Path(__file__).parent.parent
OPENINGS = (
    "", "Pada hari Senin, ", "Menurut laporan itu, ", "Sehari sebelumnya, ", "Di ibu kota, ",
    "Dalam pidatonya, ", "Selain itu, ", "Hingga malam hari, ", "Pekan lalu, ", "Sementara itu, ",
    "Kepada wartawan dijelaskan bahwa ", "Sejak awal tahun, ", "Untuk pertama kalinya, ",
)  # fmt: skip
NAMES = (
    "Hartono", "Siregar", "Wijaya", "Lestari", "Nugroho", "Pratama", "Simanjuntak", "Kusuma",
    "Marvalia", "Skarvik", "Halcyon", "Tzankal", "Bandung", "Medan", "Makassar", "Denpasar",
    "Lima", "Praha", "Lisbon", "Oslo", "Nairobi", "Bogota", "Manila", "Helsinki",
)  # fmt: skip
WHO = ("Petani", "Polisi", "Pedagang", "Mereka", "Nelayan", "Pemerintah", "Warga", "Kami")
DID = ("membeli", "menjual", "melihat", "membawa", "menemukan", "membutuhkan", "menghitung")
WHAT = ("ekor sapi", "buku", "mobil", "rumah", "kapal", "pohon", "surat", "kursi", "sepeda")
SENTENCES_A_FILE = 20


def written_for_us() -> list[str]:
    """Sentences of the project: the gate of the bundled model and the example articles."""
    gate = (ROOT / "tests/translate/cases/gate.tsv").read_text("utf-8").splitlines()
    lines = [line.split("\t")[0] for line in gate]
    for file in sorted((ROOT / "examples/articles").glob("*.txt")):
        lines += file.read_text("utf-8").splitlines()
    found = (sentence for line in lines for sentence in split(repair(line)))
    return [each for each in dict.fromkeys(found) if len(each.split()) >= 5]


def varied(sentence: str, dice: random.Random) -> str:
    """A sentence with another opening, other numbers and other names."""
    text = re.sub(r"\d", lambda _: str(dice.randrange(1, 10)), sentence)
    text = re.sub(r"(?<=[a-z] )[A-Z][a-z]{3,}\b", lambda _: dice.choice(NAMES), text)
    opening = dice.choice(OPENINGS)
    return opening + (text[:1].lower() + text[1:] if opening and text[:1].isupper() else text)


def sentences_of(count: int) -> list[str]:
    """So many different sentences, in the order of a shuffled text."""
    dice, base = random.Random(11), written_for_us()
    found = dict.fromkeys(base[:count])
    while len(found) < count:
        found[varied(dice.choice(base), dice)] = None
    texts = list(found)
    dice.shuffle(texts)
    # what our splitter would cut would be other sentences than those of the other systems
    return [text if split(repair(text)) == [text] else text.replace(". ", ", ") for text in texts]


def short_sentences(count: int) -> list[str]:
    """So many different sentences of four words, which show how memory grows in little time."""
    dice = random.Random(13)
    found: dict[str, None] = {}
    while len(found) < count:
        number = dice.randrange(2, 1000)
        words = (dice.choice(WHO), dice.choice(DID), str(number), dice.choice(WHAT))
        found[" ".join(words) + "."] = None
    return list(found)


def write_files(folder: Path, sentences: Sequence[str]) -> None:
    """Articles of some sentences each, a sentence a line."""
    folder.mkdir(parents=True)
    for first in range(0, len(sentences), SENTENCES_A_FILE):
        part = sentences[first : first + SENTENCES_A_FILE]
        (folder / f"{first:06}.txt").write_text("\n".join(part) + "\n", "utf-8")

"""The tables of docs/benchmarks.md on text: sentence borders, clean text under repair, speed.

.venv/bin/python scripts/benchmark_text.py [--testsets DIR]

Peers that are not installed are named and skipped; `pip install pysbd spacy sentencex` into any
environment that sees this checkout brings them in.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from corpora.cleaning import kept, label_lines
from corpora.document import Document
from corpora.reading import documents, sources
from corpora.repair import repair, repair_line
from corpora.splitting import split, split_spans

ROOT = Path(__file__).resolve().parent.parent
OWN_SET = ROOT / "tests/corpora/cases/segmentation.txt"
CLEAN_SET = ROOT / "tests/corpora/cases/clean.txt"
SENTENCES_A_LINE = 12
COPIES = 200  # of the example articles, for the clock: about 8 MB are read
ROUNDS = 3

Splitter = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Borders:
    """Counts of the ends of sentences: found and right, missed, found and wrong."""

    right: int
    missed: int
    wrong: int

    @property
    def precision(self) -> float:
        """Share of the found borders that are right."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the gold borders that are found."""
        return self.right / (self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (2 * self.right + self.missed + self.wrong)


def ends_of(sentences: Iterable[str], text: str) -> set[int]:
    """Where sentences end in their text, whatever a splitter did to the white space around them."""
    ends = set()
    place = 0
    for sentence in sentences:
        bare = sentence.strip()
        if bare:
            place = text.index(bare, place) + len(bare)
            ends.add(place)
    return ends


def borders(splitter: Splitter, gold: list[str]) -> Borders:
    """How a splitter does on lines that are made of twelve gold sentences, joined by a space."""
    right = missed = wrong = 0
    for start in range(0, len(gold), SENTENCES_A_LINE):
        sentences = gold[start : start + SENTENCES_A_LINE]
        text = " ".join(sentences)
        expected = set(accumulate((len(s) for s in sentences), lambda a, b: a + 1 + b))
        found = ends_of(splitter(text), text)
        right += len(found & expected)
        missed += len(expected - found)
        wrong += len(found - expected)
    return Borders(right, missed, wrong)


def peers() -> Iterator[tuple[str, Splitter | str]]:
    """Splitters to compare with, by name; the reason in place of one that is not installed."""
    yield "Selaras", split
    for name, load in (
        ("sentencex", sentencex),
        ("pySBD (en)", pysbd),
        ("spaCy sentencizer", spacy),
    ):
        try:
            yield name, load()
        except ImportError as error:
            yield name, f"skipped: {error}"


def sentencex() -> Splitter:
    """The splitter of Wikimedia, in Indonesian."""
    from sentencex import segment

    return lambda text: segment("id", text)


def pysbd() -> Splitter:
    """pySBD has no Indonesian; its English rules are what its users take."""
    from pysbd import Segmenter  # type: ignore[import-not-found, unused-ignore]

    segmenter = Segmenter(language="en", clean=False)
    return lambda text: segmenter.segment(text)


def spacy() -> Splitter:
    """The rules that spaCy has for Indonesian."""
    from spacy import blank  # type: ignore[import-not-found, unused-ignore]

    pipeline = blank("id")
    pipeline.add_pipe("sentencizer")
    return lambda text: [sentence.text for sentence in pipeline(text).sents]


def lines_of_file(file: Path) -> list[str]:
    """The lines of a file that are not empty."""
    return [line for line in file.read_text("utf-8").splitlines() if line.strip()]


def print_borders(files: list[Path]) -> None:
    """Print the table of sentence borders."""
    print("| set | splitter | F1 | precision | recall |\n|---|---|---|---|---|")
    for file in files:
        gold = lines_of_file(file)
        for name, splitter in peers():
            if isinstance(splitter, str):
                print(f"| {file.stem} | {name} | {splitter} | | |")
                continue
            got = borders(splitter, gold)
            print(
                f"| {file.stem} | {name} | {got.f1:.4f} | {got.precision:.4f} | {got.recall:.4f} |"
            )


def print_clean(files: list[Path]) -> None:
    """Print how many lines and bytes of published text the repairs change."""
    print("\n| text | lines | bytes | lines changed | bytes changed |\n|---|---|---|---|---|")
    for file in files:
        lines = [line.strip() for line in lines_of_file(file)]
        pairs = [(line, repair(line)) for line in lines]
        changed = [(old, new) for old, new in pairs if old != new]
        size = sum(len(line.encode()) for line in lines)
        moved = sum(abs(len(old.encode()) - len(new.encode())) or 1 for old, new in changed)
        print(f"| {file.stem} | {len(lines)} | {size} | {len(changed)} | {moved} |")
        for old, new in changed:
            print(f"  {old}\n  {new}")


def clock(work: Callable[[], object]) -> float:
    """Processor seconds of the fastest of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def print_speed() -> None:
    """Print megabytes of raw text a second, on one core, of each stage from file to sentence."""
    with tempfile.TemporaryDirectory() as folder:
        size = write_copies(Path(folder))
        read = list(documents(sources(Path(folder))))
        pages = [page for page in read if isinstance(page, Document)]
        lines = [line.line.text for page in pages for line in kept(label_lines(page))]
        mended = [repair(line) for line in lines]
        stages: dict[str, Callable[[], object]] = {
            "reading": lambda: list(documents(sources(Path(folder)))),
            "cleaning": lambda: [label_lines(page) for page in pages],
            "repair": lambda: [repair_line(line) for line in lines],
            "splitting": lambda: [split_spans(line) for line in mended],
        }
        seconds = {name: clock(work) for name, work in stages.items()}
    print(f"\n{size / 1e6:.1f} MB of raw text, {len(pages)} articles, {len(lines)} lines kept")
    print("| stage | MB of raw text a second, one core |\n|---|---|")
    for name, spent in seconds.items():
        print(f"| {name} | {size / 1e6 / spent:.1f} |")
    print(
        f"| repair and splitting | {size / 1e6 / (seconds['repair'] + seconds['splitting']):.1f} |"
    )
    print(f"| all | {size / 1e6 / sum(seconds.values()):.1f} |")


def write_copies(folder: Path) -> int:
    """Write many copies of the example articles into a folder and return their size in bytes."""
    size = 0
    for file in sorted((ROOT / "examples/articles").glob("*.txt")):
        raw = file.read_bytes()
        for copy in range(COPIES):
            (folder / f"{file.stem}-{copy:03}.txt").write_bytes(raw)
            size += len(raw)
    return size


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--testsets",
        type=Path,
        default=ROOT.parent / "shared/testsets",
        help="folder with segmentation/*.txt (a gold sentence a line) and validation/*.id",
    )
    testsets = parser.parse_args().testsets
    print_borders([OWN_SET, *sorted(testsets.glob("segmentation/*.txt"))])
    print_clean([CLEAN_SET, OWN_SET, *sorted(testsets.glob("validation/*.id"))])
    print_speed()


if __name__ == "__main__":
    main()

"""The tables of docs/benchmarks.md on text: sentence borders, clean text under repair, speed.

.venv/bin/python scripts/benchmark_text.py [--testsets DIR] [--memory]

Peers that are not installed are named and skipped; `pip install pysbd spacy sentencex` into any
environment that sees this checkout brings them in.
"""

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path

from corpora.cleaning import kept, label_pages, shipped_book
from corpora.document import Document
from corpora.language import is_foreign
from corpora.lines.look import look_again, sounds_foreign_again
from corpora.page import Cleaning, taken_apart_together
from corpora.reading import documents, sources
from corpora.repair import repair, repair_line
from corpora.splitting import split, split_spans

ROOT = Path(__file__).resolve().parent.parent
OWN_SETS = [
    ROOT / f"tests/corpora/cases/{name}.txt" for name in ("segmentation", "segmentation_news")
]
CLEAN_SET = ROOT / "tests/corpora/cases/clean.txt"
SENTENCES_A_LINE = 12
LABELLED = "tests/corpora/cases/pages"
PAGES = 400  # for the clock: about 1 MB is read
TOGETHER = 64  # pages that are cleaned at once, as `translate/job.py` has it
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
        size = write_pages(Path(folder), PAGES)
        found = list(documents(sources(Path(folder))))
        pages = [page for page in found if isinstance(page, Document)]
        lines = [line.line.text for page in label_pages(pages) for line in kept(page)]
        mended = [repair(line) for line in lines]
        stages: dict[str, Callable[[], object]] = {
            "reading": lambda: list(documents(sources(Path(folder)))),
            "cleaning": lambda: cleaned_afresh(pages),
            "repair": lambda: [repair_line(line) for line in lines],
            "splitting": lambda: [split_spans(line) for line in mended],
        }
        seconds = {name: clock(work) for name, work in stages.items()}
    print(f"\n{size / 1e6:.1f} MB of raw text, {len(pages)} pages, {len(lines)} lines kept")
    print("| stage | MB of raw text a second, one core |\n|---|---|")
    for name, spent in seconds.items():
        print(f"| {name} | {size / 1e6 / spent:.2f} |")
    print(f"| all | {size / 1e6 / sum(seconds.values()):.2f} |")
    print(f"\nten million additions in a loop: {10 * clock(additions):.2f} s of this core")


def additions() -> int:
    """A million additions in a loop, by which the speed of a core is known."""
    total = 0
    for number in range(1_000_000):
        total += number
    return total


def cleaned_afresh(pages: Sequence[Document]) -> list[object]:
    """The labels of pages, nothing remembered of lines that were seen before."""
    for cache in (look_again, is_foreign, sounds_foreign_again):
        cache.cache_clear()
    shipped_book().known.clear()
    groups = (pages[start : start + TOGETHER] for start in range(0, len(pages), TOGETHER))
    return [label_pages(group) for group in groups]


def page_texts(count: int, lines: int | None = None) -> Iterator[str]:
    """Pages with the furniture of the examples and labelled pages and running text of their own.

    In long lines every second content word is another one, so that none stands on two pages; short
    lines (menus, buttons) recur, as they do on a site.
    """
    chance = random.Random(11)
    models = [file.read_text("utf-8").split("\n") for file in page_files()]
    content = sorted({word for page in models for line in page for word in line.split()})
    content = [word for word in content if len(word) > 4 and word.isalpha() and word.islower()]
    for _ in range(count):
        page = chance.choice(models)
        yield "\n".join(
            " ".join(
                chance.choice(content) if word.islower() and chance.random() < 0.5 else word
                for word in line.split(" ")
            )
            if len(line) > 60
            else line
            for line in page[:lines]
        )


def page_files() -> list[Path]:
    """The example articles and the labelled pages, in order."""
    folders = ("examples/articles", *(f"{LABELLED}/{name}" for name in ("develop", "varied")))
    return [file for folder in folders for file in sorted((ROOT / folder).glob("*.txt"))]


def write_pages(folder: Path, count: int) -> int:
    """Write pages into a folder; give their size in bytes."""
    size = 0
    for number, text in enumerate(page_texts(count)):
        raw = text.encode()
        (folder / f"{number:06}.txt").write_bytes(raw)
        size += len(raw)
    return size


def print_memory() -> None:
    """Print the largest memory of reading, cleaning and splitting few and many articles."""
    print("\n| articles | largest resident memory, MB |\n|---|---|")
    for count in (1_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "articles.jsonl"
            with table.open("w", encoding="utf-8") as file:
                for number, text in enumerate(page_texts(count, lines=8)):
                    print(json.dumps({"id": number, "text": text}), file=file)
            pages = (page for page in documents(sources(table)) if isinstance(page, Document))
            while group := list(islice(pages, TOGETHER)):
                taken_apart_together(group, Cleaning())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {count} | {peak:.0f} |", flush=True)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--testsets",
        type=Path,
        default=ROOT.parent / "shared/testsets",
        help="folder with segmentation/*.txt (a gold sentence a line) and validation/*.id",
    )
    parser.add_argument("--memory", action="store_true", help="measure memory alone (minutes)")
    options = parser.parse_args()
    testsets = options.testsets
    if options.memory:
        print_memory()
        return
    print_borders([*OWN_SETS, *sorted(testsets.glob("segmentation/*.txt"))])
    print_clean([CLEAN_SET, *OWN_SETS, *sorted(testsets.glob("validation/*.id"))])
    print_speed()


if __name__ == "__main__":
    main()

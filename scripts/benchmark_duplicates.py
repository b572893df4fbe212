"""What looking for near-duplicates costs: memory, disk and time for so many different articles."""

import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from corpora.near_duplicates import DuplicateFinder

SENTENCES, WORDS = 20, 12  # of an article, and of a sentence
VOCABULARY = 5000


def articles(count: int) -> Iterator[list[str]]:
    """Articles of random words: no two have a run of three words in common but by chance."""
    dice = random.Random(11)
    known = ["".join(dice.choices("abdegiklmnoprstu", k=6)) for _ in range(VOCABULARY)]
    for _ in range(count):
        yield [" ".join(dice.choices(known, k=WORDS)) + "." for _ in range(SENTENCES)]


def main(count: Annotated[int, typer.Option(help="articles to look at")] = 2500) -> None:
    """Look at so many articles, and say what each of them took."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "seen"
        with DuplicateFinder(file) as finder:
            finder.look("first", next(articles(1)))
            before, took = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0.0
            for number, article in enumerate(articles(count)):
                started = time.process_time()
                finder.look(f"2026/11/berita-{number}.html", article)
                took += time.process_time() - started
            size = file.stat().st_size
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{count:,} articles: memory {(peak - before) / 1e3:.1f} MB more, disk "
        f"{size / count / 1e3:.2f} kB and {1e3 * took / count:.2f} ms of CPU time an article"
    )


if __name__ == "__main__":
    typer.run(main)

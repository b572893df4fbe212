"""Time and memory of scoring, side by side with sacreBLEU's own command on the same files.

python scripts/benchmark_evaluation.py --pairs 100000

The pairs are made from the English of the examples and of the model's gate, with words dropped,
swapped and replaced. sacreBLEU is asked for scores alone: its intervals would
need more than ten gigabytes for 100,000 pairs.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).parent.parent
ARTICLE = 20  # pairs of one
OURS = "-m translate score --hypothesis h --reference r --articles a"
PEER = "-m sacrebleu r -i h -m bleu chrf ter --chrf-word-order 2 -w 4 -b"


def sentences() -> list[str]:
    """English that the project owns."""
    found = [
        line.strip()
        for file in sorted((ROOT / "examples" / "references").glob("*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    gate = (ROOT / "tests" / "translate" / "cases" / "gate.tsv").read_text(encoding="utf-8")
    return [*found, *(line.split("\t")[1] for line in gate.splitlines() if "\t" in line)]


def varied(words: list[str], vocabulary: list[str], share: float, random_: random.Random) -> str:
    """A sentence with a share of its words changed, one way or another."""
    made: list[str] = []
    for word in words:
        lot = random_.random()
        if lot < 0.5 * share:
            made.append(random_.choice(vocabulary))
        elif lot < 0.8 * share and made:
            made.insert(random_.randrange(len(made)), word)
        elif lot >= share:
            made.append(word)
    return " ".join(made) or words[0]


def write_pairs(folder: Path, count: int) -> None:
    """Write hypotheses, references and articles."""
    random_ = random.Random(1)
    known = [sentence.split() for sentence in sentences()]
    vocabulary = [word for words in known for word in words]
    with (
        (folder / "h").open("w", encoding="utf-8") as hypotheses,
        (folder / "r").open("w", encoding="utf-8") as references,
        (folder / "a").open("w", encoding="utf-8") as articles,
    ):
        for number in range(count):
            reference = varied(random_.choice(known), vocabulary, 0.2, random_)
            hypothesis = varied(reference.split(), vocabulary, random_.uniform(0.1, 0.8), random_)
            print(reference, file=references)
            print(hypothesis, file=hypotheses)
            print(number // ARTICLE, file=articles)


def measured(command: list[str], folder: Path) -> tuple[float, float, str]:
    """Seconds of wall clock, seconds of all cores, and what a command printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    run = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cores = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cores, run.stdout


def main(
    pairs: Annotated[int, typer.Option(help="to score")] = 100_000,
    rounds: Annotated[int, typer.Option(help="of both in turn; the fastest counts")] = 1,
    peer_pairs: Annotated[
        int, typer.Option(help="that sacreBLEU scores, its time then scaled; 0 for as many")
    ] = 0,
) -> None:
    """Print a Markdown table."""
    with tempfile.TemporaryDirectory() as name:
        folder, other = Path(name), Path(name) / "peer"
        other.mkdir()
        write_pairs(folder, pairs)
        write_pairs(other, peer_pairs or pairs)
        scale = pairs / (peer_pairs or pairs)
        times = []
        for _ in range(rounds):
            mine = measured([sys.executable, *OURS.split()], folder)
            theirs = measured([sys.executable, *PEER.split()], other)
            times.append((mine, theirs))
    (mine, theirs) = min(time[0] for time in times), min(time[1] for time in times)
    print(mine[2], theirs[2], file=sys.stderr)
    print("| program | pairs | wall, s | all cores, s |\n|---|---|---|---|")
    print(f"| selaras, with intervals | {pairs:,} | {mine[0]:.1f} | {mine[1]:.1f} |")
    wall, cores = scale * theirs[0], scale * theirs[1]
    print(f"| sacreBLEU, scores alone | {pairs:,} | {wall:.1f} | {cores:.1f} |")
    print(f"| ratio | | {mine[0] / wall:.2f} | {mine[1] / cores:.2f} |")


if __name__ == "__main__":
    typer.run(main)

"""How well fidelity is judged: labelled pairs, human and machine translations of FLORES, speed.

    .venv/bin/python scripts/benchmark_fidelity.py [--testsets DIR]

Prints Markdown: precision and recall of each kind on either half of the labelled pairs; how many of
a hundred lines have a finding in the human reference and in each system's output; pairs a second.
"""

import hashlib
import json
import time
from pathlib import Path
from typing import Annotated

import typer

from corpora.fidelity.findings import KINDS, findings

CASES = Path(__file__).parent.parent / "tests/corpora/fidelity/cases"
KINDS_OF = {
    "numbers": {"number", "unit"},
    "names": {"name"},
    "dates": {"date"},
    "quotations": {"quotation"},
    "negation": {"negation"},
}


def judged(file: Path, kinds: set[str], held_out: bool) -> tuple[int, int, int, int]:
    """Pairs of one half, then those rightly found, wrongly found and missed."""
    pairs = right = wrong = missed = 0
    for line in file.read_text("utf-8").splitlines():
        case = json.loads(line)
        even = hashlib.sha256(case["source"].encode()).digest()[0] % 2 == 0
        if (even and "seen" not in case) != held_out:
            continue
        found = any(each.kind in kinds for each in findings(case["source"], case["english"]))
        pairs += 1
        right += found and case["differs"]
        wrong += found and not case["differs"]
        missed += case["differs"] and not found
    return pairs, right, wrong, missed


def print_labelled() -> None:
    print("| kind | half | pairs | precision | recall |\n|---|---|---|---|---|")
    for name, kinds in KINDS_OF.items():
        for held_out in (False, True):
            pairs, right, wrong, missed = judged(CASES / f"{name}.jsonl", kinds, held_out)
            precision, recall = right / (right + wrong), right / (right + missed)
            half = "held out" if held_out else "develop"
            print(f"| {name} | {half} | {pairs} | {precision:.3f} | {recall:.3f} |")


def print_systems(folder: Path) -> None:
    sources = (folder / "flores_dev.id").read_text("utf-8").splitlines()
    print(f"\n| translation | {' | '.join(KINDS)} |\n|---|{'---|' * len(KINDS)}")
    for file in sorted(folder.glob("flores_dev*.en")):
        english = file.read_text("utf-8").splitlines()
        found = [
            {each.kind for each in findings(*pair)} for pair in zip(sources, english, strict=True)
        ]
        name = file.stem.partition(".")[2] or "human reference"
        shares = (100 * sum(kind in each for each in found) / len(found) for kind in KINDS)
        print(f"| {name} | {' | '.join(f'{share:.1f}' for share in shares)} |")


def print_speed(folder: Path) -> None:
    sources = (folder / "flores_dev.id").read_text("utf-8").splitlines()
    english = (folder / "flores_dev.en").read_text("utf-8").splitlines()
    rates = []
    for _ in range(5):
        started = time.process_time()
        for pair in zip(sources, english, strict=True):
            findings(*pair)
        rates.append(len(sources) / (time.process_time() - started))
    print(f"\nspeed: {sorted(rates)[2]:,.0f} pairs/s of one core's time (median of 5)")


def main(
    testsets: Annotated[Path, typer.Option(help="folder with systems/")] = Path(
        "../shared/testsets"
    ),
) -> None:
    """Print what fidelity sees."""
    print_labelled()
    if (testsets / "systems").is_dir():
        print_systems(testsets / "systems")
        print_speed(testsets / "systems")


if __name__ == "__main__":
    typer.run(main)

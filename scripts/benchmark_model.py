"""How good a model is: scores, numbers and names kept, loops on noisy lines, speed.

python scripts/benchmark_model.py --model bundled --pairs tests/translate/cases/gate.tsv
"""

import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from eval.metrics import score
from translate.engine import Decoding
from translate.training.noise import roughened
from translate.training.pairs import TrainingPair, read_pairs
from translate.translator import Translator

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"(?<=[a-z,\"“] )[\"“]?([A-Z][a-zé'-]{2,})\b")
JUNK = (
    "", "...", "=> !!!", "A A A", "31", "www.contoh.id/berita?id=3", "#viral #trending",
    "(abc/def)",
    "Baca juga:", "[Gambas:Video 20detik]", "©", "Foto: Dok. Istimewa", "xxxxxxxx", "hahaha " * 12,
)  # fmt: skip


def values(text: str) -> Counter[str]:
    """Numbers of a text without their separators: `10.000` and `10,000` are the same."""
    return Counter(re.sub(r"[.,]", "", number) for number in NUMBER.findall(text))


def kept_numbers(pairs: Sequence[TrainingPair], outputs: Sequence[str]) -> tuple[int, int]:
    """Numbers that source and reference share: how many the output has, and how many there are."""
    kept = total = 0
    for pair, output in zip(pairs, outputs, strict=True):
        wanted = values(pair.source) & values(pair.target)
        kept += (wanted & values(output)).total()
        total += wanted.total()
    return kept, total


def kept_names(pairs: Sequence[TrainingPair], outputs: Sequence[str]) -> tuple[int, int]:
    """Capitalised words inside the source that the reference has too: kept, and in all."""
    kept = total = 0
    for pair, output in zip(pairs, outputs, strict=True):
        names = {
            name for name in NAME.findall(pair.source) if re.search(rf"\b{name}\b", pair.target)
        }
        kept += sum(bool(re.search(rf"\b{name}\b", output)) for name in names)
        total += len(names)
    return kept, total


def loops(text: str) -> bool:
    """Tell whether a few words are said four times or more in a row.

    >>> loops("I am sorry I am sorry I am sorry I am sorry")
    True
    >>> loops("He had had a long, long day.")
    False
    """
    return re.search(r"(\b\S+(?:\s+\S+){0,4})(?:\s+\1){3}", text) is not None


def noisy(sentences: Sequence[str], count: int) -> list[str]:
    """So many lines as scraping leaves them: roughened, cut off, glued together, and junk."""
    dice = random.Random(7)
    lines = []
    for _ in range(count):
        text = roughened(roughened(dice.choice(sentences), dice), dice)
        match dice.randrange(5):
            case 0:
                text = text[: dice.randrange(1, len(text) + 1)]
            case 1:
                text = f"{text} {dice.choice(JUNK)} {dice.choice(sentences)}"
            case 2 if dice.random() < 0.2:
                text = dice.choice(JUNK)
        lines.append(text)
    return lines


def main(
    pairs: Annotated[list[Path], typer.Option(help="TSV: Indonesian, English")],
    model: str = "bundled",
    noisy_lines: int = 5000,
    beam: int = 4,
    rounds: int = 3,
) -> None:
    """Print a Markdown table of scores, then what survives, loops and speed."""
    translator = Translator.load(model, device="cpu", decoding=Decoding(beam))
    every: list[TrainingPair] = []
    outputs: list[str] = []
    print("| set | pairs | BLEU | chrF2++ | TER |\n|---|---|---|---|---|")
    for file in pairs:
        found = list(read_pairs(file))
        english = [each.text for each in translator.translate([pair.source for pair in found])]
        values_by_name = {s.metric: s.value for s in score(english, [p.target for p in found])}
        row = " | ".join(f"{value:.2f}" for value in values_by_name.values())
        print(f"| {file.stem} | {len(found)} | {row} |")
        every += found
        outputs += english
    for name, (kept, total) in {
        "numbers kept": kept_numbers(every, outputs),
        "names kept": kept_names(every, outputs),
    }.items():
        print(f"\n{name}: {kept} of {total} ({100 * kept / max(1, total):.1f} %)")
    lines = noisy([pair.source for pair in every], noisy_lines)
    english = [each.text for each in translator.translate(lines)]
    bad = sum(
        (loops(text) and not loops(line)) or (bool(re.search(r"\w", line)) and not text)
        for line, text in zip(lines, english, strict=True)
    )
    print(f"\nloops or empty outputs: {bad} of {len(lines)} ({100 * bad / len(lines):.2f} %)")
    speeds = []
    sources = [pair.source for pair in every]
    for _ in range(rounds):
        started = time.perf_counter()
        translator.translate(sources)
        speeds.append(len(set(sources)) / (time.perf_counter() - started))
    print(f"\nspeed, beam {beam}: {sorted(speeds)[len(speeds) // 2]:.0f} sentences/s (median)")


if __name__ == "__main__":
    typer.run(main)

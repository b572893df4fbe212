"""Aligners side by side, on documents with gold and on scenarios made from sentence pairs.

Example: .venv/bin/python scripts/benchmark_alignment.py
         .venv/bin/python scripts/benchmark_alignment.py --curve
         .venv/bin/python scripts/benchmark_alignment.py --times --sizes 250 1000 --articles 200

The scenarios (`eval/scenarios.py`) are made of the project's own news sentences in the English of
the bundled model, as it is and with words replaced and dropped. Intervals resample documents.
"""

import argparse
import importlib.util
import json
import random
import resource
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from corpora.alignment import AlignOptions, align
from corpora.beads import BeadWeights
from corpora.linking import links
from corpora.references import read_references
from corpora.similarity import cosines, vectors
from eval.alignment_scores import counts, distorted, f1, interval, left_alone
from eval.scenarios import SCENARIOS, Case, Group, Pair, scenario, weakened, worsened

ROOT = Path(__file__).parent.parent
NEWS = ROOT / "tests" / "translate" / "cases" / "gate.tsv"
SHARED = ROOT.parent / "shared" / "testsets"
THRESHOLD = 0.3  # best of .1, .15, ... .3 for the argmax on the shared documents
WORSE = (0.0, 0.15, 0.3)  # shares of words that are replaced; half as many of the rest are dropped
ELSEWHERE = ("bleualign", "hunalign", "yasa", "vecalign")  # used by nobody unless installed

Aligner = Callable[[Sequence[str], Sequence[str]], list[Group]]


def ours(translations: Sequence[str], references: Sequence[str]) -> list[Group]:
    """`corpora.linking.links`."""
    found = links(translations, references)
    return [(each.source, each.reference) for each in found if each.source and each.reference]


def alike(translations: Sequence[str], references: Sequence[str]) -> np.ndarray:
    """Cosines of all lines."""
    found = vectors([*translations, *references])
    return cosines(found[: len(translations)], found[len(translations) :])


def argmax(translations: Sequence[str], references: Sequence[str]) -> list[Group]:
    """Each line linked with the most similar one of the other side, above the threshold."""
    table = alike(translations, references)
    best = {(i, int(table[i].argmax())) for i in range(len(translations))}
    best |= {(int(table[:, j].argmax()), j) for j in range(len(references))}
    return joined({pair for pair in best if table[pair] > THRESHOLD})


def hungarian(translations: Sequence[str], references: Sequence[str]) -> list[Group]:
    """The one-to-one assignment of the greatest sum (scipy), above the threshold."""
    from scipy.optimize import linear_sum_assignment

    table = alike(translations, references)
    rows, columns = linear_sum_assignment(-table)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return joined({pair for pair in pairs if table[pair] > THRESHOLD})


def joined(pairs: set[tuple[int, int]]) -> list[Group]:
    """Links as groups: pairs of one reference line together."""
    rows = sorted({column for _, column in pairs})
    return [(tuple(sorted(i for i, j in pairs if j == row)), (row,)) for row in rows]


def galechurch(translations: Sequence[str], references: Sequence[str]) -> list[Group]:
    """Lengths alone, monotone (Gale and Church 1993, https://pypi.org/project/galechurch)."""
    from galechurch import align as by_length  # type: ignore[import-not-found]

    beads = by_length(list(translations), list(references)).beads
    groups = [
        (
            tuple(range(bead.source_start, bead.source_end)),
            tuple(range(bead.target_start, bead.target_end)),
        )
        for bead in beads
    ]
    return [(left, right) for left, right in groups if left and right]


ALIGNERS: dict[str, Aligner] = {
    "selaras": ours,
    "TF-IDF argmax": argmax,
    "Hungarian": hungarian,
    "galechurch": galechurch,
}


def row(name: str, cases: Sequence[Case], aligner: Aligner) -> str:
    """A line of the table."""
    started = time.process_time()
    found = [aligner(case.translations, case.references) for case in cases]
    spent = 1000 * (time.process_time() - started) / len(cases)
    each = [counts(case, groups) for case, groups in zip(cases, found, strict=True)]
    low, high = interval(each)
    alone = left_alone(each)
    bleu, chrf = distorted(cases, found)
    cells = [
        f"{f1([one.links for one in each]):.3f} ({low:.3f}-{high:.3f})",
        f"{f1([one.groups for one in each]):.3f}",
        "-" if alone is None else f"{alone:.3f}",
        f"{bleu:+.1f}, {chrf:+.1f}",
        f"{spent:.1f}",
    ]
    return f"| {name} | {' | '.join(cells)} |"


def tables(cases: Sequence[tuple[str, list[Case]]], aligners: dict[str, Aligner]) -> Iterator[str]:
    """Lines of a Markdown table for named sets of documents."""
    yield (
        "| documents | aligner | link F1 (95 %) | bead F1 | left alone | BLEU, chrF off gold | "
        "ms a document |"
    )
    yield "|---|---|---|---|---|---|---|"
    for name, some in cases:
        for label, aligner in aligners.items():
            yield f"| {name} {row(label, some, aligner)}"


def shared_cases(folder: Path) -> Iterator[Case]:
    """Documents with gold of a folder of `NAME.mt.en`, `NAME.ref.en` and `NAME.gold.json`."""
    for file in sorted(folder.glob("*.gold.json")):
        name = file.name.removesuffix(".gold.json")
        source, reference = (
            tuple((folder / f"{name}{suffix}").read_text(encoding="utf-8").splitlines())
            for suffix in (".mt.en", ".ref.en")
        )
        groups = json.loads(file.read_text(encoding="utf-8"))
        gold = tuple((tuple(each["source"]), tuple(each["reference"])) for each in groups)
        yield Case(name.partition("-")[0], source, reference, gold)


def news() -> list[Pair]:
    """The project's own news sentences in the bundled model's English (beam 1), with references."""
    from translate.engine import Decoding
    from translate.translator import Translator

    lines = [line.split("\t") for line in NEWS.read_text(encoding="utf-8").splitlines()]
    translator = Translator.load("bundled", decoding=Decoding(1, 2048))
    english = translator.translate([line[0] for line in lines])
    return [Pair(each.text, line[1]) for each, line in zip(english, lines, strict=True)]


def systems(folder: Path) -> Iterator[tuple[str, list[Pair]]]:
    """FLORES dev in the English of real systems, where it is there."""
    references = folder / "flores_dev.en"
    for name in ("opusmt", "argos"):
        file = folder / f"flores_dev.{name}.en"
        if file.exists() and references.exists():
            sides = (each.read_text(encoding="utf-8").splitlines() for each in (file, references))
            yield name, [Pair(*pair) for pair in zip(*sides, strict=True)]


def quality(pairs: Sequence[Pair]) -> float:
    """ChrF of the machine English."""
    from sacrebleu import corpus_chrf

    return float(
        corpus_chrf(
            [each.translation for each in pairs], [[each.reference for each in pairs]]
        ).score
    )


def curve(pairs: Sequence[Pair], aligners: dict[str, Aligner]) -> Iterator[str]:
    """F1 against chrF of the machine English, over shuffled and noisy documents."""
    yield f"| words replaced | chrF | {' | '.join(aligners)} |"
    yield "|---|---|" + "---|" * len(aligners)
    for rate in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        weak = weakened(pairs, rate)
        cases = [case for kind in ("shuffled", "noisy") for case in scenario(kind, weak)]
        cells = []
        for aligner in aligners.values():
            each = [counts(case, aligner(case.translations, case.references)) for case in cases]
            cells.append(f"{f1([one.links for one in each]):.3f}")
        yield f"| {100 * rate:.0f} % | {quality(weak):.1f} | {' | '.join(cells)} |"


def long_text(size: int) -> tuple[list[str], list[str]]:
    """Reference lines spliced from the examples until there are enough, and worsened copies."""
    found = read_references(ROOT / "examples" / "references")
    told = [
        each for name in sorted(found) for snippet in found[name] for each in snippet.sentences()
    ]
    chance = random.Random(size)
    halves = [sentence.split() for sentence in told]
    words = [word for sentence in halves for word in sentence]
    references = [
        " ".join(chance.sample(words, 6) + chance.choice(halves)[:12] + [f"{number}"])
        for number in range(size)
    ]
    return [worsened(each, 0.2, words, chance) for each in references], references


def sizes_table(sizes: Sequence[int]) -> Iterator[str]:
    """Time and memory of long documents, and the exponent by which time grows."""
    yield "| sentences a side | seconds (one core) | growth | peak memory, MB | right |"
    yield "|---|---|---|---|---|"
    last: tuple[int, float] | None = None
    for size in sizes:
        translations, references = long_text(size)
        started = time.process_time()
        found = links(translations, references)
        spent = time.process_time() - started
        right = sum(each.source == each.reference for each in found) / size
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        growth = f"n^{np.log(spent / last[1]) / np.log(size / last[0]):.2f}" if last else "-"
        yield f"| {size} | {spent:.2f} | {growth} | {memory:.0f} | {right:.3f} |"
        last = size, spent


def batch_line(articles: int) -> str:
    """Time of many articles of 20 sentences with 8 snippets."""
    translations, references = long_text(2_000)
    chance = random.Random(2)
    done = 0.0
    for _ in range(articles):
        begin = chance.randrange(1_980)
        snippets = [[each] for each in references[begin : begin + 20 : 2][:8]]
        chance.shuffle(snippets)
        started = time.process_time()
        align(translations[begin : begin + 20], snippets)
        done += time.process_time() - started
    each = 1000 * done / articles
    return f"{articles:,} articles of 20 sentences with 8 snippets: {each:.1f} ms each (one core)."


def halves(cases: Sequence[Case]) -> Iterator[str]:
    """Link F1 and what is left alone on both halves of the documents, by a lift of `base`."""
    yield "| lift of `base` | documents | even ones | odd ones | first | last |"
    yield "|---|---|---|---|---|---|"
    for lift in (-1.0, -0.5, -0.25, -0.1, 0.0, 0.1, 0.25, 0.35, 0.5):
        weights = replace(BeadWeights(), base=BeadWeights().base + lift)
        for kind in sorted({case.kind for case in cases}):
            some = [case for case in cases if case.kind == kind]
            each = [
                counts(case, linked_groups(case, AlignOptions(weights=weights))) for case in some
            ]
            middle = len(each) // 2
            cells = [
                f"{f1([one.links for one in half]):.3f} / {left_alone(half) or 0:.3f}"
                for half in (each[::2], each[1::2], each[:middle], each[middle:])
            ]
            yield f"| {lift:+.2f} | {kind} | {' | '.join(cells)} |"


def linked_groups(case: Case, options: AlignOptions) -> list[Group]:
    """Groups that are linked under other options."""
    found = links(case.translations, case.references, options)
    return [(each.source, each.reference) for each in found if each.source and each.reference]


def missing() -> Iterator[str]:
    """Names of aligners of the field that are not on this machine."""
    if importlib.util.find_spec("galechurch") is None:
        yield "galechurch"
    for name in ELSEWHERE:
        if shutil.which(name) is None and importlib.util.find_spec(name) is None:
            yield name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--gold", type=Path, default=SHARED / "alignment", help="documents with gold"
    )
    parser.add_argument("--systems", type=Path, default=SHARED / "systems", help="FLORES output")
    parser.add_argument("--seed", type=int, default=1, help="of the scenarios")
    parser.add_argument("--sizes", type=int, nargs="*", default=[250, 1000], help="long documents")
    parser.add_argument("--articles", type=int, default=200, help="articles to time")
    parser.add_argument("--curve", action="store_true", help="F1 against chrF alone")
    parser.add_argument("--times", action="store_true", help="time and memory alone")
    parser.add_argument("--halves", action="store_true", help="halves of the gold alone")
    options = parser.parse_args()
    if options.halves:
        print("\n".join(halves(list(shared_cases(options.gold)))))
        return
    links(["Warm up."], ["Warm up."])  # imports and caches are not what is measured
    if options.times:
        print("\n".join([*sizes_table(options.sizes), "", batch_line(options.articles)]))
        return
    left_out = list(missing())
    print(f"Not on this machine, left out: {', '.join(left_out) or 'nothing'}\n")
    aligners = {name: each for name, each in ALIGNERS.items() if name not in left_out}
    own = news()
    if options.curve:
        print("\n".join(curve(own, aligners)))
        return
    cases: list[tuple[str, list[Case]]] = []
    if options.gold.is_dir():
        shared = list(shared_cases(options.gold))
        cases += [(k, [c for c in shared if c.kind == k]) for k in sorted({c.kind for c in shared})]
    else:
        print(f"{options.gold}: no such folder, left out\n")
    made = partial(scenario, seed=options.seed)
    weak = [weakened(own, rate) for rate in WORSE]
    print("News in the bundled model's English, chrF", ", ".join(f"{quality(p):.1f}" for p in weak))
    cases += [(f"{k} (news)", [c for p in weak for c in made(k, p)]) for k in SCENARIOS]
    for name, pairs in systems(options.systems):
        print(f"FLORES dev in the English of {name}, chrF {quality(pairs):.1f}")
        cases += [(f"{k} ({name})", list(made(k, pairs))) for k in SCENARIOS]
    print()
    for line in tables(cases, aligners):
        print(line, flush=True)


if __name__ == "__main__":
    main()

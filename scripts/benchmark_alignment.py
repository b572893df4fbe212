"""Aligners side by side, on documents with gold and on scenarios made from the project's examples.

Example: .venv/bin/python scripts/benchmark_alignment.py --sizes 250 1000 --articles 200

The scenarios take the reference English of `examples/` and a worsened copy of it as the machine
translation: words replaced, dropped and swapped. Intervals resample documents, 95 %.
"""

import argparse
import importlib.util
import json
import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpora.alignment import align, links
from corpora.references import read_references
from corpora.similarity import cosines, vectors

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "testsets" / "alignment"
THRESHOLD = 0.3  # best of .1, .15, ... .3 for the argmax on the shared documents
SCENARIOS = ("parallel", "partial", "shuffled", "noisy", "shortened", "pooled", "single")
WORSE = (0.15, 0.3, 0.45)  # shares of words that are replaced

Group = tuple[tuple[int, ...], tuple[int, ...]]
Aligner = Callable[[Sequence[str], Sequence[str]], list[Group]]


@dataclass(frozen=True, slots=True)
class Case:
    """A document with gold: lines of machine English, lines of reference English, groups."""

    kind: str
    translations: tuple[str, ...]
    references: tuple[str, ...]
    gold: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What one document adds to the figures."""

    right: int
    found: int
    wanted: int
    right_groups: int
    found_groups: int
    wanted_groups: int
    alone: int
    left_alone: int


def worsened(sentence: str, rate: float, words: Sequence[str], chance: random.Random) -> str:
    """The sentence with a share of its words replaced, and a third as many dropped or swapped."""
    found = [chance.choice(words) if chance.random() < rate else w for w in sentence.split()]
    found = [word for word in found if chance.random() > rate / 3] or found[:1]
    for place in range(len(found) - 1):
        if chance.random() < rate / 3:
            found[place], found[place + 1] = found[place + 1], found[place]
    return " ".join(found)


def stories() -> list[list[str]]:
    """Reference sentences of the example articles, article by article."""
    found = read_references(ROOT / "examples" / "references")
    return [
        [sentence for snippet in found[name] for sentence in snippet.sentences()]
        for name in sorted(found)
    ]


def scenario(kind: str, rate: float, seed: int) -> Iterator[Case]:
    """Documents of one scenario, one for each example article (one in all when pooled)."""
    chance, told = random.Random(f"{kind} {rate} {seed}"), stories()
    words = [word for story in told for sentence in story for word in sentence.split()]
    if kind == "pooled":
        told = [[sentence for story in told for sentence in story]]
    for number, story in enumerate(told):
        kept = list(range(len(story)))
        if kind == "single":
            start = chance.randrange(len(story) - 1)
            kept = [start, start + 1]
        elif kind != "parallel":
            kept = [place for place in kept if chance.random() < 0.5] or [0]
        if kind not in ("parallel", "partial", "single"):
            chance.shuffle(kept)
        references = [story[place] for place in kept]
        source = [worsened(sentence, rate, words, chance) for sentence in story]
        if kind == "shortened":
            source = [shortened(each) if chance.random() < 0.5 else each for each in source]
        owners: list[int | None] = list(range(len(story)))
        if kind == "noisy":
            foreign = told[(number + 1) % len(told)]
            for sentence in foreign[:3]:
                place = chance.randrange(len(source) + 1)
                source.insert(place, worsened(sentence, rate, words, chance))
                owners.insert(place, None)
            references += foreign[-3:]
        where = {owner: place for place, owner in enumerate(owners) if owner is not None}
        gold = tuple(((where[place],), (row,)) for row, place in enumerate(kept))
        yield Case(kind, tuple(source), tuple(references), gold)


def shortened(sentence: str) -> str:
    """The first two thirds of a sentence."""
    words = sentence.split()
    return " ".join(words[: max(1, 2 * len(words) // 3)])


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


def ours(translations: Sequence[str], references: Sequence[str]) -> list[Group]:
    """`corpora.alignment.links`."""
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
    """Gale and Church (1993) by the package of that name: length alone, monotone."""
    from galechurch import align as by_length  # type: ignore[import-not-found]

    return [
        (tuple(left), tuple(right))
        for left, right in by_length(list(translations), list(references))
        if left and right
    ]


ALIGNERS: dict[str, Aligner] = {
    "selaras": ours,
    "TF-IDF argmax": argmax,
    "Hungarian": hungarian,
    "galechurch": galechurch,
}


def counts(case: Case, found: Sequence[Group]) -> Counts:
    """Compare groups with gold."""
    gold = {(i, j) for left, right in case.gold for i in left for j in right}
    got = {(i, j) for left, right in found for i in left for j in right}
    alone = left_alone = 0
    for side, lines in enumerate((case.translations, case.references)):
        empty = set(range(len(lines))) - {pair[side] for pair in gold}
        alone += len(empty)
        left_alone += len(empty - {pair[side] for pair in got})
    same = set(case.gold) & set(found)
    return Counts(
        len(gold & got),
        len(got),
        len(gold),
        len(same),
        len(found),
        len(case.gold),
        alone,
        left_alone,
    )


def f1(right: int, found: int, wanted: int) -> float:
    """Harmonic mean of precision and recall; 1 when nothing is wanted and nothing found."""
    return 2 * right / (found + wanted) if found + wanted else 1.0


def link_f1(each: Sequence[Counts]) -> float:
    """Link F1 over several documents."""
    return f1(sum(c.right for c in each), sum(c.found for c in each), sum(c.wanted for c in each))


def interval(each: Sequence[Counts]) -> tuple[float, float]:
    """95 % of the link F1 of 500 resamples of the documents."""
    chance = random.Random(1)
    found = sorted(link_f1(chance.choices(each, k=len(each))) for _ in range(500))
    return found[12], found[487]


def row(name: str, cases: Sequence[Case], aligner: Aligner) -> str:
    """A line of the table."""
    started = time.process_time()
    each = [counts(case, aligner(case.translations, case.references)) for case in cases]
    spent = 1000 * (time.process_time() - started) / len(cases)
    beads = f1(
        sum(c.right_groups for c in each),
        sum(c.found_groups for c in each),
        sum(c.wanted_groups for c in each),
    )
    alone = sum(c.alone for c in each)
    nulls = f"{sum(c.left_alone for c in each) / alone:.3f}" if alone else "-"
    low, high = interval(each)
    links_cell = f"{link_f1(each):.3f} ({low:.3f}-{high:.3f})"
    return f"| {name} | {links_cell} | {beads:.3f} | {nulls} | {spent:.1f} |"


def tables(cases: Sequence[tuple[str, list[Case]]], aligners: dict[str, Aligner]) -> Iterator[str]:
    """Lines of a Markdown table for named sets of documents."""
    yield "| documents | aligner | link F1 (95 %) | bead F1 | left alone | ms a document |"
    yield "|---|---|---|---|---|---|"
    for name, documents in cases:
        for label, aligner in aligners.items():
            yield f"| {name} {row(label, documents, aligner)}"


def long_text(size: int) -> tuple[list[str], list[str]]:
    """Reference lines spliced from the examples until there are enough, and worsened copies."""
    chance = random.Random(size)
    halves = [sentence.split() for story in stories() for sentence in story]
    words = [word for sentence in halves for word in sentence]
    references = [
        " ".join(chance.sample(words, 6) + chance.choice(halves)[:12] + [f"{number}"])
        for number in range(size)
    ]
    return [worsened(each, 0.2, words, chance) for each in references], references


def sizes_table(sizes: Sequence[int]) -> Iterator[str]:
    """Time and memory of long documents."""
    yield "| sentences a side | seconds (one core) | peak memory, MB | right |"
    yield "|---|---|---|---|"
    for size in sizes:
        translations, references = long_text(size)
        started = time.process_time()
        found = links(translations, references)
        spent = time.process_time() - started
        right = sum(each.source == each.reference for each in found) / size
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield f"| {size} | {spent:.2f} | {memory:.0f} | {right:.3f} |"


def batch_line(articles: int) -> str:
    """Time of many articles of 20 sentences with 8 snippets."""
    translations, references = long_text(2_000)
    chance = random.Random(2)
    started, done = time.process_time(), 0.0
    for _ in range(articles):
        begin = chance.randrange(1_980)
        snippets = [[each] for each in references[begin : begin + 20 : 2][:8]]
        chance.shuffle(snippets)
        started = time.process_time()
        align(translations[begin : begin + 20], snippets)
        done += time.process_time() - started
    each = 1000 * done / articles
    return f"{articles} articles of 20 sentences with 8 snippets: {each:.1f} ms each."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=SHARED, help="folder of documents with gold")
    parser.add_argument("--seed", type=int, default=1, help="of the scenarios")
    parser.add_argument("--sizes", type=int, nargs="*", default=[250, 1000], help="long documents")
    parser.add_argument("--articles", type=int, default=200, help="articles to time")
    options = parser.parse_args()
    links(["Warm up."], ["Warm up."])  # imports and caches are not what is measured
    aligners = {
        name: each
        for name, each in ALIGNERS.items()
        if name != "galechurch" or importlib.util.find_spec("galechurch")
    }
    for name in ALIGNERS.keys() - aligners.keys():
        print(f"{name}: not installed, left out\n")
    cases: list[tuple[str, list[Case]]] = []
    if options.gold.is_dir():
        shared = list(shared_cases(options.gold))
        cases += [(k, [c for c in shared if c.kind == k]) for k in sorted({c.kind for c in shared})]
    else:
        print(f"{options.gold}: no such folder, left out\n")
    for kind in SCENARIOS:
        made = [case for rate in WORSE for case in scenario(kind, rate, options.seed)]
        cases.append((f"{kind} (made)", made))
    for line in tables(cases, aligners):
        print(line)
    print("\nF1 of selaras by the share of words that are wrong, scenario shuffled:")
    for rate in (0.0, 0.15, 0.3, 0.45, 0.6):
        documents = list(scenario("shuffled", rate, options.seed))
        each = [counts(case, ours(case.translations, case.references)) for case in documents]
        print(f"{rate:.2f}: {link_f1(each):.3f}")
    print()
    for line in sizes_table(options.sizes):
        print(line)
    print(f"\n{batch_line(options.articles)}")


if __name__ == "__main__":
    main()

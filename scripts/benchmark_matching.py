"""Document matching at growing sizes, on made-up articles: time, memory, and what is found.

Example: .venv/bin/python scripts/benchmark_matching.py --articles 1000 --snippets 10000

An article has 20 sentences of 18 words that follow Zipf's law over about 60,000 made-up words; a
snippet is a sentence of it with 35 % of the words replaced. `--sample` matches some snippets only
and aligns none: what is left grows with the snippets alone. `--strangers` gives snippets of FLORES
to small articles.
"""

import argparse
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from corpora.document_matching import Index, MatchOptions, match
from corpora.references import UNASSIGNED, Snippet
from eval.scenarios import worsened

SYLLABLES = [
    "ka",
    "to",
    "mi",
    "ren",
    "sa",
    "lu",
    "per",
    "do",
    "vi",
    "na",
    "gos",
    "tra",
    "bel",
    "qui",
    "or",
    "ens",
    "ti",
    "mar",
]
SENTENCES, WORDS, REPLACED = 20, 18, 0.35
APART, SIZES = 20, (1, 2, 3, 6, 15)  # lines of FLORES from one article to the next; of an article
POOLS = (2, 2, 2, 2, 2, 2, 6, 6, 6, 20)  # articles
SYSTEMS = Path(__file__).parent.parent.parent / "shared" / "testsets" / "systems"


def vocabulary() -> np.ndarray:
    """Made-up words, the most frequent first."""
    chance = random.Random(1)
    made = ("".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(70_000))
    return np.array(list(dict.fromkeys(made)))


def article(number: int, words: np.ndarray, shares: np.ndarray) -> list[str]:
    """The sentences of an article; the same number gives the same ones."""
    drawn = np.random.default_rng(number).random(SENTENCES * WORDS)
    text = words[np.searchsorted(shares, drawn)].reshape(SENTENCES, WORDS)
    return [" ".join(sentence).capitalize() + "." for sentence in text]


def memory() -> float:
    """Peak memory so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def placed(
    english: list[str], references: list[str], size: int, pool: int, chance: random.Random
) -> Counter[str]:
    """What becomes of snippets of one sentence, more than half of them of no article here."""
    starts = chance.sample(range(len(english) // APART), pool)
    articles = {str(s): [english[n] for n in range(APART * s, APART * s + size)] for s in starts}
    told = [(chance.randrange(APART * s, APART * s + size), str(s)) for s in starts]
    told = [each for each in told if chance.random() < 0.6]
    others = [n for n in range(len(english)) if n // APART not in starts]
    told += [(n, UNASSIGNED) for n in chance.sample(others, pool)]
    snippets = [Snippet(str(n), references[line]) for n, (line, _) in enumerate(told)]
    homes = {
        each.id: name for name, some in match(articles.items, snippets).items() for each in some
    }
    result: Counter[str] = Counter()
    for number, (_, home) in enumerate(told):
        found = homes[str(number)]
        result["strangers" if home == UNASSIGNED else "own"] += 1
        if home == UNASSIGNED:
            result["given"] += found != UNASSIGNED
        else:
            result["found"] += found == home
            result["wrong"] += found not in (home, UNASSIGNED)
    return result


def strangers(folder: Path) -> Iterator[str]:
    """Lines of a table: snippets that find their article, and strangers that are given to one."""
    references = (folder / "flores_dev.en").read_text(encoding="utf-8").splitlines()
    chance = random.Random(77)
    total: dict[int, Counter[str]] = {size: Counter() for size in SIZES}
    for system, rate in (("nllb", 0.0), ("nllb", 0.2), ("google", 0.3)):
        lines = (folder / f"flores_dev.{system}.en").read_text(encoding="utf-8").splitlines()
        words = " ".join(lines).split()
        english = [worsened(line, rate, words, chance) for line in lines]
        for size in SIZES:
            for pool in POOLS:
                total[size] += placed(english, references, size, pool, chance)
    yield "| sentences of an article | found | given to another | strangers given to an article |"
    yield "|---|---|---|---|"
    for size, n in total.items():
        yield (
            f"| {size} | {n['found']} of {n['own']} | {n['wrong']} "
            f"| {n['given']} of {n['strangers']} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--snippets", type=int, default=10_000)
    parser.add_argument("--sample", type=int, default=0, help="snippets to match without aligning")
    parser.add_argument("--strangers", action="store_true", help="tiny articles and strangers")
    parser.add_argument("--systems", type=Path, default=SYSTEMS, help="FLORES output")
    options = parser.parse_args()
    if options.strangers:
        print("\n".join(strangers(options.systems)))
        return
    words = vocabulary()
    weights = 1 / (np.arange(len(words)) + 20.0)
    shares = np.cumsum(weights / weights.sum())

    def articles() -> Iterator[tuple[str, list[str]]]:
        for number in range(options.articles):
            yield f"a{number}", article(number, words, shares)

    chance = random.Random(2)
    snippets, gold = [], []
    for number in range(options.sample or options.snippets):
        own = chance.randrange(options.articles)
        said = chance.choice(article(own, words, shares)).split()
        said = [each if chance.random() > REPLACED else chance.choice(words) for each in said]
        snippets.append(Snippet(f"s{number}", " ".join(said)))
        gold.append(own)
    started = time.process_time()
    if options.sample:
        index = Index.of((" ".join(sentences) for _, sentences in articles()), MatchOptions())
        indexed = time.process_time()
        near = [index.best(each.text, 5, 0.4) for each in snippets]
        spent = 1000 * (time.process_time() - indexed) / len(near)
        right = sum(own in found for own, found in zip(gold, near, strict=True)) / len(near)
        print(
            f"| {options.articles:,} | {options.sample:,} of a sample | index "
            f"{indexed - started:.0f} s, then {spent:.2f} ms a snippet without alignment "
            f"| {memory():.0f} | {right:.4f} |"
        )
        return
    found = match(articles, snippets)
    spent = time.process_time() - started
    homes = {each.id: name for name, some in found.items() for each in some}
    right = sum(homes[f"s{n}"] == f"a{own}" for n, own in enumerate(gold)) / len(gold)
    each = 1000 * spent / len(snippets)
    print(
        f"| {options.articles:,} | {options.snippets:,} | {spent:.1f} s, {each:.2f} ms a snippet "
        f"| {memory():.0f} | {right:.4f} |"
    )


if __name__ == "__main__":
    main()

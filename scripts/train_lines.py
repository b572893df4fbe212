"""Learn the weights of corpora/data/line_model.json from labelled pages; print how well they do.

.venv/bin/python scripts/train_lines.py [--folds 8] [--write]

The pages are those of `examples/` and of `tests/corpora/cases/pages` but `held_back`. Every page is
also shown with its furniture thinned out, its blank lines taken away, and its article between the
furniture of another page. The figures are of pages that the weights have not seen (by folds).
"""

import argparse
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped, unused-ignore]

from corpora.cleaning import KEPT, label_lines, settled, shipped_book
from corpora.document import Document, Line, lines_of
from corpora.line_features import evidence_of, place_of
from corpora.line_model import LineModel, Opinions, Weights
from corpora.reading import Source, read

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "tests/corpora/cases/pages"
COLLECTIONS = {
    "examples": (ROOT / "examples/line_labels.tsv", ROOT / "examples/articles"),
    "develop": (PAGES / "develop.tsv", PAGES / "develop"),
    "varied": (PAGES / "varied.tsv", PAGES / "varied"),
    "fresh": (PAGES / "fresh.tsv", PAGES / "fresh"),
}
LABELS = (
    *("body", "title", "byline", "caption", "credit", "related", "navigation"),
    *("widget", "advert", "footer", "duplicate", "spam"),
)
SINGLE = ROOT / "tests/corpora/cases/single_lines.tsv"  # lines that may stand anywhere
STRENGTH = 12.0  # of the pull of all weights to nothing
BODY_WEIGHT = 2.0  # losing an article's line is worse than keeping furniture
SEED = 7

Labelled = list[tuple[Line, str]]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled page: where it is from, its lines and their labels."""

    collection: str
    name: str
    lines: Labelled


def examples() -> list[Example]:
    """All labelled pages that may be learnt from."""
    found = []
    for collection, (labels, folder) in COLLECTIONS.items():
        if not labels.exists():
            continue
        by_page: dict[str, dict[int, str]] = {}
        for entry in labels.read_text(encoding="utf-8").splitlines()[1:]:
            page, line, label = entry.split("\t")
            by_page.setdefault(page, {})[int(line)] = label
        for page, by_line in by_page.items():
            document = read(Source(folder / f"{page}.txt", page))
            lines = list(lines_of(document.text))
            found.append(
                Example(collection, page, [(line, by_line[line.number]) for line in lines])
            )
    return found


def variants(example: Example, others: Sequence[Example], chance: random.Random) -> list[Labelled]:
    """The page as it is and as it might have been."""
    lines = example.lines
    article = [pair for pair in lines if pair[1] in KEPT]
    thinned = [pair for pair in lines if pair[1] in KEPT or chance.random() < 0.6]
    one, two = chance.choice(others).lines, chance.choice(others).lines
    top, _, _ = parts(one)
    _, middle, _ = parts(lines)
    _, _, tail = parts(two)
    made = [lines, chance.choice((dense, spaced))(lines), chance.choice((dense, spaced))(thinned)]
    made += [chance.choice((dense, spaced))(strewn(top + middle + tail, chance))]
    made += [chance.choice((dense, spaced))(strewn(lines, chance))]
    made += [chance.choice((dense, spaced))(strewn(thinned, chance))]
    made += [chance.choice((dense, spaced))(article)]
    made += [chance.choice((dense, spaced))([pair for pair in article if pair[1] == "body"])]
    return [each for each in made if each]


def strewn(lines: Labelled, chance: random.Random) -> Labelled:
    """The page with single lines, or two of a kind, dropped into its article."""
    pool = single_lines()
    found = []
    inside = [index for index, (_, label) in enumerate(lines) if label == "body"]
    for index, pair in enumerate(lines):
        if inside and inside[0] <= index <= inside[-1] + 1 and chance.random() < 0.18:
            article = chance.random() < 0.45
            one = chance.choice([each for each in pool if (each[1] == "body") == article])
            alike = [each for each in pool if each[1] == one[1]]
            for line, label in [
                one,
                *chance.sample(alike, 0 if article else chance.choice((0, 0, 0, 1, 2))),
            ]:
                found.append((line, label))
        found.append(pair)
    return found


@cache
def single_lines() -> list[tuple[Line, str]]:
    """Lines that may stand anywhere, with their labels."""
    rows = [row.split("\t") for row in SINGLE.read_text(encoding="utf-8").splitlines()[1:]]
    return [(Line(0, 0, len(text), text), label) for label, text in rows]


def parts(lines: Labelled) -> tuple[Labelled, Labelled, Labelled]:
    """What stands above the article, the article with what is inside it, and what stands below."""
    body = [index for index, (_, label) in enumerate(lines) if label in KEPT]
    return lines[: body[0]], lines[body[0] : body[-1] + 1], lines[body[-1] + 1 :]


def dense(lines: Labelled) -> Labelled:
    """The lines without blank lines between them."""
    return [(replace(line, number=number), label) for number, (line, label) in enumerate(lines, 1)]


def spaced(lines: Labelled) -> Labelled:
    """The lines with a blank line between any two."""
    return [
        (replace(line, number=2 * number), label) for number, (line, label) in enumerate(lines, 1)
    ]


def evidence_and_labels(lines: Labelled) -> tuple[list[list[str]], list[str], list[bool]]:
    """What speaks for and against each line, its label, and whether the weights decide on it."""
    texts = [line for line, _ in lines]
    rules = [shipped_book().find(line.text.strip()) for line in texts]
    place = place_of(texts, rules)
    decided = [fixed is None for fixed in settled(place)]
    return evidence_of(place), [label for _, label in lines], decided


def fitted(evidence: Sequence[Sequence[str]], labels: Sequence[str]) -> Weights:
    """Weights that explain the labels best, kept small (L2; L-BFGS from nothing)."""
    names = sorted(name for name, times in counts(evidence).items() if times >= 6)
    rows = {name: row for row, name in enumerate(names)}
    places = [[rows[name] for name in set(each) if name in rows] for each in evidence]
    indptr = np.cumsum([0] + [len(each) for each in places])
    indices = np.array([row for each in places for row in each])
    inputs = csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(places), len(names)))
    truth = np.zeros((len(labels), len(LABELS)))
    truth[range(len(labels)), [LABELS.index(label) for label in labels]] = 1
    importance = np.where(truth[:, 0] + truth[:, 1] > 0, BODY_WEIGHT, 1.0)[:, None]
    shape = (len(names), len(LABELS))

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(shape)
        logits = inputs @ weights
        logits -= logits.max(1, keepdims=True)
        total = np.log(np.exp(logits).sum(1, keepdims=True))
        logs = logits - total
        value = -(importance * truth * logs).sum() + STRENGTH / 2 * (weights**2).sum()
        slope = inputs.T @ (importance * (np.exp(logs) - truth)) + STRENGTH * weights
        return float(value), slope.ravel()

    best = minimize(
        loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 70}
    )
    values = np.round(best.x.reshape(shape) * 100) / 100
    nothing = np.zeros((1, len(LABELS)))
    return Weights(
        LABELS, {name: row + 1 for name, row in rows.items()}, np.concatenate([nothing, values])
    )


def counts(evidence: Iterable[Iterable[str]]) -> dict[str, int]:
    """How many lines have each piece of evidence."""
    found: dict[str, int] = {}
    for names in evidence:
        for name in set(names):
            found[name] = found.get(name, 0) + 1
    return found


def trained(pages: Sequence[Example]) -> LineModel:
    """Both steps, the second learnt from opinions on pages that the first had not seen."""
    chance = random.Random(SEED)
    shown = []
    for number, page in enumerate(pages):
        for lines in variants(page, pages, chance):
            shown.append((number % 4, *evidence_and_labels(lines)))
    second_evidence: list[list[str]] = []
    second_labels: list[str] = []
    for fold in range(4):
        first = fit([each for each in shown if each[0] != fold])
        for _, evidence, labels, decided in (each for each in shown if each[0] == fold):
            opinion = first.probabilities(evidence)
            for names, thought, label, open_ in zip(
                evidence, Opinions.of(opinion, LABELS).names(), labels, decided, strict=True
            ):
                if open_ and label in LABELS:
                    second_evidence.append([*names, *thought])
                    second_labels.append(label)
    return LineModel.of(fit(shown), fitted(second_evidence, second_labels))


def fit(shown: Sequence[tuple[int, list[list[str]], list[str], list[bool]]]) -> Weights:
    """The first step from pages."""
    evidence, labels = [], []
    for _, names, found, decided in shown:
        for each, label, open_ in zip(names, found, decided, strict=True):
            if open_ and label in LABELS:
                evidence.append(each)
                labels.append(label)
    return fitted(evidence, labels)


def judged(pages: Sequence[Example], folds: int, show: bool) -> None:
    """Print, by collection, what models say of pages that they have not seen."""
    total: dict[str, list[int]] = {}
    for fold in range(folds):
        model = trained([page for n, page in enumerate(pages) if n % folds != fold])
        for page in pages[fold::folds]:
            sums = total.setdefault(page.collection, [0, 0, 0, 0])
            text = "\n".join(blank_filled(page.lines))
            for got, (line, label) in zip(
                label_lines(Document(page.name, text, ""), model=model), page.lines, strict=True
            ):
                is_kept = got.label in KEPT
                if label == "body":
                    sums[0] += is_kept
                    sums[1] += 1
                elif label not in KEPT:
                    sums[2] += not is_kept
                    sums[3] += 1
                if show and is_kept != (label in KEPT):
                    where = f"{page.name}:{line.number}: {label}, not {got.label}"
                    print(f"{where} ({got.rule}, {got.score:.2f}): {line.text[:100]}")
    for name, (kept, body, dropped, noise) in total.items():
        print(
            f"{name}: body kept {kept}/{body} = {kept / body:.4f}, "
            f"noise dropped {dropped}/{noise} = {dropped / noise:.4f}"
        )


def blank_filled(lines: Labelled) -> list[str]:
    """The lines of the page, blank ones included."""
    page = [""] * lines[-1][0].number
    for line, _ in lines:
        page[line.number - 1] = line.text
    return page


def as_json(model: LineModel) -> str:
    """The data file: hundredths of logits, a piece of evidence a line."""
    parts = []
    for weights in (model.first, model.second):
        rows = [
            f"  {json.dumps(name)}: {hundredths(weights.values[row])}"
            for name, row in weights.rows.items()
            if np.abs(weights.values[row]).max() >= 0.05
        ]
        parts.append("{\n" + ",\n".join(rows) + "\n }")
    return (
        f'{{"labels": {json.dumps(list(LABELS))},\n "first": {parts[0]},\n "second": {parts[1]}}}\n'
    )


def hundredths(row: Any) -> str:
    """Numbers as whole hundredths, in JSON."""
    return json.dumps([round(value * 100) for value in row], separators=(",", ":"))


def main() -> None:
    """Judge by folds, then learn from all pages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folds", type=int, default=6, help="0: do not judge")
    parser.add_argument("--without", default="", help="a collection that is not learnt from")
    parser.add_argument(
        "--show", action="store_true", help="print the lines that are judged wrongly"
    )
    parser.add_argument("--write", action="store_true", help="write corpora/data/line_model.json")
    options = parser.parse_args()
    pages = [page for page in examples() if page.collection != options.without]
    if options.folds:
        judged(pages, options.folds, options.show)
    if options.write:
        file = ROOT / "corpora/data/line_model.json"
        file.write_text(as_json(trained(pages)), encoding="utf-8")


if __name__ == "__main__":
    main()

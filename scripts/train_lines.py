"""Learn corpora/data/line_model.npz from labelled pages; print how well the like of it does.

.venv/bin/python scripts/train_lines.py [--judge] [--show] [--write]

The pages are those of `examples/` and of the collections that `scripts/line_pages.py` names; those
that are judged at first sight (`tests/corpora/test_cleaning.py`) are not among them.
They are judged by collections: a model that has seen nothing of a collection, not even its
furniture on another page, labels its pages. So every figure is one at first sight.
"""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from corpora.cleaning import KEPT, label_lines
from corpora.document import Document
from corpora.lines.model import LineModel, parsed
from scripts.line_pages import Example, Labelled, examples, variants
from scripts.line_training import seen, trained

ROOT = Path(__file__).resolve().parent.parent
GROUPS = (  # collections that are judged together, by a model that learnt from all others
    ("portals", "world", "develop", "dailies", "islands", "metro", "tails", "abroad"),
    ("reposts", "magazines", "fresh", "districts", "longreads", "sections", "national"),
    ("features", "regional", "varied", "agencies", "weeklies", "globe", "mirrors", "provinces"),
)
RECALLS = (0.98, 0.985, 0.99, 0.9925, 0.995, 0.9975)
SEED = 7  # of the pages as they might have been, and of the first weights


def learnt(pages: Sequence[Example]) -> bytes:
    """The data file of a model of these pages."""
    return trained([seen(page) for page in variants(pages, SEED)], SEED)


def judged(pages: Sequence[Example], *, show: bool) -> None:
    """Print what models say of collections that they have not seen."""
    scores: list[tuple[str, float]] = []
    for group in GROUPS:
        model = parsed(learnt([page for page in pages if page.collection not in group]))
        for name in group:
            lines = [
                each
                for page in pages
                if page.collection == name
                for each in judgements(page, model, show=show)
            ]
            scores += [(label, score) for label, score, _ in lines]
            print(f"{name}: {recalls((label, kept) for label, _, kept in lines)}", flush=True)
    body = np.sort([score for label, score in scores if label == "body"])
    other = np.array([score for label, score in scores if label not in KEPT])
    for recall in RECALLS:
        bar = body[int((1 - recall) * len(body))]
        print(f"body {recall}: noise {(other < bar).mean():.4f} from {bar:.3f} on")


def judgements(page: Example, model: LineModel, *, show: bool) -> list[tuple[str, float, bool]]:
    """The reader's label, the probability of being the article and whether it is kept, by line."""
    document = Document(page.name, "\n".join(blank_filled(page.lines)), "")
    found = []
    for got, (line, label) in zip(label_lines(document, model=model), page.lines, strict=True):
        is_kept = got.label in KEPT
        found.append((label, got.score if is_kept else 1 - got.score, is_kept))
        if show and is_kept != (label in KEPT):
            where = f"{page.name}:{line.number}: {label}, not {got.label}"
            print(f"{where} ({got.rule}, {got.score:.2f}): {line.text[:100]}")
    return found


def recalls(lines: Iterable[tuple[str, bool]]) -> str:
    """Shares of the body that is kept and of the rest, titles aside, that is not."""
    judged = list(lines)
    body = [kept for label, kept in judged if label == "body"]
    other = [not kept for label, kept in judged if label not in KEPT]
    return (
        f"body kept {sum(body)}/{len(body)} = {sum(body) / len(body):.4f}, "
        f"noise dropped {sum(other)}/{len(other)} = {sum(other) / len(other):.4f}"
    )


def blank_filled(lines: Labelled) -> list[str]:
    """The lines of the page, blank ones included."""
    page = [""] * lines[-1][0].number
    for line, _ in lines:
        page[line.number - 1] = line.text
    return page


def main() -> None:
    """Judge by collections, or learn from all pages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--judge", action="store_true", help="judge by collections (minutes)")
    parser.add_argument("--show", action="store_true", help="print the lines judged wrongly")
    parser.add_argument("--write", action="store_true", help="write corpora/data/line_model.npz")
    options = parser.parse_args()
    pages = examples()
    if options.judge:
        judged(pages, show=options.show)
    if options.write:
        (ROOT / "corpora/data/line_model.npz").write_bytes(learnt(pages))


if __name__ == "__main__":
    main()

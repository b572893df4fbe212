"""All scores of a run, as they stand in `scores.json`; its rows are read once and not kept.

The fields are described in `docs/evaluation.md`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpora.row import Row
from eval.bootstrap import Resampling, Sample
from eval.breakdown import article_scores, site_scores
from eval.buckets import by_length
from eval.cautions import Basis, cautions, repeats
from eval.coverage import bleu_is_blind, both_views, share
from eval.formulas import empty, values
from eval.gathering import TENTHS, Gathering, Unaligned, as_counts
from eval.metrics import Score
from eval.segments import Statistics, batched, joined, parts

THRESHOLDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RunScores:
    """What is known of the quality of a run.

    Attributes:
        coverage: share of the reference words that are aligned; None without references.
        aligned: scores of the aligned pairs alone; empty when there are none.
        adjusted: scores in which an unaligned reference counts as an empty translation.
        warnings: why to read them with care.
        details: the other entries of `scores.json`.
    """

    coverage: float | None
    aligned: tuple[Score, ...]
    adjusted: tuple[Score, ...]
    warnings: tuple[str, ...]
    details: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The scores as they stand in `scores.json`."""
        return {**self.headline(), **self.details}

    def headline(self) -> dict[str, Any]:
        """What matters most of them."""
        return {
            "coverage": None if self.coverage is None else round(self.coverage, 4),
            "aligned": [asdict(found) for found in self.aligned],
            "unaligned_counted_as_empty": [asdict(found) for found in self.adjusted],
            "warnings": list(self.warnings),
        }


def scored(
    rows: Iterable[Row],
    unaligned: Iterable[Unaligned] = (),
    *,
    sites: Mapping[str, str] | None = None,
    options: Resampling | None = None,
    workers: int = 1,
) -> RunScores:
    """Score the rows of a run, article by article in the order of the text.

    A million rows take about a gigabyte: statistics are kept, text is not.

    Args:
        rows: read once.
        unaligned: reference sentences that no row has, read once after the rows.
        sites: site of each article by its path.
        options: how to resample.
        workers: processes (see `eval.segments.statistics`).

    Raises:
        UserError: a row has a score that is no number.
    """
    options = options or Resampling()
    noted = Gathering()
    pairs = joined(list(parts(batched(noted.pairs(rows)), workers)))
    left = joined(list(parts(batched(noted.left(unaligned)), workers)))
    sample = sample_of(noted, pairs, left)
    alone, adjusted = both_views(sample, options)
    covered = share(sum(noted.aligned_words), sum(noted.left_words)) if adjusted else None
    basis = Basis(
        len(pairs),
        repeats(noted.digests.tolist()),
        noted.empty_references,
        sample.articles,
        covered,
        bleu_is_blind(pairs, left),
    )
    details = {
        "resampling": {
            **asdict(options),
            "unit": "articles" if sample.by_article else "segments",
            "articles": sample.articles,
        },
        "fidelity": noted.facts.as_json(),
        "signals": signals(noted),
        "omission_and_addition": order(noted),
        "thresholds": list(thresholds(noted, pairs, left)),
        "lengths": [asdict(bucket) for bucket in by_length(pairs, noted.reference_words)],
        "sites": list(site_scores(noted, sample, sites or {}, options)),
        "articles": list(article_scores(noted, pairs, left)),
    }
    warnings = tuple(cautions(basis)) if adjusted else ()
    return RunScores(covered, tuple(alone), tuple(adjusted), warnings, details)


def sample_of(noted: Gathering, pairs: Statistics, left: Statistics) -> Sample:
    """The pairs with their articles, articles without a reference left out."""
    renumbered = np.cumsum(noted.with_references()) - 1
    return Sample(
        pairs,
        renumbered[as_counts(noted.article_of)],
        np.array(noted.confidence, dtype=np.float64),
        left,
        renumbered[as_counts(noted.left_of)],
    )


def signals(noted: Gathering) -> Entry:
    """What can be said without references."""
    rows = max(noted.rows, 1)
    ratio = noted.english_words / noted.source_words if noted.source_words else None
    return {
        "rows": noted.rows,
        "mean_model_score": round(noted.score_sum / rows, 4),
        "words_per_source_word": None if ratio is None else round(ratio, 4),
        "share_of_odd_length": round(noted.odd / rows, 4),
        "share_empty": round(noted.empty / rows, 4),
    }


def order(noted: Gathering) -> Entry:
    """What articles add to their references and leave out, in all and by tenth of the article.

    Added are source words without a reference, of articles that have references at all; omitted
    are reference words without a sentence, of articles of the run. An omission is placed where
    the rest of its snippet stands; if nothing of the snippet is aligned, it has no place.
    """
    table = as_counts(noted.places).reshape(-1, TENTHS, 2)[noted.with_references()].sum(axis=0)
    covered = sum(noted.aligned_words)
    lost = sum(noted.lost)
    return {
        "addition": rate(table[:, 1].sum(), table[:, 0].sum()),
        "omission": rate(lost, lost + covered),
        "addition_by_tenth": [rate(alone, total) for total, alone in table.tolist()],
        "omission_by_tenth": [rate(each, lost + covered) for each in noted.lost[:TENTHS]],
        "omission_without_place": rate(noted.lost[TENTHS], lost + covered),
    }


def rate(part: float, total: float) -> float | None:
    """A share with four decimals; None of nothing."""
    return round(float(part) / float(total), 4) if total else None


def thresholds(noted: Gathering, pairs: Statistics, left: Statistics) -> Iterator[Entry]:
    """Scores of the pairs from each confidence on: leaving out what is hard raises them.

    In the adjusted scores the references of pairs below count as empty translations.
    """
    confidence = np.array(noted.confidence, dtype=np.float64)
    lengths = as_counts(noted.reference_words)
    reference_words = int(lengths.sum()) + sum(noted.left_words)
    whole, rest = pairs.sums(), left.sums()
    for least in THRESHOLDS if len(pairs) else ():
        chosen = confidence >= least
        kept = pairs.taken(chosen).sums()
        adjusted = {
            name: sums + empty(name, whole[name] - sums + rest[name]) for name, sums in kept.items()
        }
        yield {
            "confidence": least,
            "segments": int(chosen.sum()),
            "coverage": rate(int(lengths[chosen].sum()), reference_words),
            "aligned": named_values(kept) if chosen.any() else None,
            "unaligned_counted_as_empty": named_values(adjusted),
        }


def named_values(sums: Mapping[str, NDArray[np.float64]]) -> dict[str, float]:
    """The score of each metric, two decimals."""
    return {name: round(float(values(name, each)[0]), 2) for name, each in sums.items()}

"""Scores of a run by site and by article."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import Resampling, Sample, summed
from eval.coverage import both_views, share
from eval.formulas import empty, values
from eval.gathering import Gathering, as_counts
from eval.segments import Statistics

MOST_SITES = 50  # that get scores of their own; every article has its own in any case

Entry = dict[str, Any]


def site_scores(
    noted: Gathering, sample: Sample, sites: Mapping[str, str], options: Resampling
) -> Iterator[Entry]:
    """Scores of each site with intervals, that with most pairs first."""
    site_of = [sites.get(article, "") for article in noted.articles]
    article_of, left_of = as_counts(noted.article_of), as_counts(noted.left_of)
    names, numbers = np.unique(site_of, return_inverse=True)
    totals = np.bincount(numbers[article_of], minlength=len(names))
    ranked = [int(each) for each in np.argsort(-totals, kind="stable") if names[each]]
    for number in ranked[:MOST_SITES]:
        inside, beside = numbers[article_of] == number, numbers[left_of] == number
        part = part_of(sample, inside, beside)
        alone, adjusted = both_views(part, options)
        if not adjusted:
            continue
        covered = as_counts(noted.aligned_words)[numbers == number].sum()
        missed = as_counts(noted.left_words)[numbers == number].sum()
        yield {
            "site": str(names[number]),
            "articles": part.articles,
            "coverage": round(share(int(covered), int(missed)), 4),
            "aligned": [asdict(found) for found in alone],
            "unaligned_counted_as_empty": [asdict(found) for found in adjusted],
        }


def part_of(sample: Sample, inside: NDArray[np.bool_], beside: NDArray[np.bool_]) -> Sample:
    """The sample of some pairs and some unaligned references; articles are numbered anew."""
    assert sample.groups is not None and sample.unaligned_groups is not None
    assert sample.confidence is not None and sample.unaligned is not None
    groups, rest = sample.groups[inside], sample.unaligned_groups[beside]
    _, numbers = np.unique(np.concatenate([groups, rest]), return_inverse=True)
    return Sample(
        sample.statistics.taken(inside),
        numbers[: len(groups)],
        sample.confidence[inside],
        sample.unaligned.taken(beside),
        numbers[len(groups) :],
    )


def article_scores(noted: Gathering, pairs: Statistics, left: Statistics) -> Iterator[Entry]:
    """Coverage and scores of each article that has references."""
    count = len(noted.articles)
    article_of, left_of = as_counts(noted.article_of), as_counts(noted.left_of)
    alone = {name: summed(table, article_of, count) for name, table in pairs.tables.items()}
    rest = {name: summed(table, left_of, count) for name, table in left.tables.items()}
    values_alone = {name: values(name, sums) for name, sums in alone.items()}
    values_adjusted = {
        name: values(name, sums + empty(name, rest[name])) for name, sums in alone.items()
    }
    segments = np.bincount(article_of, minlength=count)
    for article, number in noted.articles.items():
        covered, missed = noted.aligned_words[number], noted.left_words[number]
        if not covered and not missed:
            continue
        yield {
            "article": article,
            "segments": int(segments[number]),
            "coverage": round(share(covered, missed), 4),
            "aligned": row(values_alone, number) if segments[number] else None,
            "unaligned_counted_as_empty": row(values_adjusted, number),
        }


def row(found: Mapping[str, NDArray[np.float64]], number: int) -> dict[str, float]:
    """The score of each metric of one article, two decimals."""
    return {name: round(float(each[number]), 2) for name, each in found.items()}

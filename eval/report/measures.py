"""Scores as the page shows them: both views of each metric, what was kept, and where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eval.formulas import FEWER_IS_BETTER
from eval.report.figure import Figure
from eval.report.run_files import Record

METRICS = ("BLEU", "chrF2++", "TER")
KIND_NAMES = {
    "number": "numbers",
    "date": "dates",
    "unit": "units",
    "name": "names",
    "quotation": "quotations",
    "negation": "negations",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A score in two views, each with its 95 % interval where it is known.

    Attributes:
        name: of the metric.
        aligned: of the aligned pairs alone, with its interval.
        adjusted: with unaligned references as empty translations, with its interval.
        signature: sacreBLEU's.
        segments: pairs that were scored.
    """

    name: str
    aligned: str
    aligned_interval: str
    adjusted: str
    adjusted_interval: str
    signature: str
    segments: str

    @property
    def direction(self) -> str:
        """What a reader hopes for."""
        return "less is better" if self.name in FEWER_IS_BETTER else "more is better"


def measures(scores: Record) -> list[Measure]:
    """The metrics of `scores.json`; entries that have no number are passed over."""
    aligned = by_metric(scores.get("aligned"))
    adjusted = by_metric(scores.get("unaligned_counted_as_empty"))
    found = []
    for name in dict.fromkeys([*aligned, *adjusted]):
        alone, both = aligned.get(name, {}), adjusted.get(name, {})
        segments = alone.get("segments")
        found.append(
            Measure(
                name=name,
                aligned=number(alone.get("value")),
                aligned_interval=interval(alone),
                adjusted=number(both.get("value")),
                adjusted_interval=interval(both),
                signature=str(alone.get("signature") or both.get("signature") or ""),
                segments=f"{segments:,}" if isinstance(segments, int) else "–",
            )
        )
    return found


def by_metric(entries: object) -> dict[str, Mapping[str, Any]]:
    """The entries of a list of scores by their metric."""
    if not isinstance(entries, list):
        return {}
    return {
        str(each["metric"]): each for each in entries if isinstance(each, dict) and "metric" in each
    }


def number(value: object) -> str:
    """A score with one decimal; a dash where there is none.

    >>> number(18.84), number(None), number(float("nan"))
    ('18.8', '–', '–')
    """
    if not isinstance(value, int | float) or value != value:
        return "–"
    return f"{value:.1f}"


def interval(entry: Record) -> str:
    """The 95 % interval of a score; nothing where it is not known.

    >>> interval({"low": 15.2, "high": 22.81}), interval({})
    ('15.2 to 22.8', '')
    """
    low, high = entry.get("low"), entry.get("high")
    return f"{number(low)} to {number(high)}" if low is not None and high is not None else ""


def score_tables(scores: Record) -> Iterator[Figure]:
    """What has no plot: what was kept of the Indonesian, scores by site, what was left out."""
    if kept := tuple(kept_facts(scores)):
        yield Figure(
            "fidelity",
            "Kept from the Indonesian",
            "Numbers, names and the like of the source that the English still has.",
            head=("What", "Kept", "Of", "Share"),
            table=kept,
        )
    sites = [each for each in scores.get("sites") or () if isinstance(each, dict)]
    if len(sites) > 1:
        yield Figure(
            "sites",
            "Scores by site",
            "Aligned pairs alone, with 95 % intervals.",
            head=("Site", "Articles", "Reference aligned", *METRICS),
            table=tuple(map(site_line, sites)),
        )
    told = scores.get("omission_and_addition") or {}
    shares = [(name, share(told.get(name))) for name in ("omission", "addition")]
    if any(value != "–" for _, value in shares):
        yield Figure(
            "omissions",
            "Left out and added",
            "Omission: reference words without a sentence of the article. Addition: words of the "
            "article, where it has references, without a reference. Partial references add a lot.",
            head=("What", "Share"),
            table=tuple(shares),
        )


def kept_facts(scores: Record) -> Iterator[tuple[str, ...]]:
    """A line for each kind of fact that the source has."""
    for kind, each in (scores.get("fidelity") or {}).items():
        if isinstance(each, dict) and each.get("total"):
            name = KIND_NAMES.get(kind, kind)
            yield name, f"{each.get('kept', 0):,}", f"{each['total']:,}", share(each.get("share"))


def site_line(site: Mapping[str, Any]) -> tuple[str, ...]:
    """Scores of a site."""
    aligned = by_metric(site.get("aligned"))
    found = []
    for name in METRICS:
        own = aligned.get(name, {})
        around = interval(own)
        found.append(number(own.get("value")) + (f" ({around})" if around else ""))
    return (
        str(site.get("site")),
        f"{site.get('articles', 0):,}",
        share(site.get("coverage")),
        *found,
    )


def share(value: object) -> str:
    """A share in percent.

    >>> share(0.917), share(None)
    ('91.7 %', '–')
    """
    return f"{100 * value:.1f} %" if isinstance(value, int | float) else "–"

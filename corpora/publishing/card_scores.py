"""The scores of a run as its dataset card tells them."""

from collections.abc import Iterator, Mapping
from typing import Any

from corpora.publishing.card import Card
from corpora.publishing.card_tables import cell, number

TITLES = {
    "aligned": "Aligned pairs alone",
    "unaligned_counted_as_empty": "With unaligned references as empty translations",
}


def scoring(card: Card) -> Iterator[str]:
    """Scores with what they mean."""
    yield "## Scores\n"
    scores = card.scores
    coverage = scores.get("coverage")
    if coverage is None:
        yield "No references were given, so nothing was scored."
        return
    yield (
        f"{100 * float(coverage):.1f} % of the reference words are aligned (coverage). Aligning by "
        "similarity and scoring what aligned rewards itself, so scores in which an unaligned "
        "reference counts as an empty translation stand beside those of the aligned pairs."
    )
    for name, title in TITLES.items():
        if rows := scores.get(name):
            yield f"\n**{title}**\n"
            yield "| metric | value | 95 % interval | segments | signature |\n|---|---|---|---|---|"
            yield from map(score_line, rows)
    if drawn := scores.get("resampling"):
        yield f"\n{resampled(drawn)}"
    if warnings := scores.get("warnings"):
        yield ""
        yield from (f"- {cell(warning)}" for warning in warnings)
    if kept := scores.get("fidelity"):
        yield "\nWhat of the Indonesian the machine English keeps:\n"
        yield "| | kept | of | share |\n|---|---|---|---|"
        yield from (kept_line(str(kind), counts) for kind, counts in kept.items())


def score_line(row: Mapping[str, Any]) -> str:
    """One score as a line of a table."""
    low, high = row.get("low"), row.get("high")
    between = f"{number(low)} to {number(high)}" if low is not None else "-"
    signature = f"`{cell(row['signature'])}`" if row.get("signature") else "-"
    value, segments = number(row.get("value", "-")), row.get("segments", "-")
    return f"| {cell(row['metric'])} | {value} | {between} | {segments} | {signature} |"


def resampled(drawn: Mapping[str, Any]) -> str:
    """How the intervals were drawn.

    >>> resampled({"resamples": 1000, "seed": 12345, "unit": "articles", "articles": 8})
    'Intervals: 1,000 resamples of articles, seed 12345.'
    """
    return (
        f"Intervals: {int(drawn.get('resamples', 0)):,} resamples of {drawn.get('unit', 'rows')}, "
        f"seed {drawn.get('seed')}."
    )


def kept_line(kind: str, counts: Mapping[str, Any]) -> str:
    """How much of one kind is kept, as a line of a table.

    >>> kept_line("name", {"kept": 97, "total": 100})
    '| names | 97 | 100 | 97.0 % |'
    """
    kept, total = int(counts["kept"]), int(counts["total"])
    share = f"{100 * kept / total:.1f} %" if total else "-"
    return f"| {kind}s | {kept:,} | {total:,} | {share} |"

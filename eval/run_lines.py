"""The scores of a run as lines for people, made from what `scores.json` holds."""

from collections.abc import Iterator, Mapping
from typing import Any

VIEWS = (
    ("aligned", "aligned pairs alone"),
    ("unaligned_counted_as_empty", "unaligned references as empty"),
    ("external", "other programs, aligned pairs alone"),
)


def lines(scores: Mapping[str, Any]) -> Iterator[str]:
    """Yield lines with tabs: metric, value, signature, interval, how that was made.

    >>> list(lines({"coverage": None}))
    ['no references: nothing was scored']
    """
    if scores.get("coverage") is None:
        yield "no references: nothing was scored"
    else:
        yield f"{100 * scores['coverage']:.1f} % of the reference words aligned"
    for view, title in VIEWS:
        for number, each in enumerate(scores.get(view) or ()):
            if not number:
                yield f"{title} ({each.get('segments', 0):,} segments)"
            yield line_of(each)
    if back := scores.get("round_trip"):
        yield f"round trip {back['metric']}\t{back['value']:.2f}"
    for kind, each in (scores.get("fidelity") or {}).items():
        if each.get("total"):
            yield f"{kind} kept\t{100 * each['share']:.2f}\t{each['kept']} of {each['total']}"
    order = scores.get("omission_and_addition") or {}
    for name in ("omission", "addition"):
        if order.get(name) is not None:
            yield f"{name} (share of words)\t{100 * order[name]:.2f}"


def line_of(each: Mapping[str, Any]) -> str:
    """One score."""
    cells = [each["metric"], f"{each['value']:.2f}", each.get("signature", "")]
    if each.get("low") is not None:
        cells += [f"[{each['low']:.2f}, {each['high']:.2f}]", each.get("resampling", "")]
    return "\t".join(cells)

"""How scores move when doubtful alignments are dropped: leaving out what is hard raises them."""

from collections.abc import Sequence
from statistics import mean

from eval.report.figure import Figure
from eval.report.plots import Line, lines
from eval.report.run_files import Record
from eval.report.tally import Scored

THRESHOLDS = tuple(step / 10 for step in range(10))
CONFIDENCE_TITLE = "Score against alignment confidence"


def scores_by_confidence(scores: Record) -> Figure | None:
    """The corpus scores of the pairs from each confidence on, as `scores.json` has them."""
    found = [
        each
        for each in scores.get("thresholds") or ()
        if isinstance(each, dict) and each.get("aligned") and "confidence" in each
    ]
    if len(found) < 2:
        return None
    names = tuple(found[0]["aligned"])
    first, last = found[0], found[-1]
    main = "chrF2++" if "chrF2++" in names else names[0]
    return Figure(
        "confidence",
        CONFIDENCE_TITLE,
        f"Leaving out doubtful pairs moves {main} from {first['aligned'][main]:.1f} to "
        f"{last['aligned'][main]:.1f} at confidence {last['confidence']:g}, where "
        f"{100 * (last.get('coverage') or 0):.0f} % of the reference words are left.",
        lines(
            [
                Line(
                    "reference words, %",
                    [(each["confidence"], 100 * (each.get("coverage") or 0)) for each in found],
                ),
                *(
                    Line(name, [(each["confidence"], each["aligned"][name]) for each in found])
                    for name in names
                    if name in ("chrF2++", "BLEU")
                ),
            ],
            (0, 100),
            "least alignment confidence",
            "",
        ),
        ("Least confidence", "Pairs", "Reference words", *names),
        tuple(
            (
                f"{each['confidence']:g}",
                f"{each.get('segments', 0):,}",
                f"{100 * (each.get('coverage') or 0):.1f} %",
                *(f"{each['aligned'][name]:.1f}" for name in names),
            )
            for each in found
        ),
    )


def row_score_by_confidence(scored: Sequence[Scored]) -> Figure:
    """Mean score of the rows that are left when doubtful alignments are dropped."""
    title = CONFIDENCE_TITLE
    if not scored:
        return Figure("confidence", title, "No row has a reference to be scored against.")
    rows = []
    for least in THRESHOLDS:
        kept = [each.score for each in scored if each.confidence >= least]
        if kept:
            rows.append((least, mean(kept), 100 * len(kept) / len(scored), len(kept)))
    first, last = rows[0], rows[-1]
    return Figure(
        "confidence",
        title,
        f"Dropping doubtful pairs changes the mean chrF++ from {first[1]:.1f} to {last[1]:.1f} at "
        f"confidence {last[0]:.1f}, where {last[2]:.0f} % of the pairs are left.",
        lines(
            [
                Line("pairs left, %", [(row[0], row[2]) for row in rows]),
                Line("mean chrF++", [(row[0], row[1]) for row in rows]),
            ],
            (0, 100),
            "least alignment confidence",
            "",
        ),
        ("Least confidence", "Pairs", "Pairs left", "Mean chrF++"),
        tuple(
            (f"{least:.1f}", f"{count:,}", f"{left:.1f} %", f"{score:.1f}")
            for least, score, left, count in rows
        ),
    )

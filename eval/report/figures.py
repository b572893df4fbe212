"""The figures of the page: each a plot, the same in words, and the same as a table."""

from collections.abc import Sequence
from statistics import quantiles

from eval.report.columns import scaled
from eval.report.confidence_curve import row_score_by_confidence, scores_by_confidence
from eval.report.figure import Figure
from eval.report.plots import Box, Line, bars, boxes, columns, lines
from eval.report.run_files import Record
from eval.report.tally import Scored, Tally
from eval.report.wording import counted

SCORE_STEP = 5
LENGTHS = ((1, 10), (11, 20), (21, 30), (31, 40), (41, 0))  # words; 0: no upper end
MOST_BARS = 10


def figures(tally: Tally, run: Record, scores: Record) -> tuple[Figure, ...]:
    """All figures of a page, those with nothing to draw last."""
    found = (
        score_distribution(tally.scored),
        score_by_length(tally.scored),
        scores_by_confidence(scores) or row_score_by_confidence(tally.scored),
        coverage_by_article(tally),
        rejections(tally),
        speed(run),
    )
    return tuple(sorted((figure for figure in found if figure), key=lambda each: not each.plot))


def score_distribution(scored: Sequence[Scored]) -> Figure:
    """How many rows have which score."""
    title = "How the rows score"
    if not scored:
        return Figure("distribution", title, "No row has a reference to be scored against.")
    edges = list(range(0, 100 + SCORE_STEP, SCORE_STEP))
    counts = [0] * (len(edges) - 1)
    for each in scored:
        tenths = scaled(each.score, 10)  # by which the rows behind the links are filtered
        counts[min(tenths // (10 * SCORE_STEP), len(counts) - 1)] += 1
    low, middle, high = quartiles([each.score for each in scored])
    return Figure(
        "distribution",
        title,
        f"chrF++ of {counted(len(scored), 'row')} with a reference: half of them between "
        f"{low:.0f} and {high:.0f}, the median at {middle:.0f}.",
        columns(edges, counts, "chrF++ of the row", "rows"),
        ("chrF++", "Rows"),
        tuple(
            (f"{edge} to {edge + SCORE_STEP}", f"{count:,}")
            for edge, count in zip(edges, counts, strict=False)
        ),
        tuple(f"#rows?min={edge}&max={edge + SCORE_STEP}" for edge in edges[:-1]),
    )


def score_by_length(scored: Sequence[Scored]) -> Figure:
    """Quartiles of the score by the length of the Indonesian."""
    title = "Score by length"
    if not scored:
        return Figure("lengths", title, "No row has a reference to be scored against.")
    found = []
    for low, high in LENGTHS:
        own = [each.score for each in scored if low <= each.words <= (high or each.words)]
        if own:
            label = f"{low}–{high}" if high else f"over {low - 1}"
            found.append(Box(label, *quartiles(own), len(own)))
    best = max(found, key=lambda box: box.middle)
    return Figure(
        "lengths",
        title,
        "Boxes hold the middle half of the rows, the line is the median. Rows of "
        f"{best.label} words score best (median {best.middle:.0f}).",
        boxes(found, (0, 100), "words of the Indonesian", "chrF++"),
        ("Words", "Rows", "Lower quartile", "Median", "Upper quartile"),
        tuple(
            (box.label, f"{box.count:,}", f"{box.low:.1f}", f"{box.middle:.1f}", f"{box.high:.1f}")
            for box in found
        ),
    )


def coverage_by_article(tally: Tally) -> Figure:
    """How much of the references of each article is aligned."""
    title = "Alignment coverage by article"
    found = sorted(
        ((each.path, 100 * each.coverage) for each in tally.articles if each.coverage is not None),
        key=lambda entry: entry[1],
    )
    if not found:
        return Figure("coverage", title, "No article has references.")
    words = (
        f"Share of the reference words that are aligned: {found[0][1]:.0f} % in the least covered "
        f"of {counted(len(found), 'article')}, {found[-1][1]:.0f} % in the best."
    )
    if len(found) <= MOST_BARS:
        plot = bars(found, full=100, unit=" %")
    else:
        edges = list(range(0, 101, 10))
        counts = [0] * 10
        for _, share in found:
            counts[min(int(share // 10), 9)] += 1
        plot = columns(edges, counts, "% of the reference words aligned", "articles")
    table = found[:100]
    if len(found) > len(table):
        words += f" The table has the {len(table)} least covered."
    return Figure(
        "coverage",
        title,
        words,
        plot,
        ("Article", "Reference words aligned"),
        tuple((path, f"{share:.1f} %") for path, share in table),
    )


def rejections(tally: Tally) -> Figure:
    """Which rules dropped how many lines."""
    title = "Why lines were dropped"
    found = tally.rejected.most_common()
    if not found:
        return Figure("rejections", title, "No line was dropped.")
    shown = [(rule, float(count)) for (_, rule), count in found[:MOST_BARS]]
    if rest := sum(count for _, count in found[MOST_BARS:]):
        shown.append((f"{len(found) - MOST_BARS} other rules", float(rest)))
    (label, rule), most = found[0]
    return Figure(
        "rejections",
        title,
        f"{counted(tally.rejected.total(), 'line')} by {counted(len(found), 'rule')}; "
        f"the rule {rule} ({label}) dropped {most:,} of them.",
        bars(shown),
        ("Label", "Rule", "Lines"),
        tuple((label, rule, f"{count:,}") for (label, rule), count in found),
    )


def speed(run: Record) -> Figure | None:
    """Words a second in the course of the run; None where it recorded only the whole."""
    title = "Speed"
    timings = run.get("timings") or {}
    overall = timings.get("words_per_second")
    said = f"{overall:,.0f} words a second overall" if overall else "Not recorded"
    points = [
        (float(each["seconds"]), float(each["words_per_second"]))
        for each in timings.get("series") or ()
        if isinstance(each, dict) and {"seconds", "words_per_second"} <= each.keys()
    ]
    if len(points) < 2:
        return None
    top = max(value for _, value in points)
    return Figure(
        "speed",
        title,
        f"{said}; between {min(value for _, value in points):,.0f} and {top:,.0f} on the way.",
        lines([Line("", points)], (0, top or 1), "seconds since the start", "words a second"),
        ("Second", "Words a second"),
        tuple((f"{at:,.1f}", f"{value:,.0f}") for at, value in points),
    )


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The quartiles; of one value it is all three.

    >>> quartiles([1.0, 2.0, 3.0])
    (1.5, 2.0, 2.5)
    """
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return low, middle, high

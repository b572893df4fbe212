"""A comparison of systems as tables for people."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from eval.buckets import Bucket
from eval.comparison import Comparison, Segment, System
from eval.formulas import FEWER_IS_BETTER
from eval.metrics import Score
from eval.tables import Table

SHOWN = ("BLEU", "chrF2++")  # of each length bucket


def tables(comparison: Comparison) -> Iterator[Table]:
    """Yield everything there is to show, the most important first."""
    yield scores_table(comparison)
    if any(system.adjusted for system in comparison.systems):
        yield adjusted_table(comparison)
    yield differences_table(comparison)
    if any(system.facts.total for system in comparison.systems):
        yield facts_table(comparison.systems)
        yield fates_table(comparison.systems)
    yield lengths_table(comparison.systems)
    yield frequencies_table(comparison.systems)
    for segment in comparison.segments:
        yield segment_table(segment, comparison.systems)


def scores_table(comparison: Comparison) -> Table:
    """Scores with intervals, and stars for what differs from the first system."""
    first = comparison.systems[0]
    rows = []
    for number, system in enumerate(comparison.systems):
        cells = [f"{number + 1}. {system.name}"]
        for score in system.aligned:
            sure = comparison.difference(score.metric, 0, number).stars if number else ""
            cells.append(f"{with_interval(score)}{f' {sure}' if sure else ''}")
        rows.append(cells)
    covered = ""
    if comparison.coverage is not None:
        covered = f", {100 * comparison.coverage:.0f} % of the reference words"
    title = f"Scores of {comparison.count:,} segments{covered} (95 % intervals)"
    count = len(comparison.systems) * (len(comparison.systems) - 1) // 2
    holm = f", Holm-corrected for {count} pairs of systems" if count > 1 else ""
    notes = [
        f"* p < .05, ** p < .01, *** p < .001 against {first.name}, by paired bootstrap and paired "
        f"approximate randomisation alike{holm}",
        *(
            f"{score.metric}: {'|'.join(filter(None, (score.signature, score.resampling)))}"
            for score in first.aligned
        ),
        *(f"note: {warning}" for warning in comparison.warnings),
    ]
    return Table(title, ["system", *map(heading, first.aligned)], rows, notes)


def adjusted_table(comparison: Comparison) -> Table:
    """Scores in which references that are no pair count as empty translations."""
    systems = comparison.systems
    rows = [[system.name, *map(with_interval, system.adjusted)] for system in systems]
    title = "The same with unaligned references as empty translations"
    return Table(title, ["system", *map(heading, systems[0].adjusted)], rows)


def differences_table(comparison: Comparison) -> Table:
    """Every pair of systems on every metric: `a → b` is what `b` has more than `a`."""
    names = [system.name for system in comparison.systems]
    rows = [
        [
            each.metric,
            f"{names[each.first]} → {names[each.second]}",
            f"{each.value:+.2f}",
            f"{each.low:+.2f} to {each.high:+.2f}",
            probability(each.bootstrap),
            probability(each.randomisation),
            each.stars,
        ]
        for each in comparison.differences
    ]
    header = ["metric", "systems", "second less first", "95 %", "p bootstrap", "p random", ""]
    return Table("Differences", header, rows)


def facts_table(systems: Sequence[System]) -> Table:
    """What of the facts of the source each system keeps."""
    kinds = [kind for kind, (_, total) in systems[0].facts.by_kind.items() if total]
    rows = [
        [system.name, *(kept(*system.facts.by_kind.get(kind, (0, 0))) for kind in kinds)]
        for system in systems
    ]
    return Table("Facts of the source that are kept", ["system", *kinds], rows)


def fates_table(systems: Sequence[System]) -> Table:
    """Scores of segments that keep all facts, and of those that do not."""
    return buckets_table(
        "By facts kept (segments, chrF2++)",
        systems,
        [system.fates for system in systems],
        lambda bucket: f"{bucket.segments:,}  {bucket.scores['chrF2++']:.1f}",
    )


def lengths_table(systems: Sequence[System]) -> Table:
    """Scores by length of the reference."""
    found = systems[0].lengths
    return buckets_table(
        f"By words of the reference ({' / '.join(SHOWN)})",
        systems,
        [system.lengths for system in systems],
        lambda bucket: " / ".join(f"{bucket.scores[name]:.1f}" for name in SHOWN),
        {bucket.name: f"{bucket.name} ({bucket.segments:,})" for bucket in found},
    )


def buckets_table(
    title: str,
    systems: Sequence[System],
    buckets: Sequence[Sequence[Bucket]],
    cell: Callable[[Bucket], str],
    labels: Mapping[str, str] | None = None,
) -> Table:
    """A row for each bucket, a column for each system."""
    names = dict.fromkeys(bucket.name for own in buckets for bucket in own)
    by_name = [{bucket.name: bucket for bucket in own} for own in buckets]
    rows = [
        [
            (labels or {}).get(name, name),
            *(cell(own[name]) if name in own else "-" for own in by_name),
        ]
        for name in names
    ]
    return Table(title, ["", *(system.name for system in systems)], rows)


def frequencies_table(systems: Sequence[System]) -> Table:
    """F1 of words by how often they stand in the references."""
    counts = {each.name: each.words for system in systems for each in system.frequencies}
    by_name = [{each.name: each.f1 for each in system.frequencies} for system in systems]
    rows = [
        [f"{name} ({words:,} words)", *(percent(own.get(name)) for own in by_name)]
        for name, words in counts.items()
        if words
    ]
    title = "F1 of words by how often they stand in the references"
    return Table(title, ["times", *(system.name for system in systems)], rows)


def segment_table(segment: Segment, systems: Sequence[System]) -> Table:
    """One segment with what each system made of it."""
    rows = [["source", "", segment.source]] if segment.source else []
    rows += [["reference", "", reference] for reference in segment.references]
    for system, english, score in zip(systems, segment.hypotheses, segment.scores, strict=True):
        rows.append([system.name, f"{score:.1f}", english])
    return Table(f"Differs most: {segment.place}", ["", "chrF2++", "text"], rows, wordy=True)


def heading(score: Score) -> str:
    """The name of a metric, with an arrow to where it is better."""
    return f"{score.metric} {'↓' if score.metric in FEWER_IS_BETTER else '↑'}"


def with_interval(score: Score) -> str:
    """A score with its interval.

    >>> with_interval(Score("BLEU", 18.842, "", 5, 15.44, 21.99))
    '18.84 (15.4-22.0)'
    """
    if score.low is None or score.high is None:
        return f"{score.value:.2f}"
    return f"{score.value:.2f} ({score.low:.1f}-{score.high:.1f})"


def probability(p: float) -> str:
    """A probability with three digits.

    >>> probability(0.00003), probability(0.25)
    ('<.001', '.250')
    """
    if p >= 0.9995:
        return "1"
    return f"{p:.3f}".removeprefix("0") if p >= 0.001 else "<.001"


def percent(value: float | None) -> str:
    """A share of 100 with one decimal; a dash where there is none."""
    return "-" if value is None else f"{value:.1f}"


def kept(count: int, total: int) -> str:
    """A share with what it is of.

    >>> kept(3, 4), kept(0, 0)
    ('75.0 % of 4', '-')
    """
    return f"{100 * count / total:.1f} % of {total:,}" if total else "-"

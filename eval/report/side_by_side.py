"""Several runs on the same passages: their scores, and whether they differ by more than chance.

The numbers are those of `selaras compare` on the same runs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpora.errors import UserError
from eval.comparison import Comparison, System, compare
from eval.metrics import Score
from eval.report.figure import Figure
from eval.report.measures import KIND_NAMES, share
from eval.report.overview import Number, Suspect
from eval.report.run_files import RunFiles
from eval.shared_alignment import contest_of_runs
from eval.significance import Difference

WORDS = (
    "On the {pairs:,} passages of one alignment that is made for all runs alike. Stars: it differs "
    "from the first run, * p < .05, ** p < .01, *** p < .001."
)
ADJUSTED = "References that are no pair for all runs count as empty translations of each."
KEPT = "Numbers, names and the like of the Indonesian of these passages that the English has."
MEANING = (
    "Paired bootstrap and paired approximate randomisation over whole articles; p is corrected "
    "by Holm's method, and stars go by the larger of the two."
)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What the first screen of a page over several runs says of them.

    Attributes:
        numbers: the few that matter.
        suspects: why to read them with care.
        tables: scores and differences.
    """

    numbers: tuple[Number, ...]
    suspects: tuple[Suspect, ...]
    tables: tuple[Figure, ...]


def side_by_side(runs: Sequence[RunFiles], names: Sequence[str]) -> SideBySide:
    """Compare runs; where nothing can be compared that is said instead.

    Args:
        runs: of the same articles.
        names: one for each.
    """
    try:
        found = compare(contest_of_runs([run.path for run in runs]))
    except UserError as error:
        said = f"Nothing can be compared: {error}."
        return SideBySide((), (), (Figure("systems", "Runs side by side", said),))
    care = "; ".join(found.warnings)
    return SideBySide(
        tuple(
            Number(f"{score.value:.1f}", f"{score.metric}, {name}", around(score), "#systems")
            for name, system in zip(names, found.systems, strict=True)
            for score in system.aligned
            if score.metric == "chrF2++"
        ),
        (Suspect("Scores to be read with care", care, "#systems"),) if care else (),
        tuple(tables(found, names)),
    )


def tables(found: Comparison, names: Sequence[str]) -> Iterator[Figure]:
    """Scores, scores with the rest as empty, differences, and what was kept."""
    stars = {(each.metric, each.second): each.stars for each in found.differences if not each.first}
    metrics = tuple(f"{score.metric} (95 %)" for score in found.systems[0].aligned)
    yield Figure(
        "systems",
        "Runs side by side",
        WORDS.format(pairs=found.count),
        head=("Run", *metrics),
        table=tuple(
            (
                name,
                *(
                    f"{score.value:.2f}{stars.get((score.metric, run), '')} ({around(score)})"
                    for score in system.aligned
                ),
            )
            for run, (name, system) in enumerate(zip(names, found.systems, strict=True))
        ),
    )
    yield differences(found.differences, names)
    if found.systems[0].adjusted:
        yield Figure(
            "adjusted",
            "With all other references as empty",
            ADJUSTED,
            head=("Run", *metrics),
            table=tuple(
                (name, *(f"{score.value:.2f} ({around(score)})" for score in system.adjusted))
                for name, system in zip(names, found.systems, strict=True)
            ),
        )
    if kinds := [kind for kind, (_, total) in found.systems[0].facts.by_kind.items() if total]:
        yield Figure(
            "fidelity",
            "Kept from the Indonesian",
            KEPT,
            head=("Run", *(KIND_NAMES.get(kind, kind) for kind in kinds)),
            table=tuple(
                (name, *kept(system, kinds))
                for name, system in zip(names, found.systems, strict=True)
            ),
        )


def differences(found: Sequence[Difference], names: Sequence[str]) -> Figure:
    """A line for each pair of runs and metric."""
    return Figure(
        "differences",
        "Differences",
        MEANING,
        head=("Runs", "Metric", "Difference", "95 %", "p, bootstrap", "p, randomisation", "Second"),
        table=tuple(
            (
                f"{names[each.first]} → {names[each.second]}",
                each.metric,
                f"{each.value:+.2f}",
                f"{each.low:+.2f} to {each.high:+.2f}",
                probability(each.bootstrap),
                probability(each.randomisation),
                verdict(each),
            )
            for each in found
        ),
    )


def kept(system: System, kinds: Sequence[str]) -> Iterator[str]:
    """The share of each kind of fact that a run keeps."""
    for kind in kinds:
        own, total = system.facts.by_kind.get(kind, (0, 0))
        yield share(own / total if total else None)


def verdict(difference: Difference) -> str:
    """In words, with its stars."""
    if not difference.stars:
        return "may be chance"
    return f"{'better' if difference.better else 'worse'} {difference.stars}"


def around(score: Score) -> str:
    """The interval of a score."""
    if score.low is None or score.high is None:
        return "no interval"
    return f"{score.low:.1f} to {score.high:.1f}"


def probability(value: float) -> str:
    """A probability that is never said to be nothing.

    >>> probability(0.0321), probability(0.0001)
    ('0.032', '< 0.001')
    """
    return "< 0.001" if value < 0.001 else f"{value:.3f}"

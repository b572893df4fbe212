"""What is said of a row: its score, and which numbers and names its English has lost."""

from collections.abc import Sequence

from eval.report.passages import Passage, Version

# Flags that findings explain; other rows are not searched, for that takes a millisecond each.
EXPLAINED = frozenset(
    {
        "numbers-differ",
        "dates-differ",
        "units-differ",
        "names-lost",
        "quotation-lost",
        "negation-differs",
    }
)


def row_scores(found: Sequence[Passage]) -> list[list[float | None]]:
    """ChrF++ (Popović 2017) of each version of each row, 0 to 100; None without a reference.

    Of the metrics it is the one that tells single rows apart.
    """
    from eval.formulas import chrf
    from eval.segments import batched, chrf_table

    scores: list[list[float | None]] = [[None] * len(passage.versions) for passage in found]
    pairs = [
        (row, run, version.text, passage.reference)
        for row, passage in enumerate(found)
        for run, version in enumerate(passage.versions)
        if version and passage.reference
    ]
    for some in batched(pairs):  # an article may have more than can be counted at once
        table = chrf_table([pair[2] for pair in some], [pair[3] for pair in some])
        for (row, run, _, _), score in zip(some, chrf(table.astype(float)), strict=True):
            scores[row][run] = float(score)
    return scores


def findings_of(source: str, version: Version) -> list[list[str]] | int:
    """Kind, Indonesian and English of what differs in a row; 0 for nothing, which packs smaller."""
    from corpora.fidelity.findings import findings

    if EXPLAINED.isdisjoint(version.flags):
        return 0
    return [[each.kind, each.text, each.got] for each in findings(source, version.text)] or 0

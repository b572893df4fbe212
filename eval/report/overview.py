"""The first screen of the page: what was done, the numbers that matter, what is suspect."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.report.measures import measures
from eval.report.run_files import Record
from eval.report.tally import Tally
from eval.report.wording import counted, duration, moment, plural

LITTLE_COVERAGE = 0.5
DIGEST_CHARACTERS = len("sha256:") + 16  # as many as tell runs apart; run.json has all


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the first screen.

    Attributes:
        value: as it is shown.
        name: what it counts.
        note: what belongs to it, such as its interval.
        link: where its rows are on the page, or nothing.
    """

    value: str
    name: str
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something to look at before the run is trusted.

    Attributes:
        what: in a few words.
        why: in a sentence.
        link: where it is on the page, or nothing.
        each: the things themselves, where they stand nowhere else.
    """

    what: str
    why: str
    link: str = ""
    each: tuple[str, ...] = ()


def numbers(tally: Tally, run: Record, scores: Record) -> list[Number]:
    """The few numbers that matter."""
    counts, timings = run.get("counts") or {}, run.get("timings") or {}
    failed = int(counts.get("failed") or 0)
    found = [
        Number(
            f"{len(tally.articles):,}",
            plural(len(tally.articles), "article"),
            f"{failed:,} could not be read" if failed else "all of them read" if counts else "",
            "#articles",
        ),
        Number(
            f"{tally.rows:,}",
            plural(tally.rows, "row"),
            f"{tally.aligned:,} with a reference",
            "#rows",
        ),
    ]
    for each in measures(scores):
        value, around = each.aligned, each.aligned_interval
        if value == "–":
            value, around = each.adjusted, each.adjusted_interval
        note = f"95 %: {around}" if around else each.direction
        found.append(Number(value, each.name, note, "#scores"))
    if isinstance(coverage := scores.get("coverage"), int | float):
        found.append(
            Number(
                f"{100 * coverage:.0f} %", "of the reference words", "aligned", "#coverage-figure"
            )
        )
    numbers_kept = (scores.get("fidelity") or {}).get("number") or {}
    if numbers_kept.get("total"):
        of = f"{numbers_kept.get('kept', 0):,} of {numbers_kept['total']:,} in the Indonesian"
        kept = numbers_kept.get("kept", 0) / numbers_kept["total"]
        found.append(Number(f"{100 * kept:.1f} %", "of the numbers kept", of, "#fidelity"))
    share = f"{100 * tally.flagged / tally.rows:.0f} % of the rows" if tally.rows else ""
    flagged = f"{plural(tally.flagged, 'row')} flagged"
    found.append(Number(f"{tally.flagged:,}", flagged, share, "#rows?flag=any"))
    dropped = tally.rejected.total()
    name = f"{plural(dropped, 'line')} dropped"
    found.append(Number(f"{dropped:,}", name, "each with its rule", "#rejected"))
    if isinstance(pace := timings.get("words_per_second"), int | float):
        took = timings.get("seconds")
        note = f"{duration(took)} in all" if isinstance(took, int | float) else ""
        found.append(Number(f"{pace:,.0f}", "words a second", note))
    return found


def suspects(
    tally: Tally, run: Record, scores: Record, flags: Mapping[str, str]
) -> Iterator[Suspect]:
    """What is to be looked at, the gravest first."""
    failures = [str(each.get("reason")) for each in run.get("failures") or ()]
    if failures:
        yield Suspect(
            f"{counted(len(failures), 'input')} not read",
            "Nothing of them is here.",
            each=tuple(failures),
        )
    if warnings := [str(warning) for warning in scores.get("warnings") or ()]:
        yield Suspect("Scores to be read with care", "; ".join(warnings), "#scores")
    for name, count in tally.flags.most_common():
        yield Suspect(f"{name}: {counted(count, 'row')}", flags.get(name, ""), f"#rows?flag={name}")
    little = [
        each
        for each in tally.articles
        if each.coverage is not None and each.coverage < LITTLE_COVERAGE
    ]
    if little:
        yield Suspect(
            f"{counted(len(little), 'article')} with little in common with the references",
            "Less than half of the reference words are aligned: it may be the wrong reference.",
            "#articles?sort=coverage",
        )
    lost = [str(name) for name in run.get("references_without_article") or ()]
    if lost:
        yield Suspect(
            f"{counted(len(lost), 'reference')} without an article",
            "No article of the run has their name.",
            each=tuple(lost),
        )
    bare = sum(each.rows == 0 for each in tally.articles)
    if bare:
        yield Suspect(
            f"{counted(bare, 'article')} without a row",
            "All of their lines were dropped.",
            "#articles?sort=rows",
        )


def done(run: Record) -> list[tuple[str, str]]:
    """What was done with what, as names and values; what is not known is left out."""
    settings = run.get("settings") or {}
    versions = run.get("versions") or {}
    found = {
        "Model": " ".join(filter(None, (text(settings, "model"), text(settings, "revision")))),
        "Licence of the model": text(run, "licence"),
        "Engine": ", ".join(
            filter(
                None,
                (text(settings, "engine"), text(settings, "compute_type"), text(run, "device")),
            )
        ),
        "Beam": text(settings, "beam"),
        "Finished": moment(text(run, "finished")),
        "Selaras": text(versions, "selaras"),
        "Input": text(run, "input")[:DIGEST_CHARACTERS],
    }
    return [(name, value) for name, value in found.items() if value]


def text(record: Record, name: str) -> str:
    """What a record says, as text; nothing where it says nothing."""
    value = record.get(name) if isinstance(record, Mapping) else None
    return "" if value is None else str(value)


def title_of(runs: Sequence[str]) -> str:
    """The title of a page over runs of these names."""
    return " and ".join([", ".join(runs[:-1]), runs[-1]] if len(runs) > 1 else runs)

"""The page as HTML: a frame that paints at once, and packed blocks that its script unpacks."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpora.files import write_text
from corpora.flags import FLAGS
from eval.report.blocks import Placement, placed, remove_others, write_beside
from eval.report.contents import Contents, gathered
from eval.report.figure import Figure
from eval.report.figures import figures
from eval.report.measures import Measure, measures, score_tables
from eval.report.overview import Number, Suspect, done, numbers, suspects, title_of
from eval.report.run_files import RunFiles
from eval.report.visible import visible

STYLES = ("base.css", "overview.css", "browser.css", "contrast.css")
SCRIPTS = (
    "dom.js",
    "data.js",
    "text.js",
    "row.js",
    "rows.js",
    "links.js",
    "articles.js",
    "rejected.js",
    "main.js",
)


SAID_OF_RUNS = ("Model", "Licence of the model", "Engine", "Finished")


@dataclass(frozen=True, slots=True)
class Page:
    """What the frame of the page shows.

    Attributes:
        title: name of the run, or of the runs.
        systems: names of the runs, as their columns are called.
        done: what was done with what.
        numbers: the few that matter.
        measures: scores in full.
        suspects: what to look at.
        figures: plots with their tables.
        tables: what has no plot, such as how the runs compare.
    """

    title: str
    systems: Sequence[str]
    done: Sequence[tuple[str, str]]
    numbers: Sequence[Number]
    measures: Sequence[Measure]
    suspects: Sequence[Suspect]
    figures: Sequence[Figure]
    tables: Sequence[Figure] = ()


def write_report(path: Path, *runs: RunFiles) -> None:
    """Write the page of a run, or of several side by side.

    Blocks that do not fit into the page go into a folder of its name.

    Raises:
        UserError: a run folder is not whole.
    """
    for run in runs:
        run.check()
    contents = gathered(runs, names_of(runs))
    page = page_of(runs[0], contents) if len(runs) == 1 else page_of_several(runs, contents)
    write_page(path, page, contents.packed_blocks(FLAGS))


def names_of(runs: Sequence[RunFiles]) -> list[str]:
    """A name for each run: that of its folder, numbered where two are called the same."""
    names = [run.path.resolve().name for run in runs]
    return [
        name if names.count(name) == 1 else f"{name} ({number})"
        for number, name in enumerate(names, 1)
    ]


def write_page(path: Path, page: Page, blocks: Sequence[str]) -> None:
    """Write frame and blocks: what stands beside first, so that the page never lacks it."""
    frame = len(render(page, Placement((), ())).encode())
    placement = placed(blocks, frame)
    beside = path.with_suffix("")
    write_beside(beside, placement, blocks)
    write_text(path, render(page, placement, beside.name))
    remove_others(beside, placement)


def page_of(run: RunFiles, contents: Contents) -> Page:
    """What the frame shows of one run."""
    record, scores, tally = run.run(), run.scores(), contents.tally
    return Page(
        title=run.path.resolve().name,
        systems=contents.systems,
        done=done(record),
        numbers=numbers(tally, record, scores),
        measures=measures(scores),
        suspects=list(suspects(tally, record, scores, FLAGS)),
        figures=figures(tally, record, scores),
        tables=tuple(score_tables(scores)),
    )


def page_of_several(runs: Sequence[RunFiles], contents: Contents) -> Page:
    """What the frame shows of runs side by side; figures are those of the first."""
    from eval.report.side_by_side import side_by_side

    tally, systems = contents.tally, contents.systems
    compared = side_by_side(runs, systems)
    counts = numbers(tally, {}, {})
    return Page(
        title=title_of(systems),
        systems=systems,
        done=[
            (name, ", ".join(value for what, value in done(run.run()) if what in SAID_OF_RUNS))
            for name, run in zip(systems, runs, strict=True)
        ],
        numbers=[*counts[:2], *compared.numbers, *counts[2:]],
        measures=[],
        suspects=[*compared.suspects, *suspects(tally, {}, {}, FLAGS)],
        figures=figures(tally, {}, {}),
        tables=compared.tables,
    )


def render(page: Page, placement: Placement, folder: str = "") -> str:
    """The page as HTML; every text in it is escaped, and what hides in it is visible."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("eval"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    style, script = joined(STYLES), joined(SCRIPTS)
    return environment.get_template("report.html").render(
        page=page,
        placement=placement,
        folder=folder,
        style=marked(style),
        script=marked(script),
        policy=policy(style, script, beside=bool(placement.beside)),
        marked=marked,
    )


def policy(style: str, script: str, *, beside: bool) -> str:
    """The Content-Security-Policy: this style and this script by their digests, and nothing else.

    `strict-dynamic` lets this script, and nothing in the data, load the blocks beside the page; a
    page without such blocks forbids that too. No address works for pages opened from the disk.
    """
    dynamic = " 'strict-dynamic'" if beside else ""
    return (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'{dynamic}; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """The digest by which a policy knows a text (Content Security Policy 3, section 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def joined(names: Sequence[str]) -> str:
    """The files of the frame that have these names, one after the other."""
    folder = files("eval") / "templates"
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


def shown(value: Any) -> Any:
    """Text as a reader can see it; markup of our own as it is."""
    from markupsafe import Markup

    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def marked(text: str) -> Any:
    """Markup of our own, which is not to be escaped."""
    from markupsafe import Markup

    return Markup(text)

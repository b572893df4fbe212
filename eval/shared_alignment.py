"""Runs over the same articles as one contest, on one alignment that favours none of them.

An alignment made with the English of one system favours it by about a point of chrF. Here the
sentences that all runs have are aligned anew, with the sum of all systems' English as the pivot
(`corpora.linking.common_links`). Other references, also those that no article has, count as
unaligned, for all systems alike.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from corpora.errors import UserError
from corpora.linking import common_links
from corpora.references import Snippet
from corpora.row import Row
from eval.contest import Contest
from eval.report.run_files import RunFiles

Page = Sequence[Row]
Lost = Mapping[str, Sequence[Mapping[str, object]]]  # sentences that no row has, by article


@dataclass(frozen=True, slots=True)
class Stretch:
    """The smallest stretch of an article in which no run has a row that leads out of it.

    Attributes:
        rows: of each run, in the order of the text.
    """

    rows: tuple[tuple[Row, ...], ...]

    @property
    def english(self) -> list[str]:
        """What each run made of it."""
        return [" ".join(row.translation for row in own) for own in self.rows]

    @property
    def source(self) -> str:
        """The Indonesian of the first run."""
        return " ".join(row.source for row in self.rows[0])


@dataclass(frozen=True, slots=True)
class Pair:
    """Stretches of an article that one passage of the references renders.

    Attributes:
        article: path of it.
        stretches: neighbours.
        reference: the passage.
        confidence: of the alignment, in (0, 1].
    """

    article: str
    stretches: tuple[Stretch, ...]
    reference: str
    confidence: float

    def english(self, run: int) -> str:
        """What a run made of it."""
        return " ".join(stretch.english[run] for stretch in self.stretches)


def stretches(pages: Sequence[Page]) -> Iterator[Stretch]:
    """Yield stretches of one article that every run has rows of; what only some have, not."""
    tagged = sorted(
        ((row.start, row.end, run, row) for run, page in enumerate(pages) for row in page),
        key=lambda each: each[:3],
    )
    together: list[tuple[int, Row]] = []
    reached = -1
    for start, end, run, row in tagged:
        if together and start >= reached:
            yield from complete(together, len(pages))
            together = []
        together.append((run, row))
        reached = max(reached, end)
    yield from complete(together, len(pages))


def complete(together: Sequence[tuple[int, Row]], runs: int) -> Iterator[Stretch]:
    """Yield the stretch of some rows if every run is in it."""
    rows = tuple(tuple(row for run, row in together if run == number) for number in range(runs))
    if together and all(rows):
        yield Stretch(rows)


def contest_of_runs(folders: Sequence[Path]) -> Contest:
    """What several runs made of the articles that all of them have.

    Raises:
        UserError: a folder is no finished run, or nothing is aligned alike in all.
    """
    files = [RunFiles(folder) for folder in folders]
    for each in files:
        each.check()
    pages = [pages_of(each) for each in files]
    common = [article for article in pages[0] if all(article in other for other in pages[1:])]
    lost = [each.unaligned() for each in files]
    pairs: list[Pair] = []
    left: list[tuple[str, str]] = []
    for article in common:
        found = list(stretches([own[article] for own in pages]))
        references = list(references_of(pages[0][article], lost[0].get(article, ())))
        paired, alone = aligned(article, found, references)
        pairs += paired
        left += [(article, text) for text in alone]
    left += orphans(pages, lost, common)
    if not pairs:
        names = ", ".join(map(str, folders))
        raise UserError(
            f"{names}: no reference is aligned in all of these runs; nothing to compare"
        )
    return Contest(
        names=names_of(folders),
        hypotheses=tuple([pair.english(run) for pair in pairs] for run in range(len(files))),
        references=[[pair.reference] for pair in pairs],
        sources=[" ".join(each.source for each in pair.stretches) for pair in pairs],
        places=[f"{pair.article} line {pair.stretches[0].rows[0][0].line}" for pair in pairs],
        articles=[pair.article for pair in pairs],
        confidence=[pair.confidence for pair in pairs],
        unaligned=left,
        notes=tuple(notes(pages, common)),
    )


def orphans(
    pages: Sequence[Mapping[str, Page]], lost: Sequence[Lost], common: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """References of the first run that no article has, with the name that they go by.

    Those of an article that is left out, for not all runs have it, are left out with it.
    """
    known = {article for own in pages for article in own}
    out = known.difference(common)
    ids = {
        name
        for own, alone in zip(pages, lost, strict=True)
        for article in out
        for name in snippets_of(own.get(article, ()), alone.get(article, ()))
    }
    for name, entries in lost[0].items():
        for entry in entries if name not in known else ():
            if (text := text_of(entry)) and entry.get("reference_id") not in ids:
                yield name, text


def snippets_of(page: Page, alone: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """The snippets that an article of a run has, a name as often as sentences of it."""
    yield from (row.reference_id for row in page if row.reference_id)
    yield from (str(entry["reference_id"]) for entry in alone if entry.get("reference_id"))


def text_of(entry: Mapping[str, object]) -> str:
    """The sentence of an entry of `unaligned.jsonl`."""
    return str(entry.get("text") or "").strip()


def references_of(page: Page, lost: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Reference sentences of an article, snippet by snippet: aligned ones, then the others."""
    snippets: dict[str, list[str]] = {}
    for row in page:
        if row.reference:
            sentences = Snippet("", row.reference).sentences()
            snippets.setdefault(row.reference_id or "", []).extend(sentences)
    for entry in lost:
        if text := text_of(entry):
            snippets.setdefault(str(entry.get("reference_id") or ""), []).append(text)
    for found in snippets.values():
        yield from found


def aligned(
    article: str, found: Sequence[Stretch], references: Sequence[str]
) -> tuple[list[Pair], list[str]]:
    """Pairs of one article, and the references that are none."""
    if not found or not references:
        return [], list(references)
    systems = list(zip(*(stretch.english for stretch in found), strict=True))
    pairs, alone = [], []
    for link in common_links(systems, references, sources=[each.source for each in found]):
        passage = " ".join(references[index] for index in link.reference)
        if link.source and link.reference:
            chosen = tuple(found[index] for index in link.source)
            pairs.append(Pair(article, chosen, passage, link.confidence))
        elif link.reference:
            alone.append(passage)
    return pairs, alone


def pages_of(files: RunFiles) -> Mapping[str, Page]:
    """The rows of each article."""
    return {
        article: tuple(rows) for article, rows in groupby(files.rows(), key=attrgetter("article"))
    }


def notes(pages: Sequence[Mapping[str, Page]], common: Sequence[str]) -> Iterator[str]:
    """What is not compared, and what is not alike."""
    most = max(map(len, pages))
    if len(common) < most:
        yield f"{most - len(common)} of {most} articles are not in all runs and are left out"
    sources = [{row.source_raw for article in common for row in own[article]} for own in pages]
    if any(not each & sources[0] for each in sources):
        yield "the runs split or clean the articles unlike; little is compared"


def names_of(paths: Sequence[Path]) -> tuple[str, ...]:
    """Short names of files or folders, the paths themselves where short ones are not unlike.

    >>> names_of([Path("a/x.en"), Path("b/y.en")]), names_of([Path("a/x"), Path("b/x")])
    (('x.en', 'y.en'), ('a/x', 'b/x'))
    """
    short = tuple(path.resolve().name for path in paths)
    return short if len(set(short)) == len(short) else tuple(map(str, paths))

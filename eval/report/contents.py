"""What the browser of the page leafs through: an index of all rows, and blocks of their text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpora.row import Row
from eval.report.blocks import Blocks, packed, packed_pieces
from eval.report.columns import Table, object_pieces, scaled
from eval.report.marks import findings_of, row_scores
from eval.report.passages import Passage, Version, passages, references_of
from eval.report.run_files import Record, RunFiles
from eval.report.tally import ArticleTally, Tally, article_tally

BLOCK_CHARACTERS = 400_000  # far more than the 32 kB that gzip looks back
REJECTED_PER_BLOCK = 5_000
KNOWN = ("title", "site", "date", "author", "url", "dateline", "duplicate_of")


@dataclass(slots=True)
class Names:
    """Values that recur, numbered as they come."""

    numbers: dict[Any, int] = field(default_factory=dict)

    def number(self, value: Any) -> int:
        """The number of a value.

        >>> names = Names()
        >>> [names.number(value) for value in "aba"]
        [0, 1, 0]
        """
        return self.numbers.setdefault(value, len(self.numbers))

    def values(self) -> list[Any]:
        """The values by their number."""
        return list(self.numbers)


@dataclass(slots=True)
class Contents:
    """Index and blocks of a page while they are made; `packed_blocks` ends it.

    Attributes:
        lent: names of snippets that articles have from another run than the first.
    """

    systems: Sequence[str]
    tally: Tally
    articles: Table = field(default_factory=Table)
    rows: Table = field(default_factory=Table)
    flag_sets: Names = field(default_factory=Names)
    shapes: Names = field(default_factory=Names)
    sites: Names = field(default_factory=Names)
    blocks: Blocks = field(default_factory=Blocks)
    rejected: list[int] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    waiting_characters: int = 0
    paths: set[str] = field(default_factory=set)
    lent: set[str] = field(default_factory=set)

    def add_article(
        self,
        path: str,
        known: Record,
        rows: Sequence[Sequence[Row]],
        unaligned: Sequence[Sequence[Record]],
    ) -> None:
        """Take in an article with the rows, and the references without one, that each run has."""
        references = references_of(rows, unaligned)
        found = list(passages(rows, references))
        alone, scores = references.left(), row_scores(found)
        counted = article_tally(path, found, [own[0] for own in scores], alone)
        self.lent.update(references.snippets if references.run else ())
        self.tally.add(counted, found, scores)
        self.index_article(counted, known)
        self.paths.add(path)
        texts, before = [], 0
        for passage, own in zip(found, scores, strict=True):
            self.index_row(passage, own)
            texts.append(self.text_of(passage, own, path, before))
            before = passage.end
        left = [
            [str(each.get("reference_id") or ""), str(each.get("text") or ""), each.get("position")]
            for each in alone
        ]
        self.waiting.append([texts, left])
        self.waiting_characters += sum(len(p.source) * (2 + len(p.versions)) for p in found)
        if self.waiting_characters >= BLOCK_CHARACTERS:
            self.close_block()

    def index_article(self, counted: ArticleTally, known: Record) -> None:
        """Note what the list of articles shows, and where the text is."""
        entry = {name: text_or_none(known.get(name)) for name in KNOWN} | {
            "path": counted.path,
            "site": self.sites.number(text_or_none(known.get("site"))),
            "outlets": [str(name) for name in known.get("outlets") or ()],
            "first": len(self.rows),
            "rows": counted.rows,
            "aligned": counted.aligned,
            "flagged": counted.flagged,
            "unaligned": counted.unaligned,
            "coverage": scaled(counted.coverage, 1000),
            "score": scaled(counted.score, 10),
            "block": len(self.blocks),
            "slot": len(self.waiting),
        }
        self.articles.append(entry)

    def index_row(self, passage: Passage, scores: Sequence[float | None]) -> None:
        """Note what rows are filtered and sorted by."""
        present = [score for score in scores if score is not None]
        certainty = next(version.certainty for version in passage.versions if version)
        entry = {
            "id": passage.id,
            "score": scaled(scores[0], 10),
            "spread": scaled(max(present) - min(present), 10) if len(present) > 1 else 0,
            "certainty": scaled(certainty, 1000),
            "confidence": scaled(passage.confidence, 1000),
            "words": len(passage.source.split()),
            "flags": self.flag_sets.number(passage.flags),
            "shape": self.shapes.number(passage.alignment),
        }
        self.rows.append(entry)

    def text_of(
        self, passage: Passage, scores: Sequence[float | None], path: str, before: int
    ) -> list[Any]:
        """What a row shows when it is looked at; places count from the end of the row before.

        What the index has of the one version that most pages have is not said again: a page of
        20,000 rows stays in one file by a few bytes a row.
        """
        snippet = passage.reference_id or ""
        return [
            passage.line,
            passage.start - before,
            passage.end - passage.start - len(passage.raw),
            passage.source,
            0 if passage.raw == passage.source else passage.raw,
            [
                version and self.version_of(passage, version, score)
                for version, score in zip(passage.versions, scores, strict=True)
            ],
            passage.reference or 0,
            snippet.removeprefix(path) if snippet.startswith(f"{path}#") else snippet,
        ]

    def version_of(self, passage: Passage, version: Version, score: float | None) -> list[Any]:
        """The English of one run, with what differs, and with its numbers if there are others."""
        found = [version.text, findings_of(passage.source, version)]
        if len(passage.versions) == 1:
            return found
        flags = self.flag_sets.number(version.flags)
        return [*found, flags, scaled(score, 10), scaled(version.certainty, 1000)]

    def close_block(self) -> None:
        """Pack the texts that wait."""
        if self.waiting:
            self.blocks.add(packed(self.waiting))
        self.waiting, self.waiting_characters = [], 0

    def add_rejected(self, entries: Iterator[Record]) -> None:
        """Take in the dropped lines, after all articles."""
        self.close_block()
        block: list[Any] = []
        for entry in entries:
            line = [str(entry.get(name) or "") for name in ("file", "label", "rule", "text")]
            block.append([*line, entry.get("line"), entry.get("score")])
            self.tally.rejected[line[1], line[2]] += 1
            if len(block) == REJECTED_PER_BLOCK:
                self.add_block_of_rejected(block)
                block = []
        if block:
            self.add_block_of_rejected(block)

    def add_block_of_rejected(self, block: list[Any]) -> None:
        """Pack some dropped lines."""
        self.rejected.append(len(self.blocks))
        self.blocks.add(packed(block))

    def packed_blocks(self, flags: Record) -> Blocks:
        """The blocks by their number: the index, texts, then dropped lines."""
        self.close_block()
        shown = sorted({flag for flag_set in self.flag_sets.numbers for flag in flag_set})
        index = {
            "systems": list(self.systems),
            "flags": {name: flags.get(name, "") for name in shown},
            "flagSets": [list(flag_set) for flag_set in self.flag_sets.values()],
            "shapes": self.shapes.values(),
            "sites": self.sites.values(),
            "articles": self.articles,
            "rows": self.rows,
            "rejected": self.rejected,
            "rejectedLines": self.tally.rejected.total(),
            "rules": sorted({rule for _, rule in self.tally.rejected}),
            "labels": sorted({label for label, _ in self.tally.rejected}),
            "orphans": self.tally.orphans,
        }
        self.blocks.first = packed_pieces(object_pieces(index))
        return self.blocks


def text_or_none(value: object) -> str | None:
    """What is known, as text."""
    return None if value is None or value == "" else str(value)


def gathered(runs: Sequence[RunFiles], systems: Sequence[str]) -> Contents:
    """Everything that the page shows of the runs; dropped lines and metadata are the first's."""
    contents = Contents(systems, Tally())
    known, unaligned = runs[0].articles(), [run.unaligned() for run in runs]
    others = [by_article(run) for run in runs[1:]]

    def add(path: str, rows: Sequence[Row]) -> None:
        every = [rows, *(other.get(path, []) for other in others)]
        contents.add_article(
            path, known.get(path, {}), every, [own.get(path, ()) for own in unaligned]
        )

    for path, rows in articles_of(runs[0].rows()):
        add(path, rows)
    for path in dict.fromkeys([*known, *(path for other in others for path in other)]):
        if path not in contents.paths:
            add(path, [])
    contents.tally.orphans = [
        str(each.get("text") or "")
        for path, entries in unaligned[0].items()
        if path not in contents.paths
        for each in entries
        if each.get("reference_id") not in contents.lent
    ]
    contents.add_rejected(runs[0].rejected())
    return contents


def articles_of(rows: Iterator[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Rows by the article; those of one stand together."""
    from itertools import groupby

    return ((path, list(own)) for path, own in groupby(rows, lambda row: row.article))


def by_article(run: RunFiles) -> dict[str, list[Row]]:
    """The rows of a run by the article."""
    return dict(articles_of(run.rows()))

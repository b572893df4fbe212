"""A corpus that was published as hashes, made again from the articles that it was made from."""

import platform
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpora.document import Document
from corpora.errors import UserError
from corpora.files import check_apart, lines_written, write_json
from corpora.publishing.card_metadata import OURS
from corpora.publishing.dataset_card import write_card
from corpora.publishing.shards import write_corpus
from corpora.publishing.splits import SPLITS
from corpora.reading import ReadingOptions, documents, sources
from corpora.references import read_references
from corpora.row import Row
from translate.rebuilt_rows import Rebuilt, missing, references_by_id, rows_of
from translate.run_folder import RunFolder
from translate.translator import Translator

COMMIT = re.compile("[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class RebuildOptions:
    """How to make a corpus again.

    Attributes:
        references: the reference snippets it was aligned with.
        model: translates again; empty: the one that the dataset names.
        source_only: whether to leave the machine English empty.
        revision: of the dataset on the Hub.
        text_column: of tables of articles.
    """

    references: Path | None = None
    model: str = ""
    source_only: bool = False
    revision: str = "main"
    text_column: str = ""


def rebuild(dataset: str, articles: Path, output: Path, options: RebuildOptions) -> Rebuilt:
    """Make a run folder from a dataset of hashes and the articles.

    Raises:
        UserError: there is no such dataset, it holds no hashes, or the output is in use.
    """
    check_apart(articles, output)
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise UserError(f"{output}: not empty; name another folder")
    table = published_rows(dataset_folder(dataset, options.revision), dataset)
    places = places_of(table)
    found = sources(articles)
    snippets = references_by_id(read_references(options.references) if options.references else {})
    translator = None if options.source_only else Translator.load(model_of(table, options))
    done, folder = Rebuilt(), RunFolder(output)
    unseen, reasons = dict(places), dict[str, str]()
    with lines_written(folder.articles) as write:

        def rows() -> Iterator[Row]:
            for document in documents(found, ReadingOptions(options.text_column)):
                if not isinstance(document, Document):
                    reasons[document.path] = document.reason
                    continue
                place = unseen.pop(document.path, None)
                if place is None:
                    continue
                write({"article": document.path, **asdict(document.metadata)})
                yield from rows_of(document, table.slice(*place), translator, snippets, done)

        splits = dict(zip(table["article"].to_pylist(), table["split"].to_pylist(), strict=True))
        write_corpus(folder.corpus, rows(), lambda article: splits[article])
    for article, place in unseen.items():
        reason = reasons.get(article, "no such article in the input")
        positions = table["position"].slice(*place).to_pylist()
        done.missing += [missing(article, position, reason) for position in positions]
    if done.missing:
        with lines_written(output / "missing.jsonl") as write_missing:
            for entry in done.missing:
                write_missing(entry)
    finish(folder, dataset, translator, done)
    return done


def dataset_folder(dataset: str, revision: str) -> Path:
    """Where the files of a dataset are: here, or fetched from the Hub."""
    folder = Path(dataset)
    if folder.is_dir():
        return folder
    from huggingface_hub import get_token, snapshot_download

    from corpora.publishing.dataset_repository import check_name, quiet_hub
    from corpora.publishing.hub_errors import explained

    check_name(dataset)
    try:
        with quiet_hub():
            return Path(
                snapshot_download(
                    dataset,
                    repo_type="dataset",
                    revision=revision,
                    allow_patterns=["corpus/hashes-*.parquet"],
                )
            )
    except Exception as error:
        raise explained(error, dataset, get_token() or "\0") from None


def published_rows(folder: Path, name: str) -> Any:
    """The published rows as one table with their split, by article and position.

    Raises:
        UserError: there are none.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = []
    for split in SPLITS:
        for file in sorted((folder / "corpus").glob(f"{OURS[-1]}-{split}-*.parquet")):
            table = pq.read_table(file)
            tables.append(table.append_column("split", pa.array([split] * table.num_rows)))
    if not tables:
        raise UserError(f"{name}: no hashes in it; only a dataset pushed with --publish hashes has")
    return pa.concat_tables(tables).sort_by([("article", "ascending"), ("position", "ascending")])


def places_of(table: Any) -> dict[str, tuple[int, int]]:
    """Where the rows of each article begin, and how many there are."""
    import pyarrow.compute as pc

    places, start = {}, 0
    runs = pc.run_end_encode(table["article"].combine_chunks())
    for article, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        places[article] = start, end - start
        start = end
    return places


def model_of(table: Any, options: RebuildOptions) -> str:
    """The model to translate with: of one of the Hub, the commit that the rows name.

    >>> import pyarrow as pa
    >>> model_of(pa.table({"model": ["bundled@sha256:0"]}), RebuildOptions())
    'bundled'
    >>> model_of(pa.table({"model": [f"siapa/model@v1@{'0' * 40}"]}), RebuildOptions())
    'siapa/model@0000000000000000000000000000000000000000'
    """
    if options.model:
        return options.model
    name, _, revision = str(table["model"][0].as_py()).rpartition("@")
    return f"{name.partition('@')[0]}@{revision}" if COMMIT.fullmatch(revision) else name


def finish(folder: RunFolder, dataset: str, translator: Translator | None, done: Rebuilt) -> None:
    """Write scores, card and, last, the record of the run."""
    model = translator.model if translator else None
    record = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": {
            "model": model.label if model else "none",
            "revision": model.revision if model else "",
            "rebuilt_from": dataset,
        },
        "licence": model.licence if model else "unknown",
        "versions": {"selaras": version("selaras"), "python": platform.python_version()},
        "counts": {"rows": done.rows, "missing": len(done.missing)},
        "failures": [],
    }
    scores: dict[str, Any] = {"coverage": None}
    write_json(folder.scores, scores)
    write_card(folder.path, record, scores)
    write_json(folder.run, record)

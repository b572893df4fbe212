"""The files of a finished run: corpus, English, rejected lines, scores, report, `run.json`."""

import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain
from typing import Any

from corpora.files import lines_written, write_json
from corpora.link_table import write_links
from corpora.publishing.dataset_card import write_card
from corpora.publishing.shards import write_corpus
from corpora.publishing.splits import originals_of, split_of
from corpora.references import References
from corpora.row import Row
from eval.report.page import write_report
from eval.report.run_files import RunFiles
from translate.assignment import unassigned_lines, unclaimed
from translate.duplicates import rejections
from translate.english import english_folder
from translate.freed import give_back
from translate.journal import Journal
from translate.pairing import Article
from translate.run_folder import RunFolder
from translate.summary import Summary
from translate.translator import Translator

VERSIONS = ("selaras", "ctranslate2", "sacrebleu", "sentencepiece", "torch", "transformers")


def rows_of(paired: Iterable[Article]) -> Iterator[Row]:
    """All rows, in the order of the articles."""
    return (row for article in paired for row in article.rows)


def write_outputs(
    folder: RunFolder,
    journal: Journal,
    paired: Iterable[Article],
    summary: Summary,
    translator: Translator,
    references: References,
) -> None:
    """Write the files of the run folder, `run.json` last."""
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())  # its own pool would keep what it has no use for
    repeated = {each.path: each.duplicate_of for each in paired if each.duplicate_of}
    with lines_written(folder.articles) as write, english_folder(folder.english) as english:
        for article in journal.articles():
            english.write(article)
            write(
                {
                    "article": article.path,
                    **asdict(article.metadata),
                    "dateline": article.dateline,
                    "outlets": list(article.outlets),
                    "steps": list(article.steps),
                    "sentences": len(article.sentences),
                    "duplicate_of": repeated.get(article.path),
                }
            )
    originals = originals_of(folder.articles)
    give_back()
    write_corpus(folder.corpus, rows_of(paired), lambda article: split_of(article, originals))
    with lines_written(folder.rejected) as write:
        for entry in chain(journal.rejected(), rejections(paired)):
            write(entry)
    with lines_written(folder.unaligned) as write:
        for entry in unaligned_of(paired, references):
            write(entry)
    if references:
        lines = (line for article in paired for line in article.links)
        write_links(folder.links, chain(lines, unassigned_lines(references)))
    scores = summary.scores.as_json()
    write_json(folder.scores, scores)
    record = run_record(summary, journal.fact("settings"), translator)
    give_back()
    write_report(folder.report, RunFiles(folder.path, record))
    give_back()
    write_card(folder.path, record, scores)
    write_json(folder.run, record)


def unaligned_of(paired: Iterable[Article], references: References) -> Iterator[Mapping[str, Any]]:
    """Reference sentences that no row has, in the order of the references of each article.

    Those of references that no article has go by the name of these references.
    """
    for article in paired:
        for snippet, sentence in article.unaligned:
            yield {"article": article.path, "reference_id": snippet.id, "text": sentence}
    for name, snippet, sentence in unclaimed((each.path for each in paired), references):
        yield {"article": name, "reference_id": snippet.id, "text": sentence}


def run_record(
    summary: Summary, settings: Mapping[str, Any], translator: Translator
) -> Mapping[str, Any]:
    """What `run.json` says."""
    return {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": {
            **settings,
            "decoding": asdict(translator.decoding),
            "dedupe": summary.dedupe,
        },
        "input": summary.digest,
        "device": translator.engine.device,
        "licence": translator.model.licence,
        "versions": {name: version(name) for name in VERSIONS}
        | {"python": platform.python_version()},
        "counts": {
            "articles": summary.articles,
            "failed": len(summary.failures),
            "sentences": summary.sentences,
            "rejected_lines": summary.rejected,
        },
        "timings": {
            "seconds": round(summary.seconds, 2),
            "words_per_second": round(summary.words_per_second, 1),
            "series": [{"seconds": at, "words_per_second": pace} for at, pace in summary.pace],
        },
        "memory": asdict(summary.memory) if summary.memory else None,
        "suspects": dict(summary.suspects),
        "glossary": asdict(summary.glossary) if summary.glossary else None,
        "failures": [{"article": path, "reason": reason} for path, reason in summary.failures],
        "references_without_article": list(summary.without_article),
    }

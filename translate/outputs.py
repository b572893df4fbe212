"""The files of a finished run: corpus, English, rejected lines, scores, report, `run.json`."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from corpora.address import output_name
from corpora.files import lines_written, write_json, write_text
from corpora.row import Row, write_rows
from eval.report import ReportArticle, ReportPage, write_report
from translate.journal import Journal
from translate.mirror import layout
from translate.pairing import Article
from translate.run_folder import RunFolder
from translate.summary import Summary
from translate.translator import Translator

VERSIONS = ("selaras", "ctranslate2", "sacrebleu", "sentencepiece", "torch", "transformers")


def rows_of(paired: Sequence[Article]) -> Iterator[Row]:
    """All rows, in the order of the articles."""
    return (row for article in paired for row in article.rows)


def write_outputs(
    folder: RunFolder,
    journal: Journal,
    paired: Sequence[Article],
    summary: Summary,
    translator: Translator,
) -> None:
    """Write the files of the run folder, `run.json` last."""
    write_rows(folder.corpus / "rows-00000.parquet", rows_of(paired))
    with lines_written(folder.articles) as write:
        for article in journal.articles():
            write_text(folder.english / output_name(article.path), layout(article.sentences))
            write(
                {
                    "article": article.path,
                    **asdict(article.metadata),
                    "dateline": article.dateline,
                    "outlets": list(article.outlets),
                    "steps": list(article.steps),
                    "sentences": len(article.sentences),
                }
            )
    with lines_written(folder.rejected) as write:
        for entry in journal.rejected():
            write(entry)
    scores = summary.scores.as_json() if summary.scores else {"coverage": None}
    write_json(folder.scores, scores)
    write_report(folder.report, page_of(paired, summary, translator))
    write_json(folder.run, run_record(summary, journal.fact("settings"), translator))


def run_record(
    summary: Summary, settings: Mapping[str, Any], translator: Translator
) -> Mapping[str, Any]:
    """What `run.json` says."""
    return {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": {**settings, "decoding": asdict(translator.decoding)},
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
        },
        "failures": [{"article": path, "reason": reason} for path, reason in summary.failures],
        "references_without_article": list(summary.without_article),
    }


def page_of(paired: Sequence[Article], summary: Summary, translator: Translator) -> ReportPage:
    """What the report shows."""
    return ReportPage(
        title=summary.folder.resolve().name,
        model=f"{translator.model.name} ({translator.model.revision})",
        articles=tuple(
            ReportArticle(article.path, article.rows, tuple(text for _, text in article.unaligned))
            for article in paired
        ),
        rejected=summary.rejected,
        failures=summary.failures,
        words_per_second=summary.words_per_second,
        scores=summary.scores,
    )

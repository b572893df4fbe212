"""The whole job: pages in, aligned and scored corpus out."""

import json
import platform
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpora.cleaning import KEPT, label_lines
from corpora.document import Document, LabelledLine
from corpora.errors import UserError
from corpora.files import write_json, write_text, written_whole
from corpora.reading import Failure, Source, documents, sources
from corpora.references import References, read_references, stem
from corpora.row import Row, write_rows
from corpora.sentence import Sentence, sentences_of
from eval.coverage import PartialScores, partial_scores
from eval.report import ReportArticle, ReportPage, write_report
from translate.engine import Decoding
from translate.journal import Journal, Translated
from translate.mirror import layout
from translate.pairing import Article, pair
from translate.progress import Progress, Silence
from translate.run_folder import RunFolder, may_write, resume
from translate.translator import Translator

WINDOW = 1024  # sentences that are translated together: enough to batch well, little to lose
VERSIONS = ("selaras", "ctranslate2", "sacrebleu", "sentencepiece", "torch", "transformers")


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build (see the command of the same name)."""

    model: str = "bundled"
    engine: str = "auto"
    device: str = "auto"
    compute_type: str = "auto"
    decoding: Decoding = field(default_factory=Decoding)
    on_existing: str = "fail"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    Attributes:
        folder: the run folder.
        articles: finished ones.
        sentences: translated ones, repetitions included.
        words: Indonesian words among them.
        rejected: lines dropped.
        resumed: articles that an earlier, interrupted run had done.
        seconds: from start to end.
        translating_seconds: of these, reading, cleaning and translating.
        words_per_second: translated words a second of the latter, model loading not counted.
        failures: path and reason of every article that could not be read.
        without_article: names of reference files that no article has.
        scores: None without references.
    """

    folder: Path
    articles: int
    sentences: int
    words: int
    rejected: int
    resumed: int
    seconds: float
    translating_seconds: float
    words_per_second: float
    failures: tuple[tuple[str, str], ...]
    without_article: tuple[str, ...]
    scores: PartialScores | None


def build(
    articles: Path,
    output: Path,
    *,
    references: Path | None = None,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> Summary | None:
    """Clean, split, translate, align, score and write a run folder.

    Args:
        articles: a folder of pages, or one page.
        output: the run folder; an interrupted run with the same settings is resumed.
        references: a folder or a `.jsonl` of reference snippets (see `read_references`).
        options: model, engine and the rest.
        progress: told of every finished article.

    Returns:
        What was done; None when a finished run was there and `on_existing` is `skip`.

    Raises:
        UserError: something a user can mend.
    """
    options, progress = options or BuildOptions(), progress or Silence()
    started = time.monotonic()
    check_inputs(articles, output)
    found = sources(articles)
    snippets = read_references(references) if references else {}
    folder = RunFolder(output)
    if not may_write(folder, options.on_existing):
        return None
    translator = Translator.load(
        options.model,
        engine=options.engine,
        device=options.device,
        compute_type=options.compute_type,
        decoding=options.decoding,
    )
    if options.on_existing == "overwrite":
        folder.clear()
    with Journal(folder.journal) as journal:
        resume(journal, settings_of(translator), folder)
        ready = time.monotonic()
        resumed, words = translate_articles(journal, found, translator, progress)
        translated_in = time.monotonic() - ready
        paired = pair_articles(journal, snippets, translator, progress)
        scores = partial_scores(
            [(row.translation, row.reference) for row in rows_of(paired) if row.reference],
            [sentence for article in paired for _, sentence in article.unaligned],
        )
        stems = {stem(source.path) for source in found}
        summary = Summary(
            folder=output,
            articles=len(paired),
            sentences=journal.count("sentences"),
            words=words,
            rejected=journal.count("rejected"),
            resumed=resumed,
            seconds=time.monotonic() - started,
            translating_seconds=translated_in,
            words_per_second=words / translated_in if translated_in else 0.0,
            failures=tuple(journal.failures()),
            without_article=tuple(sorted(snippets.keys() - stems)),
            scores=scores,
        )
        write_outputs(folder, journal, paired, summary, translator)
    return summary


def settings_of(translator: Translator) -> dict[str, Any]:
    """What must stay the same for a run to be resumed."""
    return {
        "model": translator.model.name,
        "revision": translator.model.revision,
        "engine": translator.engine.name,
        "compute_type": translator.engine.compute_type,
        "beam": translator.decoding.beam,
    }


def translate_articles(
    journal: Journal, found: Sequence[Source], translator: Translator, progress: Progress
) -> tuple[int, int]:
    """Bring the journal up to date; give the articles it had already and the words translated."""
    journal.keep_only({source.path for source in found})
    known = journal.digests()
    resumed = words = 0
    progress.begin("translate", len(found))
    waiting: list[tuple[Document, list[LabelledLine], list[Sentence]]] = []

    def flush() -> None:
        nonlocal words
        texts = [sentence.text for _, _, sentences in waiting for sentence in sentences]
        english = iter(translator.translate(texts))
        for document, rejected, sentences in waiting:
            pairs = [Translated(sentence, next(english)) for sentence in sentences]
            journal.record(document, rejected, pairs)
            progress.advance()
        words += sum(len(text.split()) for text in texts)
        waiting.clear()

    for document in documents(found):
        if isinstance(document, Failure):
            journal.record_failure(document.path, document.reason)
            progress.advance()
        elif known.get(document.path) == document.digest:
            resumed += 1
            progress.advance()
        else:
            labelled = label_lines(document)
            rejected = [line for line in labelled if line.label not in KEPT]
            kept = [line for line in labelled if line.label in KEPT]
            sentences = [sentence for line in kept for sentence in sentences_of(line)]
            waiting.append((document, rejected, sentences))
            if sum(len(entry[2]) for entry in waiting) >= WINDOW:
                flush()
    flush()
    return resumed, words


def pair_articles(
    journal: Journal, references: References, translator: Translator, progress: Progress
) -> list[Article]:
    """Align every finished article with its references."""
    progress.begin("align", journal.count("articles") - len(journal.failures()))
    model = f"{translator.model.name}@{translator.model.revision}"
    paired = []
    for article in journal.articles():
        paired.append(pair(article, references.get(stem(article.path), ()), model))
        progress.advance()
    return paired


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
    for article in journal.articles():
        write_text(folder.english / article.path, layout(article.sentences))
    with written_whole(folder.rejected) as partial, partial.open("w", encoding="utf-8") as file:
        for entry in journal.rejected():
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    scores = summary.scores.as_json() if summary.scores else {"coverage": None}
    write_json(folder.scores, scores)
    write_report(folder.report, page_of(paired, summary, translator))
    write_json(folder.run, run_record(summary, translator))


def run_record(summary: Summary, translator: Translator) -> Mapping[str, Any]:
    """What `run.json` says."""
    return {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": settings_of(translator) | {"decoding": asdict(translator.decoding)},
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


def check_inputs(articles: Path, output: Path) -> None:
    """Refuse an output folder inside the input folder: its files would be read as articles.

    Raises:
        UserError: it is.
    """
    if articles.is_dir() and articles.resolve() in (output.resolve(), *output.resolve().parents):
        raise UserError(f"{output}: lies inside the input folder; name a folder outside of it")

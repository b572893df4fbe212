"""The whole job: pages in, aligned and scored corpus out."""

import hashlib
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpora.address import output_name, reference_names
from corpora.document import Document
from corpora.document_matching import assigned
from corpora.files import check_apart, lines_written, write_json, write_text
from corpora.page import Cleaning, Page, taken_apart
from corpora.reading import Failure, ReadingOptions, count, documents, sources
from corpora.references import UNASSIGNED, References, Snippet, read_references
from corpora.repeats import Repeats
from corpora.row import Row, write_rows
from corpora.source import STANDARD_INPUT
from eval.coverage import partial_scores
from eval.report import ReportArticle, ReportPage, write_report
from translate.engine import Decoding
from translate.journal import Journal, Translated
from translate.mirror import layout
from translate.pairing import Article, pair
from translate.progress import Progress, Silence
from translate.run_folder import RunFolder, may_write, resume
from translate.summary import Summary
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
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    cleaning: Cleaning = field(default_factory=Cleaning)


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
        articles: what `corpora.reading.sources` takes: a folder, a file, `-` or `hf:NAME`.
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
    check_apart(articles, output)
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
        resume(journal, settings_of(translator) | cleaning_settings(options.cleaning), folder)
        folder.run.unlink(missing_ok=True)  # only now: a refused run leaves the old one finished
        ready = time.monotonic()
        progress.begin("translate", count(articles))
        read = documents(found, options.reading)
        take_apart = partial(
            taken_apart, cleaning=options.cleaning, repeats=learnt(articles, options)
        )
        resumed, words = translate_articles(journal, read, take_apart, translator, progress)
        translated_in = time.monotonic() - ready
        snippets = matched(journal, snippets)
        paired = pair_articles(journal, snippets, translator, progress)
        scores = partial_scores(
            [(row.translation, row.reference) for row in rows_of(paired) if row.reference],
            [sentence for article in paired for _, sentence in article.unaligned]
            + unclaimed(paired, snippets),
        )
        summary = Summary(
            folder=output,
            digest=journal.input_digest(),
            articles=len(paired),
            sentences=journal.count("sentences"),
            words=words,
            rejected=journal.count("rejected"),
            resumed=resumed,
            seconds=time.monotonic() - started,
            translating_seconds=translated_in,
            words_per_second=words / translated_in if translated_in else 0.0,
            failures=tuple(journal.failures()),
            without_article=tuple(without_article(journal, snippets)),
            scores=scores,
        )
        write_outputs(folder, journal, paired, summary, translator)
    return summary


def learnt(articles: Path, options: BuildOptions) -> Repeats | None:
    """What recurs across the pages of each site, from a first reading of all of them.

    Standard input can be read only once, so nothing is learnt from it.
    """
    if not options.cleaning.learn_repeats or articles == STANDARD_INPUT:
        return None
    read = documents(sources(articles), options.reading)
    return Repeats.learnt_from(each for each in read if isinstance(each, Document))


def settings_of(translator: Translator) -> dict[str, Any]:
    """What must stay the same for a run to be resumed."""
    return {
        "model": translator.model.name,
        "revision": translator.model.revision,
        "engine": translator.engine.name,
        "compute_type": translator.engine.compute_type,
        "beam": translator.decoding.beam,
    }


def cleaning_settings(cleaning: Cleaning) -> dict[str, Any]:
    """What of the cleaning must stay the same for a run to be resumed."""
    rules = repr([(rule.name, rule.label, rule.pattern.pattern) for rule in cleaning.rules])
    return {
        "keep": sorted(cleaning.keep),
        "drop": sorted(cleaning.drop),
        "rules": hashlib.sha256(rules.encode()).hexdigest()[:16],
        "learn_repeats": cleaning.learn_repeats,
    }


def translate_articles(
    journal: Journal,
    read: Iterable[Document | Failure],
    take_apart: Callable[[Document], Page],
    translator: Translator,
    progress: Progress,
) -> tuple[int, int]:
    """Bring the journal up to date; give the articles it had already and the words translated."""
    resumed = words = waiting_size = 0
    waiting: list[Page] = []

    def flush() -> None:
        nonlocal words, waiting_size
        texts = [sentence.text for page in waiting for sentence in page.sentences]
        english = iter(translator.translate(texts))
        for page in waiting:
            pairs = [Translated(sentence, next(english)) for sentence in page.sentences]
            journal.record(page, pairs)
            progress.advance()
        words += sum(len(text.split()) for text in texts)
        waiting.clear()
        waiting_size = 0

    for document in read:
        journal.meet(document.path)
        if isinstance(document, Failure):
            journal.record_failure(document.path, document.reason)
            progress.advance()
        elif journal.digest(document.path) == document.digest:
            resumed += 1
            progress.advance()
        else:
            waiting.append(take_apart(document))
            waiting_size += 1 + len(waiting[-1].sentences)  # 1: some have no sentence
            if waiting_size >= WINDOW:
                flush()
    flush()
    journal.forget_unmet()
    return resumed, words


def reference_name(references: References, path: str) -> str | None:
    """The first of an article's names that has references, or None."""
    return next((name for name in reference_names(path) if name in references), None)


def snippets_of_article(references: References, path: str) -> tuple[Snippet, ...]:
    """The reference snippets of an article."""
    name = reference_name(references, path)
    return references[name] if name is not None else ()


def without_article(journal: Journal, references: References) -> list[str]:
    """Names of references that no article of the run has, in order.

    A snippet that names no article, and that none says, goes by its own name.
    """
    left = set(references) - {UNASSIGNED}
    for path in journal.paths():
        left.difference_update(reference_names(path))
    return sorted(left) + [snippet.id for snippet in references.get(UNASSIGNED, ())]


def unclaimed(paired: Sequence[Article], references: References) -> list[str]:
    """Sentences of the references that no finished article has: they count as not aligned."""
    claimed = {reference_name(references, article.path) for article in paired}
    return [
        sentence
        for name in sorted(references.keys() - claimed)
        for snippet in references[name]
        for sentence in snippet.sentences()
    ]


def matched(journal: Journal, references: References) -> References:
    """References with those that name no article given to the articles that say them."""
    if not references.get(UNASSIGNED):
        return references
    english = {}
    for article in journal.articles():
        name = reference_name(references, article.path) or reference_names(article.path)[0]
        english[name] = [each.translation.text for each in article.sentences]
    return assigned(references, english)


def pair_articles(
    journal: Journal, references: References, translator: Translator, progress: Progress
) -> list[Article]:
    """Align every finished article with its references."""
    progress.begin("align", journal.count("articles") - len(journal.failures()))
    model = f"{translator.model.name}@{translator.model.revision}"
    paired = []
    for article in journal.articles():
        paired.append(pair(article, snippets_of_article(references, article.path), model))
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

"""The whole job: pages in, aligned and scored corpus out."""

import hashlib
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from corpora.document import Document
from corpora.files import check_apart
from corpora.page import Cleaning, taken_apart
from corpora.reading import ReadingOptions, count, documents, sources
from corpora.references import read_references
from corpora.repeats import Repeats
from corpora.source import STANDARD_INPUT
from eval.coverage import partial_scores
from translate.assignment import matched, pair_articles, unclaimed, without_article
from translate.engine import Decoding
from translate.job import translate_articles
from translate.journal import Journal
from translate.outputs import rows_of, write_outputs
from translate.progress import Progress, Silence
from translate.run_folder import RunFolder, may_write, resume
from translate.summary import Summary
from translate.translator import Translator


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

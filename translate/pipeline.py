"""The whole job: pages in, aligned and scored corpus out."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from corpora.document import Document
from corpora.errors import UsageError, UserError
from corpora.files import check_apart
from corpora.lines.repeats import Repeats
from corpora.link_table import LinkLine, read_links
from corpora.page import Cleaning, taken_apart_together
from corpora.reading import ReadingOptions, count, documents, sources, warn_of_others
from corpora.references import References, read_references
from corpora.source import STANDARD_INPUT
from eval.gathering import Unaligned
from eval.run_scores import RunScores, scored
from translate.assignment import gathered, pair_articles, placed, unclaimed, without_article
from translate.duplicates import marked
from translate.engine import Decoding
from translate.freed import give_back
from translate.job import Work, translate_articles
from translate.journal import Journal
from translate.memory import Memory, MemoryFile, memory_at
from translate.outputs import rows_of, write_outputs
from translate.pairing import Article
from translate.progress import Progress, Silence
from translate.quality.glossary import NO_GLOSSARY, Glossary, TermsKept, read_glossary
from translate.quality.tally import counted
from translate.run_folder import RunFolder, may_write, resume
from translate.run_settings import cleaning_settings, settings_of
from translate.spill import Spill
from translate.summary import Summary, used_of
from translate.translator import Translator
from translate.tuning import guessed
from translate.workers import tasks, translate_with_workers


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build (see the command of the same name); 0 `workers`: in this very process."""

    model: str = "bundled"
    engine: str = "auto"
    device: str = "auto"
    compute_type: str = "auto"
    decoding: Decoding = field(default_factory=Decoding)
    tune: bool = False
    memory: str = "auto"
    workers: int = 0
    glossary: Path | None = None
    redecode: bool = True
    on_existing: str = "fail"
    links: Path | None = None
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    cleaning: Cleaning = field(default_factory=Cleaning)
    dedupe: bool = False


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
    options, started = options or BuildOptions(), time.monotonic()
    given = given_by(articles, output, references, options)
    folder = RunFolder(output)
    if not may_write(folder, options.on_existing, again=options.links is not None):
        return None
    translator = loaded(options, given.glossary)
    afresh = options.on_existing == "overwrite"
    if afresh and folder.finished():
        require_articles(articles, options.reading)
    with (
        folder.held(afresh=afresh),
        memory_at(options.memory, otherwise=folder.sentences) as memory,
        Journal(folder.journal) as journal,
    ):
        run = Run(
            articles=articles,
            options=options,
            given=given,
            folder=folder,
            translator=replace(translator, memory=memory),
            memory=memory,
            journal=journal,
            progress=progress or Silence(),
            started=started,
        )
        begun(run)
        return finished(run, translated(run))


@dataclass(frozen=True, slots=True)
class Given:
    """What a user gave beside the articles, read and found to be in order."""

    references: References
    table: dict[str, list[LinkLine]]
    glossary: Glossary


@dataclass(frozen=True, slots=True)
class Run:
    """What the stages of a run share; `started` is a reading of the monotonic clock."""

    articles: Path
    options: BuildOptions
    given: Given
    folder: RunFolder
    translator: Translator
    memory: Memory
    journal: Journal
    progress: Progress
    started: float


@dataclass(frozen=True, slots=True)
class Translated:
    """What was translated, and in how many seconds."""

    work: Work
    seconds: float

    @property
    def words_per_second(self) -> float:
        """Words translated a second; 0 if no time went by."""
        return self.work.words / self.seconds if self.seconds else 0.0


def given_by(articles: Path, output: Path, references: Path | None, options: BuildOptions) -> Given:
    """Read what is small, before anything is loaded or written.

    Raises:
        UserError: something of it cannot be used, or does not go with the rest.
    """
    check_apart(articles, output)
    sources(articles)
    if options.workers > 1 and articles == STANDARD_INPUT:
        raise UserError("--workers: standard input can be read by one process only; save it first")
    snippets = read_references(references) if references else {}
    glossary = read_glossary(options.glossary) if options.glossary else NO_GLOSSARY
    if options.links and not references:
        raise UsageError(f"{options.links}: --links needs the snippets too; add --references")
    with memory_at(options.memory):  # one that cannot be used costs no earlier run its files
        pass
    return Given(snippets, read_links(options.links) if options.links else {}, glossary)


def require_articles(articles: Path, options: ReadingOptions) -> None:
    """See that there is something to build before a finished run is removed for it.

    Raises:
        UserError: nothing of the input can be read.
    """
    if articles == STANDARD_INPUT:  # which is read only once
        return
    failures = []
    for each in documents(sources(articles), options):
        if isinstance(each, Document):
            return
        failures.append(each)
    raise UserError(nothing_to_build([failure.reason for failure in failures]))


def nothing_to_build(reasons: Sequence[str]) -> str:
    """The line that says why, by the first of what could not be read."""
    more = f" (and {len(reasons) - 1} more failed)" if len(reasons) > 1 else ""
    return f"nothing to build; {reasons[0] if reasons else 'there is no article'}{more}"


def loaded(options: BuildOptions, glossary: Glossary) -> Translator:
    """The model that was asked for."""
    translator = Translator.load(
        options.model,
        engine=options.engine,
        device=options.device,
        compute_type=options.compute_type,
        decoding=options.decoding,
        ladder=options.redecode,
        glossary=glossary,
    )
    return guessed(translator) if options.tune else translator


def begun(run: Run) -> None:
    """See that the journal is of a run with the same settings."""
    run.progress.watch(run.memory.counts)
    settings = settings_of(run.translator) | cleaning_settings(run.options.cleaning)
    resume(run.journal, settings, run.folder)


def translated(run: Run) -> Translated:
    """Bring the journal up to date with the articles, in this process or in several.

    Raises:
        UserError: nothing of the input could be read; what the journal had it still has.
    """
    started, options = time.monotonic(), run.options
    run.progress.begin("translate", count(run.articles))
    warn_of_others(run.articles)
    repeats = learnt(run.articles, options)
    run.journal.begin()
    shared = options.workers and run.articles != STANDARD_INPUT
    if shared and isinstance(run.memory, MemoryFile):
        work = shared_out(run, run.memory, repeats)
    else:
        work = translate_articles(
            run.journal,
            documents(sources(run.articles), options.reading),
            partial(taken_apart_together, cleaning=options.cleaning, repeats=repeats),
            run.translator,
            run.progress,
            repeats=repeats,
            tune=options.tune,
        )
    if not run.journal.is_begun(now=True) and (failures := run.journal.failures()):
        raise UserError(nothing_to_build([reason for _, reason in failures]))
    run.journal.forget_unmet()
    return Translated(work, time.monotonic() - started)


def shared_out(run: Run, memory: MemoryFile, repeats: Repeats | None) -> Work:
    """Have the articles translated by several processes."""
    shared = tasks(
        run.translator,
        memory,
        count=run.options.workers,
        articles=run.articles,
        journal=run.folder.journal,
        tune=run.options.tune,
        reading=run.options.reading,
        cleaning=run.options.cleaning,
        repeats=repeats,
    )
    return translate_with_workers(shared, run.translator, run.folder.logs, run.progress)


def finished(run: Run, done: Translated) -> Summary:
    """Align, score and write what the journal has."""
    journal, given = run.journal, run.given
    give_back()
    snippets = placed(journal, gathered(journal, given.references), given.table)
    pairs = pair_articles(journal, snippets, run.translator, run.progress, given.table)
    found = marked(pairs, dedupe=run.options.dedupe, file=run.folder.near_duplicates)
    with Spill(found, run.folder.path) as paired:
        scores = scored(rows_of(paired), left_over(paired, snippets), sites=sites_of(journal))
        summary = summary_of(run, done, paired, snippets, scores)
        run.folder.run.unlink(missing_ok=True)  # only now: what is refused leaves the old run whole
        write_outputs(run.folder, journal, paired, summary, run.translator, snippets)
    return summary


def summary_of(
    run: Run, done: Translated, paired: Spill[Article], references: References, scores: RunScores
) -> Summary:
    """What the run did."""
    journal = run.journal
    return Summary(
        folder=run.folder.path,
        digest=journal.input_digest(),
        articles=len(paired),
        sentences=journal.count("sentences"),
        words=done.work.words,
        rejected=journal.count("rejected") + sum(len(each.left_out) for each in paired),
        resumed=done.work.resumed,
        seconds=time.monotonic() - run.started,
        translating_seconds=done.seconds,
        words_per_second=done.words_per_second,
        failures=tuple(journal.failures()),
        without_article=tuple(without_article(journal, references)),
        scores=scores,
        memory=used_of(run.memory) if run.options.memory != "off" else None,
        suspects=counted(rows_of(paired)),
        pace=done.work.pace.series(),
        glossary=kept_terms(journal, run.given.glossary),
        dedupe=run.options.dedupe,
    )


def left_over(paired: Iterable[Article], references: References) -> Iterator[Unaligned]:
    """Reference sentences that no row has, be it of an article of the run or of none."""
    for article in paired:
        for snippet, sentence in article.unaligned:
            yield Unaligned(article.path, sentence, snippet.id)
    for name, snippet, sentence in unclaimed((each.path for each in paired), references):
        yield Unaligned(name, sentence, snippet.id)


def sites_of(journal: Journal) -> dict[str, str]:
    """The site of each article, where it is known."""
    return {each.path: each.metadata.site for each in journal.articles() if each.metadata.site}


def learnt(articles: Path, options: BuildOptions) -> Repeats | None:
    """What recurs across the pages of each site, from a first reading of all of them.

    Standard input can be read only once, so nothing is learnt from it.
    """
    if not options.cleaning.learn_repeats or articles == STANDARD_INPUT:
        return None
    read = documents(sources(articles), options.reading)
    return Repeats.learnt_from(each for each in read if isinstance(each, Document))


def kept_terms(journal: Journal, glossary: Glossary) -> TermsKept | None:
    """How many terms of a glossary stand in the sentences of a run, and in their English."""
    if not glossary.terms:
        return None
    return glossary.kept(
        (each.sentence.text, each.translation.text)
        for article in journal.articles()
        for each in article.sentences
    )

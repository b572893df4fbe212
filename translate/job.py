"""The translating part of a job: pages that the journal lacks are taken apart and translated.

Reading and cleaning, translating, and writing go on at the same time. Sentences are translated in
windows of many articles; the articles of a window are recorded together, so an interrupted run has
each window whole or not at all, and its sentences one by one in the memory.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpora.document import Document
from corpora.lines.repeats import Repeats
from corpora.page import Page
from corpora.reading import Failure
from translate.journal import Journal, Translated
from translate.lanes import WINDOW, in_order, largest_window, windows
from translate.pace import Pace
from translate.progress import Article, Progress
from translate.translator import Translation, Translator

LOG = logging.getLogger(__name__)
TOGETHER = 64  # articles that are cleaned at once: twice as fast as one by one
CHARACTERS = 200_000  # of them, if they are long

TakeApart = Callable[[Sequence[Document]], Sequence[Page]]


@dataclass(frozen=True, slots=True)
class Taken:
    """An article on its way: taken apart, done in an earlier run, or failed.

    Attributes:
        path: its address in the input.
        page: None if there is nothing to translate.
        failure: why it cannot be used, or empty.
        recurring: digest of what recurs in it on its site.
    """

    path: str
    page: Page | None = None
    failure: str = ""
    recurring: str = ""


def none_recurs(_: Document) -> str:
    """What recurs in an article where nothing was learnt."""
    return ""


@dataclass(slots=True)
class Work:
    """What was done so far.

    Attributes:
        resumed: articles that the journal had already.
        articles: translated now.
        sentences: of these.
        words: of these, Indonesian.
        pace: of the translating.
    """

    resumed: int = 0
    articles: int = 0
    sentences: int = 0
    words: int = 0
    pace: Pace = field(default_factory=Pace)

    def count(self, article: Article) -> None:
        """Take an article into account."""
        self.resumed += article.before
        self.articles += not (article.before or article.failure)
        self.sentences += article.sentences
        self.words += article.words
        self.pace.note(article.words)


def translate_articles(
    journal: Journal,
    read: Iterable[Document | Failure],
    take_apart: TakeApart,
    translator: Translator,
    progress: Progress,
    *,
    repeats: Repeats | None = None,
    tune: bool = False,
) -> Work:
    """Bring the journal up to date with the input, and say what was done.

    Args:
        journal: of the run; its articles stay as they are, unless they have changed or other
            lines of them recur now.
        read: the input.
        take_apart: cleans and splits some pages.
        translator: the model.
        progress: told of every article, and before of what is decoded of some.
        repeats: what recurs on the site of each article, if that was learnt.
        tune: whether to measure which size of batch is fastest, if the input is large.
    """
    work = Work()
    recurring = repeats.recurring if repeats else none_recurs
    with journal.digests() as digest:
        articles = taken_apart(read, digest, take_apart, recurring)
        found = windows(articles, sentences_of, largest_window(translator, WINDOW))
        done = in_order(found, texts_of, translator, tune=tune, progress=progress)
        for window, english in done:
            record(journal, window, english, work, progress)
    return work


def sentences_of(article: Taken) -> int:
    """How many sentences of an article there are to translate."""
    return len(article.page.sentences) if article.page else 0


def texts_of(window: Sequence[Taken]) -> list[str]:
    """The sentences of some articles, in order."""
    return [s.text for article in window if article.page for s in article.page.sentences]


def taken_apart(
    read: Iterable[Document | Failure],
    digest: Callable[[str], str | None],
    take_apart: TakeApart,
    recurring: Callable[[Document], str] = none_recurs,
) -> Iterator[Taken]:
    """Take apart what is not done; an article that cannot be is a failure and no more."""
    for group in grouped(read):
        known = [(each, recurring(each)) for each in group if isinstance(each, Document)]
        wanted = [(each, how) for each, how in known if digest(each.path) != each.digest + how]
        apart = together([each for each, _ in wanted], take_apart)
        taken = {
            id(each): replace(done, recurring=how)
            for (each, how), done in zip(wanted, apart, strict=True)
        }
        for each in group:
            failure = each.reason if isinstance(each, Failure) else ""
            yield taken.get(id(each)) or Taken(each.path, failure=failure)


def grouped(read: Iterable[Document | Failure]) -> Iterator[list[Document | Failure]]:
    """What was read in groups, which are cleaned faster than pages one by one."""
    group: list[Document | Failure] = []
    room = CHARACTERS
    for each in read:
        group.append(each)
        room -= len(each.text) if isinstance(each, Document) else 0
        if len(group) == TOGETHER or room <= 0:
            yield group
            group, room = [], CHARACTERS
    if group:
        yield group


def together(documents: Sequence[Document], take_apart: TakeApart) -> list[Taken]:
    """Documents taken apart; one by one where one of them cannot be."""
    try:
        pages = take_apart(documents)
        return [Taken(document.path, page) for document, page in zip(documents, pages, strict=True)]
    except Exception as error:  # one strange page must not end a night's work
        if len(documents) > 1:
            return [taken for each in documents for taken in together([each], take_apart)]
        (path,) = (document.path for document in documents)
        LOG.debug("%s", path, exc_info=True)
        what = f"{type(error).__name__}: {error}".split("\n")[0][:200]
        return [Taken(path, failure=f"{path}: cannot be taken apart ({what}); please report it")]


def record(
    journal: Journal,
    window: Sequence[Taken],
    translations: Sequence[Translation],
    work: Work,
    progress: Progress,
) -> None:
    """Record the articles of a window, all or none, and tell of them."""
    english = iter(translations)
    told = []
    with journal.together():
        for article in window:
            words = 0
            if article.failure:
                journal.record_failure(article.path, article.failure)
            elif article.page is not None:
                sentences = article.page.sentences
                done = [Translated(each, next(english)) for each in sentences]
                journal.record(article.page, done, article.recurring)
                words = sum(len(each.text.split()) for each in sentences)
            journal.meet(article.path)
            told.append(outcome(article, words))
    for each in told:
        work.count(each)
        progress.article(each)


def outcome(article: Taken, words: int) -> Article:
    """What is to be told of an article that is recorded."""
    return Article(
        article.path,
        sentences=sentences_of(article),
        words=words,
        failure=article.failure,
        before=not article.failure and article.page is None,
    )

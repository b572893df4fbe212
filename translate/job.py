"""The translating part of a job: pages that the journal lacks are taken apart and translated."""

from collections.abc import Callable, Iterable

from corpora.document import Document
from corpora.page import Page
from corpora.reading import Failure
from translate.journal import Journal, Translated
from translate.progress import Progress
from translate.translator import Translator

WINDOW = 1024  # sentences that are translated together: enough to batch well, little to lose


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

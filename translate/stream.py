"""Lines translated for standard output, each window of them printed as soon as it is there."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from corpora.document import LINE_END, Document
from translate.arrivals import arriving
from translate.lanes import WINDOW, in_order, largest_window, windows
from translate.mirror import Torn, sentences_of
from translate.progress import Article, Progress
from translate.translator import Translator

FIRST_WINDOW = 64  # sentences: something is to be seen soon
MOMENT_SECONDS = 0.2  # without a further line of standard input: what is there is translated ...
OLDEST_SECONDS = 1.0  # ... as it is when its first line has waited for so long


def translate_lines(
    lines: Iterable[str],
    translator: Translator,
    *,
    tune: bool = False,
    progress: Progress | None = None,
) -> Iterator[str]:
    """The English of lines with their ends; line ends, blank lines and indents stay.

    Args:
        lines: that are there.
        translator: the model.
        tune: whether to measure which size of batch is fastest, if there are many.
        progress: told of every window.
    """
    torn = (Torn.of(Document("", line, "")) for line in lines)
    largest = largest_window(translator, WINDOW)
    found = windows(torn, lambda each: len(each.sentences()), largest, FIRST_WINDOW)
    yield from english_of(found, translator, tune=tune, progress=progress)


def translate_stream(lines: Iterable[str], translator: Translator) -> Iterator[str]:
    """The English of lines that may come slowly: it does not wait for the lines after them."""
    found = as_they_come(lines, largest_window(translator, WINDOW))
    yield from english_of(found, translator)


def english_of(
    found: Iterable[Sequence[Torn] | None],
    translator: Translator,
    *,
    tune: bool = False,
    progress: Progress | None = None,
) -> Iterator[str]:
    """The English of each window."""
    done = in_order(found, sentences_of, translator, tune=tune, progress=progress)
    with closing(done):
        for window, translations in done:
            english = iter(translations)
            yield "".join(each.put_together(english) for each in window)
            if progress:
                words = sum(len(each.document.text.split()) for each in window)
                progress.article(Article("", sentences=len(translations), words=words))


def as_they_come(lines: Iterable[str], largest: int) -> Iterator[list[Torn] | None]:
    """Lines in windows: of so many sentences, or what is there when for a moment no line comes.

    None is given when there is nothing, too.
    """
    window: list[Torn] = []
    most = room = min(FIRST_WINDOW, largest)
    since = time.monotonic()
    with closing(arriving(lines, WINDOW, MOMENT_SECONDS)) as coming:
        for line in coming:
            if line is not None:
                since = since if window else time.monotonic()
                window.append(Torn.of(Document("", line, "")))
                room -= 1 + len(window[-1].sentences())
                if room > 0 and time.monotonic() - since < OLDEST_SECONDS:
                    continue
            yield window or None
            most = min(4 * most, largest) if room <= 0 else most
            window, room = [], most
    if window:
        yield window


def lines_with_ends(text: str) -> Iterator[str]:
    r"""Cut a text after its line ends.

    >>> list(lines_with_ends("a\r\n\nb"))
    ['a\r\n', '\n', 'b']
    """
    start = 0
    for end in LINE_END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield text[start:]

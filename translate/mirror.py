"""Articles translated as they stand: every line and blank line kept, names mirrored."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from corpora.address import OutputNames, output_name
from corpora.document import Document, Line, lines_of
from corpora.errors import UserError
from corpora.files import check_apart, check_on_existing, write_text
from corpora.reading import (
    Failure,
    ReadingOptions,
    Source,
    count,
    documents,
    holds_many,
    sources,
    warn_of_others,
)
from corpora.repair import repair
from corpora.splitting import split
from translate.journal import Translated
from translate.lanes import WINDOW, in_order, largest_window, windows
from translate.progress import Article, Progress, Silence
from translate.translator import Translation, Translator


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What `mirror` did: files written, files left as they were, and what failed."""

    written: int
    skipped: int
    words: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Torn:
    """An article in lines and sentences.

    Attributes:
        document: as it was read.
        lines: those that are not blank, each with its repaired sentences.
    """

    document: Document
    lines: tuple[tuple[Line, tuple[str, ...]], ...]

    @classmethod
    def of(cls, document: Document) -> "Torn":
        """Repair and split every line."""
        lines = lines_of(document.text)
        return cls(document, tuple((line, tuple(split(repair(line.text)))) for line in lines))

    def sentences(self) -> list[str]:
        """All sentences, in order."""
        return [sentence for _, sentences in self.lines for sentence in sentences]

    def put_together(self, english: Iterator[Translation]) -> str:
        """The text with English sentences; line ends, blank lines and indents stay."""
        text, out, done = self.document.text, [], 0
        for line, sentences in self.lines:
            indent = len(line.text) - len(line.text.lstrip())
            out.append(text[done : line.start + indent])
            out.append(" ".join(next(english).text for _ in sentences))
            done = line.end
        return "".join(out) + text[done:] + missing_end(self.document)


def missing_end(document: Document) -> str:
    """The line end that a text lacks which was taken out of a page, a table or a Word file.

    A text file keeps the end that it has.
    """
    is_file = not document.path or output_name(document.path) == document.path
    return "" if is_file or document.text.endswith("\n") else "\n"


@dataclass(slots=True)
class Passed:
    """What is not translated while the rest is: articles that are there, and that failed."""

    skipped: int = 0
    failures: list[Failure] = field(default_factory=list)


def layout(translated: Sequence[Translated]) -> str:
    """The English of a cleaned article: a paragraph for each line, a blank line between."""
    by_line = groupby(translated, key=lambda each: each.sentence.line)
    paragraphs = (" ".join(each.translation.text for each in line) for _, line in by_line)
    return "\n\n".join(paragraphs) + "\n" if translated else ""


def sentences_of(torn: Sequence[Torn]) -> list[str]:
    """The sentences of several articles, in order."""
    return [sentence for each in torn for sentence in each.sentences()]


def mirror(
    location: Path,
    output: Path,
    translator: Translator,
    *,
    on_existing: str = "fail",
    progress: Progress | None = None,
    options: ReadingOptions | None = None,
    tune: bool = False,
) -> Mirrored:
    """Translate a file into a file, or many articles into a folder of the same names.

    Args:
        location: the input, see `corpora.reading.sources`.
        output: file or folder to write; for a file with one article, an existing folder takes it.
        translator: the model.
        on_existing: what to do about output files that are there: fail, skip or overwrite.
        progress: told of every finished article.
        options: how to read.
        tune: whether to measure which size of batch is fastest, if the input is large.

    Raises:
        UserError: nothing to read, or an output file is there and `on_existing` is `fail`.
    """
    check_on_existing(on_existing)
    progress = progress or Silence()
    check_apart(location, output)
    total = count(location)
    into_folder = location.is_dir() or output.is_dir() or total is None
    if into_folder and output.is_file():
        raise UserError(f"{output}: is a file; name a folder for the translations")

    with OutputNames() as names:

        def target(path: str) -> Path:
            return output / names.of(path) if into_folder else output

        if into_folder and not location.is_dir():  # `translate a.txt .` would write onto a.txt
            check_apart(location, target(location.name))

        if on_existing == "fail":
            refuse_existing(sources(location), target)
        progress.begin("translate", total)
        warn_of_others(location)
        passed = Passed()
        written = words = 0
        found: Iterable[Source] = sources(location)
        if on_existing == "skip":
            found = (
                each
                for each in found
                if holds_many(each) or not is_there(target(each.path), passed)
            )
        read: Iterable[Document | Failure] = documents(found, options or ReadingOptions())
        if on_existing == "skip":
            read = (
                each
                for each in read
                if isinstance(each, Failure) or not is_there(target(each.path), passed)
            )
        articles = torn_apart(read, passed.failures, progress)
        found_windows = windows(
            articles, lambda each: len(each.sentences()), largest_window(translator, WINDOW)
        )
        done = in_order(found_windows, sentences_of, translator, tune=tune, progress=progress)
        for window, translations in done:
            english = iter(translations)
            for torn in window:
                write_text(target(torn.document.path), torn.put_together(english))
                count_of = len(torn.sentences()), len(torn.document.text.split())
                progress.article(Article(torn.document.path, *count_of))
                words += count_of[1]
                written += 1
        return Mirrored(written, passed.skipped, words, tuple(passed.failures))


def refuse_existing(found: Iterable[Source], target: Callable[[str], Path]) -> None:
    """See that no output is there, before anything is read.

    Raises:
        UserError: some is.
    """
    for source in found:
        there = target(f"{source.path}#1").parent if holds_many(source) else target(source.path)
        if there.exists():
            raise UserError(f"{there}: exists; use --on-existing skip or --on-existing overwrite")


def is_there(target: Path, passed: Passed) -> bool:
    """Tell whether an output is there, and count it."""
    passed.skipped += target.exists()
    return target.exists()


def torn_apart(
    read: Iterable[Document | Failure], failures: list[Failure], progress: Progress
) -> Iterator[Torn]:
    """Articles in lines and sentences; failures are set aside."""
    for document in read:
        if isinstance(document, Failure):
            failures.append(document)
            progress.article(Article(document.path, failure=document.reason))
            continue
        try:
            yield Torn.of(document)
        except Exception as error:  # one strange page must not end a night's work
            reason = f"{document.path}: cannot be taken apart ({error!r:.200}); please report it"
            failures.append(Failure(document.path, reason))
            progress.article(Article(document.path, failure=reason))

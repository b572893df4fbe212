"""Text files translated as they stand: every line and blank line kept, names mirrored."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import IO

from corpora.document import Document, lines_of
from corpora.errors import UserError
from corpora.files import write_text
from corpora.reading import Failure, documents, sources
from corpora.repair import repair
from corpora.splitting import split
from translate.journal import Translated
from translate.progress import Progress, Silence
from translate.run_folder import ON_EXISTING
from translate.translator import Translator

WINDOW_CHARACTERS = 200_000  # of Indonesian that is translated together
STREAM_LINES = 256


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What `mirror` did: files written, files left as they were, and what failed."""

    written: int
    skipped: int
    words: int
    failures: tuple[Failure, ...]


def layout(translated: Sequence[Translated]) -> str:
    """The English of a cleaned article: a paragraph for each line, a blank line between."""
    by_line = groupby(translated, key=lambda each: each.sentence.line)
    paragraphs = (" ".join(each.translation.text for each in line) for _, line in by_line)
    return "\n\n".join(paragraphs) + "\n" if translated else ""


def translate_texts(texts: Sequence[str], translator: Translator) -> list[str]:
    """Translate whole texts line by line; line ends, blank lines and indents stay."""
    pieces = [[(line, split(repair(line.text))) for line in lines_of(text)] for text in texts]
    flat = [sentence for lines in pieces for _, sentences in lines for sentence in sentences]
    english = iter(translator.translate(flat))
    results = []
    for text, lines in zip(texts, pieces, strict=True):
        out, done = [], 0
        for line, sentences in lines:
            indent = len(line.text) - len(line.text.lstrip())
            out.append(text[done : line.start + indent])
            out.append(" ".join(next(english).text for _ in sentences))
            done = line.end
        results.append("".join(out) + text[done:])
    return results


def mirror(
    location: Path,
    output: Path,
    translator: Translator,
    *,
    on_existing: str = "fail",
    progress: Progress | None = None,
) -> Mirrored:
    """Translate a file into a file, or a folder into a folder of the same names.

    Args:
        location: the input.
        output: file or folder to write; for one input file, an existing folder takes it.
        translator: the model.
        on_existing: what to do about output files that are there: fail, skip or overwrite.
        progress: told of every finished file.

    Raises:
        UserError: nothing to read, or an output file is there and `on_existing` is `fail`.
    """
    if on_existing not in ON_EXISTING:
        raise UserError(f"--on-existing {on_existing!r}; there are {', '.join(ON_EXISTING)}")
    progress = progress or Silence()
    found = sources(location)
    whole_folder = location.is_dir() or output.is_dir()
    if location.is_dir() and output.is_file():
        raise UserError(f"{output}: is a file; name a folder for the translations")
    targets = {source.path: output / source.path if whole_folder else output for source in found}
    there = {path for path, target in targets.items() if target.exists()}
    if there and on_existing == "fail":
        raise UserError(
            f"{targets[min(there)]}: exists; use --on-existing skip or --on-existing overwrite"
        )
    skipped = there if on_existing == "skip" else set()
    wanted = [source for source in found if source.path not in skipped]
    progress.begin("translate", len(wanted))
    failures: list[Failure] = []
    words = 0
    for window in windows(documents(wanted), failures):
        english = translate_texts([document.text for document in window], translator)
        for document, text in zip(window, english, strict=True):
            write_text(targets[document.path], text)
            words += len(document.text.split())
            progress.advance()
    return Mirrored(len(wanted) - len(failures), len(skipped), words, tuple(failures))


def windows(
    read: Iterable[Document | Failure], failures: list[Failure]
) -> Iterator[list[Document]]:
    """Group documents to be translated together; failures are set aside."""
    window: list[Document] = []
    for document in read:
        if isinstance(document, Failure):
            failures.append(document)
            continue
        window.append(document)
        if sum(len(each.text) for each in window) >= WINDOW_CHARACTERS:
            yield window
            window = []
    if window:
        yield window


def translate_stream(lines: IO[str], translator: Translator) -> Iterator[str]:
    """Translate standard input in pieces of some hundred lines, as it comes."""
    while chunk := list(islice(lines, STREAM_LINES)):
        yield translate_texts(["".join(chunk)], translator)[0]

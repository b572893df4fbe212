"""Snippets of the original English reporting, by the article that they belong to."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpora.errors import UserError
from corpora.files import files_below

BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of reference English, one to a few sentences.

    Attributes:
        id: names the snippet in the run: file and number in it.
        text: English, single spaces, no line break.
    """

    id: str
    text: str

    def sentences(self) -> tuple[str, ...]:
        """Its sentences, by Wikimedia's `sentencex` (https://pypi.org/project/sentencex)."""
        from sentencex import segment

        found = (sentence.strip() for sentence in segment("en", self.text))
        return tuple(sentence for sentence in found if sentence)


References = Mapping[str, tuple[Snippet, ...]]


def stem(path: str) -> str:
    """The name by which an article and its references find each other: the path without suffix.

    >>> stem("dunia/korut.txt")
    'dunia/korut'
    """
    return str(PurePosixPath(path).with_suffix(""))


def snippets_of(text: str, name: str) -> Iterator[Snippet]:
    r"""Yield the passages that blank lines separate.

    >>> [snippet.text for snippet in snippets_of("One\ntwo.\n\nThree.\n", "a")]
    ['One two.', 'Three.']
    """
    passages = BLANK_LINES.split(text.replace("\r\n", "\n").strip("\n"))
    number = 0
    for passage in passages:
        if joined := " ".join(passage.split()):
            number += 1
            yield Snippet(f"{name}#{number}", joined)


def read_references(location: Path) -> References:
    """Read a folder of `.txt` files, one per article, or a `.jsonl` with `article` and `text`.

    Raises:
        UserError: nothing is there, a file is unreadable, or a JSON line is not as expected.
    """
    if not location.exists():
        raise UserError(f"{location}: no such file or folder of references; check the spelling")
    found = dict(from_folder(location)) if location.is_dir() else from_jsonl(location)
    if not any(found.values()):
        raise UserError(
            f"{location}: no reference snippet found; expected one .txt per article with blank "
            "lines between snippets, or a .jsonl with `article` and `text`"
        )
    return found


def from_folder(folder: Path) -> Iterator[tuple[str, tuple[Snippet, ...]]]:
    """Yield, for each file below the folder, its stem and its snippets."""
    for file in files_below(folder, frozenset({".txt"})):
        path = file.relative_to(folder).as_posix()
        yield stem(path), tuple(snippets_of(read_text(file), path))


def from_jsonl(file: Path) -> dict[str, tuple[Snippet, ...]]:
    """The snippets of a JSON Lines file, by the article that each names."""
    found: dict[str, list[Snippet]] = {}
    for number, line in enumerate(read_text(file).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{file}:{number}"
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            raise UserError(f"{where}: no JSON ({error.msg})") from None
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            raise UserError(f"{where}: expected an object with a `text`")
        if not isinstance(entry.get("article"), str):
            raise UserError(f"{where}: expected an `article`, the name of the file it belongs to")
        snippet = Snippet(f"{file.name}#{number}", " ".join(entry["text"].split()))
        if snippet.text:
            article = entry["article"]
            key = stem(article) if article.endswith(".txt") else article
            found.setdefault(key, []).append(snippet)
    return {article: tuple(snippets) for article, snippets in found.items()}


def read_text(file: Path) -> str:
    """The text of a reference file.

    Raises:
        UserError: it cannot be read, or is not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(f"{file}: cannot be read ({error.strerror}); check permissions") from None
    except UnicodeDecodeError as error:
        raise UserError(
            f"{file}: byte {error.start} is not UTF-8; convert the file with iconv -t UTF-8"
        ) from None

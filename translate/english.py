"""The folder of English texts of a run: one file for each article, and no others."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpora.address import Names, OutputNames, alike, printable
from corpora.files import write_text
from translate.journal import Finished
from translate.mirror import layout


@contextmanager
def english_folder(folder: Path) -> Iterator["EnglishFolder"]:
    """Give what writes the files; when the block ends well, files of earlier runs are removed."""
    with OutputNames() as names, Names() as written:
        english = EnglishFolder(folder, names, written)
        yield english
        if folder.is_dir():
            sweep(folder, english.is_ours)


@dataclass(frozen=True, slots=True)
class EnglishFolder:
    """Writes the files.

    Attributes:
        folder: of the texts; there is none while nothing was written.
        names: of the files, by article.
        written: the files, by what a disk may take their names for.
    """

    folder: Path
    names: OutputNames
    written: Names

    def write(self, article: Finished) -> None:
        """Write the English of an article."""
        name = self.names.of(article.path)
        write_text(self.folder / name, layout(article.sentences))
        self.written.take(alike(name), name)

    def is_ours(self, file: Path) -> bool:
        """Tell whether a file was written now; a disk may know it by a name in another case."""
        name = printable(file.relative_to(self.folder).as_posix())
        written = self.written.owner(alike(name))
        return written == name or bool(written and (self.folder / written).samefile(file))


def sweep(folder: Path, ours: Callable[[Path], bool]) -> None:
    """Remove the files of a folder that are not ours, and folders that are empty then."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                sweep(path, ours)
                if not any(path.iterdir()):
                    path.rmdir()
            elif not ours(path):
                path.unlink()

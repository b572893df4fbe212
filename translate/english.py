"""The folder of English texts of a run: one file for each article, and no others."""

import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from corpora.address import Names, OutputNames, alike, printable
from corpora.files import write_text
from translate.journal import Finished
from translate.mirror import layout


class EnglishFolder:
    """Writes the files; when the block ends well, those of articles that are gone are removed."""

    def __init__(self, folder: Path) -> None:
        """Begin with nothing written."""
        self.folder = folder
        self.names = OutputNames()
        self.written = Names()

    def __enter__(self) -> "EnglishFolder":
        """Give the folder itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nothing of earlier runs beside what was written."""
        try:
            if kind is None and self.folder.is_dir():
                sweep(self.folder, self.is_ours)
        finally:
            self.names.database.close()
            self.written.database.close()

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

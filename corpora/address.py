"""Addresses of articles in a run: unique, safe as names of output files, known to references."""

import hashlib
import re
import sqlite3
import unicodedata
from pathlib import PurePosixPath
from threading import Lock
from types import TracebackType
from typing import Self

CONTAINERS = (".jsonl.gz", ".jsonl", ".csv", ".tsv", ".parquet", ".warc.gz", ".warc")
EXTRACTED = (".html", ".htm", ".docx")  # their translation is plain text, and named so
DATASET = "hf:"
ROW = re.compile(
    rf"(?P<container>{DATASET}[^#]+|.*?(?:{'|'.join(map(re.escape, CONTAINERS))}))#(?P<row>.+)",
    re.DOTALL | re.IGNORECASE,
)
NOT_IN_NAMES = re.compile(r"[^\w .,@+=()-]")
LONGEST_NAME = 120  # bytes; file systems allow 255, and the name is lengthened while it is written
DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # of Windows
DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def is_row(path: str) -> bool:
    """Tell whether an address is that of a row or record inside a file.

    >>> is_row("arsip/2026.jsonl#12"), is_row("berita #12.txt")
    (True, False)
    """
    return ROW.fullmatch(path) is not None


def leads_out(name: str) -> bool:
    r"""Tell whether a name, used as a path, could leave its folder.

    >>> [leads_out(name) for name in ("a/b", "../a", "a\\..\\b", "/etc/passwd", "C:\\x", "a..b")]
    [False, True, True, True, True, False]
    """
    return (
        name.startswith(("/", "\\"))
        or bool(DRIVE.match(name))
        or ".." in re.split(r"[\\/]", name)
        or "\0" in name
    )


def printable(name: str) -> str:
    r"""The name with what is no character (bytes of old archives, half surrogates) written out.

    >>> printable("caf\udce9.txt")
    'caf\\udce9.txt'
    """
    return name.encode("utf-8", "backslashreplace").decode()


def file_name(name: str) -> str:
    """A name that any file system takes; different names stay different.

    >>> file_name("https://contoh.id/a")
    'https%3A%2F%2Fcontoh.id%2Fa'
    >>> file_name(".."), file_name("con")
    ('%2E.', '%63on')
    """
    safe = NOT_IN_NAMES.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), name)
    if safe[:1] in (".", " ") or DEVICE.fullmatch(safe):
        safe = f"%{ord(safe[0]):02X}{safe[1:]}"
    if len(safe.encode()) <= LONGEST_NAME:
        return safe
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return safe.encode()[: LONGEST_NAME - 17].decode(errors="ignore") + "~" + digest


def output_name(path: str) -> str:
    """The relative path under which the translation of an article is written.

    >>> output_name("dunia/korut.txt"), output_name("dunia/korut.html")
    ('dunia/korut.txt', 'dunia/korut.html.txt')
    >>> output_name("2026.jsonl#12"), output_name("hf:siapa/berita#train-3")
    ('2026.jsonl/12.txt', 'siapa/berita/train-3.txt')
    """
    row = ROW.fullmatch(path)
    if row:
        container = row["container"].removeprefix(DATASET).replace(":", "-")
        return f"{container}/{file_name(row['row'])}.txt"
    return path + ".txt" if path.lower().endswith(EXTRACTED) else path


def reference_names(path: str) -> tuple[str, ...]:
    """The names by which references may call an article, the closest first.

    >>> reference_names("dunia/korut.txt")
    ('dunia/korut', 'dunia/korut.txt')
    >>> reference_names("2026.jsonl#12")
    ('2026.jsonl#12', '12')
    """
    row = ROW.fullmatch(path)
    if row:
        return path, row["row"]
    return str(PurePosixPath(path).with_suffix("")), path


class Names:
    """Names that were given to things, kept on disk so that memory does not grow with them."""

    def __init__(self) -> None:
        """Begin with none."""
        # "": a file that SQLite removes
        self.database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self.database.execute("PRAGMA journal_mode = OFF")
        self.database.execute(
            "CREATE TABLE names (name TEXT PRIMARY KEY, thing TEXT) WITHOUT ROWID"
        )
        self.database.execute("BEGIN")

    def __enter__(self) -> Self:
        """Give the names themselves."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget them."""
        self.database.close()

    def take(self, name: str, thing: str = "") -> bool:
        """Tell whether a name is new, and note whose it is."""
        done = self.database.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", (name, thing))
        return done.rowcount == 1

    def owner(self, name: str) -> str:
        """Whose a name is; empty if it was not taken."""
        query = "SELECT thing FROM names WHERE name = ?"
        found = self.database.execute(query, (name,)).fetchone()
        return str(found[0]) if found else ""

    def distinct(self, name: str, number: object) -> str:
        """The name, or one with its number if it was given before; noted.

        >>> with Names() as names:
        ...     [names.distinct(name, number) for number, name in enumerate(["a", "a~2", "a"])]
        ['a', 'a~2', 'a~2~2']
        """
        while not self.take(name):
            name = f"{name}~{number}"
        return name


class OutputNames(Names):
    """Names of the output files of a run: no two of them are one on any file system.

    Some (of macOS, of Windows, of memory cards) do not tell `abC` from `ABc`, nor an accented
    letter from the letter and its accent; names are the same on all. Several threads may ask.
    """

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.lock = Lock()

    def of(self, path: str) -> str:
        """The relative path for the translation of an article; the same whenever it is asked for.

        Of articles whose names some disk takes for one, those asked for later have a digest in it.

        >>> with OutputNames() as names:
        ...     [names.of(path) for path in ("a.csv#abC", "a.csv#ABc", "a.csv#abC")]
        ['a.csv/abC.txt', 'a.csv/ABc~9f5bb374f526.txt', 'a.csv/abC.txt']
        """
        name, owner = output_name(path), printable(path)
        key = alike(printable(name))
        with self.lock:
            own = self.take(key, owner) or self.owner(key) == owner
        return name if own else with_digest(name, path)


def alike(name: str) -> str:
    """What names have in common that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def with_digest(name: str, path: str) -> str:
    """An output name with a digest of the article's address before its ending."""
    digest = hashlib.sha256(printable(path).encode()).hexdigest()[:12]
    file = PurePosixPath(name)
    stem = file.stem.encode()[:LONGEST_NAME].decode(errors="ignore")
    return str(file.with_name(f"{stem}~{digest}{file.suffix}"))

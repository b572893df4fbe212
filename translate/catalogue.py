"""The models that a user can name: where each is on this machine, its licence and its size."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from translate.hub import cached
from translate.models import BUNDLED, LICENCES, NAMED, from_folder

DOWNLOADS = {  # megabytes of what is fetched, as the Hub lists the files that we take
    "opus": 300,
    "nllb": 2_500,
    "nllb-1.3b": 5_500,
    "nllb-3.3b": 17_700,
}
PURPOSES = {
    "bundled": "the default: offline, in seconds, on any CPU",
    "opus": "better; the usual Marian model",
    "nllb": "better still; non-commercial licence",
    "nllb-1.3b": "better and slower; non-commercial licence",
    "nllb-3.3b": "best; wants a GPU; non-commercial licence",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """A model by name.

    Attributes:
        name: what `--model` takes.
        hub_id: where it comes from; empty for the bundled one.
        folder: where it is on this machine, or None.
        revision: commit or digest of what is there, or empty.
        licence: as its card says.
        megabytes: on the disk, or of the download.
        purpose: when to take it.
    """

    name: str
    hub_id: str
    folder: Path | None
    revision: str
    licence: str
    megabytes: int
    purpose: str


def listings() -> Iterator[Listing]:
    """Yield every model that has a name; the network is not touched."""
    own = from_folder("bundled", BUNDLED)
    size = megabytes(BUNDLED)
    yield Listing("bundled", "", BUNDLED, own.revision, own.licence, size, PURPOSES["bundled"])
    for name, hub_id in NAMED.items():
        found = cached(hub_id)
        yield Listing(
            name,
            hub_id,
            found.folder if found else None,
            found.revision if found else "",
            LICENCES[hub_id],
            megabytes(found.folder) if found else DOWNLOADS[name],
            PURPOSES[name],
        )


def megabytes(folder: Path) -> int:
    """Size of the files of a folder, links followed, rounded up."""
    return -(-sum(file.stat().st_size for file in folder.iterdir() if file.is_file()) // 10**6)

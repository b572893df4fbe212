"""The metadata of a dataset card: what we know of it, put in without losing what a human wrote."""

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise
from typing import Any

from corpora.errors import UserError
from corpora.publishing.columns import CONFIGURATIONS, declared
from corpora.publishing.manifest import Shard
from corpora.publishing.splits import SPLITS

FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
KEY = re.compile(r"^[A-Za-z_][\w-]*[ \t]*:", re.MULTILINE)
OURS = (*CONFIGURATIONS, "hashes")
SIZES = (  # the Hub's size categories, by the number of rows below which they hold
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
)
LICENCES_OF_OURS = ("other", "cc-by-nc-4.0")  # what may be ours in a card that does not note it
NOTED = ("license", "pretty_name")  # what we write unless a human states another
LISTS = ("language", "multilinguality", "task_categories", "tags")  # to which humans may add


def size_category(rows: int) -> str:
    """The Hub's name for a number of rows.

    >>> size_category(1_000)
    '1K<n<10K'
    """
    return next((name for limit, name in SIZES if rows < limit), "100M<n<1B")


def front_matter(card: str) -> tuple[str, str]:
    """The YAML and the text of a card."""
    found = FRONT.match(card.removeprefix("\ufeff").replace("\r\n", "\n"))
    if not found:
        return "", card
    return found[1], card.removeprefix("\ufeff").replace("\r\n", "\n")[found.end() :]


def parsed(front: str, name: object) -> dict[str, Any]:
    """The metadata that a human's YAML states.

    Raises:
        UserError: it is no YAML mapping.
    """
    import yaml

    try:
        found = yaml.safe_load(front) or {}
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())[:120]
        raise UserError(f"{name}: the metadata at its top is no YAML ({reason}); mend it") from None
    if not isinstance(found, dict):
        raise UserError(f"{name}: the metadata at its top is no mapping; mend it")
    return found


def merged_front(
    front: str, ours: Mapping[str, Any], stated: Mapping[str, Any], name: object
) -> str:
    """The YAML with our keys set; every other line, comments included, stays as it is.

    Args:
        front: of the card that is there.
        ours: what we know.
        stated: what of it a human stated, which stays.
        name: of the card.
    """
    old = parsed(front, name)
    return replaced(front, old, merged(old, ours, stated))


def dumped(value: Mapping[str, Any]) -> str:
    """YAML of a mapping in the order it has."""
    import yaml

    return str(yaml.safe_dump(dict(value), sort_keys=False, allow_unicode=True, width=1000))


def trailing_comments(block: str) -> str:
    """The comment lines that end a block: they belong to what follows."""
    lines = block.splitlines(keepends=True)
    count = 0
    while count < len(lines) - 1 and re.match(r"#|\s*$", lines[-1 - count]):
        count += 1
    return "".join(lines[len(lines) - count :])


def merged(
    old: Mapping[str, Any], ours: Mapping[str, Any], stated: Mapping[str, Any]
) -> dict[str, Any]:
    """Our keys, with what a human added to them or stated in their place."""
    wanted = dict(ours)
    for key in LISTS:
        if key in old and key in ours:
            theirs = listed(old[key])
            wanted[key] = [*theirs, *(value for value in ours[key] if value not in theirs)]
    wanted |= {key: old[key] for key in NOTED if key in stated}
    wanted["configs"] = merged_configurations(entries(old.get("configs")), ours["configs"])
    wanted["dataset_info"] = [
        *ours["dataset_info"],
        *(info for info in entries(old.get("dataset_info")) if not is_ours(info)),
    ]
    return wanted


def entries(value: Any) -> list[dict[str, Any]]:
    """The mappings of a list, or the one that stands there without a list."""
    return [entry for entry in listed(value) if isinstance(entry, dict)]


def listed(value: Any) -> list[Any]:
    """A value as a list; nothing is an empty one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def is_ours(entry: Mapping[str, Any]) -> bool:
    """Tell whether a configuration is one that we write."""
    return entry.get("config_name") in OURS


def merged_configurations(
    theirs: Sequence[Mapping[str, Any]], ours: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Our configurations with a human's additions to them, then his own as they are."""
    own = [dict(entry) for entry in theirs if not is_ours(entry)]
    known = {entry.get("config_name"): entry for entry in theirs}
    taken = any(entry.get("default") for entry in own)
    found = []
    for entry in ours:
        added = {
            key: value
            for key, value in known.get(entry["config_name"], {}).items()
            if key not in ("config_name", "data_files", "default")
        }
        kept = {key: value for key, value in entry.items() if key != "default" or not taken}
        found.append(kept | added)
    return [*found, *own]


def metadata(shards: Sequence[Shard], pretty_name: str, licence: str) -> dict[str, Any]:
    """What we know: language, task, size, licence, configurations and their features."""
    configurations = [name for name in OURS if any(s.configuration == name for s in shards)]
    rows = sum(s.rows for s in shards if s.configuration != "aligned")
    return {
        "language": list(("id", "en") if configurations != ["hashes"] else ("id",)),
        "multilinguality": ["translation"],
        "task_categories": ["translation"],
        "size_categories": [size_category(rows)],
        "license": licence,
        "pretty_name": pretty_name,
        "tags": ["parallel-corpus", "indonesian", "news", "selaras"],
        "configs": [
            configuration_entry(name, shards, default=index == 0)
            for index, name in enumerate(configurations)
        ],
        "dataset_info": [info_entry(name, shards) for name in configurations],
    }


def configuration_entry(name: str, shards: Sequence[Shard], *, default: bool) -> dict[str, Any]:
    """Where the files of a configuration are."""
    splits = {s.split for s in shards if s.configuration == name}
    entry: dict[str, Any] = {
        "config_name": name,
        "data_files": [
            {"split": split, "path": f"corpus/{name}-{split}-*.parquet"}
            for split in SPLITS
            if split in splits
        ],
    }
    return entry | {"default": True} if default else entry


def info_entry(name: str, shards: Sequence[Shard]) -> dict[str, Any]:
    """Features and sizes of a configuration."""
    found = [s for s in shards if s.configuration == name]
    splits = []
    for split in SPLITS:
        of_split = [s for s in found if s.split == split]
        if of_split:
            size = sum(s.memory for s in of_split)
            count = sum(s.rows for s in of_split)
            splits.append({"name": split, "num_bytes": size, "num_examples": count})
    return {
        "config_name": name,
        "features": declared(name),
        "splits": splits,
        "download_size": sum(s.size for s in found),
        "dataset_size": sum(s.memory for s in found),
    }


def with_configurations(front: str, other: str, name: object) -> str:
    """The YAML of one card with a human's configurations that only another one has."""
    ours, theirs = parsed(front, name), parsed(other, name)
    known = {entry.get("config_name") for entry in entries(ours.get("configs"))}
    more = [
        entry
        for entry in entries(theirs.get("configs"))
        if entry.get("config_name") not in known and not is_ours(entry)
    ]
    if not more:
        return front
    united = [*entries(ours.get("configs")), *more]
    return replaced(front, ours, {**ours, "configs": united})


def replaced(
    front: str,
    old: Mapping[str, Any],
    wanted: Mapping[str, Any],
    gone: Set[str] = frozenset(),
) -> str:
    """The YAML with other values for some keys, new ones last; all other lines stay as they are.

    Args:
        front: the YAML.
        old: what it states.
        wanted: the values of keys.
        gone: keys to take out.
    """
    starts = [found.start() for found in KEY.finditer(front)]
    pieces = [front[: starts[0] if starts else len(front)]]
    for start, end in pairwise([*starts, len(front)]):
        block = front[start:end]
        key = block.partition(":")[0].strip()
        if key in gone:
            block = trailing_comments(block)
        elif key in wanted and wanted[key] != old.get(key):
            block = dumped({key: wanted[key]}) + trailing_comments(block)
        pieces.append(block)
    fresh = {key: value for key, value in wanted.items() if key not in old}
    pieces.append(dumped(fresh) if fresh else "")
    return "".join(piece if piece.endswith("\n") or not piece else piece + "\n" for piece in pieces)

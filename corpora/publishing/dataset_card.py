"""The dataset card: what a corpus is, how it was made, how good it is, and what to beware of."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.files import write_text
from corpora.publishing.card import Card, model_terms
from corpora.publishing.card_figures import figures
from corpora.publishing.card_metadata import front_matter, merged_front, metadata
from corpora.publishing.card_sections import text_of
from corpora.publishing.manifest import read_manifest
from corpora.publishing.stated_metadata import NOTE, note, stated

BEGIN = "<!-- selaras:begin (written by Selaras; your text outside these two marks stays) -->"
END = "<!-- selaras:end -->"
BLOCK = re.compile(r"<!-- selaras:begin\b.*?-->.*?<!-- selaras:end\b.*?-->\n?", re.DOTALL)
HALF = re.compile(r"<!-- selaras:(?:begin|end)\b")
CARD = "README.md"


def write_card(run: Path, record: Mapping[str, Any], scores: Mapping[str, Any]) -> None:
    """Write the card of a run folder; what a human wrote into an earlier one stays.

    Raises:
        UserError: the card that is there cannot be understood.
    """
    shards = read_manifest(run / "corpus").shards
    files = [(shard, run / "corpus" / shard.name) for shard in shards]
    found = figures(files, run / "articles.jsonl")
    card = Card(run.resolve().name, shards, found, record, scores)
    path = run / CARD
    write_text(path, rendered(card, read_card(path), path))


def read_card(path: Path) -> str:
    """The card that is there; empty when none is.

    Raises:
        UserError: it is not in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except UnicodeDecodeError:
        raise UserError(f"{path}: expected UTF-8; save it as UTF-8, what you wrote stays") from None


def human_part(card: str) -> str:
    """What of a card is not ours: the text outside our marks."""
    return BLOCK.sub("", front_matter(card)[1]).strip()


def is_of_selaras(card: str) -> bool:
    """Tell whether a card has our marks."""
    return BLOCK.search(card) is not None


def rendered(card: Card, before: str, name: object) -> str:
    """The card as text, put into the one that was there before.

    Raises:
        UserError: the old one has one of our two marks and not the other, or broken metadata.
    """
    ours = metadata(card.shards, card.title, card.terms.dataset)
    block = f"{BEGIN}\n{note(ours)}\n\n{text_of(card)}\n{END}\n"
    return assembled(ours, block, before, name)


def adopted(run: Path, published: str, record: Mapping[str, Any]) -> str:
    """The card of a run folder with what humans wrote into the one that was published."""
    here = read_card(run / CARD)
    block = BLOCK.search(here)
    if block is None:
        return here
    shards = read_manifest(run / "corpus").shards
    ours = metadata(shards, run.resolve().name, model_terms(record).dataset)
    fresh = NOTE.sub(lambda _: f"{note(ours)}\n", block[0])
    return assembled(ours, fresh, published, run / CARD)


def assembled(ours: Mapping[str, Any], block: str, before: str, name: object) -> str:
    """A card with our metadata and our part, all else as it was before."""
    front, body = front_matter(before)
    front = merged_front(front, ours, stated(before, name), name)
    rest = BLOCK.sub("", body)
    if HALF.search(rest) or len(BLOCK.findall(body)) > 1:
        raise UserError(
            f"{name}: expected one selaras:begin with its selaras:end; put both marks back, or "
            "remove both"
        )
    if BLOCK.search(body):
        body = BLOCK.sub(lambda _: block, body)
    elif body.strip():
        body = f"{body.rstrip()}\n\n{block}"
    else:
        body = block
    return f"---\n{front}---\n{body if body.startswith(chr(10)) else chr(10) + body}"


def json_object(path: Path) -> dict[str, Any]:
    """The object in a JSON file of a run folder.

    Raises:
        UserError: it cannot be read, or is no object.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise UserError(f"{path}: not there or damaged; build the run again")
    return found

"""The card of a dataset that people edit in two places, and what was pushed where."""

import hashlib
import json
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.files import write_json
from corpora.publishing.card import Card
from corpora.publishing.card_metadata import front_matter, with_configurations
from corpora.publishing.dataset_card import (
    CARD,
    human_part,
    read_card,
    rendered,
)
from corpora.publishing.push_plan import Remote
from corpora.publishing.stated_metadata import restated, stated, united

PUSHED = "pushed.json"  # what was pushed where, so that two edited cards are told apart


def merged_card(run: Path, card: Card, remote: Remote, place: str) -> str:
    """The card with what humans wrote into the one here and the one on the Hub.

    Raises:
        UserError: both were changed since the last push, differently.
    """
    file = run / CARD
    here = read_card(file)
    ours, theirs = human_part(here), human_part(remote.card)
    last = pushed_before(run).get(place, {})
    known = last.get("human", digest(""))
    if ours == theirs or digest(theirs) == known or not theirs:
        base, other = here, remote.card
    elif digest(ours) == known or not ours:
        base, other = remote.card, here
    else:
        raise UserError(
            f"{file}: edited here and on the Hub; bring your text together in this file and "
            "on the Hub, then push again"
        )
    front, body = front_matter(base)
    if remote.card:
        said_here, said_there = stated(here, file), stated(remote.card, file)
        both = united(said_here, said_there, last.get("stated"), file)
        front = restated(front, said_here if base is here else said_there, both, file)
        front = with_configurations(front, front_matter(other)[0], file)
    return rendered(card, f"---\n{front}---\n{body}", file)


def digest(text: str) -> str:
    """A digest of what a human wrote."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def pushed_before(run: Path) -> dict[str, Any]:
    """What was pushed where."""
    try:
        found = json.loads((run / PUSHED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(run: Path, place: str, commit: str, card: str) -> None:
    """Note what was pushed where."""
    entry = {
        "commit": commit,
        "human": digest(human_part(card)),
        "stated": stated(card, run / PUSHED),
    }
    write_json(run / PUSHED, pushed_before(run) | {place: entry})

"""Metadata that humans stated in the card of a dataset, told from what Selaras wrote itself.

A card notes which licence and which name Selaras put in; other ones are a human's. Cards that were
edited in two places since they were last the same are brought together key by key.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from corpora.errors import UserError
from corpora.publishing.card_metadata import (
    LICENCES_OF_OURS,
    LISTS,
    NOTED,
    front_matter,
    listed,
    parsed,
    replaced,
)

COUNTED = ("configs", "dataset_info", "size_categories")  # what we know best
NOTE = re.compile(r"^<!-- selaras:wrote (\{.*\}) -->\n", re.MULTILINE)

Stated = dict[str, Any]


def note(ours: Mapping[str, Any]) -> str:
    """The line of a card that notes what Selaras put in where a human may state another.

    >>> note({"license": "other", "pretty_name": "berita", "tags": ["x"]})
    '<!-- selaras:wrote {"license": "other", "pretty_name": "berita"} -->'
    """
    entries = json.dumps({key: ours[key] for key in NOTED if key in ours})
    return f"<!-- selaras:wrote {entries.replace('--', '-' + chr(92) + 'u002d')} -->"


def written(card: str) -> Stated:
    """What a card notes that Selaras put in; empty for cards without a note."""
    found = NOTE.search(card)
    try:
        entries = json.loads(found[1]) if found else {}
    except ValueError:
        return {}
    return entries if isinstance(entries, dict) else {}


def is_own(key: str, value: Any, ours: Mapping[str, Any]) -> bool:
    """Tell whether a value is one that Selaras wrote.

    Args:
        key: of the metadata.
        value: that stands there.
        ours: what Selaras wrote there, as the card notes; empty if it does not.
    """
    if key not in NOTED:
        return False
    if key in ours:
        return bool(value == ours[key])
    return key == "license" and value in LICENCES_OF_OURS


def stated(card: str, name: object) -> Stated:
    """The metadata of a card that a human may have stated: what we count and wrote left out.

    Raises:
        UserError: the metadata cannot be understood.
    """
    ours = written(card)
    return {
        key: json.loads(json.dumps(value, default=str))
        for key, value in parsed(front_matter(card)[0], name).items()
        if key not in COUNTED and not is_own(key, value, ours)
    }


def united(here: Stated, there: Stated, last: Stated | None, name: object) -> Stated:
    """Metadata of two cards brought together.

    Args:
        here: what the card here states.
        there: what the one on the Hub states.
        last: what both stated when they were last the same; None if they never were.
        name: of the card here.

    Raises:
        UserError: a key has two values, both new.

    >>> united({"a": 1, "b": 2}, {"a": 1, "b": 3}, {"a": 1, "b": 2}, "README.md")
    {'a': 1, 'b': 3}
    >>> united({"tags": ["x", "y"]}, {"tags": ["z"]}, {"tags": ["x"]}, "README.md")
    {'tags': ['y', 'z']}
    """
    before = last or {}
    found: Stated = {}
    for key in dict.fromkeys((*here, *there)):
        ours, theirs, old = here.get(key), there.get(key), before.get(key)
        if key in LISTS:
            found[key] = joined(ours, theirs, old)
        elif key not in there:
            if last is None or ours != old:  # else it was taken out on the Hub
                found[key] = ours
        elif key not in here:
            if last is None or theirs != old:
                found[key] = theirs
        elif ours in (theirs, old):
            found[key] = theirs
        elif theirs == old:
            found[key] = ours
        else:
            raise UserError(
                f"{name}: `{key}` is {brief(ours)} here and {brief(theirs)} on the Hub; make them "
                "the same, then push again"
            )
    return found


def joined(ours: Any, theirs: Any, old: Any) -> list[Any]:
    """The entries of two lists without those that one of them has dropped since they were one."""
    here, there, before = listed(ours), listed(theirs), listed(old)
    kept = [each for each in here if each in there or each not in before]
    return kept + [each for each in there if each not in here and each not in before]


def brief(value: Any) -> str:
    """A value in few characters."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:37] + "..."


def restated(front: str, before: Stated, after: Stated, name: object) -> str:
    """The YAML with what humans state in all cards in place of what they state in this one.

    Args:
        front: of one card.
        before: what it states.
        after: what it is to state.
        name: of the card.
    """
    old = parsed(front, name)
    gone = before.keys() - after.keys()
    changed = {key: value for key, value in after.items() if before.get(key) != value}
    return replaced(front, old, {**old, **changed}, gone)

"""The split of an article: train, validation or test, by a hash and never by chance."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from corpora.errors import UserError

SPLITS = ("train", "validation", "test")
VALIDATION, TEST = 0.05, 0.05  # shares of the articles; the rest is for training


def split_of(article: str, originals: Mapping[str, str]) -> str:
    """The split of an article; near-duplicates go where the article goes that they repeat.

    The same address is in the same split in every corpus, whatever else is there.

    >>> split_of("copy.txt", {"copy.txt": "a.txt"}) == split_of("a.txt", {})
    True
    """
    seen = {article}
    while (original := originals.get(article)) is not None and original not in seen:
        article = original
        seen.add(article)
    if original is not None:  # articles that name each other: their smallest name stands for all
        article = min(circle(article, originals))
    digest = hashlib.sha256(article.encode("utf-8", "surrogatepass")).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64
    if share < TEST:
        return "test"
    return "validation" if share < TEST + VALIDATION else "train"


def circle(article: str, originals: Mapping[str, str]) -> set[str]:
    """The articles of a circle of duplicates.

    >>> sorted(circle("a", {"a": "b", "b": "a"}))
    ['a', 'b']
    """
    found = {article}
    while (following := originals[article]) not in found:
        found.add(following)
        article = following
    return found


def originals_of(articles: Path) -> dict[str, str]:
    """Which article each near-duplicate repeats, as `articles.jsonl` has it.

    Raises:
        UserError: a line is no JSON object.
    """
    found: dict[str, str] = {}
    if not articles.exists():
        return found
    with articles.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                entry = json.loads(line)
                original = entry.get("duplicate_of")
            except (ValueError, AttributeError):
                raise UserError(f"{articles}:{number}: no JSON object; build again") from None
            if original:
                found[entry["article"]] = original
    return found

"""The sections of a dataset card, each a few lines of Markdown."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpora.flags import FLAGS
from corpora.publishing.card import Card
from corpora.publishing.card_scores import scoring
from corpora.publishing.card_tables import cell, flat, size
from corpora.publishing.columns import kinds
from corpora.publishing.splits import SPLITS

MOST_SITES = 30
ELSEWHERE = ("model", "revision", "format")  # settings said on their own, or of no use to a reader
FIELDS = {
    "id": "stable identifier: a hash of address, span and raw text",
    "translation": "the pair, `id` Indonesian with its typography repaired and `en` English",
    "source": "Indonesian with its typography repaired",
    "reference": "English of the original reporting, null where none was found",
    "machine_translation": "English of the model",
    "article": "address of the article in the input",
    "position": "0-based number of the sentence in the article",
    "line": "1-based line of the raw article",
    "start": "offset of the first character in the raw article",
    "end": "offset after the last character",
    "source_raw": "Indonesian as it stands in the article",
    "translation_score": "mean log probability per token of the machine translation, 0 is certain",
    "reference_id": "the reference snippet",
    "alignment": 'sentences on both sides, "2-1"; "1-0" without a reference',
    "alignment_score": "confidence that both sides say the same, in (0, 1)",
    "flags": "what looks wrong",
    "model": "name and revision of the model",
    "translation_hash": "SHA-256 of the machine English, first 16 digits",
    "reference_hash": "SHA-256 of the reference English, first 16 digits",
}


def text_of(card: Card) -> str:
    """Our part of the card."""
    parts = (about, contents, making, scoring, suspects, sources, limits, personal, citation)
    return "\n".join(line for part in parts for line in [*part(card), ""])


def about(card: Card) -> Iterator[str]:
    """What the dataset is, and how to load it."""
    f = card.figures
    yield f"# {card.title}\n"
    yield (
        f"Indonesian news in parallel with English: {f.rows:,} rows from {f.articles:,} articles. "
        f"{f.aligned:,} of them are aligned with what the original English-language reporting "
        "said; every row was translated by a machine."
    )
    if card.mode == "snippets":
        yield "\nPublished as snippets: rows without a reference, most of an article, are left out."
    if card.mode == "hashes":
        yield (
            "\nPublished as hashes: identifiers, offsets and scores, no text. Who owns the "
            "articles makes the corpus again with "
            f"`selaras rebuild {card.name or 'DATASET'} ARTICLES OUT`."
        )
    where = card.name or f"./{card.title}"
    names = list(dict.fromkeys(shard.configuration for shard in card.shards))
    yield "\n```python\nfrom datasets import load_dataset\n"
    for name in names:
        yield f'{name} = load_dataset("{where}", "{name}")'
    yield "```"


def contents(card: Card) -> Iterator[str]:
    """Configurations, splits and fields."""
    yield "## Contents\n"
    splits = [split for split in SPLITS if any(shard.split == split for shard in card.shards)]
    yield "| configuration | English | " + " | ".join(splits) + " | size |"
    yield "|---|---|" + "---|" * (len(splits) + 1)
    english = {"aligned": "of humans", "machine": "of the machine", "hashes": "none"}
    for name in dict.fromkeys(shard.configuration for shard in card.shards):
        found = [shard for shard in card.shards if shard.configuration == name]
        rows = [sum(s.rows for s in found if s.split == split) for split in splits]
        counts = " | ".join(f"{count:,}" for count in rows)
        yield f"| `{name}` | {english[name]} | {counts} | {size(sum(s.size for s in found))} |"
    if words := card.figures.words:
        yield f"\nWords of `machine`: {words['id']:,} Indonesian, {words['en']:,} English."
    yield (
        "\nThe split of a row is that of its article, by a hash of the article's address; an "
        "article and its near-duplicates are never in two splits.\n"
    )
    yield "| field | what it holds |\n|---|---|"
    there = {key for s in card.shards for key in kinds(s.configuration)}
    yield from (f"| `{key}` | {said} |" for key, said in FIELDS.items() if key in there)


def making(card: Card) -> Iterator[str]:
    """Model, settings and versions."""
    record, t = card.record, card.terms
    settings = record.get("settings") or {}
    yield "## How it was made\n"
    yield (
        "Selaras read the pages, dropped what is not the "
        "article, repaired typography, split sentences, translated them, and aligned the English "
        "with reference snippets.\n"
    )
    yield "| what | with what |\n|---|---|"
    yield f"| model | {cell(t.model)} |"
    yield f"| revision | `{cell(settings.get('revision', 'unknown'))}` |"
    yield f"| licence of the model | {cell(t.licence)} |"
    if chosen := told(settings):
        yield f"| settings | {cell(chosen)} |"
    if versions := told(record.get("versions") or {}):
        yield f"| versions | {cell(versions)} |"
    if digest := record.get("input"):
        yield f"| digest of the input | `{cell(digest)}` |"
    if finished := record.get("finished"):
        yield f"| finished | {cell(finished)} |"
    yield f"\n{t.sentence}"


def told(settings: Mapping[str, Any]) -> str:
    """Settings in one line, without those that are not set and those that have a line of their own.

    >>> told({"model": "opus", "beam": 4, "keep": [], "glossary": None, "redecode": True})
    'beam 4, redecode yes'
    """
    said = {True: "yes", False: "no"}
    return ", ".join(
        f"{name} {said[value] if isinstance(value, bool) else value}"
        for name, value in flat(settings)
        if name not in ELSEWHERE and value not in (None, "")
    )


def suspects(card: Card) -> Iterator[str]:
    """What looks wrong, by flag."""
    f = card.figures
    yield "## Suspects\n"
    share = 100 * f.flagged / f.rows if f.rows else 0.0
    yield f"{f.flagged:,} rows ({share:.1f} %) carry a flag; they are kept, so that you decide.\n"
    if f.flags:
        yield "| flag | rows | meaning |\n|---|---|---|"
        for name, count in sorted(f.flags.items(), key=lambda pair: (-pair[1], pair[0])):
            yield f"| `{cell(name)}` | {count:,} | {cell(FLAGS.get(name, ''))} |"


def sources(card: Card) -> Iterator[str]:
    """Where the articles are from."""
    yield "## Sources\n"
    found = sorted(card.figures.sites.items(), key=lambda pair: (-pair[1], pair[0]))
    if not set(card.figures.sites) - {"unknown"}:
        yield "The articles do not say which sites they are from."
        return
    yield "| site | articles |\n|---|---|"
    for site, count in found[:MOST_SITES]:
        yield f"| {cell(site)} | {count:,} |"
    if rest := found[MOST_SITES:]:
        yield f"| {len(rest):,} more | {sum(count for _, count in rest):,} |"


def limits(card: Card) -> Iterator[str]:
    """What not to expect."""
    yield "## Limits\n"
    yield (
        "- Machine English has errors that no flag names; do not quote it as reporting.\n"
        "- Pairs were aligned by a machine: a reference may say more, or less, than the sentence.\n"
        "- The articles are one region's news at one time, with its topics, names and views.\n"
        "- Rights in the articles and in the references stay with their publishers."
    )
    for name, count in card.leaks.items():
        yield f"- {count:,} rows that overlap with the test set {cell(name)} were removed."
    counts = card.record.get("counts") or {}
    if counts.get("failed"):
        yield f"- {counts['failed']:,} articles could not be read and are missing."


def personal(card: Card) -> Iterator[str]:
    """What was done about personal data."""
    yield "## Personal data\n"
    if card.mode == "hashes":
        yield "There is no text in this dataset. Addresses of articles are as in the input."
        return
    yield "News names people; names are kept.\n"
    if card.masked is None:
        yield "E-mail addresses, telephone and identity numbers were not looked for."
    else:
        kinds_found = ", ".join(f"{count:,} {kind}" for kind, count in sorted(card.masked.items()))
        yield (
            "E-mail addresses, telephone, identity, tax, passport, card and account numbers were "
            f"replaced by placeholders such as `[EMAIL]` ({kinds_found or 'none was found'})."
        )


def citation(card: Card) -> Iterator[str]:
    """How to cite it."""
    key = re.sub(r"\W+", "-", card.name or card.title).strip("-").lower() or "corpus"
    year = str(card.record.get("finished", ""))[:4]
    yield "## Citation\n\n```bibtex"
    yield f"@misc{{{key},"
    yield f"  title = {{{card.title}: Indonesian and English news in parallel}},"
    if card.name:
        yield f"  howpublished = {{https://huggingface.co/datasets/{card.name}}},"
    if year.isdigit():
        yield f"  year = {{{year}}},"
    yield "  note = {Made with Selaras}\n}\n```"

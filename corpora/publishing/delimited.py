"""Formats of one pair a line: Moses, the TSV of bitextor, JSONL and CSV."""

import csv
import json
from collections.abc import Iterable
from typing import IO, Any

from corpora.publishing.exported_pair import ExportedPair, Losses

COLUMNS = (
    *("id", "source", "english", "article", "address", "position", "line", "start", "end"),
    *("source_raw", "translation", "translation_score", "reference", "reference_id", "alignment"),
    *("alignment_score", "flags", "model"),
)
BITEXTOR = ("src_url", "trg_url", "src_text", "trg_text", "aligner_score")


def write_moses(
    pairs: Iterable[ExportedPair], indonesian: IO[str], english: IO[str], losses: Losses
) -> None:
    """Write each side into a file of its own, line for line; an empty side is an empty line."""
    for pair in pairs:
        indonesian.write(losses.one_line(pair.row.source) + "\n")
        english.write(losses.one_line(pair.english) + "\n")


def write_tsv(pairs: Iterable[ExportedPair], file: IO[str], losses: Losses) -> None:
    """Write the columns of bitextor 8 with its header: addresses, texts, score of the aligner.

    The address of the English is that of the reference snippet, or the name of the model. The score
    of a machine translation is the empty field. Fields are not quoted, as there.
    """
    file.write("\t".join(BITEXTOR) + "\n")
    for pair in pairs:
        row = pair.row
        aligned = pair.configuration == "aligned"
        score = row.alignment_score if aligned else None
        fields = (
            pair.address,
            (row.reference_id or "") if aligned else row.model,
            row.source,
            pair.english,
            "" if score is None else repr(score),
        )
        file.write("\t".join(losses.one_line(value) for value in fields) + "\n")


def record(pair: ExportedPair) -> dict[str, Any]:
    """All that is known of a pair, by the names of `COLUMNS`."""
    row = pair.row
    ours = {"english": pair.english, "address": pair.address, "flags": list(row.flags)}
    return {name: ours[name] if name in ours else getattr(row, name) for name in COLUMNS}


def write_jsonl(pairs: Iterable[ExportedPair], file: IO[str], _: Losses) -> None:
    """Write one JSON object a line; `translation` is the pair, as in the dataset."""
    for pair in pairs:
        found = record(pair)
        found["machine_translation"] = found.pop("translation")
        del found["source"], found["english"]
        whole = {"id": found.pop("id"), "translation": {"id": pair.row.source, "en": pair.english}}
        file.write(json.dumps(whole | found, ensure_ascii=False, allow_nan=False) + "\n")


def write_csv(pairs: Iterable[ExportedPair], file: IO[str], _: Losses) -> None:
    """Write RFC 4180 with a header; flags with a space between, an absent value as nothing."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for pair in pairs:
        found = record(pair) | {"flags": " ".join(pair.row.flags)}
        writer.writerow("" if value is None else value for value in found.values())

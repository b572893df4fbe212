"""Rows that tests make."""

from collections.abc import Iterator

from corpora.row import Row, row_id


def made_row(article: str, position: int, *, reference: str | None = None, **other: object) -> Row:
    """A row of its own text; `other` replaces fields."""
    raw = f"Kalimat {position} dari {article}."
    start = 100 * position
    values = {
        "id": row_id(article, start, start + len(raw), raw),
        "article": article,
        "position": position,
        "line": position + 1,
        "start": start,
        "end": start + len(raw),
        "source_raw": raw,
        "source": raw,
        "translation": f"Sentence {position} of {article}.",
        "translation_score": -0.25,
        "reference": reference,
        "reference_id": f"{article}#1" if reference is not None else None,
        "alignment": "1-1" if reference is not None else "1-0",
        "alignment_score": 0.9 if reference is not None else None,
        "flags": ("loop",) if position % 7 == 3 else (),
        "model": "bundled@sha256:0",
    }
    return Row(**values | other)  # type: ignore[arg-type]


def made_rows(articles: int, size: int = 6) -> Iterator[Row]:
    """Rows of so many articles, every second one with a reference."""
    for number in range(articles):
        article = f"a{number:05}.txt"
        for position in range(size):
            human = f"The reporting said {position} of {article}." if position % 2 else None
            yield made_row(article, position, reference=human)

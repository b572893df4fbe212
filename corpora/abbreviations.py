"""Abbreviations of Indonesian news, after which a full stop may end no sentence."""

from importlib.resources import files


def load() -> tuple[frozenset[str], frozenset[str]]:
    """All abbreviations, and those of them that can also stand last in a sentence."""
    text = files("corpora").joinpath("data").joinpath("abbreviations.txt").read_text("utf-8")
    entries = [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]
    return (
        frozenset(entry.rstrip("+") for entry in entries),
        frozenset(entry[:-1] for entry in entries if entry.endswith("+")),
    )


ABBREVIATIONS, MAY_END = load()

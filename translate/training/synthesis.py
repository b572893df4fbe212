"""Training pairs that a model makes: distillation of a teacher, and back-translation.

Distillation (Kim and Rush 2016, https://aclanthology.org/D16-1139) puts the teacher's English in
place of the human one: simpler to learn for a small student. Of its hypotheses the one nearest to
the human English is taken (sequence-level interpolation, section 3.3 there). Back-translation
(Sennrich et al. 2016, https://aclanthology.org/P16-1009) puts a model's Indonesian before human
English, so that the decoder learns from clean text.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.files import write_json
from translate.engine import Decoding, Engine, load_engine
from translate.models import Model
from translate.tokens import Tokens, tokens_of
from translate.training.pairs import TrainingPair, digest_of, fault

WINDOW = 4096  # pairs that are translated together, and written before the next are begun
FARTHEST = 30.0  # chrF below which a hypothesis is not what the human said

Way = Callable[[Sequence[TrainingPair], Counter[str]], Iterable[TrainingPair]]


@dataclass(frozen=True, slots=True)
class Teacher:
    """A model that makes one side of pairs.

    Attributes:
        engine, tokens: of the model.
        longest: source tokens that it takes; a text with more is left out, not cut.
        beam: hypotheses kept in the search.
    """

    engine: Engine
    tokens: Tokens
    longest: int
    beam: int

    @classmethod
    def of(cls, model: Model, beam: int, device: str = "auto") -> "Teacher":
        """Load a model."""
        return cls(load_engine(model, device=device), tokens_of(model), model.longest, beam)

    def hypotheses(self, texts: Sequence[str], count: int) -> list[list[str]]:
        """So many translations of each text, best first; none of a text that is too long."""
        encoded = self.tokens.encode(texts)
        fit = [number for number, tokens in enumerate(encoded) if len(tokens) <= self.longest]
        decoding = Decoding(beam=self.beam, batch_tokens=8192, hypotheses=count)
        results = self.engine.decode([encoded[number] for number in fit], decoding)
        found: list[list[str]] = [[] for _ in texts]
        for number, result in zip(fit, results, strict=True):
            found[number] = [self.tokens.decode(each.tokens) for each in (result, *result.others)]
        return found


def distilled(
    pairs: Sequence[TrainingPair], counts: Counter[str], teacher: Teacher
) -> Iterator[TrainingPair]:
    """Yield the pairs with the teacher's English, the hypothesis nearest to the human one.

    A pair whose hypotheses are all far from the human English is left out: either the teacher or
    the human is wrong. It is counted, and so is one that is too long for the teacher.
    """
    every = teacher.hypotheses([pair.source for pair in pairs], teacher.beam)
    for pair, found in zip(pairs, every, strict=True):
        if not found:
            counts["too long"] += 1
            continue
        best, score = nearest(found, pair.target)
        if score >= FARTHEST:
            yield replace(pair, target=best)
        else:
            counts["far"] += 1


def back_translated(
    pairs: Sequence[TrainingPair], counts: Counter[str], teacher: Teacher
) -> Iterator[TrainingPair]:
    """Yield the pairs with a model's Indonesian, made from their English; too long ones count."""
    every = teacher.hypotheses([pair.target for pair in pairs], 1)
    for pair, found in zip(pairs, every, strict=True):
        if found:
            yield replace(pair, source=found[0])
        else:
            counts["too long"] += 1


def kept(pairs: Iterable[TrainingPair], counts: Counter[str]) -> Iterator[TrainingPair]:
    """Yield the made pairs that have no fault; `counts` learns what became of all."""
    for pair in pairs:
        reason = fault(pair)
        counts[reason or "kept"] += 1
        if reason is None:
            yield pair


def nearest(hypotheses: Sequence[str], reference: str) -> tuple[str, float]:
    """The hypothesis nearest to a reference, and its chrF in [0, 100].

    >>> nearest(["It rains.", "Rain fell on the city."], "Rain fell on the town.")[0]
    'Rain fell on the city.'
    """
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    scored = [(metric.sentence_score(each, [reference]).score, each) for each in hypotheses]
    score, best = max(scored, key=lambda entry: entry[0])
    return best, score


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file of made pairs has got.

    Attributes:
        settings: what it is made with.
        windows: of pairs, that are done.
        digest: of those pairs.
        size: bytes that were written of them.
        counts: what became of them.
    """

    settings: Mapping[str, Any]
    windows: int = 0
    digest: str = ""
    size: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


def write_made(
    pairs: Iterable[TrainingPair], output: Path, way: Way, settings: Mapping[str, Any]
) -> Counter[str]:
    """Write what is made of pairs as a TSV, which appears whole; give what became of all.

    What is made is kept as it goes, in `.NAME.partial`, and `.NAME.json` tells how far that got:
    after a kill the same call goes on there.

    Args:
        pairs: that something is made of.
        output: Indonesian and English.
        way: makes pairs of some pairs, and counts those that it leaves out.
        settings: what the way depends on.

    Raises:
        UserError: nothing is left to write, or what was begun is of other settings or pairs.
    """
    partial, note = (output.with_name(f".{output.name}.{end}") for end in ("partial", "json"))
    output.parent.mkdir(parents=True, exist_ok=True)
    begun = progress_of(partial, note) or Progress(settings)
    windows = windows_of(pairs)
    if changed := changes(begun, settings, islice(windows, begun.windows)):
        raise UserError(
            f"{output}: begun with {', '.join(changed)}; name another file, or remove {note}"
        )
    digest, counts = begun.digest, Counter(begun.counts)
    with partial.open("r+b" if begun.size else "wb") as file:
        file.truncate(begun.size)
        file.seek(begun.size)
        for number, window in enumerate(windows, start=begun.windows + 1):
            lines = [line_of(pair) for pair in kept(way(window, counts), counts)]
            file.write("".join(lines).encode())
            file.flush()
            os.fsync(file.fileno())
            digest = digest_of(window, digest)
            done = Progress(settings, number, digest, file.tell(), dict(counts))
            write_json(note, asdict(done))
    if counts["kept"]:
        partial.replace(output)
    partial.unlink(missing_ok=True)
    note.unlink(missing_ok=True)
    if not counts["kept"]:
        raise UserError(f"{output}: no pair is left to write; of all, {dict(counts)}")
    return counts


def progress_of(partial: Path, note: Path) -> Progress | None:
    """How far a file has got that was begun, or None if there is none to go on with."""
    if not note.exists() or not partial.exists():
        return None
    progress = Progress(**json.loads(note.read_text(encoding="utf-8")))
    return progress if partial.stat().st_size >= progress.size else None


def changes(
    begun: Progress, settings: Mapping[str, Any], windows: Iterable[Sequence[TrainingPair]]
) -> list[str]:
    """What is other than it was when a file was begun, the windows that are done included."""
    digest = ""
    for window in windows:
        digest = digest_of(window, digest)
    found = [f"another {name}" for name in settings if begun.settings.get(name) != settings[name]]
    return found if digest == begun.digest else [*found, "other pairs"]


def windows_of(pairs: Iterable[TrainingPair]) -> Iterator[list[TrainingPair]]:
    """Yield the pairs in lists of `WINDOW`."""
    rest = iter(pairs)
    while window := list(islice(rest, WINDOW)):
        yield window


def line_of(pair: TrainingPair) -> str:
    r"""The line of a TSV.

    >>> line_of(TrainingPair("Hujan\tturun.", "It rains."))
    'Hujan turun.\tIt rains.\n'
    """
    return "\t".join(" ".join(side.split()) for side in (pair.source, pair.target)) + "\n"

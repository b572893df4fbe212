"""Noise on training pairs: accidents of real pages, other names and numbers, BPE-dropout."""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from translate.training.pairs import TrainingPair

NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")
MOST_NAMES = 50_000
SWAP_NAME = 0.5  # chance of each shared name to be changed
INVENTED = 0.5  # of these, those that get a name nobody has


@dataclass(frozen=True, slots=True)
class Noise:
    """How pairs are changed, anew in every epoch.

    Attributes:
        dropout: BPE-dropout of the source, in [0, 1).
        accidents: share of the sources that get an accident of real pages, in [0, 1].
        swaps: share of the pairs whose shared names and numbers are changed for others on both
            sides, in [0, 1]: what teaches a small model to copy what it has never seen.
    """

    dropout: float = 0.0
    accidents: float = 0.0
    swaps: float = 0.0


def roughened(source: str, dice: random.Random) -> str:
    """The sentence with one accident of real pages: case, full stop, quotes, spaces or a typo.

    Only letters are ever changed by a typo: numbers must survive.

    >>> roughened("Harga naik.", random.Random(1)) != "Harga naik."
    True
    """
    match dice.randrange(6):
        case 0:
            return source.upper() if dice.random() < 0.3 else source.lower()
        case 1:
            return source.rstrip(".") if source.endswith(".") else f"{source}."
        case 2:
            turned = dice.choice(["“”", "””", '""', "‘’"])
            return re.sub(r"[“\"](.*?)[”\"]", rf"{turned[0]}\1{turned[1]}", source)
        case 3:
            return re.sub(r"(?<=\w)-(?=\w)", "- ", source)
        case 4:
            return re.sub(r"(?<=\d)([.,])(?=\d)", r"\1 ", source)
    letters = [i for i, sign in enumerate(source[:-1]) if (sign + source[i + 1]).isalpha()]
    if not letters:
        return source
    at = dice.choice(letters)
    swapped = source[at + 1] + source[at]
    return source[:at] + dice.choice([swapped, source[at], source[at] * 2]) + source[at + 2 :]


def names_in(pairs: Iterable[TrainingPair]) -> list[str]:
    """Capitalised words that stand on both sides of a pair, each once, in order of appearance."""
    found: dict[str, None] = {}
    for pair in pairs:
        if len(found) >= MOST_NAMES:
            break
        found.update(dict.fromkeys(shared_names(pair)))
    return list(found)


def shared_names(pair: TrainingPair) -> list[str]:
    """Capitalised words of the source that the target has too, in their order.

    >>> shared_names(TrainingPair("Menurut Kirby, hujan.", "According to Kirby, rain."))
    ['Kirby']
    """
    there = set(NAME.findall(pair.target))
    return list(dict.fromkeys(name for name in NAME.findall(pair.source) if name in there))


def with_swaps(pair: TrainingPair, names: Sequence[str], dice: random.Random) -> TrainingPair:
    """The pair with other names and other figures, the same on both sides.

    Figures keep their length and their separators, so `4,8` and `4.8` change alike.

    >>> pair = TrainingPair("Ada 4.815 orang.", "There are 4,815 people.")
    >>> with_swaps(pair, [], random.Random(3)).source
    'Ada 4.982 orang.'
    >>> with_swaps(pair, [], random.Random(3)).target
    'There are 4,982 people.'
    """
    source, target = pair.source, pair.target
    for name in shared_names(pair):
        if names and dice.random() < SWAP_NAME:
            other = dice.choice(names)
            if dice.random() < INVENTED:
                end = dice.choice(names)
                other = other[: 1 + len(other) // 2] + end[len(end) // 2 :]
            pattern = re.compile(rf"\b{name}\b")
            source, target = pattern.sub(other, source), pattern.sub(other, target)
    left, right = digits_of(source), digits_of(target)
    table = {
        digits: invented(digits, dice)
        for digits in left
        if len(digits) > 1 and left.count(digits) == right.count(digits)
    }
    return replace(pair, source=refigured(source, table), target=refigured(target, table))


def digits_of(text: str) -> list[str]:
    """The figures of a text, without their separators."""
    return [re.sub(r"\D", "", figure) for figure in FIGURE.findall(text)]


def invented(digits: str, dice: random.Random) -> str:
    """As many other digits; the first is no 0."""
    return str(dice.randrange(1, 10)) + "".join(str(dice.randrange(10)) for _ in digits[1:])


def refigured(text: str, table: dict[str, str]) -> str:
    """The text with figures changed by their digits; separators stay where they are."""

    def changed(found: re.Match[str]) -> str:
        new = iter(table.get(re.sub(r"\D", "", found[0]), ""))
        return "".join(next(new, sign) if sign.isdigit() else sign for sign in found[0])

    return FIGURE.sub(changed, text)

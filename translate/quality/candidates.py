"""Candidates for the translation of a sentence: what is wrong with each, and what it is worth."""

from dataclasses import dataclass

from translate.quality.drafts import Output
from translate.quality.suspects import Suspicion, suspicions

# What a suspicion takes from the mean log probability per token, which for ordinary sentences is
# about -0.3 to -1.5: a wrong number outweighs any hypothesis of the same beam, a loop outweighs
# anything but another loop.
WEIGHTS: dict[str, float] = {
    "empty": 20.0,
    "placeholder-lost": 6.0,
    "loop": 5.0,
    "wrong-language": 3.0,
    "cut-off": 3.0,
    "copied": 2.0,
    "length-ratio": 2.0,
    "glossary-missed": 1.5,
    "numbers-differ": 0.8,
    "dates-differ": 0.5,
    "units-differ": 0.5,
    "names-lost": 0.5,
    "negation-differs": 0.2,
    "quotation-lost": 0.2,
    "quotes-unbalanced": 0.1,
}
UNSAID = 0.25  # for each word of a name that the English has not letter by letter


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation of a sentence with what looks wrong with it."""

    text: str
    score: float
    cut: bool
    found: tuple[Suspicion, ...]
    unsaid: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """What it is worth: log probability per token less the weights of its suspicions."""
        weight = sum(WEIGHTS[each.flag] for each in self.found)
        return self.score - weight - UNSAID * len(self.unsaid)

    @property
    def is_good(self) -> bool:
        """Tell whether nothing is wrong with it."""
        return not self.found and not self.unsaid

    @property
    def flags(self) -> frozenset[str]:
        """The names of its suspicions."""
        return frozenset(each.flag for each in self.found)


def value(source: str, output: Output) -> float:
    """What an output is worth for a piece of a sentence."""
    return Candidate(
        output.text, output.score, output.cut, suspicions(source, output.text, cut=output.cut)
    ).value

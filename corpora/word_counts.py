"""How many words of a line are of each sort, for many sorts at once.

Every word is judged once; what was found is packed into one number, a field a sort, and the
numbers of a line are added up.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

FIELD_BITS = 8  # seven sorts fit into a machine word, which is added up twice as fast
MOST = (1 << FIELD_BITS) - 1  # words that are added up at once, lest a field runs over
REMEMBERED = 50_000  # words: some megabytes


@cache
def lists() -> dict[str, str]:
    """The lists of `data/words.toml`, unread."""
    data = files("corpora").joinpath("data").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of `data/words.toml`."""
    return frozenset(lists()[name].split())


def isin(members: frozenset[str]) -> Callable[[str], bool]:
    """The test whether a word is one of these."""
    return members.__contains__


def matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """The test whether a word begins with what a pattern says."""
    return lambda word: pattern.match(word) is not None


class Packed(dict[str, int]):
    """What each word is, filled as words come by."""

    def __init__(self, tests: Iterable[Callable[[str], bool]]) -> None:
        """Begin with no word."""
        super().__init__()
        self.tests = tuple(tests)

    def __missing__(self, word: str) -> int:
        """Judge a word that was not met yet."""
        found = sum(test(word) << FIELD_BITS * place for place, test in enumerate(self.tests))
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = found
        return found


class WordCounter:
    """Counts the words of a line that pass each of some tests.

    >>> counter = WordCounter({"short": lambda word: len(word) < 4, "capital": str.istitle})
    >>> counter.count(["Di", "pasar", "Senen"])
    (1, 2)
    """

    def __init__(self, tests: Mapping[str, Callable[[str], bool]]) -> None:
        """Keep the tests in their order."""
        self.names = tuple(tests)
        self.packed = Packed(tests.values())

    def count(self, words: Sequence[str]) -> tuple[int, ...]:
        """How many words pass each test, in the order of the tests."""
        if len(words) > MOST:
            parts = (words[first : first + MOST] for first in range(0, len(words), MOST))
            return tuple(map(sum, zip(*map(self.count, parts), strict=True)))
        return tuple(sum(map(self.packed.__getitem__, words)).to_bytes(len(self.names), "little"))

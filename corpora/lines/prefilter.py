"""Which of many patterns can match a line at all.

Patterns are looked up by what every match of them holds (see `corpora/lines/literals.py`): by their
beginning, or by the words of a line that a string may stand in. A pattern of which nothing can be
said is always asked.
"""

import re
from collections.abc import Iterable, Sequence

from corpora.lines.literals import MANY, NO_WORD, all_required, is_wordless, openings, required
from corpora.word_counts import word_list

INDONESIAN = word_list("indonesian")  # words that say little
LETTERS = re.compile(r"[^\W\d_]{2,}")
REMEMBERED = 50_000  # words: some megabytes
FIRST = 3  # letters by which a string is indexed


class Fragments(dict[str, tuple[tuple[str, int], ...]]):
    """Strings, with numbers, that may have their rarest run of letters in a word, by word."""

    def __init__(self, strings: Iterable[tuple[str, int]]) -> None:
        """Index the rarest run of letters of each string by its first letters."""
        super().__init__()
        self.by_start: dict[str, list[tuple[re.Pattern[str], str, int]]] = {}
        for string, number in strings:
            runs = LETTERS.finditer(string)
            run = max(runs, key=lambda run: (run[0] not in INDONESIAN, len(run[0])))
            in_word = re.compile(
                (r"(?<![^-])" if ends_word(string[run.start() - 1 : run.start()]) else "")
                + run[0]
                + (r"(?![^-])" if ends_word(string[run.end() : run.end() + 1]) else "")
            )
            self.by_start.setdefault(run[0][:FIRST], []).append((in_word, string, number))

    def __missing__(self, word: str) -> tuple[tuple[str, int], ...]:
        """Look through a word that was not met yet."""
        places = range(len(word))
        starts = {word[at : at + size] for at in places for size in range(1, FIRST + 1)}
        known = starts & self.by_start.keys()
        found = (each for start in known for each in self.by_start[start])
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = tuple((string, number) for run, string, number in found if run.search(word))
        return self[word]


def ends_word(sign: str) -> bool:
    """Tell whether a character ends a word (a hyphen may stand in one, nothing says nothing)."""
    return bool(sign) and sign != "-"


class Prefilter:
    """Finds the patterns that may match a line.

    A pattern of which the beginning is known is looked up by that. A run of letters of a string
    stands inside one word of the line, so words are looked through once each; strings without
    letters are looked for in the line.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        """Look at every pattern once."""
        self.always: list[int] = []
        self.wordless: list[int] = []
        self.heads: dict[str, list[tuple[str, int]]] = {}
        self.bare: dict[int, list[tuple[str, int]]] = {}  # by the byte of their rarest sign
        self.needs: list[list[tuple[str, ...]]] = []  # of which a match holds one each
        strings: list[tuple[str, int]] = []
        for number, pattern in enumerate(patterns):
            every = all_required(pattern)
            self.needs.append([tuple(one) for one in every if len(one) < MANY])
            if begins := openings(pattern):
                for head in begins:
                    self.heads.setdefault(head[:FIRST], []).append((head, number))
            elif is_wordless(pattern):
                self.wordless.append(number)
            else:
                for string in (found := required(pattern) or ()):
                    if LETTERS.search(string):
                        strings.append((string, number))
                    else:
                        self.bare.setdefault(sign_of(string), []).append((string, number))
                if not found:
                    self.always.append(number)
        self.short = tuple(head for head in self.heads if len(head) < FIRST)
        self.no_sign = bytes(set(range(256)) - self.bare.keys())
        self.fragments = Fragments(strings)

    def candidates(self, text: str, words: Iterable[str]) -> list[int]:
        """Numbers of the patterns that may match, in order.

        Args:
            text: the line.
            words: its runs of letters, in small letters.
        """
        small = text.lower()
        head = small if small[:1].isalnum() else NO_WORD.sub("", small, count=1)
        found = self.always if words else self.always + self.wordless
        if known := self.heads.get(head[:FIRST]):
            found = found + [number for begins, number in known if head.startswith(begins)]
        if head.startswith(self.short):
            starts = (head[:size] for size in range(1, FIRST))
            found = found + [n for start in starts for _, n in self.heads.get(start, ())]
        for sign in set(small.encode("utf-8", "surrogatepass").translate(None, self.no_sign)):
            found = found + [number for string, number in self.bare[sign] if string in small]
        for pairs in filter(None, map(self.fragments.__getitem__, words)):
            found = found + [number for string, number in pairs if string in small]
        if not found:
            return found
        return sorted({number for number in found if self.may_match(number, small)})

    def may_match(self, number: int, small: str) -> bool:
        """Tell whether a line in small letters has one of each set of strings that it must."""
        for one in self.needs[number]:
            for string in one:
                if string in small:
                    break
            else:
                return False
        return True


def sign_of(string: str) -> int:
    """First byte of the rarest sign of a string without letters."""
    signs = [char for char in string if not (char.isdigit() or char.isspace())]
    return (signs or [string])[0].encode()[0]

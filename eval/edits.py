"""Edits of TER (Snover 2006) as sacreBLEU 2.6 counts them, thirty times as fast.

SacreBLEU fills a table of Python tuples for every shift it tries. Here a row of the table is two
integers whose bits are the differences between neighbouring cells (Hyyrö 2003, after Myers 1999,
https://doi.org/10.1145/316542.316550), shifts that cannot win are not tried, and rows before a
shift are kept. SacreBLEU looks only 25 cells to each side of the diagonal; where that could change
the result, it is asked itself.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST_SHIFT = 10  # words that move together, as in tercom
FARTHEST_SHIFT = 50  # places between what is moved and what it matches, as in tercom
MOST_CANDIDATES = 1000  # of shifts that are tried for one pair, as in sacreBLEU
WIDTH = 46  # edits plus difference in length up to which no best path leaves sacreBLEU's beam
NARROW = 24  # words of a reference up to which the beam covers the whole table

Row = tuple[int, int]
Words = list[str]


def edits(hypothesis: Words, reference: Words) -> int:
    """Least number of insertions, deletions, replacements and shifts that tercom's search finds.

    >>> edits("the cat sat".split(), "the cat sat".split())
    0
    >>> edits("today the cat sat".split(), "the cat sat today".split())
    1
    """
    if not hypothesis or not reference:
        return max(len(hypothesis), len(reference))
    if hypothesis == reference:
        return 0
    search = Search.of(reference)
    common = (Counter(hypothesis) & search.counts).total()
    least = max(len(hypothesis), len(reference)) - common
    words, shifts, tried = hypothesis, 0, 0
    rows = search.rows(words, 0, [search.first])
    distance = search.distance(rows)
    if distance + abs(len(words) - len(reference)) > WIDTH and len(reference) > NARROW:
        from sacrebleu.metrics.lib_ter import translation_edit_rate

        return int(translation_edit_rate(hypothesis, reference)[0])
    while distance > least:
        shifted, gain, tried = search.best_shift(words, rows, distance, distance - least, tried)
        if tried >= MOST_CANDIDATES or gain <= 0:
            break
        shifts += 1
        words = shifted
        rows = search.rows(words, 0, [search.first])
        distance -= gain
    return shifts + distance


@dataclass(frozen=True, slots=True)
class Trace:
    """How hypothesis and reference correspond.

    Attributes:
        places: for each reference word, the last hypothesis word at or before it, -1 for none.
        wrong: bits of hypothesis words that have no equal partner.
        missed: bits of reference words that have no equal partner.
    """

    places: list[int]
    wrong: int
    missed: int


@dataclass(frozen=True, slots=True)
class Search:
    """A reference, ready to be compared with many orders of the same words."""

    reference: Words
    masks: dict[str, int]
    positions: dict[str, list[int]]
    counts: "Counter[str]"
    full: int

    @classmethod
    def of(cls, reference: Words) -> "Search":
        """Prepare a reference of one word at least."""
        masks: dict[str, int] = {}
        positions: dict[str, list[int]] = {}
        for index, word in enumerate(reference):
            masks[word] = masks.get(word, 0) | 1 << index
            positions.setdefault(word, []).append(index)
        return cls(reference, masks, positions, Counter(reference), (1 << len(reference)) - 1)

    @property
    def first(self) -> Row:
        """The row before any word: each cell is one more than the one before."""
        return self.full, 0

    def rows(self, words: Words, start: int, before: list[Row]) -> list[Row]:
        """Rows of the table: cells that are one more, and one less, than the one before them."""
        rows = list(before)
        up, down = rows[start]
        full, masks = self.full, self.masks
        for index in range(start, len(words)):
            equal = masks.get(words[index], 0)
            diagonal = (((equal & up) + up) ^ up) | equal | down
            grown = down | ~(diagonal | up)
            shrunk = diagonal & up
            grown = grown << 1 | 1
            up = (shrunk << 1 | ~(diagonal | grown)) & full
            down = grown & diagonal & full
            rows.append((up, down))
        return rows

    def distance(self, rows: list[Row]) -> int:
        """The last cell of the last row."""
        up, down = rows[-1]
        return len(rows) - 1 + up.bit_count() - down.bit_count()

    def shifted_distance(self, words: Words, start: int, row: Row) -> int:
        """The last cell when the words from `start` on follow a row."""
        up, down = row
        full, masks = self.full, self.masks
        for word in words[start:]:
            equal = masks.get(word, 0)
            diagonal = (((equal & up) + up) ^ up) | equal | down
            grown = (down | ~(diagonal | up)) << 1 | 1
            up = ((diagonal & up) << 1 | ~(diagonal | grown)) & full
            down = grown & diagonal & full
        return len(words) + up.bit_count() - down.bit_count()

    def trace(self, words: Words, rows: list[Row]) -> Trace:
        """The way back through the table: replacing before deleting before inserting."""
        i, j = len(words), len(self.reference)
        places, wrong, missed = [-1] * j, 0, 0
        while i and j:
            bit = 1 << (j - 1)
            up, down = rows[i - 1]
            equal = self.masks.get(words[i - 1], 0)
            diagonal = (((equal & up) + up) ^ up) | equal | down
            if equal & bit or not diagonal & bit:
                i, j = i - 1, j - 1
                places[j] = i
                if not equal & bit:
                    wrong |= 1 << i
                    missed |= bit
            elif (
                down & bit or not (diagonal | up) & bit
            ):  # one more than the cell of the row before
                i -= 1
                wrong |= 1 << i
            else:
                j -= 1
                places[j] = i - 1
                missed |= bit
        return Trace(places, wrong | ((1 << i) - 1), missed | ((1 << j) - 1))

    def matches(self, words: Words) -> Iterator[tuple[int, int, int]]:
        """Yield start in the words, start in the reference and length of what is equal."""
        reference, positions = self.reference, self.positions
        for start, word in enumerate(words):
            for place in positions.get(word, ()):
                if abs(place - start) > FARTHEST_SHIFT:
                    continue
                most = min(LONGEST_SHIFT, len(words) - start, len(reference) - place)
                length = 1
                yield start, place, 1
                while length < most and words[start + length] == reference[place + length]:
                    length += 1
                    yield start, place, length

    def best_shift(
        self, words: Words, rows: list[Row], distance: int, most: int, tried: int
    ) -> tuple[Words, int, int]:
        """The order of words after the best shift, what it gains, and candidates tried so far.

        Args:
            words: the order to improve on.
            rows: of these words.
            distance: of these words.
            most: what a shift can gain at best.
            tried: candidates of earlier shifts.
        """
        trace = self.trace(words, rows)
        best: tuple[int, int, int, int] = (0, 0, 0, 0)
        order = words
        seen: set[tuple[int, int, int]] = set()
        for start, place, length in self.matches(words):
            stretch = (1 << length) - 1
            if not trace.wrong >> start & stretch or not trace.missed >> place & stretch:
                continue
            if start <= trace.places[place] < start + length:
                continue
            for target in targets(trace.places, place, length):
                tried += 1
                if (start, length, target) in seen:
                    continue
                seen.add((start, length, target))
                if (min(2 * length, most), length, -start, -target) <= best:
                    continue
                moved = shifted(words, start, length, target)
                begin = min(start, target)
                gain = distance - self.shifted_distance(moved, begin, rows[begin])
                if gain > 0 and (gain, length, -start, -target) > best:
                    best, order = (gain, length, -start, -target), moved
            if tried >= MOST_CANDIDATES:
                break
        return order, best[0], tried


def targets(places: Sequence[int], place: int, length: int) -> Iterator[int]:
    """Where a stretch that matches the reference at `place` may go, each place once in a row."""
    last = -1
    for offset in range(-1, length):
        target = 0 if place + offset == -1 else places[place + offset] + 1
        if target != last:
            last = target
            yield target


def shifted(words: Words, start: int, length: int, target: int) -> Words:
    """Words with a stretch moved before the place `target`.

    A target inside of the stretch, which tercom allows, counts on from where the stretch ends.

    >>> shifted(list("abcd"), 0, 1, 3)
    ['b', 'c', 'a', 'd']
    """
    stretch, rest = words[start : start + length], words[:start] + words[start + length :]
    if target < start:
        return rest[:target] + stretch + rest[target:]
    if target > start + length:
        return rest[: target - length] + stretch + rest[target - length :]
    return rest[:target] + stretch + rest[target:]

"""Articles that say what an earlier article says, and sentences that an earlier article has.

Articles are compared by their runs of three words. MinHash signatures (Broder 1997,
https://doi.org/10.1109/SEQUEN.1997.666900) and locality-sensitive hashing, both of datasketch,
find the few earlier articles that are worth comparing. Articles go by in one pass, and the same
articles in the same order give the same answer. A story that is told in other words is no
duplicate; nor are two reports on one event.
"""

import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from corpora.language import words

DIGIT = re.compile(r"\d")
RUN = 3  # words that are compared together
PERMUTATIONS, BANDS = 64, 16  # 4 rows a band: half of all pairs with similarity .5 are looked at
SIMILAR = 0.55  # share of all runs of two articles that both have, estimated (+- .06)
CONTAINED = 0.8  # share of the shorter article's runs that the longer one has
FEWEST_RUNS = 12  # of an article, before anything is concluded
FEWEST_WORDS = 5  # of a sentence: people often say the same in four


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What of an article was there before.

    Attributes:
        of: path of the first article that says the same, or None.
        sentences: positions of sentences that stood in an earlier place of the corpus.
    """

    of: str | None = None
    sentences: frozenset[int] = frozenset()


NO_DUPLICATES = Duplicates()


@dataclass(slots=True)
class DuplicateFinder:
    """Remembers articles and sentences that went by.

    Memory: about 7 kB for an article that repeats no other (hash tables of 16 bands and its
    signature) and 60 bytes for a distinct sentence; nothing for an article that repeats another.
    """

    paths: list[str] = field(default_factory=list)
    signatures: list[tuple[Any, int]] = field(default_factory=list)
    index: Any = field(default_factory=lambda: empty_index())
    seen: set[int] = field(default_factory=set)

    def look(self, path: str, sentences: Sequence[str]) -> Duplicates:
        """What of the next article was there before; it is remembered.

        Args:
            path: of the article.
            sentences: its Indonesian, typography repaired, in order, without its title.
        """
        twin = self.twin(path, sentences)
        return Duplicates(twin, frozenset(self.repeated(sentences)))

    def twin(self, path: str, sentences: Sequence[str]) -> str | None:
        """Path of the first article that says the same; one that has none is remembered."""
        runs = runs_of(sentences)
        if len(runs) < FEWEST_RUNS:
            return None
        own = signature(runs)
        candidates: list[int] = sorted(self.index.query(own))
        for number in candidates:
            other, size = self.signatures[number]
            if same_story(own.jaccard(other), len(runs), size):
                return self.paths[number]
        self.index.insert(len(self.paths), own)
        self.signatures.append((own, len(runs)))
        self.paths.append(path)
        return None

    def repeated(self, sentences: Sequence[str]) -> list[int]:
        """Positions of sentences that went by before, now remembered."""
        found = []
        for position, sentence in enumerate(sentences):
            said = words(sentence)
            if len(said) < FEWEST_WORDS:
                continue
            key = short_hash(" ".join(said) + digits_of(sentence))
            if key in self.seen:
                found.append(position)
            self.seen.add(key)
        return found


def digits_of(sentence: str) -> str:
    """The digits of a sentence: results and prices are the news where the words are the same.

    >>> digits_of("Skor akhir 4-3.")
    '43'
    """
    return "".join(DIGIT.findall(sentence))


def runs_of(sentences: Sequence[str]) -> set[str]:
    """The runs of three words of a text, sentence borders ignored.

    >>> sorted(runs_of(["Harga beras naik.", "Warga mengeluh."]))
    ['beras naik warga', 'harga beras naik', 'naik warga mengeluh']
    """
    said = [word for sentence in sentences for word in words(sentence)]
    return {" ".join(said[at : at + RUN]) for at in range(len(said) - RUN + 1)}


def same_story(similarity: float, runs: int, others: int) -> bool:
    """Tell from the share of common runs and the sizes whether two articles are one story.

    >>> same_story(0.9, 100, 100), same_story(0.3, 100, 100)
    (True, False)
    >>> same_story(0.5, 50, 100)
    True
    """
    common = similarity / (1 + similarity) * (runs + others)
    return similarity >= SIMILAR or common >= CONTAINED * min(runs, others)


def short_hash(text: str) -> int:
    """A hash of 64 bits that is the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def signature(runs: set[str]) -> Any:
    """The MinHash signature of an article."""
    found = no_signature().copy()
    found.update_batch([run.encode() for run in runs])
    return found


@cache
def no_signature() -> Any:
    """The signature of nothing, copied for each article."""
    from datasketch import MinHash

    return MinHash(PERMUTATIONS, seed=1, hashfunc=zlib.crc32)


def empty_index() -> Any:
    """Where signatures are looked up."""
    from datasketch import MinHashLSH

    return MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))

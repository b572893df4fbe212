"""How alike English sentences are: cosine of weighted character and word n-grams.

Features after the project's alignment measurements: character 2-5-grams inside words plus word
1-2-grams at half weight, 1 + log tf, inverse document frequency over the sentences of the article
and its snippets, unless `Rarity` of a batch is given. Numbers in Indonesian and English notation
are made one before. A passage is the sum of its sentences, so three tables of sentence products
(`products`) hold the cosine of every pair of passages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
DECIMAL = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
WORD = re.compile(r"\w+")
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
WORD_WEIGHT = 0.5
BUCKETS = 2**18  # of each kind; the first are characters', then words'
LONGEST_WORD = 64  # characters of a word that make features; a longer one is no word
FREQUENT = 0.04  # share of sentences above which a feature is held dense in a large article
LARGE = 1_500  # sentences of both sides above which the product is taken in two parts

Table = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


def folded(text: str) -> str:
    """Lower case, straight quotes, thousands without separators, decimals with a point.

    >>> folded("“4,8 juta” of 10.000")
    '"4.8 juta" of 10000'
    """
    text = text.translate(STRAIGHT).casefold()
    return DECIMAL.sub(".", GROUPED.sub("", text))


@lru_cache(maxsize=200_000)
def features_of_word(word: str) -> Integers:
    """Buckets of a word: itself, then its character 2-5-grams with a space on both sides."""
    padded = f" {word[:LONGEST_WORD]} ".encode("utf-32-le", "surrogatepass")
    size = len(padded) // 4
    grams = (
        crc32(padded[4 * start : 4 * (start + length)]) % BUCKETS
        for length in range(2, 6)
        for start in range(size - length + 1)
    )
    own = BUCKETS + crc32(word.encode("utf-8", "surrogatepass")) % BUCKETS
    return np.array([own, *grams], dtype=np.int64)


def features(sentence: str) -> Integers:
    """Buckets of all words and word pairs of a sentence, repeated as they occur."""
    found = [features_of_word(word) for word in WORD.findall(folded(sentence))]
    if not found:
        return np.zeros(0, dtype=np.int64)
    words = np.array([word[0] for word in found])
    pairs = BUCKETS + (words[:-1] * 31 + words[1:]) % BUCKETS
    return np.concatenate([*found, pairs])


def counted(sentences: Sequence[str]) -> tuple[Integers, Integers, Integers]:
    """Row, bucket and count of each feature of each sentence, in the order of row and bucket."""
    each = [features(sentence) for sentence in sentences]
    rows = np.repeat(np.arange(len(each)), [len(found) for found in each])
    buckets = np.concatenate([np.zeros(0, dtype=np.int64), *each])
    codes, counts = np.unique(rows * (2 * BUCKETS) + buckets, return_counts=True)
    return codes // (2 * BUCKETS), codes % (2 * BUCKETS), counts


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many sentences of a batch have each feature.

    Attributes:
        sentences: their number.
        having: sentences with the feature, `(2 * BUCKETS,)`.
    """

    sentences: int
    having: Integers

    @classmethod
    def of(cls, sentences: Iterable[str]) -> "Rarity":
        """Count once over the sentences of many articles; memory does not grow with them."""
        having, number = np.zeros(2 * BUCKETS, dtype=np.int64), 0
        for sentence in sentences:
            having[np.unique(features(sentence))] += 1
            number += 1
        return cls(number, having)


def matrix(
    sentences: Sequence[str], rarity: Rarity | None = None, shares: Any | None = None
) -> Any:
    """Sparse matrix `(sentences, features)` of weighted features; only features that occur.

    Weights are (1 + log count) x idf, idf = 1 + log((1 + n) / (1 + sentences with the feature)).

    Args:
        sentences: a row each.
        rarity: that of these sentences unless given.
        shares: as how much of a sentence each counts for that, (sentences,); as one unless given.
    """
    from scipy.sparse import csr_matrix

    rows, buckets, counts = counted(sentences)
    columns, inverse = np.unique(buckets, return_inverse=True)
    if rarity is None:
        shares = np.ones(len(sentences)) if shares is None else shares
        number, having = shares.sum(), np.bincount(inverse, shares[rows], len(columns))
    else:
        number, having = rarity.sentences, rarity.having[columns]
    idf = (1 + np.log((1 + number) / (1 + having))) * np.where(columns < BUCKETS, 1, WORD_WEIGHT)
    weights = ((1 + np.log(counts)) * idf[inverse]).astype(np.float32)
    starts = np.searchsorted(rows, np.arange(len(sentences) + 1))
    return csr_matrix((weights, inverse, starts), shape=(len(sentences), len(columns)))


def products(
    left: Sequence[Sequence[str]],
    right: Sequence[str],
    reach: int,
    rarity: Rarity | None = None,
) -> tuple[Table, Table, Table]:
    """Dot products of sentence vectors: what the cosines of all passages are made of.

    Args:
        left: renderings of the same sentences, whose vectors are added; together they count as
            one for how rare a feature is.
        right: sentences.
        reach: how many neighbours the tables of each side hold.
        rarity: that of these sentences unless given.

    Returns:
        `(left, right)`; then, for each side, `(sentences, reach)`: the product of sentence i with
        sentence i + d in column d, 0 beyond the end.
    """
    size = len(left[0])
    shares = np.repeat([1 / len(left), 1], [size * len(left), len(right)])
    found = matrix([*chain.from_iterable(left), *right], rarity, shares)
    first, second = found[:size], found[size * len(left) :]
    for number in range(1, len(left)):
        first = first + found[number * size : (number + 1) * size]
    if size + len(right) <= LARGE:
        first, second = first.toarray(), second.toarray()
        return first @ second.T, near(first, reach), near(second, reach)
    return across_large(first, second), near(first, reach), near(second, reach)


def across_large(left: Any, right: Any) -> Table:
    """The product of two large sparse matrices: frequent features dense, the others sparse."""
    having = left.getnnz(axis=0) + right.getnnz(axis=0)
    frequent = having > FREQUENT * (left.shape[0] + right.shape[0])
    common = np.nonzero(frequent)[0]
    result: Table = left[:, common].toarray() @ right[:, common].toarray().T
    rare = np.nonzero(~frequent & (left.getnnz(axis=0) > 0) & (right.getnnz(axis=0) > 0))[0]
    turned = right[:, rare].T.tocsr()
    sparse = left[:, rare].tocsr()
    for start in range(0, left.shape[0], 512):
        block = (sparse[start : start + 512] @ turned).tocoo()
        result[block.row + start, block.col] += block.data
    return result


def near(rows: Any, reach: int) -> Table:
    """Products of each row with itself and the next ones, `(rows, reach)`, 0 beyond the end."""
    size = rows.shape[0]
    result = np.zeros((size, reach), dtype=np.float32)
    for distance in range(min(reach, size)):
        ahead, behind = rows[distance:], rows[: size - distance]
        if isinstance(rows, np.ndarray):
            result[: size - distance, distance] = np.einsum("if,if->i", behind, ahead)
        else:
            both = np.asarray(behind.multiply(ahead).sum(axis=1)).ravel()
            result[: size - distance, distance] = both
    return result


def vectors(passages: Sequence[str], rarity: Rarity | None = None) -> Any:
    """Sparse matrix `(passages, features)`, rows of unit length (zero for an empty passage)."""
    found = matrix(passages, rarity)
    lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return found.multiply(1 / lengths[:, None]).tocsr()


def cosines(left: Any, right: Any) -> npt.NDArray[np.float64]:
    """Dense matrix `(left rows, right rows)` of cosines between unit vectors, in [0, 1]."""
    product: npt.NDArray[np.float64] = np.asarray((left @ right.T).todense(), dtype=np.float64)
    return np.minimum(product, 1.0)

"""Which article a reference snippet belongs to, when nothing says so.

An inverted index of the words of all articles names the few that hold most of what is rare in a
snippet; alignment with their sentences decides. Work grows with the snippets times the articles
that share a rare word with them, never with all pairs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np

from corpora.alignment import AlignOptions, all_candidates
from corpora.references import UNASSIGNED, References, Snippet
from corpora.similarity import WORD, Integers, folded

BUCKETS = 2**21
BLOCK = 512  # snippets whose products with all articles are held at once
FEW = 50  # articles up to which no word is too frequent to count


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """How to match.

    Attributes:
        candidates: articles that are aligned with each snippet.
        most_frequent: share of the articles above which a word is not indexed.
        least_odds: log-odds of its best bead that a snippet needs; below even odds, for
            snippets of other articles about the same event weigh as rivals here.
        least_share: share of a snippet's characters that must be in likely beads.
    """

    candidates: int = 5
    most_frequent: float = 0.05
    least_odds: float = -0.5
    least_share: float = 0.5


def words_of(text: str) -> Integers:
    """Buckets of the words and word pairs of a text, ascending, each once."""
    words = WORD.findall(folded(text))
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    codes = [crc32(each.encode("utf-8", "surrogatepass")) % BUCKETS for each in words + pairs]
    return np.unique(np.array(codes, dtype=np.int64))


def presence(texts: Sequence[str]) -> Any:
    """Sparse matrix `(texts, BUCKETS)`, 1 where a text has a word or word pair."""
    from scipy.sparse import csr_matrix

    each = [words_of(text) for text in texts]
    starts = np.concatenate([[0], np.cumsum([len(found) for found in each], dtype=np.int64)])
    columns = np.concatenate([np.zeros(0, np.int64), *each])
    ones = np.ones(len(columns), dtype=np.float32)
    return csr_matrix((ones, columns, starts), shape=(len(texts), BUCKETS))


def nearest(
    articles: Sequence[str], snippets: Sequence[str], options: MatchOptions
) -> list[list[int]]:
    """For each snippet the articles that hold most of its rare words, best first."""
    if not articles or not snippets:
        return [[] for _ in snippets]
    index = presence(articles)
    having = np.asarray(index.getnnz(axis=0), dtype=np.float32)
    rarity = np.log((1 + len(articles)) / (1 + having)) + 1e-3
    if len(articles) > FEW:
        rarity[having > options.most_frequent * len(articles)] = 0
    rarity[having == 0] = 0
    turned = index.T.tocsr()
    found: list[list[int]] = []
    for start in range(0, len(snippets), BLOCK):
        block = presence(snippets[start : start + BLOCK]).multiply(rarity).tocsr()
        block.eliminate_zeros()
        held = (block @ turned).tocsr()
        for row in range(held.shape[0]):
            low, high = held.indptr[row], held.indptr[row + 1]
            columns, values = held.indices[low:high], held.data[low:high]
            best = np.lexsort((columns, -values))[: options.candidates]
            found.append(columns[best].tolist())
    return found


def match(
    articles: Mapping[str, Sequence[str]],
    snippets: Sequence[Snippet],
    options: MatchOptions | None = None,
    aligning: AlignOptions | None = None,
) -> dict[str, tuple[Snippet, ...]]:
    """Give each snippet to the article that says it; those that none says stay unassigned.

    Args:
        articles: machine English, sentence by sentence, by the name of the article.
        snippets: of unknown origin.
        options: how to match.
        aligning: how to align.

    Returns:
        Snippets by article, in their order; under `UNASSIGNED` what no article says.
    """
    options, aligning = options or MatchOptions(), aligning or AlignOptions()
    names = list(articles)
    texts = [" ".join(articles[name]) for name in names]
    asked: dict[int, list[int]] = defaultdict(list)
    for number, near in enumerate(nearest(texts, [each.text for each in snippets], options)):
        for article in near:
            asked[article].append(number)
    best: dict[int, tuple[float, int]] = {}
    for article, numbers in sorted(asked.items()):
        sentences = [snippets[number].sentences() for number in numbers]
        found = likelihoods(articles[names[article]], sentences, options, aligning)
        for number, odds in zip(numbers, found, strict=True):
            if odds > best.get(number, (options.least_odds, -1))[0]:
                best[number] = odds, article
    given: dict[str, list[Snippet]] = defaultdict(list)
    for number, snippet in enumerate(snippets):
        article = best[number][1] if number in best else -1
        given[names[article] if article >= 0 else UNASSIGNED].append(snippet)
    return {name: tuple(found) for name, found in given.items()}


def likelihoods(
    translations: Sequence[str],
    snippets: Sequence[Sequence[str]],
    options: MatchOptions,
    aligning: AlignOptions,
) -> list[float]:
    """Log-odds of the best bead of each snippet; `-inf` where too little of it is in any."""
    found = all_candidates(translations, snippets, aligning)
    starts = np.cumsum([0, *map(len, snippets)])
    owners = np.searchsorted(starts, found.spans[:, 2], side="right") - 1
    result = []
    for number, sentences in enumerate(snippets):
        mine = found.where((owners == number) & (found.odds > options.least_odds))
        covered = {
            index - int(starts[number])
            for _, _, first, end in mine.spans.tolist()
            for index in range(first, end)
        }
        share = sum(len(sentences[index]) for index in covered) / max(1, sum(map(len, sentences)))
        likely = len(mine.odds) and share >= options.least_share
        result.append(float(mine.odds.max()) if likely else -np.inf)
    return result


def assigned(
    references: References, articles: Mapping[str, Sequence[str]]
) -> dict[str, tuple[Snippet, ...]]:
    """References with their unassigned snippets given to articles; what no article says stays."""
    result = dict(references)
    unassigned = result.pop(UNASSIGNED, ())
    if unassigned:
        for name, found in match(articles, unassigned).items():
            result[name] = (*result.get(name, ()), *found)
    return result

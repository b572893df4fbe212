"""Which article a reference snippet belongs to, when nothing says so.

An inverted index of the words of all articles names the few that hold most of what is rare in a
snippet; alignment with their sentences decides. Work grows with the snippets times the articles
that share a rare word with them, never with all pairs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log
from zlib import crc32

import numpy as np
import numpy.typing as npt

from corpora.alignment import AlignOptions, all_candidates
from corpora.evidence import Evidence, evidence, mentions
from corpora.language import ENGLISH
from corpora.references import UNASSIGNED, References, Snippet
from corpora.similarity import WORD, Integers, folded

BUCKETS = 2**21
# Logistic regression over the best beads of 1,700 snippets, 700 of them of one of 2 to 20 articles
# of 1 to 15 sentences, the others of none: FLORES-200 dev in the English of three systems, up to
# 35 % of the words replaced; both sorts weighted alike (docs/benchmarks.md).
BELIEF, OF_ODDS, OF_LIKENESS, OF_WORDS = 6.5, 0.4, 6.8, 6.2
OF_NUMBER, OF_NAME, OF_CONFLICT = 2.2, 0.6, -1.9
STEM, SHORT = 5, 2  # letters of a word that must be alike; of words that do not count
TOGETHER = 200  # snippets that are aligned with an article at once
FEW = 50  # articles up to which no word is too frequent to count


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """How to match.

    Attributes:
        candidates: articles that are aligned with each snippet.
        most_frequent: share of the articles above which a word is not indexed.
        most_articles: articles above which a word is not indexed, so that work grows with the
            snippets and not with snippets times articles.
        least_held: of the rare words that the best article holds, what a candidate must hold.
        least_odds: log-odds of beads that count as likely.
        least_belief: of a snippet's best bead (see `belief`).
        least_share: share of a snippet's characters that must be in likely beads.
    """

    candidates: int = 5
    most_frequent: float = 0.05
    most_articles: int = 1_000
    least_held: float = 0.4
    least_odds: float = 0.6
    least_belief: float = -0.5
    least_share: float = 0.5


def words_of(text: str) -> Integers:
    """Buckets of the words and word pairs of a text, ascending, each once."""
    words = WORD.findall(folded(text))
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    codes = [crc32(each.encode("utf-8", "surrogatepass")) % BUCKETS for each in words + pairs]
    return np.unique(np.array(codes, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Index:
    """Which articles have a word, for words that tell articles apart.

    Attributes:
        articles: their number.
        starts: where the articles of each bucket begin in `having`, `(BUCKETS + 1,)`.
        having: numbers of articles, bucket by bucket.
        rarity: weight of each bucket, `(BUCKETS,)`; 0 where it is not indexed.
    """

    articles: int
    starts: Integers
    having: npt.NDArray[np.int32]
    rarity: npt.NDArray[np.float32]

    @classmethod
    def of(cls, texts: Iterable[str], options: MatchOptions) -> "Index":
        """Read every text once; what is held are four bytes for each distinct word of each."""
        each = [words_of(text).astype(np.int32) for text in texts]
        sizes = np.array([len(found) for found in each], dtype=np.int64)
        words = np.concatenate([np.zeros(0, np.int32), *each])
        del each
        counts = np.bincount(words, minlength=BUCKETS)
        rarity = np.log((1 + len(sizes)) / (1 + counts)) + 1e-3
        if len(sizes) > FEW:
            most = min(options.most_frequent * len(sizes), options.most_articles)
            rarity[counts > most] = 0
        rarity[counts == 0] = 0
        kept = rarity[words] > 0
        owners = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[kept]
        words = words[kept]
        order = np.argsort(words, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.where(rarity > 0, counts, 0))])
        return cls(len(sizes), starts, owners[order], rarity.astype(np.float32))

    def best(self, text: str, most: int, least_share: float) -> list[int]:
        """Articles that hold most of what is rare in a text, best first.

        Args:
            text: of a snippet.
            most: articles at most.
            least_share: of what the best holds, which the others must hold.
        """
        buckets = words_of(text)
        buckets = buckets[self.rarity[buckets] > 0]
        found = [self.having[self.starts[b] : self.starts[b + 1]] for b in buckets.tolist()]
        if not found:
            return []
        weights = np.repeat(self.rarity[buckets], [len(some) for some in found])
        articles, places = np.unique(np.concatenate(found), return_inverse=True)
        held = np.bincount(places, weights)
        best = np.lexsort((articles, -held))[:most]
        return [
            int(articles[place]) for place in best if held[place] >= least_share * held[best[0]]
        ]


def nearest(
    articles: Iterable[str], snippets: Sequence[str], options: MatchOptions
) -> list[list[int]]:
    """For each snippet the articles that hold most of its rare words, best first."""
    index = Index.of(articles, options)
    return [index.best(text, options.candidates, options.least_held) for text in snippets]


def match(
    articles: Callable[[], Iterable[tuple[str, Sequence[str]]]],
    snippets: Sequence[Snippet],
    options: MatchOptions | None = None,
    aligning: AlignOptions | None = None,
) -> dict[str, tuple[Snippet, ...]]:
    """Give each snippet to the article that says it; those that none says stay unassigned.

    Args:
        articles: gives the name and the machine English, sentence by sentence, of every article;
            called twice, with the same result. No text is held.
        snippets: of unknown origin.
        options: how to match.
        aligning: how to align.

    Returns:
        Snippets by article, in their order; under `UNASSIGNED` what no article says.
    """
    options, aligning = options or MatchOptions(), aligning or AlignOptions()
    texts = (" ".join(sentences) for _, sentences in articles())
    asked: dict[int, list[int]] = defaultdict(list)
    for number, near in enumerate(nearest(texts, [each.text for each in snippets], options)):
        for article in near:
            asked[article].append(number)
    best: dict[int, tuple[float, int]] = {}
    names: dict[int, str] = {}
    for article, (name, translations) in enumerate(articles()):
        numbers = asked.pop(article, [])
        for some in (numbers[at : at + TOGETHER] for at in range(0, len(numbers), TOGETHER)):
            sentences = [snippets[number].sentences() for number in some]
            found = beliefs(translations, sentences, options, aligning)
            for number, belief in zip(some, found, strict=True):
                if belief > best.get(number, (options.least_belief, -1))[0]:
                    best[number] = belief, article
                    names[article] = name
    given: dict[str, list[Snippet]] = defaultdict(list)
    for number, snippet in enumerate(snippets):
        given[names[best[number][1]] if number in best else UNASSIGNED].append(snippet)
    return {name: tuple(found) for name, found in given.items()}


def beliefs(
    translations: Sequence[str],
    snippets: Sequence[Sequence[str]],
    options: MatchOptions,
    aligning: AlignOptions,
) -> list[float]:
    """Belief in the likeliest bead of each snippet; `-inf` where too little of it is in any."""
    found = all_candidates(translations, snippets, aligning)
    references = list(chain.from_iterable(snippets))
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
        if not len(mine.odds) or share < options.least_share:
            result.append(-np.inf)
            continue
        likeliest = int(mine.odds.argmax())
        start, stop, first, end = mine.spans[likeliest].tolist()
        left, right = " ".join(translations[start:stop]), " ".join(references[first:end])
        shared = evidence(mentions(left), mentions(right))
        likeness = float(mine.cosines[likeliest])
        result.append(
            belief(float(mine.odds[likeliest]), likeness, shared_words(left, right), shared)
        )
    return result


def shared_words(left: str, right: str) -> float:
    """Share of the content words of the side with fewer that the other side has too.

    >>> shared_words("The bank kept its rates.", "Rates of the bank fell in March.")
    0.6666666666666666
    """
    one, other = (
        {w[:STEM] for w in WORD.findall(folded(text)) if len(w) > SHORT and w not in ENGLISH}
        for text in (left, right)
    )
    return len(one & other) / max(1, min(len(one), len(other)))


def belief(odds: float, cosine: float, words: float, shared: Evidence) -> float:
    """Log-odds that a bead shows its snippet to be of the article, at even odds before.

    The odds of a bead tell which sentence of an article says it, given that one does: in an article
    of two sentences, or one about something else, the best of them has good odds too. Here the
    likeness counts as it is.

    >>> belief(2.5, 0.24, 0.2, Evidence()) < -0.5 < belief(2.5, 0.4, 0.4, Evidence())
    True
    """
    total = BELIEF + OF_ODDS * odds + OF_LIKENESS * log(max(cosine, 0.05)) + OF_WORDS * words
    total += OF_NUMBER * min(2, len(shared.numbers)) + OF_NAME * min(3, len(shared.names))
    return total + OF_CONFLICT * bool(shared.conflicts)


def assigned(
    references: References, articles: Callable[[], Iterable[tuple[str, Sequence[str]]]]
) -> dict[str, tuple[Snippet, ...]]:
    """References with their unassigned snippets given to articles; what no article says stays."""
    result = dict(references)
    unassigned = result.pop(UNASSIGNED, ())
    if unassigned:
        for name, found in match(articles, unassigned).items():
            result[name] = (*result.get(name, ()), *found)
    return result

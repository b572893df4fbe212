"""Sufficient statistics of every scored pair, from which all scores, intervals and tests follow.

The numbers are those that sacreBLEU keeps inside, pair by pair: the sum over any set of pairs gives
the score of that set. One reference a sentence is counted by numpy for thousands of pairs at once;
sentences with several are counted by sacreBLEU itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from eval.edits import edits
from eval.ngrams import (
    Symbols,
    alphabet_of,
    shared,
    symbols_of_characters,
    symbols_of_words,
    totals,
)
from eval.tokenization import words_of_bleu, words_of_chrf, words_of_ter

Table = NDArray[np.float64]
Pair = tuple[str, Sequence[str]]
Each = TypeVar("Each")

BATCH = 2_000  # pairs that are counted, and given to a process, at once
BLEU_ORDERS, CHARACTER_ORDERS, WORD_ORDERS = 4, 6, 2
WIDTHS = {"BLEU": 2 + 2 * BLEU_ORDERS, "chrF2++": 3 * (CHARACTER_ORDERS + WORD_ORDERS), "TER": 2}


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the metrics counted, one row a pair.

    Attributes:
        tables: by metric, `(pairs, columns)`. BLEU: words of the hypothesis, of the reference, then
            shared and all n-grams by order. chrF2++: for each order those of the hypothesis, of
            the reference, shared. TER: edits, words of the reference (mean over several). Metrics
            of other programs: sum and count.
        references: references of every pair; -1 when they differ.
    """

    tables: Mapping[str, NDArray[Any]]
    references: int = 1

    def __len__(self) -> int:
        """Pairs."""
        return len(next(iter(self.tables.values())))

    def taken(self, index: Any) -> "Statistics":
        """Those of some pairs: a mask, numbers or a slice."""
        return Statistics(
            {name: table[index] for name, table in self.tables.items()}, self.references
        )

    def sums(self) -> dict[str, Table]:
        """Sums over all pairs, by metric."""
        return {name: table.sum(axis=0, dtype=np.float64) for name, table in self.tables.items()}

    def wide(self) -> Table:
        """All tables side by side, `(pairs, columns of all)`."""
        columns = sum(table.shape[1] for table in self.tables.values())
        found = np.empty((len(self), columns))
        begin = 0
        for table in self.tables.values():  # no second copy: a million pairs have 0.3 GB here
            found[:, begin : begin + table.shape[1]] = table
            begin += table.shape[1]
        return found

    def narrow(self, wide: Table) -> dict[str, Table]:
        """The parts of a table that is as wide as all of these, by metric."""
        widths = np.cumsum([table.shape[1] for table in self.tables.values()])[:-1]
        return dict(zip(self.tables, np.split(wide, widths, axis=-1), strict=True))

    def beside(self, name: str, scores: Sequence[float]) -> "Statistics":
        """These and the scores that another program gave to each pair."""
        table = np.column_stack([scores, np.ones(len(scores))]).astype(np.float64)
        return Statistics({**self.tables, name: table}, self.references)


def joined(parts: Sequence[Statistics]) -> Statistics:
    """Statistics of several sets of pairs as one; of none, empty ones.

    >>> len(joined([]))
    0
    """
    if not parts:
        return Statistics({name: np.zeros((0, width)) for name, width in WIDTHS.items()})
    references = {part.references for part in parts if len(part)}
    return Statistics(
        {name: np.concatenate([part.tables[name] for part in parts]) for name in parts[0].tables},
        references.pop() if len(references) == 1 else -1,
    )


def statistics(pairs: Iterable[Pair], workers: int = 1) -> Statistics:
    """Statistics of hypotheses, each with one or more references, in their order.

    Missing references (`""`, blanks) must have been left out.

    Args:
        pairs: hypothesis and its references; read as they are needed.
        workers: processes; with more than one the program's main module must be importable, as for
            every use of `multiprocessing`.

    Raises:
        ValueError: a hypothesis without a reference.
    """
    return joined(list(parts(batched(pairs), workers)))


def parts(batches: Iterator[list[Pair]], workers: int) -> Iterator[Statistics]:
    """Statistics of each batch; processes are started once there is a second batch."""
    first = next(batches, None)
    second = next(batches, None)
    if first is None:
        return
    if workers < 2 or second is None:
        for batch in (first, second):
            if batch is not None:
                yield counted(batch)
        yield from map(counted, batches)
        return
    from concurrent.futures import ProcessPoolExecutor
    from itertools import chain
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        waiting = []
        for batch in chain((first, second), batches):
            waiting.append(pool.submit(counted, batch))
            if len(waiting) > 4 * workers:  # bounds what is in memory when pairs come as a stream
                yield waiting.pop(0).result()
        for each in waiting:
            yield each.result()


def batched(pairs: Iterable[Each]) -> Iterator[list[Each]]:
    """Lists of up to `BATCH` pairs."""
    batch: list[Each] = []
    for pair in pairs:
        batch.append(pair)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def counted(batch: Sequence[Pair]) -> Statistics:
    """Statistics of one batch in this process."""
    sizes = {len(references) for _, references in batch}
    if 0 in sizes:
        raise ValueError("a hypothesis without a reference")
    hypotheses = [hypothesis for hypothesis, _ in batch]
    first = [references[0] for _, references in batch]
    tables: dict[str, NDArray[Any]] = {
        "BLEU": bleu_table(hypotheses, first),
        "chrF2++": chrf_table(hypotheses, first),
        "TER": np.array([ter_row(*pair) for pair in batch], dtype=np.float64),
    }
    for index in [index for index, (_, references) in enumerate(batch) if len(references) > 1]:
        for name, metric in zip(("BLEU", "chrF2++"), peers(), strict=True):
            tables[name][index] = row_of(metric, *batch[index])
    return Statistics(tables, sizes.pop() if len(sizes) == 1 else -1)


@cache
def peers() -> tuple[Any, Any]:
    """SacreBLEU's BLEU and chrF2++, which count what is rare."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    return BLEU(force=True), CHRF(word_order=WORD_ORDERS)


def row_of(metric: Any, hypothesis: str, references: Sequence[str]) -> list[float]:
    """Statistics of one pair by sacreBLEU."""
    found = metric._extract_corpus_statistics([hypothesis], [[each] for each in references])
    return list(found[0])


def bleu_table(hypotheses: Sequence[str], references: Sequence[str]) -> NDArray[np.int32]:
    """Statistics of BLEU, one reference a sentence; of `MOST_PAIRS` at once (`eval.ngrams`)."""
    left, right = words_of_bleu(hypotheses), words_of_bleu(references)
    most = 2 ** (48 // BLEU_ORDERS)
    one, two, crowded = symbols_of_words(left, right, most)
    table = np.column_stack(
        [
            one.sizes,
            two.sizes,
            shared(one, two, BLEU_ORDERS),
            totals(one.sizes, BLEU_ORDERS),
        ]
    ).astype(np.int32)
    for index in np.flatnonzero(crowded).tolist():
        table[index] = row_of(peers()[0], hypotheses[index], [references[index]])
    return table


def chrf_table(hypotheses: Sequence[str], references: Sequence[str]) -> NDArray[np.int32]:
    """Statistics of chrF2++, one reference a sentence; of `MOST_PAIRS` at once (`eval.ngrams`)."""
    left = ["".join(line.split()) for line in hypotheses]
    right = ["".join(line.split()) for line in references]
    alphabet = alphabet_of([*left, *right], 2 ** (48 // CHARACTER_ORDERS))
    one, strange = symbols_of_characters(left, alphabet)
    two, strange_too = symbols_of_characters(right, alphabet)
    words = symbols_of_words(
        [words_of_chrf(line) for line in hypotheses],
        [words_of_chrf(line) for line in references],
        2 ** (48 // WORD_ORDERS) - 1,
    )
    table = np.hstack(
        [orders_of(one, two, CHARACTER_ORDERS), orders_of(words[0], words[1], WORD_ORDERS)]
    ).astype(np.int32)
    for index in np.flatnonzero(strange | strange_too | words[2]).tolist():
        table[index] = row_of(peers()[1], hypotheses[index], [references[index]])
    return table


def orders_of(left: Symbols, right: Symbols, orders: int) -> NDArray[np.int64]:
    """For each order the n-grams of the hypothesis, of the reference, and shared ones.

    Where the reference has none of an order, sacreBLEU counts none of the hypothesis either.
    """
    ours, theirs = totals(left.sizes, orders), totals(right.sizes, orders)
    ours[theirs == 0] = 0
    found = np.stack([ours, theirs, shared(left, right, orders)], axis=2)
    return found.reshape(len(left.sizes), 3 * orders)


def ter_row(hypothesis: str, references: Sequence[str]) -> tuple[float, float]:
    """Fewest edits to any reference, and the mean length of the references in words."""
    words = words_of_ter(hypothesis)
    split = [words_of_ter(reference) for reference in references]
    least = min(edits(words, reference) for reference in split)
    return least, sum(map(len, split)) / len(split)

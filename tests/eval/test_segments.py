"""Statistics are those that sacreBLEU keeps, pair by pair, for any text."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from eval.ngrams import MOST_PAIRS, Symbols, shared
from eval.segments import BATCH, WIDTHS, counted, joined, statistics

PEERS = {"BLEU": BLEU(force=True), "chrF2++": CHRF(word_order=2), "TER": TER()}
texts = st.one_of(
    st.text(st.sampled_from("ab, .A1-\n"), max_size=25),
    st.lists(st.sampled_from(["naik", "Harga", "beras,", "10.000", "(ya)"]), max_size=9).map(
        " ".join
    ),
    st.text(max_size=15),
)
references = st.lists(texts.filter(str.strip), min_size=1, max_size=3)
WIDE = "".join(chr(0x4E00 + number) for number in range(400))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(texts, references), min_size=1, max_size=5))
@example([(WIDE, [WIDE[5:] + "a"]), ("a", ["a b"])])
@example([("", ["a"]), ("a", [" a "]), ("a a a a a", ["a a a", "b"])])
def test_every_pair(pairs):
    found = counted(pairs)
    for name, peer in PEERS.items():
        for row, (hypothesis, given_) in zip(found.tables[name].tolist(), pairs, strict=True):
            expected = peer._extract_corpus_statistics([hypothesis], [[each] for each in given_])
            assert row == expected[0], name


def test_a_pair_of_very_many_words():
    text = " ".join(str(number) for number in range(5000))
    found = counted([(text, [text])])
    assert found.tables["BLEU"].tolist() == [
        [5000, 5000, *range(5000, 4996, -1)] * 1 + [*range(5000, 4996, -1)]
    ]


def test_the_number_of_references():
    assert counted([("a", ["a"])]).references == 1
    assert counted([("a", ["a", "b"]), ("a", ["c", "b"])]).references == 2
    assert counted([("a", ["a", "b"]), ("a", ["c"])]).references == -1
    parts = [counted([("a", ["a", "b"])]), counted([("a", ["c"])]), joined([])]
    assert joined(parts[:2]).references == -1 and joined([parts[1], parts[2]]).references == 1


def test_a_pair_without_a_reference_is_refused():
    with pytest.raises(ValueError, match="without a reference"):
        counted([("a", [])])


def test_nothing():
    none = statistics([])
    assert (
        len(none) == 0 and {name: table.shape[1] for name, table in none.tables.items()} == WIDTHS
    )


def test_processes_count_what_one_counts():
    pairs = [
        (f"harga {number} naik", [f"harga {number % 7} turun"]) for number in range(BATCH + 50)
    ]
    alone, together = statistics(pairs), statistics(iter(pairs), workers=2)
    assert all((alone.tables[name] == together.tables[name]).all() for name in WIDTHS)


def test_parts_go_back_together():
    found = counted([("a b", ["a"]), ("c", ["c d"]), ("", ["e"])])
    back = found.narrow(found.wide())
    assert all((back[name] == table).all() for name, table in found.tables.items())
    assert len(found.taken(np.array([True, False, True]))) == 2
    assert found.beside("X", [1, 2, 3]).sums()["X"].tolist() == [6, 3]


def test_too_many_pairs_are_refused():
    none = Symbols(np.zeros(0, np.uint64), np.zeros(MOST_PAIRS + 1, np.int64))
    with pytest.raises(ValueError, match="at most"):
        shared(none, none, 1)

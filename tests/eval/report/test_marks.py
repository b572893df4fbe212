from dataclasses import replace

import pytest
from sacrebleu.metrics.chrf import CHRF

from eval.ngrams import MOST_PAIRS
from eval.report.marks import row_scores
from eval.report.passages import passages, references_of
from eval.segments import BATCH
from tests.eval.report.conftest import ALONE, ROW


def passages_of(*rows):
    return list(passages([rows], references_of([rows], [()])))


def test_a_score_is_sacrebleus():
    theirs = CHRF(word_order=2).sentence_score(ROW.translation, [str(ROW.reference)]).score
    assert row_scores(passages_of(ROW, ALONE)) == [[pytest.approx(theirs)], [None]]


def test_an_article_may_have_more_rows_than_are_counted_at_once():
    """Each scores what it scores alone; among them some that have no reference."""
    (row,) = passages_of(replace(ROW, translation="a b", reference="a c"))
    (same,) = passages_of(replace(ROW, translation="a b", reference="a b"))
    (bare,) = passages_of(ALONE)
    many = [row, bare, same] * (MOST_PAIRS // 2 + BATCH)
    (own,), (none,), (full,) = row_scores([row, bare, same])
    assert own != full == 100 and none is None
    assert row_scores(many) == [[own], [None], [full]] * (len(many) // 3)

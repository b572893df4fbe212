"""What is known of words: vectors of words used alike are alike, rare words are rare."""

import numpy as np
import pytest

from corpora.lines.lexicon import Lexicon, lexicon, stem


def vector(word):
    return lexicon().vectors[lexicon().words([(word,)]).row[0]]


@pytest.mark.parametrize(
    ("word", "alike", "unlike"),
    [("gol", "penalti", "parlemen"), ("polisi", "bom", "menu"), ("klik", "tombol", "perang")],
)
def test_words_used_alike_have_like_vectors(word, alike, unlike):
    assert vector(word) @ vector(alike) > vector(word) @ vector(unlike) + 0.2


def test_words_of_lines_are_numbered_line_by_line():
    words = lexicon().words([("yang", "gempa"), (), ("qzxqzx",)])
    assert words.line.tolist() == [0, 0, 2] and words.counts.tolist() == [2, 0, 1]
    assert words.starts.tolist() == [0, 2] and words.lines.tolist() == [0, 2]
    assert words.rarity[0] == 0 < words.rarity[1] < words.rarity[2]
    assert words.row[2] == 0


def test_no_lines_have_no_words():
    assert lexicon().words([]).row.tolist() == []


def test_words_that_differ_in_their_affixes_share_their_stem():
    words = lexicon().words([("membakar", "terbakar", "kebakaran", "banjir")])
    assert len(set(words.stem[:3].tolist())) == 1 and words.stem[3] != words.stem[0]


@pytest.mark.parametrize("word", ["", "di", "ke", "x", "kan", "di-", "-nya"])
def test_short_words_have_stems(word):
    assert isinstance(stem(word), str)


def test_words_are_forgotten_when_they_are_too_many(monkeypatch):
    monkeypatch.setattr("corpora.lines.lexicon.REMEMBERED", 2)
    small = Lexicon(["a"], np.zeros((2, 1)), np.array([7]))
    first = small.words([("a", "b", "c", "a")])
    assert first.row.tolist() == [1, 0, 0, 1] and len(small) <= 2

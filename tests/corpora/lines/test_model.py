from pathlib import Path

import numpy as np
import pytest

from corpora.cleaning import shipped_book
from corpora.document import lines_of
from corpora.lines.clue_weights import ClueTable, Weights
from corpora.lines.evidence import names_of
from corpora.lines.features import evidence_of, place_of
from corpora.lines.layers import REACH, Layer, WordLayer, softmax
from corpora.lines.lexicon import lexicon
from corpora.lines.look import kind_of, look
from corpora.lines.model import ARTICLE, line_model
from corpora.lines.numbering import OWN, PLACED
from corpora.lines.page_bounds import Bounds
from corpora.lines.rules import LABELS

PAGE = """Harga Beras Naik di Pasar Induk

Harga beras di pasar induk itu naik 4 persen dalam sepekan, kata seorang pedagang.

Kulit kusam? Coba serum ini, hasilnya terlihat dalam 7 hari.

Para pedagang mengatakan pasokan dari desa masih tersendat sejak banjir pekan lalu."""


def seen(text):
    lines = list(lines_of(text))
    return place_of(lines, [None] * len(lines))


def test_the_weights_know_labels_that_exist():
    assert set(ARTICLE) < set(line_model().labels) <= set(LABELS)


def test_every_line_has_a_probability_for_every_label():
    shares = line_model().weigh(seen(PAGE))
    assert shares.shape == (4, len(line_model().labels))
    assert np.allclose(shares.sum(1), 1)


def test_a_page_of_nothing():
    assert line_model().weigh(seen("")).shape == (0, len(line_model().labels))


PAGES = Path(__file__).parents[1] / "cases" / "pages"


@pytest.mark.parametrize(
    "page", sorted((PAGES / "varied").iterdir())[:6], ids=lambda page: page.stem
)
def test_clues_looked_up_by_number_weigh_what_their_names_weigh(page):
    """The fast way that labels pages, and the plain one that learns the weights, are one."""
    lines = list(lines_of(page.read_text(encoding="utf-8")))
    place = place_of(lines, [shipped_book().find(line.text.strip()) for line in lines])
    model = line_model()
    plain = model.of_sums(model.evidence.sums(evidence_of(place)), place)
    assert np.array_equal(plain, model.weigh(place))


def pages(*texts):
    by_page = [list(lines_of(text)) for text in texts]
    lines = [line for page in by_page for line in page]
    return place_of(lines, [None] * len(lines), counts=[len(page) for page in by_page])


def test_pages_weigh_the_same_together_and_apart():
    other = "Kulkas dua pintu, cicilan ringan.\n\nBerita Terkait\n\nGempa mengguncang pesisir itu."
    together = line_model().weigh(pages(PAGE, other))
    apart = np.concatenate([line_model().weigh(seen(PAGE)), line_model().weigh(seen(other))])
    assert np.allclose(together, apart, atol=1e-5)


def test_the_networks_agree_where_it_is_clear():
    """A mean that hides two opinions would be worth less."""
    shares = line_model().weigh(seen(PAGE))
    assert shares[1, line_model().labels.index("body")] > 0.9


def test_unknown_evidence_says_nothing():
    weights = Weights({"offer": 1}, np.array([[0.0, 0.0], [-1.0, 1.0]]))
    found = weights.sums([["offer", "never seen"], ["never seen"]])
    assert found.tolist() == [[-1, 1], [0, 0]]
    assert weights.sums([]).shape == (0, 2)


def test_probabilities_add_up_to_one():
    assert softmax(np.array([[0.0, 0.0], [900.0, 0.0]])).tolist() == [[0.5, 0.5], [1, 0]]


def test_a_layer_sees_two_lines_to_either_side_on_its_page():
    ones = np.ones((1, len(REACH), 1))
    layer = Layer(ones, np.zeros((1, 1)))
    values = np.array([1, 2, 4, 8, 16, 32]).reshape(1, 6, 1)
    found = layer.across(values, Bounds.of([4, 2])).ravel().tolist()
    assert found == [7, 15, 15, 14, 48, 48]


def test_words_count_as_mean_and_as_greatest():
    words = lexicon().words([("satu", "dua"), ()])
    each = np.zeros((int(words.row.max()) + 1, 1))
    each[words.row] = [[1.0], [3.0]]
    pool, ends = Layer(np.eye(2)[None], np.zeros((1, 2))), Layer(np.zeros((1, 3, 2)), np.zeros(1))
    layer = WordLayer(each, each, pool, ends)
    assert layer.sums(words).tolist() == [[[2, 3], [0, 0]]]


def test_a_clue_weighs_what_its_names_weigh():
    clue = PLACED.clue(PLACED.size // 2)
    rows = {name: row for row, name in enumerate(names_of(clue), 1)}
    values = np.array([[0.0, 0.0], *([row, row / 2] for row in rows.values())])
    table = ClueTable(Weights({**rows, "no-rule": len(values)}, np.array([*values, [0.5, 0]])))
    nothing, here = np.zeros((1, 1), np.intp), np.array([[PLACED.size // 2]])
    no_rule = [(OWN["rule", "", "", ""],)]
    total = sum(rows.values())
    assert table.sums(no_rule, here).tolist() == [[total + 0.5, total / 2]]
    assert table.sums(no_rule, nothing).tolist() == [[0.5, 0.0]]


def test_a_table_grows_with_its_clues():
    table = ClueTable(Weights({"kind=x1999": 1}, np.array([[0.0], [1.0]])))
    nothing = np.zeros((2000, 0), np.intp)
    clues = [(OWN["written", f"x{number}", 0, "-", "-", 0],) for number in range(2000)]
    found = table.sums(clues, nothing)
    assert found[1999] == 1 and found.sum() == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("123", "no-words"),
        ("Ekonomi", "word"),
        ("Pasokan tersendat lagi", "phrase"),
        ("Apa yang keliru?", "question"),
        ("Baca juga:", "colon"),
        ("- dua kilogram beras", "item"),
        ("1. Simpan di tempat kering.", "sentence"),
    ],
)
def test_kinds(text, kind):
    assert look(text).kind == kind


def test_nothing_has_a_kind():
    assert kind_of("", 0) == "no-words"

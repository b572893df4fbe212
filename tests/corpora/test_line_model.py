from pathlib import Path

import numpy as np
import pytest

from corpora.cleaning import shipped_book
from corpora.document import lines_of
from corpora.line_features import bucket, evidence_of, kind_of, look, place_of
from corpora.line_model import ARTICLE, ClueTable, Opinions, Weights, line_model, softmax
from corpora.rules import LABELS

PAGE = """Harga Beras Naik di Pasar Induk

Harga beras di pasar induk itu naik 4 persen dalam sepekan, kata seorang pedagang.

Kulit kusam? Coba serum ini, hasilnya terlihat dalam 7 hari.

Para pedagang mengatakan pasokan dari desa masih tersendat sejak banjir pekan lalu."""


def seen(text):
    lines = list(lines_of(text))
    return place_of(lines, [None] * len(lines))


def test_the_weights_know_labels_that_exist():
    assert set(line_model().first.labels) <= set(LABELS)
    assert set(ARTICLE) <= set(line_model().second.labels)


def test_every_line_has_a_probability_for_every_label():
    shares = line_model().weigh(seen(PAGE))
    assert shares.shape == (4, len(line_model().second.labels))
    assert np.allclose(shares.sum(1), 1)


def test_a_page_of_nothing():
    assert line_model().weigh(seen("")).shape == (0, len(line_model().second.labels))


PAGES = Path(__file__).parent / "cases" / "pages"


@pytest.mark.parametrize(
    "page", sorted((PAGES / "varied").iterdir())[:6], ids=lambda page: page.stem
)
def test_clues_looked_up_by_number_weigh_what_their_names_weigh(page):
    """The fast way that labels pages, and the plain one that learns the weights, are one."""
    lines = list(lines_of(page.read_text(encoding="utf-8")))
    place = place_of(lines, [shipped_book().find(line.text.strip()) for line in lines])
    model, names = line_model(), evidence_of(place)
    opinions = Opinions.of(model.first.probabilities(names), model.first.labels).names()
    joined = [[*own, *opinion] for own, opinion in zip(names, opinions, strict=True)]
    assert np.allclose(model.second.probabilities(joined), model.weigh(place), atol=1e-9)


def test_opinions_of_one_line_and_of_two():
    sure = np.array([[0.95, 0.05], [0.2, 0.8]])
    labels = ("body", "advert", "title")
    padded = np.concatenate([sure, np.zeros((2, 1))], axis=1)
    alone, (above, below) = (
        Opinions.of(padded[:1], labels).names()[0],
        Opinions.of(padded, labels).names(),
    )
    assert "first-around=99" in alone and "first-up=9&5" in alone and "first-is-below=none" in alone
    assert "first-below=1&5" in above and "first-down=1&5" in above
    assert "first=advert" in below and "first-is-above=body" in below


def test_unknown_evidence_says_nothing():
    weights = Weights(("body", "advert"), {"offer": 1}, np.array([[0.0, 0.0], [-1.0, 1.0]]))
    found = weights.probabilities([["offer", "never seen"], ["never seen"]])
    assert found[1].tolist() == [0.5, 0.5]
    assert np.allclose(found[0], softmax(np.array([[-1.0, 1.0]]))[0])


def test_a_clue_weighs_what_its_names_weigh():
    weights = Weights(
        ("body", "advert"), {"no-topic": 1, "no-rule": 2}, np.array([[0, 0], [1.0, 2.0], [0.5, 0]])
    )
    table = ClueTable(weights)
    found = table.logits(
        [[("topic", "word", None, ()), ("rule", "", "", "")], [("rule", "", "", "")]]
    )
    assert found.tolist() == [[1.5, 2.0], [0.5, 0.0]]


def test_a_table_grows_with_its_clues():
    table = ClueTable(Weights(("body",), {"kind=1999": 1}, np.array([[0.0], [1.0]])))
    clues = [("written", str(number), 0, "-", "-", 0) for number in range(2000)]
    found = table.logits([[clue] for clue in clues])
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


def test_buckets_begin_at_nothing():
    assert [bucket(n, (1, 2)) for n in (0, 1, 2, 9)] == [0, 1, 2, 2]
    assert kind_of("", 0) == "no-words"

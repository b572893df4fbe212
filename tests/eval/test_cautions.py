import pytest

from eval.cautions import Basis, cautions


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        (Basis(99, articles=50), "fewer than 100"),
        (Basis(500), "articles are not known"),
        (Basis(500, articles=1), "one article only"),
        (Basis(500, articles=5), "intervals are rough"),
        (Basis(500, articles=50, empty_references=2), "2 empty references"),
        (Basis(500, twice=100, articles=50), "100 of 500 segments repeat"),
        (Basis(500, articles=50, coverage=0.2), "20 % of the reference words"),
        (Basis(500, articles=50, coverage=0.9, bleu_is_blind=True), "BLEU does not fall"),
    ],
)
def test_each_is_said_alone(basis, said):
    (found,) = cautions(basis)
    assert said in found


def test_nothing_to_say():
    assert not list(cautions(Basis(100, twice=5, articles=20, coverage=0.5)))

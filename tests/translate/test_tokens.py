import pytest

from corpora.errors import UserError
from translate.models import find_model
from translate.tokens import NllbTokens, load_spm, tokens_of

TEXT = "Presiden tiba, katanya: “Kami siap” pukul 10.30."


@pytest.mark.parametrize("name", ["bundled", "tiny_nllb", "tiny_m2m100"])
def test_text_comes_back(name, request):
    model = find_model(name if name == "bundled" else str(request.getfixturevalue(name)))
    tokens = tokens_of(model)
    (encoded,) = tokens.encode([TEXT])
    assert encoded[-1] == "</s>"
    source = [token for token in encoded if token not in ("ind_Latn", "__id__")]
    assert tokens.decode(source) == TEXT


def test_signs_outside_the_vocabulary_survive_in_the_bundled_model():
    tokens = tokens_of(find_model("bundled"))
    assert tokens.decode(tokens.encode(["Nhân Dân 日本 🙂"])[0]) == "Nhân Dân 日本 🙂"


def test_every_token_has_a_number(tiny_nllb):
    tokens = tokens_of(find_model(str(tiny_nllb)))
    numbers = tokens.ids()
    assert all(token in numbers for token in tokens.encode([TEXT])[0])
    assert tokens.prefix[0] in numbers


def test_nothing_gives_nothing():
    assert tokens_of(find_model("bundled")).encode([]) == []


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UserError, match=r"source\.spm: missing or no SentencePiece model"):
        load_spm(tmp_path / "source.spm")
    with pytest.raises(UserError, match=r"tokenizer\.json: missing"):
        NllbTokens(tmp_path)

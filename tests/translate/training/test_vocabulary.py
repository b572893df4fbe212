"""The vocabularies that can be trained with, against the tokenizer of transformers."""

import json

import pytest

from corpora.errors import UserError
from translate.models import BUNDLED, find_model, from_folder
from translate.training.vocabulary import Vocabulary, copy_vocabulary

TEXTS = ["Hujan turun di kota itu.", "Harga beras naik 4,8 persen.", "日"]


@pytest.fixture(params=["bundled", "apart"])
def folder(request, marian_apart):
    return BUNDLED if request.param == "bundled" else marian_apart


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_numbers_are_those_of_the_tokenizer(folder, tmp_path):
    from transformers import MarianTokenizer

    copy_vocabulary(from_folder("model", folder), tmp_path / "vocabulary")
    vocabulary = Vocabulary(tmp_path / "vocabulary")
    tokenizer = MarianTokenizer.from_pretrained(folder)
    assert vocabulary.source(TEXTS) == tokenizer(TEXTS)["input_ids"]
    assert vocabulary.target(TEXTS) == tokenizer(text_target=TEXTS)["input_ids"]
    assert (len(vocabulary), vocabulary.pad) == (len(tokenizer), tokenizer.pad_token_id)


def test_pieces_are_split_at_random_where_merges_are_left_out(folder):
    vocabulary = Vocabulary(folder)
    split = vocabulary.source(TEXTS[:2] * 20, dropout=0.5)
    assert len(set(map(tuple, split))) > 2 and all(row[-1] == vocabulary.end for row in split)


@pytest.mark.parametrize("family", ["nllb", "apart"])
def test_what_cannot_be_trained_on_is_refused(family, tiny_nllb, marian_apart, tmp_path):
    start = find_model(str(tiny_nllb))
    if family == "apart":
        start = from_folder("opus", marian_apart)
        (marian_apart / "target_vocab.json").write_text("{}")
    try:
        with pytest.raises(UserError, match="can be fine-tuned here"):
            copy_vocabulary(start, tmp_path / "vocabulary")
    finally:
        (marian_apart / "target_vocab.json").unlink(missing_ok=True)
    assert not list(tmp_path.iterdir())


def test_padding_that_is_not_last_is_refused(marian_apart, tmp_path):
    copy_vocabulary(from_folder("opus", marian_apart), tmp_path / "v")
    numbers = json.loads((tmp_path / "v/vocab.json").read_text("utf-8"))
    numbers["beras"] = len(numbers)
    (tmp_path / "v/vocab.json").write_text(json.dumps(numbers), "utf-8")
    with pytest.raises(UserError, match="<pad> is not the last number"):
        Vocabulary(tmp_path / "v")

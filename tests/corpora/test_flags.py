import re

from corpora.flags import FLAGS


def test_names_are_short_and_sentences_whole():
    for flag, sentence in FLAGS.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", flag)
        assert sentence[0].isupper() and sentence.endswith(".")

"""Words are those of sacreBLEU's own tokenisers, for any text."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from sacrebleu.tokenizers.tokenizer_ter import TercomTokenizer

from eval.tokenization import words_of_bleu, words_of_chrf, words_of_ter

BLEU, TER, CHRF_PLUS = Tokenizer13a(), TercomTokenizer(), CHRF(word_order=2)
SIGNS = "aZ09.,-\"'&;:!?()<>/\n\t\r\x0b\x1c\x85\u2028 é€漢😀\ud800%$#@^_`{|}~[]\\+*="
lines = st.lists(
    st.one_of(st.text(st.sampled_from(SIGNS), max_size=30), st.text(max_size=20)), max_size=6
)


@settings(deadline=None)
@given(lines)
@example(["", " ", ".", "a.", "1.5", "a.b", "&quot;a&lt;", "-\nx", "<skipped>a", "3-4", "..,,"])
@example(["&quot", ";", "&amp;lt;", "a\n", "-\n"])
def test_bleu(found):
    assert words_of_bleu(found) == [BLEU(line.rstrip()).split() for line in found]


@settings(deadline=None)
@given(lines)
def test_chrf(found):
    assert [words_of_chrf(line) for line in found] == [
        CHRF_PLUS._remove_punctuation(line) for line in found
    ]


@settings(deadline=None)
@given(lines)
def test_ter(found):
    assert [words_of_ter(line) for line in found] == [TER(line.rstrip()).split() for line in found]

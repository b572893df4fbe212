import pytest

from corpora.page import Cleaning, taken_apart
from corpora.reading import documents, sources
from corpora.source import Failure, ReadingOptions
from tests.conftest import EXAMPLES
from translate import estimate
from translate.estimate import counted, estimated
from translate.translator import Translator


@pytest.fixture(scope="module")
def examples():
    return list(documents(sources(EXAMPLES / "articles"), ReadingOptions()))


def test_the_count_is_what_a_run_would_do(examples):
    pages = [taken_apart(document, Cleaning()) for document in examples]
    count = counted([*examples, Failure("x.txt", "why")], Cleaning())
    assert (count.articles, count.failed) == (len(pages), 1)
    assert count.sentences == sum(len(page.sentences) for page in pages)
    assert count.dropped == sum(len(page.dropped) for page in pages)
    assert sorted(count.sample) == sorted({s.text for page in pages for s in page.sentences})


def test_repeated_sentences_cost_nothing(examples):
    once, twice = counted(examples, Cleaning()), counted(examples * 2, Cleaning())
    assert twice.sentences == 2 * once.sentences and twice.distinct == once.distinct


def test_the_sample_stays_small(examples, monkeypatch):
    monkeypatch.setattr(estimate, "SAMPLE_SENTENCES", 10)
    count = counted(examples, Cleaning())
    assert len(count.sample) == len(set(count.sample)) == 10 < count.distinct


def test_the_time_follows_from_the_distinct_sentences(examples, monkeypatch):
    monkeypatch.setattr(estimate, "speed", lambda *_: (10.0, 30))
    count = counted(examples, Cleaning())
    guess = estimated(count, Translator.load())
    assert guess.seconds == count.distinct / 10 and guess.memory_bytes > 10_000_000
    assert guess.timed == 30


def test_an_empty_input_takes_no_time():
    assert estimated(counted([], Cleaning()), Translator.load()).seconds == 0.0


def test_the_sample_is_timed_in_growing_batches():
    sizes: list[int] = []

    class Counting(Translator):
        def translate(self, sentences):
            sizes.append(len(sentences))
            return []

    whole = Translator.load()
    translator = Counting(whole.model, whole.tokens, whole.engine, whole.decoding)
    rate, timed = estimate.speed(tuple(map(str, range(400))), translator)
    assert rate > 0 and 0 < timed < 400
    assert sum(sizes) == 400 and sizes[0] == estimate.FIRST

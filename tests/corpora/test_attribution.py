"""Cases live in cases/attribution.jsonl: what a line credits its story to."""

from itertools import chain

from corpora.attribution import CREDIT, may_credit, outlets, outlets_of


def test_case(case):
    assert list(outlets_of(case["text"])) == case["outlets"]


def test_no_credit_is_without_a_crediting_word(case):
    beginnings = (case["text"][:end] for end in range(len(case["text"]) + 1))
    assert all(map(may_credit, filter(CREDIT.search, beginnings)))


def test_every_outlet_of_the_list_is_found_however_it_is_written():
    for way, name in chain.from_iterable(outlets().values()):
        if "." not in way:
            assert outlets_of(f"Hal itu dikutip dari {way}, Senin.") == (name,), way


def test_long_words_cost_no_more_than_others():
    """Each of these took minutes when a pattern began at every letter of a word."""
    for piece in ["a", "a.", "a-", "1.", "dikutip dari ", "menurut laporan ", ".com", "(", "CNN "]:
        outlets_of(piece * (60_000 // len(piece)))

"""The same story found again, and two stories told apart, over pairs made and pairs written."""

import random
from pathlib import Path

import pytest
from datasketch import MinHash, MinHashLSH
from hypothesis import given
from hypothesis import strategies as st

from corpora.near_duplicates import (
    BANDS,
    FEWEST_RUNS,
    PERMUTATIONS,
    DuplicateFinder,
    no_signature,
    runs_of,
    same_story,
)
from corpora.splitting import split

PAGES = Path(__file__).parent / "cases" / "pages"
ADDED = (
    "Redaksi menambahkan satu paragraf ini setelah berita pertama kali terbit di tempat lain.",
    "Pembaca yang ingin tahu lebih jauh dapat menunggu laporan kami berikutnya pekan depan.",
)


@pytest.fixture
def finder():
    """One that has seen nothing."""
    with DuplicateFinder() as made:
        yield made


def stories():
    """The articles of the labelled pages, as sentences."""
    found: dict[str, list[str]] = {}
    for collection in ("develop", "varied"):
        labels = (PAGES / f"{collection}.tsv").read_text(encoding="utf-8").splitlines()[1:]
        for entry in labels:
            page, line, label = entry.split("\t")
            if label == "body":
                text = (PAGES / collection / f"{page}.txt").read_text(encoding="utf-8")
                found.setdefault(page, []).extend(split(text.split("\n")[int(line) - 1]))
    return {page: story for page, story in found.items() if len(runs_of(story)) >= 40}


def reposts(story, seed):
    """The story as other sites post it again."""
    chance = random.Random(seed)
    at = chance.randrange(len(story) + 1)
    yield "a paragraph more", [*story[:at], *ADDED, *story[at:]]
    yield "a sentence less", [*story[:at], *story[at + 1 :]]
    yield "another title", ["Judul baru yang sama sekali lain dari yang lama", *story]
    yield "typography", [sentence.replace('"', "”").replace(",", " ,") for sentence in story]
    yield "first part alone", story[: max(1, 2 * len(story) // 3)]


def test_reposts_are_found_and_other_stories_are_not(finder):
    """Precision and recall over all stories and their re-posts, in one corpus."""
    wrong = [page for page, story in stories().items() if finder.look(page, story).of]
    pairs = [
        (page, finder.look(f"{page}/{what}", again).of)
        for seed, (page, story) in enumerate(stories().items())
        for what, again in reposts(story, seed)
    ]
    right = sum(page == found for page, found in pairs)
    found = sum(of is not None for _, of in pairs) + len(wrong)
    assert right / found == 1.0
    assert right / len(pairs) >= 0.98


def test_two_stories_on_one_event(case, finder):
    finder.look("one", split(case["one"]))
    assert (finder.look("two", split(case["two"])).of is not None) == case["same"]


def test_nothing_is_concluded_from_little(finder):
    assert finder.look("a", []).of is None
    assert finder.look("b", ["Cuaca cerah."]).of is None
    assert finder.look("c", ["Cuaca cerah."]) == finder.look("d", ["Cuaca cerah."])


def test_a_repeated_sentence_is_marked_where_it_stands_again(finder):
    said = "Pemerintah akan mengirim beras murah ke pasar itu."
    assert finder.look("a", [said, "Halo."]).sentences == frozenset()
    assert finder.look("b", ["Ya.", said.upper()]).sentences == {1}


def test_numbers_tell_sentences_apart(finder):
    finder.look("a", ["Harga emas hari ini naik menjadi Rp 1.200.000 per gram."])
    again = finder.look("b", ["Harga emas hari ini naik menjadi Rp 1.250.000 per gram."])
    assert not again.sentences


SENTENCES = st.lists(st.text("abc ", max_size=40), max_size=12)


@given(st.lists(SENTENCES, max_size=5))
def test_the_same_corpus_gives_the_same_marks(corpus):
    with DuplicateFinder() as one, DuplicateFinder() as two:
        assert [one.look(str(n), each) for n, each in enumerate(corpus)] == [
            two.look(str(n), each) for n, each in enumerate(corpus)
        ]


@given(SENTENCES)
def test_an_article_repeats_itself(sentences):
    with DuplicateFinder() as finder:
        finder.look("a", sentences)
        again = finder.look("b", sentences)
        assert again.of == ("a" if len(runs_of(sentences)) >= 12 else None)


@given(st.floats(0, 1), st.integers(12, 500), st.integers(12, 500))
def test_it_does_not_matter_which_came_first(similarity, one, two):
    assert same_story(similarity, one, two) == same_story(similarity, two, one)


class Datasketch:
    """The same search with the index of datasketch, which is in memory."""

    def __init__(self) -> None:
        self.index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
        self.seen: list[tuple[MinHash, int, str]] = []

    def twin(self, path, sentences):
        runs = runs_of(sentences)
        if len(runs) < FEWEST_RUNS:
            return None
        own = no_signature().copy()
        own.update_batch([run.encode() for run in runs])
        for number in sorted(self.index.query(own)):
            other, size, name = self.seen[number]
            if same_story(own.jaccard(other), len(runs), size):
                return name
        self.index.insert(len(self.seen), own)
        self.seen.append((own, len(runs), path))
        return None


def test_what_is_found_is_what_the_index_of_datasketch_finds(finder):
    """Over stories that share anything between nothing and all of their sentences."""
    dice, known, told = random.Random(7), Datasketch(), list(stories().values())
    answers = []
    for number in range(400):
        one, other = dice.choice(told), dice.choice(told)
        cut = dice.randrange(len(one) + 1)
        mixed = [*one[:cut], *other[dice.randrange(len(other)) :]]
        answers.append((finder.look(str(number), mixed).of, known.twin(str(number), mixed)))
    assert all(ours == theirs for ours, theirs in answers)
    assert 40 < sum(ours is None for ours, _ in answers) < 360


def test_what_is_remembered_lies_in_a_file_that_is_gone_in_the_end(tmp_path):
    file = tmp_path / "seen"
    file.write_bytes(b"of a run that was killed")
    with DuplicateFinder(file) as finder:
        for page, story in stories().items():
            finder.look(page, story)
        assert file.exists()
    assert not list(tmp_path.iterdir())

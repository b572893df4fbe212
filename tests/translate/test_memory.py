"""The translation memory: what it gives back, to whom, and what it does not trust."""

import logging
import multiprocessing
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpora.errors import UserError
from translate.memory import MemoryFile, NoMemory, memory_at
from translate.translator import Translation, Translator

HELLO = {"Halo.": Translation("Hello.", -0.1234567890123456789, False)}
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache" / "memory.sqlite"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.dictionaries(TEXT, TEXT), st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_stored_comes_back_to_the_last_bit(file, texts, score):
    given_ = {a: Translation(b, score, bool(len(b) % 2)) for a, b in texts.items()}
    file.unlink(missing_ok=True)  # what is there already is kept, and examples share the file
    with MemoryFile(file) as memory:
        memory.store(given_, repr(score))
    with MemoryFile(file) as memory:
        found = memory.found(list(texts), repr(score))
        assert {a: (b.text, b.score, b.cut) for a, b in found.items()} == {
            a: (b.text, b.score, b.cut) for a, b in given_.items()
        }


def test_other_settings_find_nothing(file):
    with MemoryFile(file) as memory:
        memory.store(HELLO, "beam 4")
        assert memory.found(["Halo.", "Apa?"], "beam 4") == HELLO
        assert memory.found(["Halo."], "beam 1") == {}
        assert (memory.counts.asked, memory.counts.hits) == (3, 1)
        assert memory.size()[0] == 1 and memory.size()[1] > 0


def test_more_sentences_than_a_statement_takes(file):
    many = {f"kalimat {n}": Translation(f"sentence {n}", -n / 3, False) for n in range(2500)}
    with MemoryFile(file) as memory:
        memory.store(many, "s")
        assert memory.found(list(many), "s") == many


def write_many(path: Path, number: int) -> None:
    """One of several processes that write at the same time, in many small transactions."""
    with MemoryFile(path) as memory:
        for n in range(60):
            own = {f"{number}-{n}": Translation(f"{n}", -1.0, False)}
            memory.store(own | {f"all-{n}": Translation(str(n), -2.0, False)}, "s")
            assert memory.found([f"{number}-{n}", f"all-{n}"], "s").keys() == own.keys() | {
                f"all-{n}"
            }


def test_several_processes_lose_nothing(file):
    """The file does not exist when they begin: they create it at the same time, too."""
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=write_many, args=(file, number)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    with MemoryFile(file) as memory:
        assert memory.size()[0] == 4 * 60 + 60
        wanted = [f"{number}-{n}" for number in range(4) for n in range(60)]
        assert len(memory.found(wanted, "s")) == len(wanted)
    assert not list(file.parent.glob("*damaged*"))


def test_a_file_that_is_no_memory_is_set_aside(file, caplog):
    file.parent.mkdir()
    file.write_bytes(b"a letter to my aunt, and not a database at all" * 30)
    with caplog.at_level(logging.WARNING), MemoryFile(file) as memory:
        memory.store(HELLO, "s")
        assert memory.found(["Halo."], "s") == HELLO
    (aside,) = file.parent.glob("memory.sqlite.damaged-*")
    assert aside.read_bytes().startswith(b"a letter")
    assert "set aside" in caplog.text and aside.name in caplog.text


@pytest.mark.parametrize("column", ["translation", "sentence"])
def test_a_changed_entry_is_not_believed(file, caplog, column):
    with MemoryFile(file) as memory:
        memory.store(HELLO, "s")
    other = sqlite3.connect(file)
    with other:
        other.execute(f"UPDATE translations SET {column} = replace({column}, 'l', 'x')")
    other.close()
    with caplog.at_level(logging.WARNING), MemoryFile(file) as memory:
        assert memory.found(["Halo."], "s") == {}
        memory.store(HELLO, "s")
        assert memory.found(["Halo."], "s") == HELLO
    assert "was changed" in caplog.text and len(list(file.parent.glob("*damaged*"))) >= 1


def test_a_page_that_was_overwritten_is_noticed(file):
    many = {f"kalimat {n}": Translation("x" * 200, -1.0, False) for n in range(500)}
    with MemoryFile(file) as memory:
        memory.store(many, "s")
    damaged = bytearray(file.read_bytes())
    middle = len(damaged) // 2 // 4096 * 4096
    damaged[middle : middle + 8192] = b"\xa5" * 8192
    file.write_bytes(damaged)
    with MemoryFile(file) as memory:
        found = memory.found(list(many), "s")
        assert all(found[text] == many[text] for text in found) and len(found) < len(many)


def test_a_disk_that_is_full_costs_the_entries_alone(file, caplog):
    with MemoryFile(file) as memory:
        (pages,) = memory.database.execute("PRAGMA page_count").fetchone()
        memory.database.execute(f"PRAGMA max_page_count = {pages}")
        big = {f"{n}": Translation("x" * 3000, -1.0, False) for n in range(50)}
        with caplog.at_level(logging.WARNING):
            memory.store(big, "s")
        assert "50 translations not kept" in caplog.text
        memory.store(HELLO, "s")
        assert memory.found(["Halo."], "s") == HELLO


def test_off_remembers_nothing(file, tmp_path):
    with memory_at("off") as memory:
        assert isinstance(memory, NoMemory)
        memory.store(HELLO, "s")
        assert memory.found(["Halo."], "s") == {}
    with memory_at("off", otherwise=file) as memory:
        memory.store(HELLO, "s")
    assert file.exists()
    with pytest.raises(UserError, match="is a folder; name a file"), memory_at(str(tmp_path)):
        pass


@pytest.fixture(scope="module")
def translator():
    return Translator.load("bundled", device="cpu")


def test_with_and_without_a_memory_the_results_are_the_same(translator, file):
    """Also where the memory knows some of the sentences and the rest is batched without them."""
    from tests.translate.test_engines import gate_sentences

    sentences = gate_sentences()[:60]
    plain = translator.translate(sentences)
    with MemoryFile(file) as memory:
        remembering = replace(translator, memory=memory)
        remembering.translate(sentences[::3])
        assert remembering.translate(sentences) == plain
        memory.counts.hits = 0
        assert remembering.translate(sentences) == plain
        assert memory.counts.hits == len(set(sentences))


def test_other_searches_have_other_entries(translator):
    greedy = replace(translator, decoding=replace(translator.decoding, beam=1))
    larger = replace(translator, decoding=replace(translator.decoding, batch_tokens=99))
    assert greedy.settings() != translator.settings() == larger.settings()

"""The translation memory: what it gives back, to whom, and what it does not trust."""

import contextlib
import logging
import multiprocessing
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpora.errors import UserError
from translate import memory_database
from translate.memory import MemoryFile, NoMemory, memory_at
from translate.translator import Translation, Translator, versions_of

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


LETTER = b"a letter to my aunt, and not a database at all" * 30


def test_what_stands_in_the_place_of_the_default_memory_is_set_aside(file, caplog, monkeypatch):
    monkeypatch.setenv("SELARAS_CACHE", str(file.parent))
    file.parent.mkdir()
    file.write_bytes(LETTER)
    with caplog.at_level(logging.WARNING), memory_at("auto") as memory:
        memory.store(HELLO, "s")
        assert memory.found(["Halo."], "s") == HELLO
    (aside,) = file.parent.glob("memory.sqlite.damaged-*")
    assert aside.read_bytes() == LETTER
    assert "set aside" in caplog.text and aside.name in caplog.text


def database_of_somebody(version: int, table: str):
    def make(path: Path) -> None:
        other = sqlite3.connect(path)
        with other:
            other.execute(f"CREATE TABLE {table} (key TEXT, worth INTEGER)")
            other.execute(f"INSERT INTO {table} VALUES ('mine', 1)")
            other.execute(f"PRAGMA user_version = {version}")
        other.close()

    return make


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(LETTER),
        database_of_somebody(0, "accounts"),
        database_of_somebody(1, "translations"),
        database_of_somebody(7, "accounts"),
    ],
)
def test_a_file_of_somebody_else_is_refused_and_not_touched(file, make):
    file.parent.mkdir()
    make(file)
    before = file.read_bytes()
    with pytest.raises(UserError, match="not a translation memory"), memory_at(str(file)):
        pass
    assert file.read_bytes() == before and list(file.parent.iterdir()) == [file]


def test_a_damaged_memory_is_set_aside_wherever_it_is(file, caplog):
    with MemoryFile(file) as memory:
        memory.store(HELLO, "s")
    other = sqlite3.connect(file)
    other.execute("PRAGMA user_version = 99")
    other.close()
    with caplog.at_level(logging.WARNING), MemoryFile(file) as memory:
        assert memory.found(["Halo."], "s") == {}
    assert "set aside" in caplog.text


def old_memory(path: Path) -> None:
    """A memory as it was made before its file had a mark, and its entries a day."""
    from translate.memory_database import as_json, key_of, proof_of

    path.parent.mkdir()
    other = sqlite3.connect(path)
    with other:
        other.execute(
            "CREATE TABLE translations (key BLOB PRIMARY KEY, sentence TEXT NOT NULL, "
            "translation TEXT NOT NULL, proof BLOB NOT NULL) WITHOUT ROWID"
        )
        for sentence, translation in HELLO.items():
            key, text = key_of(sentence, "s"), as_json(translation)
            entry = (key, sentence, text, proof_of(key, text))
            other.execute("INSERT INTO translations VALUES (?, ?, ?, ?)", entry)
        other.execute("PRAGMA user_version = 1")
    other.close()


def test_a_memory_of_an_older_format_is_taken_over(file):
    """By several that open it at the same time, too."""
    old_memory(file)

    def opened(_: int) -> dict[str, Translation]:
        with MemoryFile(file) as memory:
            return memory.found(["Halo."], "s")

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(opened, range(8))) == [HELLO] * 8
    assert not list(file.parent.glob("*damaged*"))


def test_a_memory_that_another_process_takes_over_meanwhile_is_ours(file):
    old_memory(file)
    looking, other = sqlite3.connect(file), sqlite3.connect(file, timeout=0)

    def meanwhile(statement: str) -> None:
        if "sqlite_master" in statement:
            with contextlib.suppress(sqlite3.OperationalError):  # it may have to wait
                memory_database.bring_up_to_date(other)

    looking.set_trace_callback(meanwhile)
    try:
        memory_database.require_ours(looking)
    finally:
        looking.close()
        other.close()


def journal_mode(memory):
    return memory.database.execute("PRAGMA journal_mode").fetchone()[0]


def test_no_memory_is_shared_by_machines_with_write_ahead_logging(file, monkeypatch):
    """SQLite's own page on it: all processes must be on one machine."""
    with MemoryFile(file) as memory:
        memory.store(HELLO, "s")
        assert journal_mode(memory) == "wal"
    monkeypatch.setattr("translate.file_systems.file_system_of", lambda _: "nfs4")
    with MemoryFile(file) as memory:
        assert journal_mode(memory) == "delete"
        assert memory.found(["Halo."], "s") == HELLO
        memory.store({"Apa?": HELLO["Halo."]}, "s")
    assert [path.name for path in file.parent.iterdir()] == [file.name]


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


def test_damage_that_only_counting_finds_does_not_cost_the_run(file, caplog):
    """At the end of a build all of the file is read for the first time."""
    many = {f"kalimat {n}": Translation("x" * 400, -1.0, False) for n in range(400)}
    with MemoryFile(file) as memory:
        memory.store(many, "s")
    data = bytearray(file.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\xff" * 4096
    file.write_bytes(data)
    with MemoryFile(file) as memory:
        assert memory.size() == (0, memory.size()[1])
        memory.store(HELLO, "s")
        assert memory.found(["Halo."], "s") == HELLO
    assert "damaged" in caplog.text and len(list(file.parent.glob("*.damaged-*"))) == 1


def test_a_memory_that_was_deleted_meanwhile_begins_anew(file):
    with MemoryFile(file) as memory:
        memory.store({"a": HELLO["Halo."]}, "s")
        for part in file.parent.iterdir():
            part.unlink()
        memory.store(HELLO, "s")
        assert memory.found(["Halo."], "s") == HELLO
    with MemoryFile(file) as memory:
        assert memory.found(["Halo.", "a"], "s") == HELLO


def test_a_memory_whose_place_was_taken_meanwhile_leaves_it_alone(file, caplog):
    with MemoryFile(file) as memory:
        for part in file.parent.iterdir():
            part.unlink()
        file.write_text("Catatan saya sendiri. " * 100, encoding="utf-8")
        memory.store(HELLO, "s")
    assert "not kept" in caplog.text and file.read_text("utf-8").startswith("Catatan")


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


class Renamed:
    """An engine that says it is on another device."""

    device = "cuda"

    def __init__(self, engine):
        self.name, self.compute_type, self.lanes = engine.name, engine.compute_type, engine.lanes


def test_other_hardware_and_other_libraries_have_other_entries(translator, monkeypatch):
    other = replace(translator, engine=Renamed(translator.engine))
    assert other.settings() != translator.settings()
    before = translator.settings()
    versions_of.cache_clear()
    monkeypatch.setattr("translate.translator.version", lambda name: "9.9.9")
    assert translator.settings() != before
    versions_of.cache_clear()


def test_other_searches_have_other_entries(translator):
    greedy = replace(translator, decoding=replace(translator.decoding, beam=1))
    larger = replace(translator, decoding=replace(translator.decoding, batch_tokens=99))
    assert greedy.settings() != translator.settings() == larger.settings()

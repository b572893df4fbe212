"""A translation memory can be looked at, made smaller, and removed."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from corpora.errors import UserError
from translate import memory_database
from translate.cli import app
from translate.memory import MemoryFile
from translate.memory_upkeep import contents, delete, prune
from translate.translator import Translation


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The default memory of a cache of its own."""
    monkeypatch.setenv("SELARAS_CACHE", str(tmp_path))
    return tmp_path / "memory.sqlite"


def filled(file, days_ago, name, count=200):
    """Store sentences on a day of the past."""
    day = datetime.now(UTC) - timedelta(days=days_ago)
    with pytest.MonkeyPatch.context() as then, MemoryFile(file) as memory:
        then.setattr("time.time", day.timestamp)
        many = {f"{name} {n}": Translation("x" * 400, -1.0, False) for n in range(count)}
        memory.store(many, "s")
    return list(many)


def known(file, sentences):
    with MemoryFile(file) as memory:
        return sum(sentence in memory.found([sentence], "s") for sentence in sentences)


def test_what_was_of_no_use_for_long_is_forgotten(file):
    old, new = filled(file, 100, "lama"), filled(file, 10, "baru")
    assert contents(file).oldest_days == 100
    assert prune(file, unused_days=100) == 0
    assert prune(file, unused_days=99) == len(old)
    assert (known(file, old), known(file, new)) == (0, len(new))


def test_what_is_looked_up_is_of_use(file):
    old = filled(file, 100, "lama")
    assert known(file, old[:3]) == 3
    assert prune(file, unused_days=50) == len(old) - 3
    assert known(file, old) == 3


def test_the_oldest_go_until_the_file_is_small_enough(file):
    old, new = filled(file, 100, "lama", 1000), filled(file, 10, "baru", 1000)
    size = file.stat().st_size
    forgotten = prune(file, most_bytes=int(0.6 * size))
    assert 0.3 * size < file.stat().st_size <= 0.6 * size
    assert known(file, new) == len(new) and forgotten == len(old) - known(file, old)
    assert prune(file, most_bytes=0) == contents(file).entries + len(new) + len(old) - forgotten


def test_what_is_forgotten_is_not_in_the_file(file):
    filled(file, 100, "rahasia")
    filled(file, 1, "baru")
    assert b"rahasia" in file.read_bytes()
    prune(file, unused_days=50)
    assert b"rahasia" not in b"".join(path.read_bytes() for path in file.parent.iterdir())


def test_all_of_it_is_removed_damaged_ones_too(file):
    filled(file, 1, "baru")
    file.with_name(f"{file.name}.damaged-17").write_bytes(b"x" * 100)
    file.with_name("tuning.json").write_text("{}", encoding="utf-8")
    assert delete(file) > 1000
    assert [path.name for path in file.parent.iterdir()] == ["tuning.json"]
    assert (delete(file), prune(file, unused_days=1), contents(file).entries) == (0, 0, 0)


def test_a_default_memory_that_is_damaged_can_be_removed(file):
    file.write_bytes(b"nothing of a database" * 99)
    with pytest.raises(UserError, match=r"damaged.*`selaras memory delete` removes it"):
        contents(file)
    delete(file)
    assert not file.exists()


@pytest.mark.parametrize("what", [contents, delete, lambda file: prune(file, unused_days=1)])
def test_a_file_of_somebody_else_is_left_alone(file, tmp_path, what):
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"dear aunt, " * 99)
    with pytest.raises(UserError, match="not a translation memory"):
        what(letter)
    assert letter.read_bytes() == b"dear aunt, " * 99


def test_a_memory_that_is_being_written_is_left_alone(file, monkeypatch):
    filled(file, 1, "baru")
    monkeypatch.setattr("translate.memory_upkeep.WAIT_SECONDS", 0.01)
    other = sqlite3.connect(file)
    other.execute("BEGIN IMMEDIATE")
    for change in (delete, lambda file: prune(file, unused_days=0)):
        with pytest.raises(UserError, match="when no run uses this memory"):
            change(file)
    other.close()
    assert file.exists()


def said(*arguments, code=0):
    found = CliRunner().invoke(app, ["memory", *map(str, arguments)])
    assert found.exit_code == code, found.output
    return found.stdout


def test_the_command_shows_prunes_and_deletes(file):
    assert "0 translations" in said()
    filled(file, 100, "lama")
    filled(file, 1, "baru")
    lines = said().splitlines()
    assert lines[0].startswith(f"{file}: 400 translations, 0.") and "100 days ago" in lines[1]
    assert json.loads(said("--json"))["entries"] == 400
    assert "200 translations forgotten; 200 are left" in said("prune", "--unused-days", 30)
    assert "200 translations forgotten; 0 are left" in said("prune", "--megabytes", 0)
    assert "removed" in said("delete", "--yes") and not file.exists()


def test_the_option_before_the_command_names_the_file_too(file, tmp_path):
    other = tmp_path / "other.sqlite"
    for each in (file, other):
        MemoryFile(each).close()
    assert str(other) in said("--memory", other, "delete", "--yes")
    assert file.exists() and not other.exists()
    named_twice = said("--memory", file, "prune", "--memory", other, "--megabytes", 1)
    assert str(other) in named_twice


def test_nothing_is_removed_unasked(file):
    filled(file, 1, "baru")
    found = CliRunner().invoke(app, ["memory", "delete"])
    assert "say --yes" in str(found.exception) and file.exists()
    found = CliRunner().invoke(app, ["memory", "prune"])
    assert "--unused-days, --megabytes or both" in str(found.exception)


def test_days_are_counted_in_whole_days():
    assert memory_database.today() == (datetime.now(UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days

import pytest

from corpora.errors import UserError
from translate.run_folder import RunFolder, may_write

LEFT = ("sentences.sqlite", "sentences.sqlite-wal", "lock.sqlite", ".report.html.partial")


@pytest.fixture
def finished(tmp_path):
    folder = RunFolder(tmp_path / "run")
    folder.path.mkdir()
    for name in ("run.json", "report.html", "journal.sqlite"):
        (folder.path / name).write_text("{}")
    return folder


def names(folder):
    return {file.name for file in folder.path.iterdir()}


@pytest.mark.parametrize("on_existing", ["skip", "fail"])
def test_what_a_run_left_that_was_killed_in_its_last_moment_goes(finished, on_existing):
    before = names(finished)
    for name in LEFT:
        (finished.path / name).write_bytes(b"")
    if on_existing == "skip":
        assert not may_write(finished, on_existing)
    else:
        with pytest.raises(UserError, match="holds a finished run"):
            may_write(finished, on_existing)
    assert names(finished) == before


def test_a_run_that_goes_on_in_a_finished_folder_keeps_its_files(finished):
    with finished.held(afresh=False):
        (finished.path / "sentences.sqlite").write_bytes(b"")
        assert not may_write(finished, "skip")
        assert {"sentences.sqlite", "lock.sqlite"} <= names(finished)

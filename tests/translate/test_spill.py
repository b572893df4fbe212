"""Lists on disk: in the folder that the caller names, and errors that name it."""

import errno
import os
from pathlib import Path

import pytest

from translate.spill import Spill

FULL = Path("/dev/full")


def test_the_file_is_in_the_folder_named(tmp_path, monkeypatch):
    """The folder for temporary files is often small, or memory."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "there-is-none"))
    with Spill("abc", tmp_path) as spill:
        assert os.fstat(spill.file.fileno()).st_dev == tmp_path.stat().st_dev
        assert list(spill) == ["a", "b", "c"]
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_named(tmp_path):
    def items():
        yield "a"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left") as raised:
        Spill(items(), tmp_path)
    assert raised.value.filename == str(tmp_path)


@pytest.mark.skipif(not FULL.exists(), reason="Linux alone has it")
def test_what_cannot_be_written_at_the_end_is_no_second_error(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: FULL.open("r+b", buffering=1 << 20))
    with pytest.raises(OSError, match="No space left") as raised:
        Spill("abc", tmp_path)
    assert raised.value.filename == str(tmp_path)

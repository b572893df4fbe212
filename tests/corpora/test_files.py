import json
import os
from collections import Counter
from pathlib import Path

import pytest

from corpora.errors import UserError
from corpora.files import files_below, write_json, write_text, written_whole

TEXTS = frozenset({".txt"})


def names_below(folder):
    return [file.relative_to(folder).as_posix() for file in files_below(folder, TEXTS)]


def test_a_block_that_ends_well_leaves_the_new_content(tmp_path):
    with written_whole(tmp_path / "new" / "a.txt") as partial:
        partial.write_text("baru")
    assert (tmp_path / "new" / "a.txt").read_text() == "baru"


def test_a_block_that_raises_leaves_the_old_content_and_nothing_else(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("lama")
    with pytest.raises(RuntimeError), written_whole(file) as partial:
        partial.write_text("bar")
        raise RuntimeError
    assert file.read_text() == "lama"
    assert list(tmp_path.iterdir()) == [file]


def test_a_block_that_raises_makes_no_file(tmp_path):
    with pytest.raises(RuntimeError), written_whole(tmp_path / "a.txt") as partial:
        partial.write_text("bar")
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_the_old_content_is_there_until_the_block_ends(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("lama")
    with written_whole(file) as partial:
        partial.write_text("baru")
        assert file.read_text() == "lama"


def test_a_partial_file_is_not_taken_for_an_article(tmp_path):
    with written_whole(tmp_path / "a.txt") as partial:
        partial.write_text("bar")
        assert names_below(tmp_path) == []


def test_text_keeps_its_line_ends(tmp_path):
    write_text(tmp_path / "a.txt", "satu\r\ndua\n“tiga”\r")
    assert (tmp_path / "a.txt").read_bytes() == "satu\r\ndua\n“tiga”\r".encode()


def test_json_stays_readable(tmp_path):
    write_json(tmp_path / "a.json", {"kata": "“é”"})
    written = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert "“é”" in written and written.endswith("}\n")
    assert json.loads(written) == {"kata": "“é”"}


def test_the_order_is_that_of_the_names_and_not_of_the_disk(tmp_path):
    for name in ["c.txt", "B.txt", "a.txt", "a/z.txt", "b/1.txt", "10.txt", "9.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert names_below(tmp_path) == [
        "10.txt",
        "9.txt",
        "B.txt",
        "a/z.txt",
        "a.txt",
        "b/1.txt",
        "c.txt",
    ]


def test_suffixes_count_in_any_case(tmp_path):
    for name in ["a.TXT", "b.html", "c", "txt"]:
        (tmp_path / name).touch()
    assert names_below(tmp_path) == ["a.TXT"]


def test_hidden_files_and_folders_are_passed_over(tmp_path):
    (tmp_path / ".git").mkdir()
    for name in [".git/a.txt", ".b.txt", "c.txt"]:
        (tmp_path / name).touch()
    assert names_below(tmp_path) == ["c.txt"]


def test_a_link_that_leads_round_is_there_to_be_complained_of(tmp_path):
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "in" / "a" / "b.txt").touch()
    (tmp_path / "beside.txt").touch()
    (tmp_path / "in" / "a" / "here").symlink_to(tmp_path / "in" / "a")
    (tmp_path / "in" / "a" / "up").symlink_to(tmp_path)
    assert names_below(tmp_path / "in") == ["a/b.txt", "a/here", "a/up"]


def test_a_link_to_itself_is_passed_over(tmp_path):
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert names_below(tmp_path) == []


def test_a_folder_is_entered_once_however_many_links_lead_to_it(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.txt").touch()
    for name in ["a", "c"]:
        (tmp_path / name).symlink_to(tmp_path / "b")
    assert names_below(tmp_path) == ["a/x.txt"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserError, match=r"none: cannot list this folder \(No such file"):
        list(files_below(tmp_path / "none", TEXTS))


def test_a_name_that_may_not_be_looked_at_is_there_to_be_complained_of(tmp_path, monkeypatch):
    """Mode r--: the names in a folder are there, but asking what they are is refused."""
    for name in ["a.txt", "b", "c.txt"]:
        (tmp_path / name).touch()
    real = Path.stat

    def status(path, *, follow_symlinks=True):
        if path == tmp_path / "b":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", status)
    assert names_below(tmp_path) == ["a.txt", "b", "c.txt"]


def test_a_folder_that_cannot_be_listed_is_there_to_be_complained_of(tmp_path, monkeypatch):
    for name in ["a", "b", "c"]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").touch()
    real = os.listdir

    def listed(path):
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "listdir", listed)
    assert names_below(tmp_path) == ["a/1.txt", "b", "c/1.txt"]


def test_other_files_are_counted_by_their_ending(tmp_path):
    for name in ["a.txt", "b.jpg", "c.JPG", "README", ".d.jpg"]:
        (tmp_path / name).touch()
    others: Counter[str] = Counter()
    list(files_below(tmp_path, TEXTS, others))
    assert others == {".jpg": 2, "": 1}

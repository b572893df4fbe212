"""A run that is to replace a finished one costs it nothing before it can."""

from dataclasses import replace

import pytest

from corpora.errors import UserError
from corpora.reading import ReadingOptions
from translate.pipeline import BuildOptions, build
from translate.run_folder import RunFolder


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (BuildOptions(memory="{folder}"), "is a folder"),
        (BuildOptions(reading=ReadingOptions("tekss")), "nothing to build; .*no column 'tekss'"),
    ],
)
def test_an_input_or_a_memory_that_cannot_be_used_costs_an_old_run_nothing(
    tmp_path, options, message
):
    table, out = tmp_path / "a.csv", tmp_path / "out"
    table.write_text("id,isi\nk1,Hujan turun di kota itu.\n", "utf-8")
    build(table, out, options=BuildOptions(redecode=False))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    given = replace(options, on_existing="overwrite", memory=options.memory.format(folder=tmp_path))
    with pytest.raises(UserError, match=message):
        build(table, out, options=given)
    assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_a_folder_of_which_the_card_is_left_is_still_one_of_ours(tmp_path):
    """As after an overwriting run that was killed in its first moment."""
    article, out = tmp_path / "a.txt", tmp_path / "out"
    article.write_text("Hujan turun di kota itu.\n", "utf-8")
    build(article, out, options=BuildOptions(redecode=False))
    RunFolder(out).clear()
    assert (out / "README.md").exists()
    assert build(article, out, options=BuildOptions(redecode=False)) is not None
    RunFolder(out).clear()
    (out / "README.md").write_bytes("Catatan café".encode("latin-1"))
    with pytest.raises(UserError, match="no run folder of selaras"):
        build(article, out)

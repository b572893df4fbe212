"""Cards that humans wrote on, here and on the Hub."""

import pytest

from corpora.errors import UserError
from corpora.publishing.dataset_card import BEGIN, human_part
from tests.corpora.rows import made_rows
from tests.hub.conftest import NAME, finished, pushed

# huggingface_hub 2.4 sends large files in a way that httpx2 is about to drop
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")


def test_text_of_humans_survives_on_both_sides(hub, run):
    pushed(run)
    repo = hub.repos[NAME]
    from tests.hub.stand_in import Blob

    card = hub.files(NAME)["README.md"].data.decode()
    there = card.replace("license: other\n", "license: cc-by-4.0  # agreed\n").replace(
        BEGIN, "Written on the Hub.\n\n" + BEGIN
    )
    repo.commit("main", {**hub.files(NAME), "README.md": Blob(there.encode(), large=False)}, "x")
    finished(run, made_rows(41))
    pushed(run)
    found = hub.files(NAME)["README.md"].data.decode()
    assert human_part(found) == "Written on the Hub." and "license: cc-by-4.0  # agreed\n" in found
    assert "246 rows" in found
    local = run / "README.md"
    local.write_text(local.read_text("utf-8") + "\nWritten here.\n", encoding="utf-8")
    pushed(run)
    both = hub.files(NAME)["README.md"].data.decode()
    assert human_part(both).split() == ["Written", "on", "the", "Hub.", "Written", "here."]
    there = both.replace("Written on", "Corrected on")
    repo.commit("main", {**hub.files(NAME), "README.md": Blob(there.encode(), large=False)}, "x")
    local.write_text(local.read_text("utf-8") + "\nMore here.\n", encoding="utf-8")
    with pytest.raises(UserError, match="edited here and on the Hub"):
        pushed(run)


def edited_on_hub(hub, *changes):
    """Change the card on the Hub by hand."""
    from tests.hub.stand_in import Blob

    card = hub.files(NAME)["README.md"].data.decode()
    for old, new in changes:
        assert old in card
        card = card.replace(old, new, 1)
    files = {**hub.files(NAME), "README.md": Blob(card.encode(), large=False)}
    hub.repos[NAME].commit("main", files, "by hand")


def test_metadata_of_humans_survives_on_both_sides(hub, run):
    pushed(run)
    card = hub.files(NAME)["README.md"].data.decode()
    assert "pretty_name: berita\n" in card  # not the name of the folder
    edited_on_hub(
        hub,
        ("license: other\n", "license: cc-by-4.0\n"),
        ("pretty_name: berita\n", "pretty_name: Berita Kita\n"),
        ("- selaras\n", "- selaras\n- jakarta\n"),
    )
    pushed(run)
    card = hub.files(NAME)["README.md"].data.decode()
    wanted = ("license: cc-by-4.0\n", "pretty_name: Berita Kita\n", "- jakarta\n")
    assert all(line in card for line in wanted)
    local = run / "README.md"
    assert all(line in local.read_text("utf-8") for line in wanted)
    edited_on_hub(hub, ("license: cc-by-4.0\n", "license: cc0-1.0\n"))
    pushed(run)  # changed there alone
    assert "license: cc0-1.0\n" in local.read_text("utf-8")
    text = local.read_text("utf-8").replace("license: cc0-1.0\n", "license: odbl\n")
    local.write_text(text, encoding="utf-8")
    pushed(run)  # changed here alone
    assert b"license: odbl\n" in hub.files(NAME)["README.md"].data
    edited_on_hub(hub, ("license: odbl\n", "license: mit\n"))
    local.write_text(text.replace("license: odbl\n", "license: pddl\n"), encoding="utf-8")
    before = hub.repos[NAME].branches["main"]
    with pytest.raises(UserError, match='`license` is "pddl" here and "mit" on the Hub'):
        pushed(run)
    assert hub.repos[NAME].branches["main"] == before

"""What leaves with a push, and what of it everybody may read."""

import json
import shutil

import pyarrow.parquet as pq
import pytest

from corpora.errors import UserError
from corpora.publishing.columns import kinds
from corpora.publishing.leaks import TestSet
from corpora.publishing.publication import PublicationOptions
from corpora.publishing.shard_files import rows_of_file
from tests.corpora.rows import made_row, made_rows
from tests.hub.conftest import NAME, RECORD, finished, pushed
from tests.hub.listings import rows_on_hub

# huggingface_hub 2.4 sends large files in a way that httpx2 is about to drop
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")


def test_text_of_older_commits_does_not_become_public_with_hashes(hub, run):
    pushed(run)
    hashes = PublicationOptions(mode="hashes")
    before = hub.repos[NAME].branches["main"]
    with pytest.raises(UserError, match=r"older commits hold \d data files .*corpus/aligned-"):
        pushed(run, content=hashes, public=True)
    assert hub.repos[NAME].private and hub.repos[NAME].branches["main"] == before
    with pytest.raises(UserError, match="older commits"):
        pushed(run, content=hashes, public=True, dry_run=True)
    pushed(run, content=hashes)
    with pytest.raises(UserError, match="super_squash_history"):
        pushed(run, content=hashes, public=True)
    hub.repos[NAME].squash()
    done = pushed(run, content=hashes, public=True)
    assert not hub.repos[NAME].private and done.warnings == ()


def test_text_of_other_branches_does_not_become_public_either(hub, run):
    pushed(run)
    pushed(run, content=PublicationOptions(mode="hashes"), revision="terbuka")
    hub.repos[NAME].squash("terbuka")
    with pytest.raises(UserError, match='branch="terbuka"'):
        pushed(run, content=PublicationOptions(mode="hashes"), revision="terbuka", public=True)
    assert hub.repos[NAME].private


def test_what_older_public_commits_keep_is_told(hub, run):
    pushed(run, public=True)
    done = pushed(run, content=PublicationOptions(mode="snippets"), public=True)
    assert any("everybody can read them" in warning for warning in done.warnings)


def test_public_text_needs_a_choice(hub, run):
    with pytest.raises(UserError, match=r"--publish full\|snippets\|hashes"):
        pushed(run, public=True, chosen=False)
    assert not hub.repos
    pushed(run, public=True)
    with pytest.raises(UserError, match="everybody could read"):
        pushed(run, chosen=False)  # it is public there, whatever is asked here


def test_snippets_leave_out_rows_without_a_reference(hub, run, tmp_path):
    pushed(run, content=PublicationOptions("snippets"))
    rows = [r for file in rows_on_hub(hub, tmp_path, "machine") for r in rows_of_file(file)]
    assert len(rows) == 40 * 3 and all(row.reference for row in rows)


def test_hashes_hold_no_text(hub, run, tmp_path):
    pushed(run, content=PublicationOptions("hashes"))
    everything = b"".join(blob.data for blob in hub.files(NAME).values())
    assert not [p for p in hub.files(NAME) if p.startswith(("corpus/machine", "corpus/aligned"))]
    for file in rows_on_hub(hub, tmp_path, "hashes"):
        table = pq.read_table(file)
        assert table.schema.names == list(kinds("hashes"))
        for value in (cell for column in table.columns for cell in column.to_pylist()):
            assert "Kalimat" not in str(value) and "Sentence" not in str(value)
    for row in made_rows(40):
        assert row.source.encode() not in everything and row.translation.encode() not in everything


def test_personal_data_is_masked_unless_it_is_to_be_kept(hub, run, tmp_path):
    shutil.rmtree(run)
    text = "Hubungi siti@desa.example atau 0812-3456-7891."
    secret = made_row(
        "a00000.txt", 1, source=text, source_raw=text, translation=text, reference=text
    )
    finished(run, [secret, *(row for row in made_rows(30) if row.article != secret.article)])
    done = pushed(run)
    everything = b"".join(blob.data for blob in hub.files(NAME).values())
    for configuration in ("machine", "aligned"):
        rows = [r for f in rows_on_hub(hub, tmp_path, configuration) for r in rows_of_file(f)]
        found = next(row for row in rows if row.id == secret.id)
        masked = "Hubungi [EMAIL] atau [PHONE]."
        assert (found.source, found.source_raw, found.translation, found.reference) == (masked,) * 4
        rest = [row for row in rows if row.id != secret.id]
        assert all(
            row in rest
            for row in made_rows(30)
            if row.reference and row.position == 5 and row.article != secret.article
        )
    assert done.publication.masked == {"email": 4, "phone": 4}
    assert b"8 [EMAIL]" not in everything and b"4 email, 4 phone" in everything
    again = pushed(run)
    assert again.plan.send == ()  # masking gives the same bytes every time
    kept = pushed(run, content=PublicationOptions(keep_personal_data=True))
    assert kept.plan.send and kept.publication.masked is None
    assert b"were not looked for" in hub.files(NAME)["README.md"].data


def test_leaks_are_reported_and_dropped(hub, run, tmp_path):
    leaked = list(made_rows(40))[9]
    sets = (TestSet.of("ujian.id", [leaked.source + " Ditambah beberapa kata lagi."]),)
    lines: list[str] = []
    done = pushed(run, content=PublicationOptions(test_sets=sets), dry_run=True, lines=lines)
    assert done.publication.leaking == {"ujian.id": 1}
    assert any("1 rows overlap with the test set ujian.id" in line for line in lines)
    report = [json.loads(line) for line in (run / "leaks.jsonl").read_text("utf-8").splitlines()]
    assert [entry["id"] for entry in report if entry["leaks"]] == [leaked.id]
    pushed(run, content=PublicationOptions(test_sets=sets, drop_leaks=True))
    for configuration in ("machine", "aligned"):
        rows = [r for f in rows_on_hub(hub, tmp_path, configuration) for r in rows_of_file(f)]
        assert rows and leaked.id not in {row.id for row in rows}
    assert b"1 rows that overlap with the test set ujian.id" in hub.files(NAME)["README.md"].data


def test_the_licence_of_the_model_travels(hub, run):
    shutil.rmtree(run)
    record = {**RECORD, "licence": "CC-BY-NC-4.0", "settings": {"model": "nllb"}}
    finished(run, made_rows(3), record)
    lines: list[str] = []
    pushed(run, lines=lines)
    assert any("nllb is under CC-BY-NC-4.0" in line for line in lines)
    card = hub.files(NAME)["README.md"].data.decode()
    assert "license: cc-by-nc-4.0\n" in card and "**non-commercial**" in card

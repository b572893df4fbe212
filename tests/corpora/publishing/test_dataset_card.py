"""The card says what the corpus is, and never costs a human a word."""

from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.errors import UserError
from corpora.publishing.card import Card
from corpora.publishing.card_figures import figures
from corpora.publishing.card_metadata import (
    front_matter,
    merged_front,
    metadata,
    size_category,
    with_configurations,
)
from corpora.publishing.card_sections import text_of
from corpora.publishing.dataset_card import BEGIN, END, human_part, rendered
from corpora.publishing.licences import terms
from corpora.publishing.manifest import Shard
from corpora.publishing.shards import write_corpus
from corpora.publishing.stated_metadata import note, stated, united, written
from tests.corpora.rows import made_row, made_rows

RECORD = {
    "finished": "2026-01-02T03:04:05+00:00",
    "settings": {
        "model": "opus",
        "revision": "abc123",
        "decoding": {"beam": 4},
        "keep": ["a", "b"],
    },
    "licence": "Apache-2.0",
    "versions": {"selaras": "0.1.0", "python": "3.11.7"},
    "input": "sha256:ff",
    "counts": {"failed": 2},
}
SCORES = {
    "coverage": 0.912,
    "aligned": [
        {
            "metric": "BLEU",
            "value": 31.254,
            "signature": "nrefs:1|case:mixed|version:2.6.0",
            "segments": 120,
            "low": 29.9,
            "high": 32.6,
        }
    ],
    "fidelity": {"number": {"kept": 97, "total": 100}},
    "segments": [1, 2, 3],
    "warnings": ["Few articles."],
    "signals": {"loop": 3},
}


@pytest.fixture
def card(tmp_path):
    rows = [*made_rows(30), made_row("z.txt", 3)]
    shards = write_corpus(tmp_path / "corpus", rows, lambda _: "train").shards
    articles = tmp_path / "articles.jsonl"
    lines = ['{"article": "a00000.txt", "site": "contoh.id"}', '{"article": "z.txt"}']
    articles.write_text("\n".join([*lines, '{"article": "gone"}']) + "\n", encoding="utf-8")
    files = [(shard, tmp_path / "corpus" / shard.name) for shard in shards]
    return Card("berita", shards, figures(files, articles), RECORD, SCORES, name="user/berita")


def test_everything_that_should_be_said_is_said(card):
    text = text_of(card)
    for said in (
        *("181 rows from 31 articles", "90 of them are aligned", 'load_dataset("user/berita"'),
        *("| model | opus |", "| revision | `abc123` |", "| licence of the model | Apache-2.0 |"),
        *(
            "| settings | decoding beam 4, keep a, b |",
            "| versions | selaras 0.1.0, python 3.11.7 |",
        ),
        "91.2 % of the reference",
        "**Aligned pairs alone**",
        *("| BLEU | 31.25 | 29.90 to 32.60 | 120 | `nrefs:1\\|case:mixed\\|version:2.6.0` |",),
        *(
            "| numbers | 97 | 100 | 97.0 % |",
            "\n- Few articles.",
            "31 rows (17.1 %) carry a flag",
            "| `loop` | 31 |",
        ),
        *("| contoh.id | 1 |", "| unknown | 1 |", "2 articles could not be read", "## Limits"),
        *("## Personal data", "were not looked for", "@misc{user-berita", "## Citation"),
    ):
        assert said in text, said


def test_figures_count_words_as_split_does(card):
    rows = [*made_rows(30), made_row("z.txt", 3)]
    assert card.figures.words["id"] == sum(len(row.source.split()) for row in rows)
    assert card.figures.words["en"] == sum(len(row.translation.split()) for row in rows)


def test_the_metadata_is_what_the_loader_reads(card):
    """Foreign oracles: the classes with which `datasets` and the Hub read a card."""
    from datasets.info import DatasetInfosDict
    from datasets.utils.metadata import MetadataConfigs
    from huggingface_hub import DatasetCard

    read = DatasetCard(rendered(card, "", "README.md")).data
    configs = MetadataConfigs.from_dataset_card_data(read)
    assert configs.get_default_config_name() == "aligned" and set(configs) == {"aligned", "machine"}
    infos = DatasetInfosDict.from_dataset_card_data(read)
    assert infos["machine"].features["translation"].languages == ["id", "en"]
    assert infos["machine"].splits["train"].num_examples == 181
    assert infos["aligned"].splits["train"].num_examples == 90


def test_settings_that_say_nothing_are_left_out(card):
    settings = {"model": "opus", "format": 4, "glossary": None, "keep": [], "redecode": True}
    text = text_of(replace(card, record={"settings": settings}, name=""))
    assert "| settings | redecode yes |" in text and 'load_dataset("./berita"' in text


def test_rendering_twice_changes_nothing(card):
    once = rendered(card, "", "README.md")
    assert rendered(card, once, "README.md") == once
    assert yaml.safe_load(front_matter(once)[0])["configs"][0]["default"] is True


HUMAN = """---
# agreed with the publisher
license: cc-by-4.0   # by letter
pretty_name: Berita Kita
tags: [berita, baru]
configs:
- config_name: mine
  data_files: mine/*.csv
  default: true
- config_name: aligned
  data_files: old/*.parquet
  description: checked
extra: {a: 1}
---
# A title of mine

Before.
"""


def test_what_a_human_wrote_survives(card):
    once = rendered(card, HUMAN, "README.md")
    for text in (once, rendered(card, once + "\nAfter.\n", "README.md")):
        front, _ = front_matter(text)
        assert "# agreed with the publisher\nlicense: cc-by-4.0   # by letter\n" in front
        found = yaml.safe_load(front)
        assert found["pretty_name"] == "Berita Kita" and found["extra"] == {"a": 1}
        assert {"berita", "baru", "indonesian"} <= set(found["tags"])
        by_name = {entry["config_name"]: entry for entry in found["configs"]}
        assert by_name["mine"] == {
            "config_name": "mine",
            "data_files": "mine/*.csv",
            "default": True,
        }
        assert by_name["aligned"]["description"] == "checked"
        assert by_name["aligned"]["data_files"] == [
            {"split": "train", "path": "corpus/aligned-train-*.parquet"}
        ]
        assert "default" not in by_name["aligned"]
        assert text.count(BEGIN) == 1 and "# A title of mine\n\nBefore." in text
    assert human_part(text).endswith("After.")


@pytest.mark.parametrize("text", [BEGIN, END, f"{BEGIN}\n{END}\n{BEGIN}\n{END}", f"{END} {BEGIN}"])
def test_marks_that_do_not_pair_are_named(card, text):
    with pytest.raises(UserError, match=r"README\.md: expected one selaras:begin"):
        rendered(card, text, "README.md")


@pytest.mark.parametrize("front", ["a: [", "- list", "just text"])
def test_metadata_that_is_none_is_named(card, front):
    with pytest.raises(UserError, match=r"README\.md: the metadata at its top"):
        rendered(card, f"---\n{front}\n---\n", "README.md")


keys = st.sampled_from(["license", "language", "extra", "tags", "pretty_name", "other"])
values = (
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=9)
    | st.integers()
    | st.lists(st.integers(), max_size=3)
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(keys, values))
def test_keys_of_a_human_keep_their_values(theirs):
    front = yaml.safe_dump(theirs, sort_keys=False, allow_unicode=True) if theirs else ""
    shard = Shard("machine-train-00000.parquet", "machine", "train", 5, 1, 1, "0")
    ours = metadata([shard], "berita", "other")
    human = stated(f"---\n{front}---\n", "x")
    found = yaml.safe_load(merged_front(front, ours, human, "x"))
    for key in theirs.keys() & {"extra", "other", "pretty_name"}:
        assert found[key] == theirs[key]
    assert found["configs"][0]["config_name"] == "machine"


def test_configurations_of_both_cards_are_kept():
    one = "a: 1\nconfigs:\n- config_name: x\n# note\nb: 2\n"
    two = "a: 9\nc: 3\nconfigs:\n- config_name: y\n- config_name: machine\n"
    text = with_configurations(one, two, "x")
    configs = [{"config_name": "x"}, {"config_name": "y"}]
    assert yaml.safe_load(text) == {"a": 1, "b": 2, "configs": configs}
    assert "# note\nb: 2\n" in text
    assert yaml.safe_load(with_configurations("a: 1\n", two, "x"))["configs"] == configs[1:]


def test_a_licence_that_a_human_chose_is_his_even_if_a_model_could_bring_it(card):
    once = rendered(card, "", "README.md")
    chosen = once.replace("license: other\n", "license: cc-by-nc-4.0\n", 1)
    assert "license: cc-by-nc-4.0\n" in rendered(card, chosen, "README.md")
    other = replace(card, record={**RECORD, "licence": "CC-BY-NC-4.0"})
    ours = rendered(other, "", "README.md")
    assert "license: cc-by-nc-4.0\n" in ours
    assert "license: other\n" in rendered(card, ours, "README.md")


def test_a_dataset_is_called_as_it_is_unless_a_human_called_it_otherwise(card):
    once = rendered(replace(card, title="out"), "", "README.md")
    assert "pretty_name: berita\n" in rendered(card, once, "README.md")
    called = once.replace("pretty_name: out\n", "pretty_name: Berita -- Kita\n")
    twice = rendered(card, called, "README.md")
    assert "pretty_name: Berita -- Kita\n" in rendered(card, twice, "README.md")


def test_the_note_is_read_back_whatever_the_name():
    for name in ("a --> b", "x--y", 'say "so"', "\u00fc\n"):
        line = note({"license": "other", "pretty_name": name})
        assert line.count("-->") == 1 and written(f"x\n{line}\ny")["pretty_name"] == name


@pytest.mark.parametrize(
    ("here", "there", "last", "both"),
    [
        ({}, {}, None, {}),
        ({"a": 1}, {"b": 2}, None, {"a": 1, "b": 2}),
        ({"a": 1}, {"a": 1}, None, {"a": 1}),
        ({"a": 1}, {}, {"a": 1}, {}),  # taken out on the Hub
        ({}, {"a": 1}, {"a": 1}, {}),  # taken out here
        ({"a": 2}, {}, {"a": 1}, {"a": 2}),  # changed here, taken out there: text before nothing
        ({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}),
        ({"a": 2}, {"a": 1}, {"a": 1}, {"a": 2}),
        ({"a": 2}, {"a": 2}, {"a": 1}, {"a": 2}),
        ({"tags": "x"}, {"tags": ["y"]}, None, {"tags": ["x", "y"]}),
        ({"tags": ["x"]}, {"tags": ["x", "y"]}, {"tags": ["x", "y"]}, {"tags": ["x"]}),
    ],
)
def test_metadata_of_two_cards_is_brought_together(here, there, last, both):
    assert united(here, there, last, "README.md") == both


@pytest.mark.parametrize("last", [None, {"license": "mit"}])
def test_metadata_that_was_changed_twice_is_named(last):
    with pytest.raises(UserError, match=r'`license` is "cc0-1.0" here and "cc-by-4.0" on the Hub'):
        united({"license": "cc0-1.0"}, {"license": "cc-by-4.0"}, last, "README.md")


@pytest.mark.parametrize(
    ("rows", "name"), [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (10**6, "1M<n<10M")]
)
def test_size_categories_are_those_of_the_hub(rows, name):
    assert size_category(rows) == name


@pytest.mark.parametrize(
    ("licence", "dataset", "warns"),
    [
        ("CC-BY-NC-4.0", "cc-by-nc-4.0", True),
        ("cc-by-nc-sa-4.0", "cc-by-nc-sa-4.0", True),
        ("some non-commercial terms", "other", True),
        ("Apache-2.0", "other", False),
        ("unknown", "other", True),
        ("", "other", True),
        ("sync-licence", "other", False),
    ],
)
def test_terms_follow_the_licence_of_the_model(licence, dataset, warns):
    found = terms("m", licence)
    assert found.dataset == dataset and bool(found.warning) == warns

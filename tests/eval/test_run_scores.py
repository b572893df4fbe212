"""Scores of a run, from rows that are read once."""

import json
from dataclasses import replace

import pytest

from corpora.errors import UserError
from corpora.row import Row
from eval.bootstrap import Resampling
from eval.gathering import Unaligned
from eval.metrics import score
from eval.run_lines import lines
from eval.run_scores import scored

FEW = Resampling(resamples=100)
ROW = Row(
    id="0",
    article="a.txt",
    position=0,
    line=1,
    start=0,
    end=9,
    source_raw="x",
    source="Ada 12 ikan di kolam.",
    translation="There are 12 fish in the pond.",
    translation_score=-0.5,
    reference="There are 12 fish in a pond.",
    reference_id="a#1",
    alignment="1-1",
    alignment_score=0.9,
    flags=(),
    model="m@1",
)


def rows(articles=3, each=10, aligned=7):
    """Articles of ten rows of which the first ones have references."""
    for article in range(articles):
        for position in range(each):
            row = replace(
                ROW,
                article=f"{article}.txt",
                position=position,
                translation=f"There are {position} fish in the pond number {article}.",
                source=f"Ada {position} ikan di kolam nomor {article}.",
            )
            if position < aligned:
                yield replace(
                    row,
                    reference=f"There are {position} fish in pond number {article}.",
                    reference_id=f"{article}#1",
                    alignment_score=1 - position / 10,
                )
            else:
                yield replace(row, reference=None, reference_id=None, alignment_score=None)


LEFT = [Unaligned("1.txt", "Nobody was hurt at all.", "1#1"), Unaligned("z", "Elsewhere it rains.")]


@pytest.fixture(scope="module")
def found():
    sites = {"0.txt": "satu.id", "1.txt": "satu.id", "2.txt": "dua.id"}
    return scored(rows(), LEFT, sites=sites, options=FEW)


def values(scores):
    return {each["metric"]: each["value"] for each in scores}


def test_both_views_are_sacrebleus(found):
    pairs = [(row.translation, row.reference) for row in rows() if row.reference]
    hypotheses, references = zip(*pairs, strict=True)
    alone = score(hypotheses, references)
    both = score([*hypotheses, "", ""], [*references, *(each.text for each in LEFT)])
    for ours, theirs in zip((found.aligned, found.adjusted), (alone, both), strict=True):
        assert [each.value for each in ours] == [each.value for each in theirs]
        assert [each.signature for each in ours] == [each.signature for each in theirs]
        assert [each.segments for each in ours] == [each.segments for each in theirs]
        assert all(each.low <= each.value <= each.high for each in ours)


def test_coverage_is_the_share_of_reference_words(found):
    assert found.coverage == pytest.approx(21 * 8 / (21 * 8 + 5 + 3))


def test_it_goes_through_json(found):
    written = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert written["resampling"] == {
        "resamples": 100, "seed": 12345, "unit": "articles", "articles": 4,
    }  # fmt: skip
    assert [each["confidence"] for each in written["thresholds"]][:2] == [0.0, 0.1]


def test_sites_stand_apart(found):
    sites = {each["site"]: each for each in found.details["sites"]}
    assert list(sites) == ["satu.id", "dua.id"]
    assert (sites["satu.id"]["articles"], sites["dua.id"]["articles"]) == (2, 1)
    only = [row for row in rows() if row.article == "2.txt" and row.reference]
    expected = score([row.translation for row in only], [row.reference for row in only])
    assert values(sites["dua.id"]["aligned"]) == {each.metric: each.value for each in expected}
    assert sites["dua.id"]["coverage"] == 1 > sites["satu.id"]["coverage"]


def test_every_article_with_references_is_listed(found):
    articles = {each["article"]: each for each in found.details["articles"]}
    assert list(articles) == ["0.txt", "1.txt", "2.txt", "z"]
    assert articles["z"] == {
        "article": "z",
        "segments": 0,
        "coverage": 0.0,
        "aligned": None,
        "unaligned_counted_as_empty": {"BLEU": 0.0, "chrF2++": 0.0, "TER": 100.0},
    }
    assert articles["1.txt"]["coverage"] == pytest.approx(56 / 61, abs=1e-4)
    assert (
        articles["1.txt"]["unaligned_counted_as_empty"]["TER"] > articles["1.txt"]["aligned"]["TER"]
    )


def test_the_curve_loses_pairs_and_coverage(found):
    curve = found.details["thresholds"]
    assert [each["segments"] for each in curve] == sorted(
        (each["segments"] for each in curve), reverse=True
    )
    assert curve[0]["segments"] == 21 and curve[-1]["segments"] == 3
    assert curve[-1]["coverage"] < curve[0]["coverage"]
    assert (
        curve[-1]["unaligned_counted_as_empty"]["TER"]
        > curve[0]["unaligned_counted_as_empty"]["TER"]
    )


def test_omission_and_addition_stand_in_the_order_of_the_source(found):
    order = found.details["omission_and_addition"]
    assert order["addition"] == pytest.approx(9 / 30)
    assert order["addition_by_tenth"] == [0.0] * 7 + [1.0] * 3
    assert order["omission"] == pytest.approx(8 / 176, abs=1e-4)
    assert order["omission_by_tenth"][3] == pytest.approx(
        5 / 176, abs=1e-4
    )  # middle of rows 0 to 6
    assert order["omission_without_place"] == pytest.approx(3 / 176, abs=1e-4)


def test_signals_and_facts_need_no_reference():
    bare = [replace(row, reference=None, alignment_score=None) for row in rows()]
    found = scored(bare, options=FEW)
    assert found.coverage is None
    assert not found.aligned and not found.adjusted and not found.warnings
    assert found.details["signals"]["rows"] == 30
    assert found.details["signals"]["mean_model_score"] == -0.5
    assert found.details["fidelity"]["number"]["share"] == 1
    assert next(lines(found.as_json())) == "no references: nothing was scored"


def test_nothing_aligned():
    found = scored([replace(ROW, reference=None, alignment_score=None)], LEFT, options=FEW)
    assert found.coverage == 0 and found.aligned == ()
    assert [each.value for each in found.adjusted] == [0, 0, 100]


def test_nothing_at_all():
    assert scored([], options=FEW).as_json()["coverage"] is None


def views_of(found):
    alone = {each.metric: each.value for each in found.aligned}
    return {each.metric: (alone[each.metric], each.value) for each in found.adjusted}


@pytest.mark.parametrize(
    ("more", "blind"), [(" There are many of them there in the big old pond.", True), ("", False)]
)
def test_what_is_not_aligned_shows_or_it_is_said_why_it_does_not(more, blind):
    """BLEU has no recall: English that is longer than all references hides what is missing."""
    pairs = [
        replace(ROW, article=str(n), translation=ROW.translation + more, alignment_score=1.0)
        for n in range(30)
    ]
    left = [Unaligned(str(n), "Nobody was hurt at all.") for n in range(30)]
    found = scored(pairs, left, options=FEW)
    views = views_of(found)
    assert views["chrF2++"][1] < views["chrF2++"][0]
    assert (views["BLEU"][1] == views["BLEU"][0]) == blind
    assert any("BLEU does not fall" in each for each in found.warnings) == blind


def test_warnings(found):
    said = " ".join(found.warnings)
    assert "21 scored segments" in said and "4 articles" in said and "repeat" not in said
    many = [replace(ROW, article=str(number)) for number in range(120)]
    blank = replace(ROW, article="b", reference=" ")
    said = " ".join(scored([*many, blank], options=FEW).warnings)
    assert "119 of 120 segments repeat" in said and "1 empty references" in said


@pytest.mark.parametrize("name", ["alignment_score", "translation_score"])
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_score_that_is_no_number_is_named(name, value):
    with pytest.raises(UserError, match=f"a.txt: row 0: {name} is {value}"):
        scored([replace(ROW, **{name: value})], options=FEW)


def test_what_people_read(found):
    said = list(lines(found.as_json()))
    assert said[0].endswith("% of the reference words aligned")
    assert sum(line.startswith("BLEU\t") for line in said) == 2
    assert any("seed:12345|resampled:articles" in line for line in said)

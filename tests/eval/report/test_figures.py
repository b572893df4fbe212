"""Figures are read as their tables: those are what a plot shows and what a reader gets instead."""

from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eval.curves import svg, ticks
from eval.report.columns import scaled
from eval.report.figures import figures, quartiles, score_distribution, speed
from eval.report.plots import Box, Line, bars, boxes, columns, lines
from eval.report.tally import ArticleTally, Scored, Tally

SCORES = st.lists(st.floats(0, 100), min_size=1)
HOSTILE = '<script>"&'


def numbers_of(figure, column=1):
    return [int(row[column].replace(",", "")) for row in figure.table]


@given(SCORES)
def test_every_row_is_in_one_column(scores):
    figure = score_distribution([Scored(score, 10, 0.5) for score in scores])
    assert sum(numbers_of(figure)) == len(scores)
    assert len(figure.links) == len(figure.table)


@given(SCORES)
@example([49.97])
@example([49.94])
@example([99.96, 100.0])
def test_a_column_has_the_rows_that_its_link_shows(scores):
    """The browser filters by tenths, `least` and more, less than `most` unless that is 100."""
    figure = score_distribution([Scored(score, 10, 0.5) for score in scores])
    tenths = [scaled(score, 10) for score in scores]
    for count, link in zip(numbers_of(figure), figure.links, strict=True):
        least, most = (10 * int(part.partition("=")[2]) for part in link.split("?")[1].split("&"))
        assert count == sum(least <= each < most or each == most == 1000 for each in tenths)


@given(SCORES)
def test_quartiles_are_in_order(scores):
    low, middle, high = quartiles(scores)
    assert min(scores) <= low <= middle <= high <= max(scores)


def test_nothing_to_draw_is_said():
    found = {figure.name: figure for figure in figures(Tally(), {}, {})}
    assert set(found) == {"distribution", "lengths", "confidence", "coverage", "rejections"}
    assert all(not figure.plot and figure.words for figure in found.values())


def filled(articles=3):
    tally = Tally()
    tally.scored = [Scored(20.0, 5, 0.2), Scored(40.0, 15, 0.9), Scored(60.0, 50, 0.9)]
    tally.articles = [
        ArticleTally(f"{number}.txt", 2, 1, 0, 1, number / articles, 40.0)
        for number in range(articles)
    ]
    tally.rejected = Counter(
        {("advert", f"rule-{number}"): number + 1 for number in range(articles)}
    )
    return tally


def test_lengths_have_their_rows():
    found = {figure.name: figure for figure in figures(filled(), {}, {})}
    assert found["lengths"].table == (
        ("1–10", "1", "20.0", "20.0", "20.0"),
        ("11–20", "1", "40.0", "40.0", "40.0"),
        ("over 40", "1", "60.0", "60.0", "60.0"),
    )


def test_dropping_doubtful_pairs_shows_in_the_curve():
    (figure,) = (each for each in figures(filled(), {}, {}) if each.name == "confidence")
    assert figure.table[0] == ("0.0", "3", "100.0 %", "40.0")
    assert figure.table[-1] == ("0.9", "2", "66.7 %", "50.0")


def test_the_curve_of_the_scores_wins():
    scores = {
        "thresholds": [
            {"confidence": 0.0, "segments": 9, "coverage": 0.5, "aligned": {"BLEU": 30.0}},
            {"confidence": 0.5, "segments": 4, "coverage": 0.2, "aligned": {"BLEU": 40.0}},
            {"confidence": 0.9, "segments": 0, "coverage": 0.0, "aligned": None},
        ]
    }
    (figure,) = (each for each in figures(filled(), {}, scores) if each.name == "confidence")
    assert figure.head[-1] == "BLEU"
    assert [row[-1] for row in figure.table] == ["30.0", "40.0"]


@pytest.mark.parametrize("articles", [3, 200])
def test_few_articles_are_bars_and_many_are_columns(articles):
    found = {figure.name: figure for figure in figures(filled(articles), {}, {})}
    drawn = found["coverage"].plot.count('class="bar"')
    assert drawn == (3 if articles == 3 else 10)
    assert len(found["coverage"].table) == min(articles, 100)
    assert sum(numbers_of(found["rejections"], 2)) == articles * (articles + 1) // 2


def test_speed_is_drawn_where_a_run_recorded_it():
    series = [{"seconds": 0, "words_per_second": 10}, {"seconds": 5, "words_per_second": 90}]
    figure = speed({"timings": {"words_per_second": 50.0, "series": series}})
    assert figure is not None and figure.table == (("0.0", "10"), ("5.0", "90"))
    assert speed({"timings": {"words_per_second": 50.0}}) is None


PLOTS = [
    columns([0, 1], [3], HOSTILE, HOSTILE),
    columns([0, 1], [0], "", ""),
    bars([(HOSTILE, 3), (HOSTILE, 0)], full=5),
    bars([("x", 0)]),
    boxes([Box(HOSTILE, 1, 2, 3, 4)], (0, 5), HOSTILE, HOSTILE),
    lines([Line(HOSTILE, [(0, 0), (1, 1)]), Line("b", [(0, 1)])], (0, 1), HOSTILE, HOSTILE),
    svg(HOSTILE, {HOSTILE: [(0, 1), (1, 2)]}, HOSTILE),
]


@pytest.mark.parametrize("plot", PLOTS)
def test_plots_are_well_formed_and_plain(plot):
    root = ElementTree.fromstring(plot)
    assert "script" not in {element.tag.partition("}")[2] for element in root.iter()}
    for element in root.iter():
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 12))
def test_ticks_lie_within_and_are_few(low, span, most):
    found = ticks(low, low + span, most)
    assert 1 <= len(found) <= max(most, 2)
    assert all(low - span / 1e6 <= tick <= low + span * (1 + 1e-6) for tick in found)

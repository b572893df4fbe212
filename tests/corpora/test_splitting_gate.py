"""Floors under the splitter, on sets with one gold sentence a line; lowering one is a decision."""

import pytest

from corpora.splitting import split_spans

OWN_SETS = {"segmentation.txt": 0.99, "segmentation_news.txt": 0.999}  # and floors of F1
AT_A_TIME = 12  # sentences joined into a line, as in docs/benchmarks.md


def borders(sentences):
    """The line that sentences make, joined by a space, and where in it they end."""
    ends = [len(" ".join(sentences[: count + 1])) for count in range(len(sentences))]
    return " ".join(sentences), set(ends)


def boundary_f1(groups):
    """F1 of the ends of sentences over lines that are each made of a group of gold sentences."""
    found = missed = false = 0
    for sentences in groups:
        text, gold = borders(sentences)
        ends = {span.end for span in split_spans(text)}
        found += len(gold & ends)
        missed += len(gold - ends)
        false += len(ends - gold)
    return 2 * found / (2 * found + missed + false)


def own_paragraphs(cases, name):
    text = (cases / name).read_text("utf-8")
    return [paragraph.splitlines() for paragraph in text.strip().split("\n\n")]


@pytest.fixture
def cases(request):
    return request.path.parent / "cases"


@pytest.mark.parametrize("name", OWN_SETS)
def test_own_sets_are_as_large_as_promised(cases, name):
    paragraphs = own_paragraphs(cases, name)
    assert len(paragraphs) >= 15
    assert sum(map(len, paragraphs)) >= 150


@pytest.mark.parametrize("name", OWN_SETS)
def test_own_sets(cases, name):
    assert boundary_f1(own_paragraphs(cases, name)) >= OWN_SETS[name]


@pytest.mark.parametrize(("name", "floor"), [("ud_gsd_dev", 0.952), ("ud_csui_train", 0.992)])
def test_shared_sets(name, floor, pytestconfig):
    file = pytestconfig.rootpath.parent / f"shared/testsets/segmentation/{name}.txt"
    if not file.is_file():
        pytest.skip(f"{file}: no such data here")
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    groups = [lines[start : start + AT_A_TIME] for start in range(0, len(lines), AT_A_TIME)]
    assert boundary_f1(groups) >= floor

"""Links between lines, for one system and for several."""

import random

import pytest
import sacrebleu
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpora.errors import UserError
from corpora.link_table import read_links, write_links
from corpora.linking import cautions, common_links, corrected, link_lines, links
from corpora.references import read_references
from tests.conftest import EXAMPLES

MOSCOW = "The president flew to Moscow on Monday morning."
RICE = "Rice prices fell sharply in the central market."
FLOOD = "A flood destroyed forty houses near the river."
GOAL = "Kofi Adjeman scored the winner in extra time."
lines = st.lists(st.sampled_from([MOSCOW, RICE, FLOOD, GOAL, "He agreed.", ""]), max_size=6)
few = settings(max_examples=10, deadline=None)


def worsened(sentence, seed, share=0.45):
    chance = random.Random(f"{seed} {sentence}")
    found = [word for word in sentence.split() if chance.random() > share]
    return " ".join(found) or sentence


STORIES = [
    [sentence for snippet in snippets for sentence in snippet.sentences()]
    for _, snippets in sorted(read_references(EXAMPLES / "references").items())
]


@few
@given(lines, lines)
@example([RICE, RICE, GOAL, GOAL], [MOSCOW, GOAL, GOAL])
def test_one_system_is_its_own_pivot(translations, references):
    alone = common_links([translations], references)
    twice = common_links([translations, translations], references)
    assert [(link.source, link.reference) for link in alone] == [
        (link.source, link.reference) for link in twice
    ]


def test_the_order_of_the_systems_changes_nothing():
    story = STORIES[0]
    first, second = ([worsened(each, seed) for each in story] for seed in "ab")
    found = common_links([first, second], story)
    assert found == common_links([second, first], story)
    assert any(link.source and link.reference for link in found)


def advantage(found, first, second):
    """How many points of chrF the first system is ahead of the second on some links."""
    hypotheses: tuple[list[str], list[str]] = ([], [])
    wanted: list[str] = []
    for linked, own, other, story in zip(found, first, second, STORIES, strict=True):
        references = story[::-1]
        for link in linked:
            if link.source and link.reference:
                wanted.append(" ".join(references[index] for index in link.reference))
                for side, system in zip(hypotheses, (own, other), strict=True):
                    side.append(" ".join(system[index] for index in link.source))
    scores = [sacrebleu.corpus_chrf(side, [wanted]).score for side in hypotheses]
    return scores[0] - scores[1], len(wanted)


def test_links_that_are_common_favour_no_system():
    """Whose English decides is ahead by points; with the pivot there is one answer, in between."""
    first, second = (
        [[worsened(each, seed, 0.7) for each in story] for story in STORIES] for seed in "xy"
    )
    turned = [story[::-1] for story in STORIES]
    own, found_by_own = advantage(map(links, first, turned), first, second)
    other, found_by_other = advantage(map(links, second, turned), first, second)
    both = list(map(common_links, map(list, zip(first, second, strict=True)), turned))
    swapped = list(map(common_links, map(list, zip(second, first, strict=True)), turned))
    pivot, found = advantage(both, first, second)
    assert own > other + 2
    assert other < pivot < own
    assert found > max(found_by_own, found_by_other)
    assert both == swapped


@pytest.mark.parametrize("systems", [[], [[MOSCOW], [MOSCOW, RICE]]])
def test_systems_of_different_lengths_are_refused(systems):
    with pytest.raises(ValueError, match=r"no system|different numbers"):
        common_links(systems, [MOSCOW])


def test_the_source_mends_the_evidence():
    translations = ["The storm killed people in the north.", RICE, GOAL]
    references = ["The storm killed 12 people in the north of Pati.", FLOOD]
    sources = ["Badai itu menewaskan 12 orang di utara Pati.", "Harga beras turun.", "Gol."]
    plain, mended = (
        links(translations, references)[0],
        links(translations, references, None, sources)[0],
    )
    assert (plain.evidence.missing, plain.evidence.numbers) == (("12",), ())
    assert (mended.evidence.missing, mended.evidence.numbers) == ((), ("12",))
    assert mended.confidence > plain.confidence


@pytest.mark.parametrize(
    ("translations", "references", "said"),
    [
        ([], [MOSCOW], "the translation has no lines; nothing is linked"),
        ([MOSCOW], ["", " "], "the reference has no lines; nothing is linked"),
        ([MOSCOW], [RICE, FLOOD] * 50, "one side has 100 lines, the other 1;"),
        ([MOSCOW] * 1000, [MOSCOW] * 20, "the translation says 'The president flew"),
        ([MOSCOW], ["Presiden itu terbang ke ibu kota."], "line 1 of the reference is Indonesian"),
        ([MOSCOW], ["word " * 200_000], "line 1 of the reference has 1,000,000 characters"),
    ],
    ids=["no translation", "blank reference", "lopsided", "repeated", "indonesian", "a megabyte"],
)
def test_bad_sides_are_said_in_a_line_and_end(translations, references, said):
    assert next(iter(cautions(translations, references))).startswith(said)
    found = links(translations, references)
    assert sorted(i for link in found for i in link.source) == list(range(len(translations)))
    assert sorted(i for link in found for i in link.reference) == list(range(len(references)))


def test_good_sides_have_nothing_to_be_said():
    assert list(cautions([MOSCOW, RICE], [RICE])) == []


@few
@given(lines, lines)
def test_a_table_that_nobody_changed_gives_the_same_links(
    tmp_path_factory, translations, references
):
    file = tmp_path_factory.mktemp("table") / "links.tsv"
    found = links(translations, references)
    write_links(file, link_lines(found, translations, references))
    assert corrected(found, read_links(file), translations, references) == found


def test_a_corrected_table_decides(tmp_path):
    file = tmp_path / "links.tsv"
    file.write_text("article\tsource\treference_id\tsentences\n-\t0\t-\t1\n")
    found = corrected(
        links([MOSCOW, RICE], [MOSCOW, GOAL]), read_links(file), [MOSCOW, RICE], [MOSCOW, GOAL]
    )
    assert [(link.source, link.reference) for link in found] == [
        ((0,), (1,)),
        ((1,), ()),
        ((), (0,)),
    ]
    file.write_text("article\tsource\treference_id\tsentences\n-\t0\t-\t7\n")
    with pytest.raises(UserError, match=r"links\.tsv:2: no line 7; the last is 1"):
        corrected([], read_links(file), [MOSCOW, RICE], [MOSCOW, GOAL])

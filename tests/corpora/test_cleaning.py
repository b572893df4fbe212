"""The gate over labelled pages, and what a line is on pages made for one question each.

Floors are what is reached today, rounded down. Raise them when cleaning gets better; lowering
one is a decision to defend in a review. The pages of `held_back` are for judging only: nobody who
writes rules has read their lines and no weight is learnt from them, so their test gives numbers and
no lines. But their counts were looked at while features and thresholds were chosen, so their
shares are a little too good for pages that nobody has seen. The weights are learnt from all others
(scripts/train_lines.py), whose shares say that the weights are those that were learnt, and not how
good they are: for that see docs/benchmarks.md.
"""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.cleaning import KEPT, kept, label_lines, label_pages
from corpora.document import Document, LabelledLine, lines_of
from corpora.lines.look import folded, look
from corpora.lines.repeats import Repeats
from corpora.lines.rules import LABELS, parse_rules, shipped_rules
from corpora.reading import Source, read
from scripts.line_pages import COLLECTIONS as LEARNT_FROM
from scripts.line_pages import PAGES, labels_of

FIRST_SIGHT = ("latest", "unseen")  # nothing is learnt from them, and nobody has read their lines
HARD = ("bureaus", "channels", "desks")  # on purpose; nothing is learnt from them
COLLECTIONS = LEARNT_FROM | {
    name: (PAGES / f"{name}.tsv", PAGES / name) for name in (*FIRST_SIGHT, *HARD, "held_back")
}
FLOORS = {  # share of body lines that are kept, share of the rest (but titles) that is dropped
    "examples": (1.0, 1.0),
    "develop": (1.0, 1.0),
    "varied": (1.0, 0.998),
    "fresh": (1.0, 0.995),
    "portals": (1.0, 0.996),
    "reposts": (1.0, 1.0),
    "features": (1.0, 0.981),
    "magazines": (1.0, 0.993),
    "regional": (1.0, 0.987),
    "world": (1.0, 0.979),
    "dailies": (1.0, 0.996),
    "districts": (1.0, 0.996),
    "agencies": (1.0, 0.99),
    "weeklies": (1.0, 0.97),
    "islands": (1.0, 0.997),
    "longreads": (1.0, 0.978),
    "globe": (1.0, 0.993),
    "metro": (1.0, 0.988),
    "sections": (1.0, 0.975),
    "mirrors": (1.0, 0.986),
    "tails": (1.0, 0.963),
    "abroad": (1.0, 1.0),
    "national": (1.0, 1.0),
    "provinces": (1.0, 0.998),
    "latest": (0.993, 0.962),
    "unseen": (0.994, 0.955),
    "bureaus": (0.992, 0.868),
    "channels": (0.972, 0.864),
    "desks": (0.994, 0.517),
    "held_back": (0.973, 0.983),  # was (.979, .97): kept from a higher probability on
}
GOALS = (0.995, 0.97)
DIGESTS = {
    "develop": "cf6853f90aed6e8f",
    "varied": "8e927c5e2d90ff8a",
    "fresh": "61d24552019984c5",
    "portals": "d6a7851d18bcc3d1",
    "reposts": "b8773e1073c682d3",
    "features": "cabdae60e803f1bc",
    "magazines": "0e789e93f204ad02",
    "regional": "62f57115d6894a44",
    "world": "279b0975e083cf32",
    "dailies": "a23c1736a8a9b12c",
    "districts": "dda47faed36df909",
    "agencies": "e029725defe855b9",
    "weeklies": "b90b744b74127a09",
    "islands": "81971446ecac30ac",
    "longreads": "217eb3d11b11e755",
    "globe": "02650574d3243c19",
    "metro": "fc985682f2830529",
    "sections": "98a6d2c75ef4ac51",
    "mirrors": "c8665ffdd613cbec",
    "tails": "2220cb27fc2a9acf",
    "abroad": "a8eec98cb3eb38fc",
    "national": "df0e31e0a5d8f01d",
    "provinces": "91c33ccf0497831d",
    "latest": "5663f30e34b75656",
    "unseen": "6371fdd4a0067f0c",
    "bureaus": "ffba7735d28a6c89",
    "channels": "7a166dcd5cc95215",
    "desks": "0da0cb1272a71ae1",
    "held_back": "b4b37e94249b6b52",
}


def judged(labels, folder):
    """Label by a reader, label by the rules and address of each line that a reader labelled."""
    for page, expected in labels_of(labels).items():
        document = read(Source(folder / f"{page}.txt", page))
        found = {labelled.line.number: labelled.label for labelled in label_lines(document)}
        unlike = len(found.keys() ^ expected.keys())
        assert unlike == 0, f"{page}: {unlike} lines that only the page or only the reader has"
        for line, label in expected.items():
            yield label, found[line], f"{page}:{line}"


def share(verdicts):
    verdicts = list(verdicts)
    return sum(verdicts) / len(verdicts)


def body_recall(name):
    lines = judged(*COLLECTIONS[name])
    return share(found in KEPT for label, found, _ in lines if label == "body")


def noise_recall(name):
    lines = judged(*COLLECTIONS[name])
    return share(found not in KEPT for label, found, _ in lines if label not in KEPT)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_gate_body_is_kept(name):
    assert body_recall(name) >= FLOORS[name][0]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_gate_noise_is_dropped(name):
    assert noise_recall(name) >= FLOORS[name][1]


@pytest.mark.parametrize("name", ["examples", "develop", "varied", "fresh"])
def test_goal_body_is_kept(name):
    assert body_recall(name) >= GOALS[0]


@pytest.mark.parametrize("name", ["examples", "develop", "varied", "fresh"])
def test_goal_noise_is_dropped(name):
    assert noise_recall(name) >= GOALS[1]


def test_every_body_line_of_the_seeds_is_kept(seeds):
    lost = [
        where
        for label, found, where in judged(seeds / "line_labels.tsv", seeds / "articles")
        if label == "body" and found not in KEPT
    ]
    assert not lost


def test_no_furniture_of_the_seeds_is_kept(seeds):
    left = [
        where
        for label, found, where in judged(seeds / "line_labels.tsv", seeds / "articles")
        if label not in KEPT and found in KEPT
    ]
    assert not left


@pytest.mark.parametrize("together", [1, 2, 3])
def test_paragraphs_that_are_all_there_is_are_kept(together):
    """Rows of tables and datasets often hold a paragraph or two, with nothing around them."""
    labels, folder = COLLECTIONS["develop"]
    found: list[LabelledLine] = []
    for name, of in labels_of(labels).items():
        lines = lines_of(read(Source(folder / f"{name}.txt", name)).text)
        body = [line.text for line in lines if of[line.number] == "body" and len(line.text) > 60]
        for start in range(0, len(body) - together + 1, together):
            found += label_lines(page("\n\n".join(body[start : start + together])))
    assert share(each.label in KEPT for each in found) >= 0.99


@pytest.mark.parametrize("name", DIGESTS)
def test_the_gate_judges_the_same_pages(name):
    """Scores on other pages are other scores: who changes pages or labels sets floors anew."""
    labels, folder = COLLECTIONS[name]
    digest = hashlib.sha256(labels.read_bytes())
    for page in sorted(folder.iterdir(), key=lambda page: page.name):
        digest.update(page.name.encode() + page.read_bytes())
    assert digest.hexdigest()[:16] == DIGESTS[name]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_readers_use_the_labels_of_the_rules(name):
    assert {label for label, _, _ in judged(*COLLECTIONS[name])} <= set(LABELS)


def page(text):
    return Document("a.txt", text, "")


def test_case(case):
    labelled = label_lines(page("\n\n".join(line for _, line in case["lines"])))
    assert [(found.label, found.line.text) for found in labelled] == [
        (label, line) for label, line in case["lines"]
    ]


TEXTS = st.lists(
    st.sampled_from(
        [
            "Harga beras naik di pasar itu.",
            "Harga Beras Naik Lagi Pekan Ini",
            "Baca juga:",
            "Tags: beras, pasar",
            "Senin, 13 Mei 2024 10:42 WIB",
            "All of the news for you and your family",
            "ADVERTISEMENT",
            "31",
            "  ",
            "…",
        ]
    )
).map("\n".join)


@given(TEXTS | st.text())
def test_every_line_that_is_not_blank_has_one_label(text):
    assert [found.line for found in label_lines(page(text))] == list(lines_of(text))


@given(TEXTS)
def test_labels_and_scores_are_in_range(text):
    for found in label_lines(page(text)):
        assert found.label in LABELS and found.rule and 0 <= found.score <= 1


@given(st.lists(TEXTS, max_size=4))
def test_pages_are_labelled_together_as_they_are_one_by_one(texts):
    assert label_pages(list(map(page, texts))) == [label_lines(page(text)) for text in texts]


@pytest.mark.parametrize("collection", ["develop", "varied"])
def test_long_pages_are_labelled_together_as_they_are_one_by_one(collection):
    files = sorted(COLLECTIONS[collection][1].iterdir())
    pages = [page(file.read_text(encoding="utf-8")) for file in files]
    assert label_pages(pages) == [label_lines(each) for each in pages]


@given(TEXTS)
def test_a_page_has_one_title_at_most(text):
    assert [found.label for found in label_lines(page(text))].count("title") <= 1


@given(TEXTS)
def test_no_long_line_is_kept_twice(text):
    lines = [folded(found.line.text) for found in kept(label_lines(page(text)))]
    long = [line for line in lines if len(line) >= 20]
    assert len(long) == len(set(long))


def test_the_cut_off_beginning_of_a_line_above_is_a_duplicate():
    whole = "Kepala desa itu memimpin rapat warga di balai desa, Senin."
    found = label_lines(page(f"{whole}\n\n{whole[:31]}"))
    assert [line.rule for line in found] == ["weighed", "cut-off-line"]


STORY = """Jakarta - Sebuah bus wisata menabrak truk di ruas tol itu pada Senin malam, kata polisi.
Tujuh penumpang meninggal di lokasi dan belasan lainnya dirawat di rumah sakit terdekat.
Kronologi Tabrakan Bus
Bus melaju ke arah timur dengan kecepatan tinggi ketika sopirnya diduga mengantuk.
Polisi menyatakan bus lalu menghantam bagian belakang truk yang berhenti di bahu jalan."""


def labels_by_text(text, *lines, **options):
    found = {each.line.text: each for each in label_lines(page(text), **options)}
    return [found[line].label for line in lines]


def test_a_subheading_that_begins_the_headline_is_kept():
    headline = "Kronologi Tabrakan Bus di Tol yang Menewaskan Tujuh Orang Penumpang"
    found = labels_by_text(f"{headline}\n{STORY}", headline, "Kronologi Tabrakan Bus")
    assert found == ["title", "body"]


def test_a_headline_that_was_cut_off_is_none():
    headline = "Kronologi Tabrakan Bus di Tol yang Menewaskan Tujuh Orang Penumpang"
    cut = headline.removesuffix(" Orang Penumpang")
    text = f"{headline}\n{STORY.replace('Kronologi Tabrakan Bus', cut)}"
    assert labels_by_text(text, headline, cut) == ["title", "duplicate"]


@pytest.mark.parametrize("above", ["{} | Kabar Solo", "Home > Berita > {} di Jalan Tol"])
def test_a_headline_is_no_duplicate_of_the_name_of_the_page(above):
    headline = "Bus Wisata Menabrak Truk, Tujuh Meninggal"
    lines = (above.format(headline), headline, "Rina Wulandari", f"{headline} di ruas tol itu.")
    assert labels_by_text("\n".join([*lines, STORY]), headline) == ["title"]


PRAISE = "Program ini dipersembahkan oleh para petani kota untuk seluruh warga yang membutuhkan."


def of_one_site(recurring, pages=8):
    """Pages of a site with a line on each."""
    kinds = ["beras", "cabai", "gula", "minyak", "bawang", "daging", "telur", "ikan"]
    return [
        page(
            f"Harga {kind.title()} Naik di Pasar Kota\n"
            f"Harga {kind} di pasar kota naik dalam sepekan terakhir, kata pedagang hari Senin.\n"
            f"{recurring}\n"
            f"Pedagang {kind} berharap harga segera turun sebelum bulan puasa tiba di kota itu.\n"
        )
        for kind in kinds[:pages]
    ]


def test_what_recurs_on_a_site_is_furniture_whatever_a_shipped_rule_says():
    pages = of_one_site(PRAISE)
    (alone,) = [each for each in label_lines(pages[0]) if each.line.text == PRAISE]
    assert alone.label == "body"
    repeats = Repeats.learnt_from(pages)
    for labelled in label_pages(pages, repeats=repeats):
        (found,) = [each for each in labelled if each.line.text == PRAISE]
        assert (found.label, found.rule) == ("advert", "recurs-on-site")


def test_lines_below_one_that_recurs_are_told_by_its_rule():
    heading = "Berita Terkait:"
    pages = [
        page(f"{each.text}{heading}\nKapal Nomor {number} Kandas di Teluk")
        for number, each in enumerate(of_one_site("Harga itu belum pernah setinggi ini."))
    ]
    found = label_lines(pages[0], repeats=Repeats.learnt_from(pages))
    assert [(each.label, each.rule) for each in found[-2:]] == [
        ("related", "recurs-on-site"),
        ("related", "weighed"),
    ]


def test_a_users_rule_goes_before_what_recurs():
    own = parse_rules(
        """[[rule]]
        name = "program"
        label = "body"
        pattern = '^Program ini'
        example = "Program ini milik warga."
        counter_example = "Warga punya program ini."
        """,
        "own.toml",
    )
    pages = of_one_site(PRAISE)
    found = label_lines(pages[0], (*own, *shipped_rules()), Repeats.learnt_from(pages))
    assert [each.rule for each in found if each.line.text == PRAISE] == ["program"]


def test_a_page_of_nothing_has_no_lines():
    assert label_lines(page(" \n\n")) == ()


def test_own_rules_take_the_place_of_the_shipped_ones():
    own = parse_rules(
        """[[rule]]
        name = "price"
        label = "advert"
        pattern = '^Harga'
        example = "Harga naik."
        counter_example = "Naik harga."
        """,
        "own.toml",
    )
    price, advert = label_lines(page("Harga beras naik di pasar.\nADVERTISEMENT"), own)
    assert (price.label, price.rule) == ("advert", "price")
    assert advert.rule != "ad-marker"


def test_the_first_rule_that_matches_gives_the_reason():
    (found,) = label_lines(page("ADVERTISEMENT"))
    assert (found.label, found.rule, found.score) == ("advert", "ad-marker", 0.95)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harga Cabai Turun, Petani Menjerit", False),
        ("Harga cabai turun di pasar itu.", True),
        ('"Sudah biasa, Pak."', True),
        ("Selengkapnya …", False),
        ("The price of rice is up in the market.", False),
        (
            "Harga cabai turun di pasar induk itu setelah panen raya tiba dan para pedagang "
            "mengeluh karena pembeli tetap sepi",
            True,
        ),
    ],
    ids=["headline", "sentence", "dialogue", "button", "foreign", "no stop but long"],
)
def test_prose(text, expected):
    assert look(text).is_prose is expected

from corpora.row import Row, row_id
from translate.duplicates import marked, rejections
from translate.pairing import Article

STORY = [
    "Polisi menangkap empat orang yang mencuri kabel kereta api di lintas Klari.",
    "Hasil curian itu dikupas lalu dijual kiloan kepada seorang pengepul di pinggir kali.",
    "Tiga perjalanan kereta lokal terpaksa ditahan sampai teknisi datang.",
]
OTHER = [
    "Waduk itu surut sebelas meter sehingga makam tua kembali terlihat di dasarnya.",
    "Puluhan warga datang untuk berziarah dan membersihkan nisan dari lumpur tebal.",
    STORY[2],
]


def row(path, number, text):
    start = 100 * number
    return Row(
        id=row_id(path, start, start + len(text), text),
        article=path,
        position=number,
        line=number + 1,
        start=start,
        end=start + len(text),
        source_raw=text,
        source=text,
        translation="English.",
        translation_score=-0.5,
        reference=None,
        reference_id=None,
        alignment="1-0",
        alignment_score=None,
        flags=(),
        model="bundled@1",
    )


def article(path, texts):
    return Article(path, tuple(row(path, n, text) for n, text in enumerate(texts)), ())


CORPUS = [article("a", STORY), article("b", ["Judul lain.", *STORY]), article("c", OTHER)]


def test_what_repeats_is_marked_and_stays():
    first, again, other = marked(CORPUS, dedupe=False)
    assert (first.duplicate_of, again.duplicate_of, other.duplicate_of) == (None, "a", None)
    assert [row.flags for row in first.rows] == [()] * 3
    assert all("near-duplicate" in row.flags for row in again.rows)
    assert [row.flags for row in other.rows] == [(), (), ("duplicate-sentence",)]
    assert not list(rejections([first, again, other]))


def test_what_repeats_is_left_out_with_a_reason():
    found = list(marked(CORPUS, dedupe=True))
    assert [len(each.rows) for each in found] == [3, 0, 2]
    out = list(rejections(found))
    assert [(each["file"], each["rule"]) for each in out] == [
        *[("b", "near-duplicate")] * 4,
        ("c", "duplicate-sentence"),
    ]
    assert all(each["label"] == "duplicate" for each in out)


def test_no_row_is_lost():
    rows = [row for each in CORPUS for row in each.rows]
    found = list(marked(CORPUS, dedupe=True))
    assert sum(len(each.rows) + len(each.left_out) for each in found) == len(rows)


def test_deduplicating_twice_leaves_what_once_leaves():
    once = list(marked(CORPUS, dedupe=True))
    twice = list(marked(once, dedupe=True))
    assert [each.rows for each in once] == [each.rows for each in twice]

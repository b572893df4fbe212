"""What recurs on a site, and the digest by which a page is known to be cleaned as before."""

from hypothesis import given
from hypothesis import strategies as st

from corpora.document import Document
from corpora.lines.repeats import Repeats

LINES = ["Baca juga", "Berlangganan sekarang", "Hujan turun di kota itu.", "", " Baca juga "]
PAGES = st.lists(st.lists(st.sampled_from(LINES), max_size=4), min_size=1, max_size=12)


def pages_of(texts):
    return [Document(f"{n}.txt", "\n".join(lines), "d") for n, lines in enumerate(texts)]


def verdicts(repeats, page):
    """What is said of each line, be it running text or not."""
    return [
        repeats.is_furniture(page, line, running=running)
        for line in page.text.split("\n")
        if line.strip()
        for running in (False, True)
    ]


@given(PAGES, PAGES)
def test_the_digest_of_a_page_changes_with_what_is_said_of_its_lines(before, others):
    """And with nothing else: then it would be translated again for nothing."""
    page, *rest = pages_of(before)
    one = Repeats.learnt_from([page, *rest])
    two = Repeats.learnt_from([page, *pages_of(others)])
    same = verdicts(one, page) == verdicts(two, page)
    assert (one.recurring(page) == two.recurring(page)) == same
    assert (one.recurring(page) == "") == (not any(verdicts(one, page)))

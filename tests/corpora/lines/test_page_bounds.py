"""Every answer on several pages is that on each page alone, asked line by line."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpora.lines.page_bounds import NEVER, Bounds

PAGES = st.lists(st.lists(st.booleans(), max_size=7), max_size=5)


def asked(pages, question):
    """The answers to a question of (index, page), behind each other."""
    return [question(index, page) for page in pages for index in range(len(page))]


def bounded(pages):
    events = np.array([event for page in pages for event in page], bool)
    return Bounds.of(list(map(len, pages))), events


def local(bounds, found):
    """Indices within the page, `NEVER` left as it is."""
    return np.where(found == NEVER, NEVER, found - bounds.first).tolist()


@given(PAGES)
def test_the_last_event_above_and_the_next_below(pages):
    bounds, events = bounded(pages)
    above = asked(pages, lambda i, page: max((j for j in range(i) if page[j]), default=NEVER))
    until = asked(pages, lambda i, page: max((j for j in range(i + 1) if page[j]), default=NEVER))
    below = asked(
        pages, lambda i, page: min((j for j in range(i + 1, len(page)) if page[j]), default=NEVER)
    )
    assert local(bounds, bounds.above(events)) == above
    assert local(bounds, bounds.until(events)) == until
    assert local(bounds, bounds.below(events)) == below


@given(PAGES)
def test_counts(pages):
    bounds, events = bounded(pages)
    assert bounds.passed(events).tolist() == asked(pages, lambda i, page: sum(page[:i]))
    assert bounds.total(events).tolist() == asked(pages, lambda i, page: sum(page))
    assert bounds.near(events, 2).tolist() == asked(
        pages, lambda i, page: sum(page[max(0, i - 2) : i + 3]) - page[i]
    )


@given(PAGES, st.sampled_from([-2, -1, 1, 2]))
def test_lines_around(pages, lines):
    bounds, events = bounded(pages)
    assert bounds.shifted(events + 0, lines, 7).tolist() == asked(
        pages, lambda i, page: page[i - lines] + 0 if 0 <= i - lines < len(page) else 7
    )


@given(PAGES)
def test_slices_are_the_pages(pages):
    bounds, events = bounded(pages)
    assert [events[page].tolist() for page in bounds.slices] == pages

from hypothesis import given
from hypothesis import strategies as st

from translate.pace import MOST_POINTS, Pace


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def paced(steps):
    clock = Clock()
    pace = Pace(clock)
    for seconds, words in steps:
        clock.now += seconds
        pace.note(words)
    return pace.series()


def test_nothing_recorded():
    assert paced([]) == paced([(5, 0)]) == ()


def test_words_belong_to_the_time_before_they_were_recorded():
    assert paced([(10, 500), (5, 500)]) == ((10.0, 50.0), (15.0, 100.0))


def test_what_is_recorded_together_is_one_moment():
    assert paced([(10, 300), (0, 200), (0, 0), (5, 500)]) == ((10.0, 50.0), (15.0, 100.0))


STEPS = st.lists(st.tuples(st.floats(0.5, 50), st.integers(1, 10_000)), min_size=1, max_size=300)


@given(STEPS)
def test_no_word_is_lost_and_the_points_are_few(steps):
    series = paced(steps)
    assert len(series) <= MOST_POINTS + 1
    since, words = 0.0, 0.0
    for at, rate in series:
        words += rate * (at - since)
        since = at
    wanted = sum(words for _, words in steps)
    # seconds are rounded to a tenth, of stretches that may be half a second short
    assert 0.7 * wanted - 100 <= words <= 1.3 * wanted + 100

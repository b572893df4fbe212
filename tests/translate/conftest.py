"""What several tests of the engine need."""

import pytest

from translate.claims import Claims


@pytest.fixture
def clock():
    class Clock:
        now = 1000.0

        def __call__(self):
            return self.now

    return Clock()


@pytest.fixture
def claims(tmp_path, clock):
    """Make the claims of a worker on one journal."""
    opened = []

    def make(worker):
        opened.append(Claims(tmp_path / "journal.sqlite", worker, clock))
        return opened[-1]

    yield make
    for each in opened:
        each.close()

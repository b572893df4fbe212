import ctypes
import platform

import psutil
import pytest

from translate.freed import give_back


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_memory_between_pieces_in_use_goes_back():
    resident = psutil.Process().memory_info
    pieces = [bytes(1000) for _ in range(200_000)]
    kept = pieces[::100]
    del pieces
    before = resident().rss
    give_back()
    assert len(kept) == 2000 and before - resident().rss > 50_000_000


def test_another_c_library_is_left_alone(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    give_back()

import gzip
import io
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.streams import Unpacked, byte_lines, unpacked


def stream(data):
    return io.BufferedReader(io.BytesIO(data))


def packed(parts, zeros=0):
    return b"".join(gzip.compress(part) + bytes(zeros) for part in parts)


@given(st.lists(st.binary(), min_size=1), st.sampled_from([0, 3]))
def test_what_gzip_unpacks_is_what_it_packed(parts, zeros):
    assert unpacked(stream(packed(parts, zeros))).read() == b"".join(parts)


@pytest.mark.parametrize("zeros", [1, 16_384, 40_000])
def test_members_and_zeros_of_any_size(zeros):
    parts = [random.Random(1).randbytes(100_000), b"abc" * 50_000, b""]
    assert unpacked(stream(packed(parts, zeros))).read() == b"".join(parts)


def test_what_is_not_packed_is_given_as_it_is():
    assert unpacked(stream(b"Harga.")).read() == b"Harga."


def sound_part(data):
    """What is unpacked before the complaint."""
    reader, found = Unpacked(io.BytesIO(data)), b""
    with pytest.raises(zlib.error):
        while piece := reader.read(1000):
            found += piece
    return found


@pytest.mark.parametrize("cut", [3, 9, 15, 1_000, 16_384, -9, -8, -1])
def test_a_file_that_is_cut_off_gives_what_it_has_and_then_complains(cut):
    whole = random.Random(1).randbytes(50_000)
    found = sound_part(gzip.compress(whole)[:cut])
    assert whole.startswith(found)
    assert len(found) == 50_000 if -9 < cut < 0 else True


def test_behind_damage_nothing_before_it_is_lost():
    data = gzip.compress(b"Harga beras naik.\n" * 3_000)
    assert sound_part(data + b"garbage") == b"Harga beras naik.\n" * 3_000
    assert sound_part(data[:-8] + bytes(8)) == b"Harga beras naik.\n" * 3_000


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"a\nb", [b"a\n", b"b"]),
        (b"a\r\nb\r\n", [b"a\r\n", b"b\r\n"]),
        (b"a\rb\r\rc", [b"a\r", b"b\r", b"\r", b"c"]),  # of an old Mac
        ("“a”\nb".encode("utf-16"), ["“a”\n".encode(), b"b"]),
        (b"\xef\xbb\xbfa\n" + b"x" * 40 + b"\nb\n", [b"a\n", None, b"b\n"]),
        (b"a\r" + b"x" * 40 + b"\rb", [b"a\r", None, b"b"]),
        (b"", []),
    ],
)
def test_lines(data, lines):
    assert list(byte_lines(stream(data), "a", 20)) == lines

"""Memory that is free again, given back to the system between the stages of a job."""

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give back what the C library keeps of freed memory, where it can (glibc does).

    It keeps what lies between pieces in use, too small for what the next stage wants at once: so
    each stage would add to the peak.
    """
    with suppress(AttributeError, OSError, TypeError):  # other C libraries have no such function
        ctypes.CDLL(None).malloc_trim(0)

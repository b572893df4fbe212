"""What Ctrl-C and SIGTERM do: the first ends the work, the second the process.

Both say at once that they are heard. Whatever is on disk is whole at any moment (the journal and
the memory are databases, files are renamed into place), so a process may go without a farewell.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130
GRACE_SECONDS = 10.0  # for what is being written; Slurm sends SIGKILL after 30
STOPPING = "stopping ... (once more ends it at once)"
SHOWN_CURSOR = "\x1b[?25h"  # bars hide it
CLEAR_LINE = "\r\x1b[K"  # a bar stands there


class Interruption:
    """Whether somebody wants the process to end, and how it does."""

    def __init__(self, last_words: str) -> None:
        """Nobody wants it yet; `last_words` are said when it ends because of that."""
        self.last_words = last_words
        self.heard = False

    def hear(self, _number: int, _frame: FrameType | None) -> None:
        """Handle a signal.

        Raises:
            KeyboardInterrupt: it is the first; a second one does not return.
        """
        if self.heard:
            self.leave_at_once()
        self.heard = True
        say(STOPPING)
        watch = threading.Timer(GRACE_SECONDS, self.leave)
        watch.daemon = True
        watch.start()
        raise KeyboardInterrupt

    def leave(self) -> NoReturn:
        """End the process with the last words; threads that decode are not waited for."""
        say(self.last_words)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # nobody reads it any more
                stream.flush()
        self.leave_at_once()

    def leave_at_once(self) -> NoReturn:
        """End the process."""
        if os.isatty(2):
            os.write(2, SHOWN_CURSOR.encode())
        os._exit(INTERRUPTED)


def say(message: str) -> None:
    """Write a line to standard error, past buffers: a signal may come while one is written to."""
    before = CLEAR_LINE if os.isatty(2) else ""
    with suppress(OSError):
        os.write(2, f"{before}selaras: {message}\n".encode())


@contextmanager
def interruptible(last_words: str) -> Iterator[Interruption]:
    """Hear Ctrl-C and SIGTERM, which systemd and Slurm send, while the block lasts.

    Ctrl-C stays ignored where a shell has it ignored, as for `nohup` and `&` in scripts.
    """
    interruption = Interruption(last_words)
    before = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, interruption.hear)
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

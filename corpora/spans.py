"""Text that remembers which characters of the raw text it was made from."""

import re
from collections.abc import Callable
from dataclasses import dataclass

Replacement = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class SpannedText:
    """A text and, for each of its characters, where that stands in the raw text.

    `origin` holds `len(text) + 1` offsets that never fall; the last one is the raw end. A character
    that a repair put in has the offset of the character that it was put before.
    """

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, raw: str, start: int = 0) -> "SpannedText":
        """A raw text that begins at offset `start` of a larger one."""
        return cls(raw, tuple(range(start, start + len(raw) + 1)))

    def sub(self, pattern: re.Pattern[str], replacement: Replacement) -> "SpannedText":
        """Replace every match, as `re.sub` does, and keep the offsets.

        >>> SpannedText.of("10. 000 orang").sub(re.compile(r"(?<=[0-9])[.] (?=[0-9])"), ".")
        SpannedText(text='10.000 orang', origin=(0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13))
        """
        pieces: list[str] = []
        origin: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            old = match.group()
            if new == old:
                continue
            head = shared_head(old, new)
            tail = shared_head(old[head:][::-1], new[head:][::-1])
            start, end = match.start() + head, match.end() - tail
            pieces += self.text[done:start], new[head : len(new) - tail]
            origin += self.origin[done:start]
            origin += [self.origin[start]] * (len(new) - tail - head)
            done = end
        if not done and not pieces:
            return self
        return SpannedText("".join(pieces) + self.text[done:], tuple(origin) + self.origin[done:])


def shared_head(left: str, right: str) -> int:
    """Length of the longest common beginning."""
    size = min(len(left), len(right))
    return next((i for i in range(size) if left[i] != right[i]), size)

"""Text that remembers which characters of the raw text it was made from."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

SPACE = re.compile(" ")
Replacement = str | Callable[[re.Match[str]], str]


class SpannedText(NamedTuple):
    """A text and, for each of its characters, where that stands in the raw text.

    `origin` holds `len(text) + 1` offsets that never fall; the last one is that of the end. A
    character that a repair put in has the offset of the character that it was put before. The
    offsets of a text that nothing was changed in are a `range`: a correct line costs no list.
    """

    text: str
    origin: Sequence[int]

    @classmethod
    def of(cls, raw: str, start: int = 0) -> "SpannedText":
        """A raw text that begins at offset `start` of a larger one."""
        return cls(raw, range(start, start + len(raw) + 1))

    @property
    def is_raw(self) -> bool:
        """Tell whether nothing in the text was changed."""
        return isinstance(self.origin, range)

    def strip(self) -> "SpannedText":
        """The same without the white space around it.

        >>> SpannedText.of(" Ya. ").strip()
        SpannedText(text='Ya.', origin=range(1, 5))
        """
        text = self.text.strip()
        if len(text) == len(self.text):
            return self
        left = len(self.text) - len(self.text.lstrip())
        return SpannedText(text, self.origin[left : left + len(text) + 1])

    def sub(self, pattern: re.Pattern[str], replacement: Replacement) -> "SpannedText":
        """Replace every match, as `re.sub` does, and keep the offsets.

        >>> SpannedText.of("10. 000").sub(re.compile(r"(?<=[0-9])[.] (?=[0-9])"), ".")
        SpannedText(text='10.000', origin=(0, 1, 2, 4, 5, 6, 7))
        """
        if isinstance(replacement, str):
            replacement = template(replacement)
        pieces: list[str] = []
        origin: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            new, old = replacement(match), match.group()
            if new == old:
                continue
            head = shared_head(old, new)
            tail = shared_head(old[head:][::-1], new[head:][::-1])
            start, end = match.start() + head, match.end() - tail
            pieces += self.text[done:start], new[head : len(new) - tail]
            origin += self.origin[done:start]
            origin += [self.origin[start]] * (len(new) - tail - head)
            done = end
        if not pieces:
            return self
        text = "".join(pieces) + self.text[done:]
        return SpannedText(text, (*origin, *self.origin[done:]))

    def tightened(
        self, pattern: re.Pattern[str], is_torn: Callable[[re.Match[str]], bool] = bool
    ) -> "SpannedText":
        """Remove the spaces inside of every match that is torn; all are unless told otherwise.

        >>> SpannedText.of("S . H . lulus").tightened(re.compile(r"S .*[.]")).text
        'S.H. lulus'
        """
        places = {
            place
            for match in pattern.finditer(self.text)
            if is_torn(match)
            for place in range(*match.span())
            if self.text[place] == " "
        }
        return self.sub(SPACE, lambda match: "" if match.start() in places else " ")


def template(replacement: str) -> Callable[[re.Match[str]], str]:
    r"""What puts a replacement in, as `re.sub` reads it: `\1` and the like are groups."""
    if "\\" in replacement:
        return lambda match: match.expand(replacement)
    return lambda match: replacement


def shared_head(left: str, right: str) -> int:
    """Length of the longest common beginning."""
    size = min(len(left), len(right))
    return next((i for i in range(size) if left[i] != right[i]), size)

"""Characters that a reader cannot see, or that turn a line around, made visible."""

import re

# Bidirectional controls (Unicode Standard Annex 9), white space of no width, line and paragraph
# separators, C0 and C1 controls other than tab and line feed, and surrogates without a partner.
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""The text with what hides in it named.

    >>> visible("gaji\u202e001")
    'gaji⟨U+202E⟩001'
    """
    return HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)

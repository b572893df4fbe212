"""Characters that a reader cannot see, or that turn a line around, made visible."""

import re

# C0 and C1 controls other than tab and line feed, line and paragraph separators, interlinear
# annotation, surrogates without a partner, and what Unicode calls default ignorable (16.0,
# DerivedCoreProperties.txt): bidirectional controls (Annex 9), soft hyphens, fillers, tags, white
# space of no width. Joiners (U+200C, U+200D) and variation selectors (U+FE00 to U+FE0F) stay: emoji
# and many scripts fall apart without. `text.js` has the same ones.
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    r"""The text with what hides in it named.

    >>> visible("gaji\u202e001"), visible("Ha\u00adlo\U000e0041")
    ('gaji⟨U+202E⟩001', 'Ha⟨U+00AD⟩lo⟨U+E0041⟩')
    """
    return HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)

"""Words as sacreBLEU's metrics see them, of many lines at once.

The rules are those of sacreBLEU 2.6 (mteval-v13a for BLEU, tercom for TER, chrF++'s own); a test
holds every function against it.
"""

import re
from collections.abc import Sequence

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
APART = str.maketrans({sign: f" {sign} " for sign in '{|}~[\\]^_`!"#$%&()*+:;<=>?@/'})
STOP_AFTER_NO_DIGIT = re.compile(r"([^0-9])([.,])")
STOP_BEFORE_NO_DIGIT = re.compile(r"([.,])([^0-9])")
DASH_AFTER_DIGIT = re.compile(r"([0-9])(-)")
ENTITIES = (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"))


def words_of_bleu(lines: Sequence[str]) -> list[list[str]]:
    """The words of each line by mteval-v13a.

    All lines go through the patterns as one text: a call for each costs five times as much. A line
    stands between two spaces there, so no pattern reaches from one line into the next.

    >>> words_of_bleu(["Rp1.000, kata-nya.", ""])
    [['Rp1.000', ',', 'kata-nya', '.'], []]
    """
    text = "\n".join([f" {unescaped(line.rstrip())} " for line in lines]).translate(APART)
    text = STOP_AFTER_NO_DIGIT.sub(r"\1 \2 ", text)
    text = STOP_BEFORE_NO_DIGIT.sub(r" \1 \2", text)
    text = DASH_AFTER_DIGIT.sub(r"\1 \2 ", text)
    return [line.split() for line in text.split("\n")] if lines else []


def unescaped(line: str) -> str:
    """One line of text, without the marks of the first test sets that v13a still takes out."""
    line = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ")
    if "&" in line:
        for entity, sign in ENTITIES:
            line = line.replace(entity, sign)
    return line


def words_of_chrf(line: str) -> list[str]:
    """The words of a line with one punctuation mark at their end, else at their start, split off.

    >>> words_of_chrf('"Ya!" katanya.')
    ['"Ya!', '"', 'katanya', '.']
    """
    words: list[str] = []
    for word in line.split():
        if len(word) > 1 and word[-1] in PUNCTUATION:
            words += (word[:-1], word[-1])
        elif len(word) > 1 and word[0] in PUNCTUATION:
            words += (word[0], word[1:])
        else:
            words.append(word)
    return words


def words_of_ter(line: str) -> list[str]:
    """The words of a line in small letters, as tercom takes them by default.

    >>> words_of_ter("Dia berkata, YA.")
    ['dia', 'berkata,', 'ya.']
    """
    return line.lower().split()
